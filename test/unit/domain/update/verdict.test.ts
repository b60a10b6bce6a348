import { describe, expect, it } from 'vitest';
import type { ImageFacts } from '../../../../main/domain/facts.js';
import { isOfRegistry } from '../../../../main/domain/update/origin.js';
import {
  madeFrom,
  verdictOf,
  versionOf,
  type VerdictQuestion,
} from '../../../../main/domain/update/verdict.js';
import { parseReference } from '../../../../main/domain/reference.js';
import { digestOf, image, imageId, now } from '../arbitrary.js';

const notify = {
  mode: 'notify',
  reason: { by: 'default', rule: 'update.default' },
  asksRegistry: true,
} as const;
const [one, two, three] = [digestOf(1), digestOf(2), digestOf(3)];

const pulled = (n: number, facts: Partial<ImageFacts> = {}) =>
  image(n, { origin: 'pulled', digests: [`nginx@${digestOf(n)}`], ...facts });
const built = (n: number, facts: Partial<ImageFacts> = {}) =>
  image(n, { origin: 'built', recoverable: { state: 'no' }, ...facts });

/** A container of `nginx:1.27`, pulled as 1, which the tag still shows. */
function verdict(more: Partial<VerdictQuestion> & { reference?: string } = {}) {
  const { reference = 'nginx:1.27', ...rest } = more;
  const own = rest.image === undefined ? pulled(1) : rest.image;
  return verdictOf({
    container: { reference, imageId: own?.id ?? imageId(1) },
    image: own,
    mode: notify,
    tagged: own,
    shown: { digest: one },
    newer: null,
    sameAs: [],
    imageOf: () => null,
    ...rest,
  });
}

const available = (source: string, to: object) => ({ state: 'available', source, to });

describe('what a check says', () => {
  it('current, by any digest that the image has or had', () => {
    expect(verdict()).toEqual({ state: 'current' });
    expect(
      verdict({
        image: pulled(1, { digests: [`mirror.local/nginx@${three}`, `nginx@${two}`] }),
        shown: { digest: two },
      }),
    ).toEqual({ state: 'current' });
    // A containerd store takes the names from an image that a pull superseded.
    const superseded = pulled(1, { digests: [], formerRefs: ['nginx:1.27', `nginx@${two}`] });
    expect(verdict({ image: superseded, tagged: null, shown: { digest: two } })).toEqual({
      state: 'current',
    });
    expect(verdict({ shown: { digest: two }, sameAs: [two] })).toEqual({ state: 'current' });
  });

  it('available in the registry', () => {
    expect(verdict({ shown: { digest: two } })).toEqual(
      available('registry', {
        tag: '1.27',
        digest: two,
        imageId: null,
        created: null,
        label: null,
      }),
    );
    expect(verdict({ reference: 'nginx', shown: { digest: two } })).toMatchObject(
      available('registry', { tag: 'latest', digest: two }),
    );
  });

  it('available under a newer tag', () => {
    const newer = { tag: '1.28', digest: two };
    expect(verdict({ newer })).toMatchObject(available('registry', { tag: '1.28', digest: two }));
    expect(verdict({ newer: { tag: '1.28', digest: null }, shown: null })).toMatchObject(
      available('registry', { tag: '1.28', digest: null }),
    );
    // The tag is another, and what it shows the same.
    expect(verdict({ newer: { tag: '1.28', digest: one } })).toEqual({ state: 'current' });
  });

  it('pulled and not applied', () => {
    const tagged = pulled(2, {
      created: now,
      labels: { 'org.opencontainers.image.version': '1.27.3' },
    });
    const to = { tag: '1.27', digest: two, imageId: imageId(2), created: now, label: '1.27.3' };
    expect(verdict({ tagged, shown: { digest: two } })).toEqual(available('pulled', to));
    expect(verdict({ tagged, shown: null })).toEqual(available('pulled', to));
    expect(verdict({ tagged, shown: { digest: null } })).toEqual(available('pulled', to));
    // The registry has gone on since.
    expect(verdict({ tagged, shown: { digest: three } })).toMatchObject(
      available('registry', { digest: three }),
    );
    // Another image bears the tag, but what runs is what the registry shows.
    expect(verdict({ tagged, shown: { digest: one } })).toEqual({ state: 'current' });
  });

  it('pulled under another name', () => {
    expect(
      verdict({ shown: { digest: two }, imageOf: (digest) => (digest === two ? pulled(2) : null) }),
    ).toMatchObject(available('pulled', { imageId: imageId(2), digest: two }));
  });

  it('built here under the tag, whatever the registry shows', () => {
    const tagged = built(2);
    for (const shown of [null, { digest: null }, { digest: one }, { digest: three }])
      expect(verdict({ tagged, shown })).toMatchObject(
        available('built', { imageId: imageId(2), digest: null }),
      );
    expect(verdict({ image: built(1), tagged, shown: null })).toMatchObject(available('built', {}));
  });

  it('not asked about', () => {
    const why = (more: Parameters<typeof verdict>[0]) => {
      const said = verdict(more);
      return said.state === 'not-checked' ? said.why : said.state;
    };
    expect(why({ reference: `nginx@${one}` })).toBe('pinned');
    expect(why({ reference: `nginx:1.27@${one}` })).toBe('pinned');
    expect(why({ reference: imageId(1) })).toBe('no-reference');
    expect(why({ reference: '1'.padStart(64, '0') })).toBe('no-reference');
    expect(why({ reference: '0'.repeat(12) })).toBe('no-reference');
    expect(why({ reference: '0000', image: pulled(1, { refs: ['0000:latest'] }) })).toBe('current');
    expect(why({ reference: 'Not A Reference' })).toBe('no-reference');
    expect(why({ image: built(1) })).toBe('local-build');
    // On a containerd store a local build has a digest, which proves nothing.
    expect(
      why({
        image: built(1, { digests: [`nginx@${one}`], recoverable: { state: 'unknown' } }),
        shown: { digest: two },
      }),
    ).toBe('local-build');
    expect(
      why({
        image: image(1, { digests: [`nginx@${one}`], recoverable: { state: 'no' } }),
        shown: { digest: two },
      }),
    ).toBe('local-build');
    expect(why({ image: image(1, { digests: [`nginx@${one}`] }), shown: { digest: null } })).toBe(
      'local-build',
    );
    expect(
      why({
        mode: { mode: 'ignore', reason: { by: 'label', label: 'wud.watch' }, asksRegistry: true },
      }),
    ).toBe('ignored');
    expect(
      why({
        mode: {
          mode: 'ignore',
          reason: { by: 'owner', kind: 'cluster', tool: 'kind' },
          asksRegistry: true,
        },
      }),
    ).toBe('owner-pulls');
    // Built and pushed from here: its registry has it.
    const pushed = built(1, {
      digests: [`nginx@${one}`],
      recoverable: { state: 'verified', at: now },
    });
    expect(why({ image: pushed, shown: { digest: two } })).toBe('available');
  });

  it('gone, not asked, not known', () => {
    expect(verdict({ shown: { digest: null } })).toEqual({ state: 'gone' });
    expect(verdict({ shown: null })).toEqual({ state: 'unchecked' });
    expect(verdict({ shown: null, mode: { ...notify, asksRegistry: false } })).toEqual({
      state: 'current',
    });
    // Its image is gone, so there is nothing to compare with.
    expect(verdict({ image: null, tagged: null, shown: { digest: two } })).toEqual({
      state: 'unchecked',
    });
    expect(verdict({ image: null, tagged: pulled(2), shown: { digest: two } })).toMatchObject(
      available('pulled', {}),
    );
    expect(
      verdict({ image: null, tagged: null, shown: { digest: two }, sameAs: [one] }),
    ).toMatchObject(available('registry', {}));
  });
});

