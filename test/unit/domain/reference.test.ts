import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { isCareenError } from '../../../main/domain/errors.js';
import {
  familiar,
  familiarRepository,
  normalise,
  parseReference,
  repositoryOf,
  splitReference,
} from '../../../main/domain/reference.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const hex = 'a1'.repeat(32);
const sha = `sha256:${hex}`;
const long = (n: number) => 'a'.repeat(n);

describe('parseReference', () => {
  it.each([
    ['postgres', 'docker.io', 'library/postgres', null, null],
    ['postgres:16', 'docker.io', 'library/postgres', '16', null],
    ['myorg/api:1.4', 'docker.io', 'myorg/api', '1.4', null],
    ['docker.io/postgres', 'docker.io', 'library/postgres', null, null],
    ['docker.io/library/postgres', 'docker.io', 'library/postgres', null, null],
    ['index.docker.io/postgres', 'docker.io', 'library/postgres', null, null],
    ['localhost/web', 'localhost', 'web', null, null],
    ['localhost:5000/web:stable', 'localhost:5000', 'web', 'stable', null],
    ['127.0.0.1:5000/web', '127.0.0.1:5000', 'web', null, null],
    ['[::1]:5000/web', '[::1]:5000', 'web', null, null],
    ['[2001:db8::1]/web:x', '[2001:db8::1]', 'web', 'x', null],
    ['ghcr.io/a/b/c/d:v1', 'ghcr.io', 'a/b/c/d', 'v1', null],
    ['GHCR/a', 'GHCR', 'a', null, null],
    ['Foo.example/a:B', 'Foo.example', 'a', 'B', null],
    ['a__b', 'docker.io', 'library/a__b', null, null],
    ['a---b.c_d', 'docker.io', 'library/a---b.c_d', null, null],
    ['a:_x', 'docker.io', 'library/a', '_x', null],
    [`a:${long(128)}`, 'docker.io', 'library/a', long(128), null],
    [`a@${sha}`, 'docker.io', 'library/a', null, sha],
    [`repo:tag@${sha}`, 'docker.io', 'library/repo', 'tag', sha],
    [`x.io/a@sha512:${hex}${hex}`, 'x.io', 'a', null, `sha512:${hex}${hex}`],
    [`x.io/${long(255)}`, 'x.io', long(255), null, null],
    [`${hex}:1`, 'docker.io', `library/${hex}`, '1', null],
    [hex.slice(1), 'docker.io', `library/${hex.slice(1)}`, null, null],
    ['library', 'docker.io', 'library/library', null, null],
  ])('%s', (text, domain, path, tag, digest) => {
    expect(parseReference(text)).toEqual({ domain, path, tag, digest });
  });

  it.each([
    ['', 'empty'],
    [' ', 'path'],
    [' a', 'path'],
    ['a ', 'path'],
    ['a b', 'path'],
    ['a\n', 'path'],
    ['Postgres', 'uppercase'],
    ['myorg/API', 'uppercase'],
    ['ghcr.io/Foo/bar:1', 'uppercase'],
    ['Foo.example/Bar', 'uppercase'],
    [':16', 'path'],
    ['@', 'path'],
    ['/', 'path'],
    ['/a', 'path'],
    ['a/', 'path'],
    ['a//b', 'path'],
    ['x.io//a', 'path'],
    ['x.io/', 'path'],
    ['-a', 'path'],
    ['a-', 'path'],
    ['_a', 'path'],
    ['.a', 'path'],
    ['a..b', 'path'],
    ['a___b', 'path'],
    ['a._b', 'path'],
    ['a-_b', 'path'],
    ['a/-b', 'path'],
    ['é', 'path'],
    ['a*b', 'path'],
    ['http://x.io/a', 'domain'],
    ['https://x.io/a', 'domain'],
    ['-x.io/a', 'domain'],
    ['x-.io/a', 'domain'],
    ['x..io/a', 'domain'],
    ['.x.io/a', 'domain'],
    ['x.io:/a', 'domain'],
    ['x.io:port/a', 'domain'],
    ['x.io:80:80/a', 'domain'],
    ['[::1/a', 'domain'],
    ['[gg::1]/a', 'domain'],
    ['[fe80::1%eth0]:5000/a', 'domain'],
    ['x_y.io/a', 'domain'],
    ['a:', 'tag'],
    ['a:.b', 'tag'],
    ['a:-b', 'tag'],
    ['a:b c', 'tag'],
    ['a:b+c', 'tag'],
    [`a:${long(129)}`, 'tag'],
    ['a:b:c', 'path'],
    ['a@', 'digest'],
    ['a@sha256', 'digest'],
    ['a@sha256:', 'digest'],
    ['a@sha256:abc', 'digest'],
    [`a@sha256:${hex.toUpperCase()}`, 'digest'],
    [`a@sha256:${hex}0`, 'digest'],
    [`a@md5:${hex.slice(32)}`, 'digest'],
    [`a@${sha}:tag`, 'digest'],
    [`a@${sha}@${sha}`, 'digest'],
    [`a@constructor:${hex}`, 'digest'],
    [`x.io/${long(256)}`, 'too-long'],
    [hex, 'looks-like-id'],
  ])('refuses %j: %s', (text, problem) => {
    expect.assertions(2);
    try {
      parseReference(text);
    } catch (e) {
      expect(isCareenError(e, 'reference-invalid')).toBe(true);
      expect(e).toMatchObject({ details: { text, problem } });
    }
  });
});

describe('the forms of a reference', () => {
  it.each([
    ['postgres', 'docker.io/library/postgres', 'postgres'],
    ['docker.io/library/postgres:16', 'docker.io/library/postgres:16', 'postgres:16'],
    ['docker.io/myorg/api:1', 'docker.io/myorg/api:1', 'myorg/api:1'],
    ['library/a/b', 'docker.io/library/a/b', 'library/a/b'],
    ['127.0.0.1:5000/web:stable', '127.0.0.1:5000/web:stable', '127.0.0.1:5000/web:stable'],
    [`repo:tag@${sha}`, `docker.io/library/repo:tag@${sha}`, `repo:tag@${sha}`],
    ['docker.io/library/localhost', 'docker.io/library/localhost', 'localhost'],
    ['docker.io/a.b/c', 'docker.io/a.b/c', 'docker.io/a.b/c'],
    [`library/${hex}`, `docker.io/library/${hex}`, `docker.io/library/${hex}`],
  ])('%s', (text, full, short) => {
    expect(normalise(parseReference(text))).toBe(full);
    expect(familiar(parseReference(text))).toBe(short);
  });

  it('read back as the same reference', () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    const path = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    const domain = fc.constantFrom('', 'docker.io/', 'localhost/', 'x.io/', 'h:5000/', 'UP/');
    const end = fc.constantFrom('', ':1', ':v1.2-x', `@${sha}`, `:1@${sha}`);
    fc.assert(
      fc.property(domain, path, end, (d, p, e) => {
        const reference = parseReference(d + p + e);
        expect(parseReference(normalise(reference))).toEqual(reference);
        expect(parseReference(familiar(reference))).toEqual(reference);
        expect(familiarRepository(repositoryOf(reference)) + e).toBe(familiar(reference));
      }),
    );
  });

  it('split at the last colon behind the last slash', () => {
    expect(splitReference('h:5000/a')).toEqual({ name: 'h:5000/a', tag: null, digest: null });
    expect(splitReference(`h:5000/a:b@${sha}`)).toEqual({
      name: 'h:5000/a',
      tag: 'b',
      digest: sha,
    });
  });
});
