import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReference } from '../../../../main/domain/reference.js';
import {
  askedFor,
  digestMeant,
  imageName,
  isSameImage,
  pinned,
  spellings,
} from '../../../../main/domain/swarm/image.js';
import { digest, web } from './support.js';

describe("a service's image", () => {
  it('means the digest that its Spec names, and none where it names a tag alone', () => {
    expect(digestMeant(web(1))).toBe(digest(1));
    expect(digestMeant(`web@${digest(1)}`)).toBe(digest(1));
    expect(digestMeant('web:1')).toBeNull();
  });

  it('that is given by an ID has no name', () => {
    expect(imageName(digest(1))).toBeNull();
    expect(digestMeant(digest(1))).toBeNull();
    expect(spellings(digest(1).slice(7))).toEqual([digest(1)]);
  });

  it('is written as the CLI does: familiar, with a tag and the digest', () => {
    const name = parseReference('docker.io/library/nginx');
    expect(pinned(name, digest(1))).toBe(`nginx:latest@${digest(1)}`);
    expect(pinned(parseReference(web(1)), digest(2))).toBe(web(2));
  });

  it('is asked about by its tag, and not at all where a person pinned it by digest alone', () => {
    expect(askedFor(web(1))).toEqual(parseReference('10.210.0.254:5000/web:1'));
    expect(askedFor('nginx')?.tag).toBe('latest');
    expect(askedFor(`nginx@${digest(1)}`)).toBeNull();
    expect(askedFor(digest(1))).toBeNull();
  });

  it('is listed by a classic store without its tag, by a containerd store whole', () => {
    expect(spellings(`nginx:1@${digest(1)}`)).toEqual([
      `nginx:1@${digest(1)}`,
      `nginx@${digest(1)}`,
    ]);
    expect(spellings(`nginx@${digest(1)}`)).toEqual([`nginx@${digest(1)}`]);
    expect(spellings('docker.io/library/nginx')).toEqual(['nginx:latest']);
  });

  it('is the same by digest, whatever it is called, and by name where neither has one', () => {
    expect(isSameImage(web(1), `mirror/web@${digest(1)}`)).toBe(true);
    expect(isSameImage(web(1), web(2))).toBe(false);
    expect(isSameImage('nginx', 'docker.io/library/nginx:latest')).toBe(true);
    // A tag without a digest may be anything.
    expect(isSameImage('web:1', `web:1@${digest(1)}`)).toBe(false);
    expect(isSameImage(digest(1), digest(1))).toBe(true);
  });

  it('reads back, in every spelling that has a digest, as that digest', () => {
    const names = fc.constantFrom('nginx', 'a/b', 'ghcr.io/a/b', 'localhost:5000/web');
    fc.assert(
      fc.property(names, fc.constantFrom('1', 'v2-alpine'), fc.nat(), (name, tag, n) => {
        const image = pinned(parseReference(`${name}:${tag}`), digest(n));
        for (const one of spellings(image)) {
          expect(digestMeant(one)).toBe(digest(n));
          expect(isSameImage(one, image)).toBe(true);
        }
      }),
    );
  });
});