describe('whether an image is of a registry', () => {
  it.each<[string, Partial<ImageFacts>, boolean | null]>([
    ['pulled', { origin: 'pulled' }, true],
    [
      'pulled, and the registry has it no more',
      { origin: 'pulled', digests: [`a@${one}`], recoverable: { state: 'no' } },
      true,
    ],
    ['built', { origin: 'built', digests: [`a@${one}`] }, false],
    [
      'built and pushed',
      { origin: 'built', digests: [`a@${one}`], recoverable: { state: 'likely' } },
      true,
    ],
    ['loaded without a digest', { origin: 'loaded' }, false],
    ['loaded with a digest', { origin: 'loaded', digests: [`a@${one}`] }, null],
    [
      'unknown, with a digest once',
      { formerRefs: [`a@${one}`], recoverable: { state: 'no' } },
      null,
    ],
    [
      'unknown, and no registry has it',
      { digests: [`a@${one}`], recoverable: { state: 'no' } },
      false,
    ],
    [
      'unknown, on a classic store',
      { digests: [`a@${one}`], recoverable: { state: 'likely' } },
      true,
    ],
  ])('%s', (_, facts, expected) => {
    expect(isOfRegistry(image(1, facts))).toBe(expected);
  });
});

it('a version is told by the digest of its own repository', () => {
  const facts = pulled(1, { digests: [`mirror.local/nginx@${two}`, `nginx@${one}`] });
  expect(versionOf(facts, parseReference('nginx')).digest).toBe(one);
  expect(versionOf(facts, parseReference('mirror.local/nginx:1')).digest).toBe(two);
  expect(versionOf(facts, parseReference('other:1')).digest).toBe(two);
  expect(versionOf(image(1), null)).toEqual({
    tag: null,
    digest: null,
    imageId: imageId(1),
    created: null,
    label: null,
  });
  expect(madeFrom('nginx', null)).toEqual(parseReference('nginx'));
});
