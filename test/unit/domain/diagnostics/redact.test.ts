import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Pseudonyms } from '../../../../main/domain/diagnostics/pseudonyms.js';
import { type Json, redact, redacted } from '../../../../main/domain/diagnostics/redact.js';

const person = { home: '/home/ada', user: 'ada', host: 'ada-laptop' };
const seen = (value: Json, names: Pseudonyms | null = null) =>
  JSON.stringify(redact(value, person, names));

/** What nothing else in a text looks like. */
const secret = fc.stringMatching(/^[A-Za-z0-9]{16,40}$/);
/** Where secrets stand, as a value with one in it. */
const hidden = (s: string) =>
  fc.constantFrom<Json>(
    { env: [`DB_URL=${s}`] },
    { env: { DB: s } },
    { labels: { 'com.acme.release': s } },
    { labels: { [s]: 'x' } },
    { options: s },
    { note: s },
    { password: s },
    { registryToken: s },
    { details: { authorization: s } },
    { message: `https://ada:${s}@registry.acme.test/v2/ answered 401` },
    { message: `GET https://registry.acme.test/token?account=${s}` },
    { message: `Authorization: Bearer ${s}` },
    { message: `the option --password=${s} is not known` },
    { text: `ghp_${s}` },
  );
/** A value with another somewhere within. */
const around = (inner: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc
    .tuple(inner, fc.array(fc.constantFrom('rows', 'details', 'images', '0'), { maxLength: 4 }))
    .map(([value, path]) =>
      path.reduce<Json>((at, key) => (key === '0' ? [at, 'beside'] : { [key]: at, n: 1 }), value),
    );

describe('what is redacted', () => {
  it('holds no secret, wherever it was and however deep', () => {
    fc.assert(
      fc.property(
        secret.chain((s) => fc.tuple(fc.constant(s), around(hidden(s)))),
        ([s, value]) => {
          expect(JSON.stringify(value)).toContain(s);
          expect(seen(value)).not.toContain(s);
        },
      ),
    );
  });

  it('does not say who the person is', () => {
    const text = seen({
      file: '/home/ada/.docker/config.json',
      other: '/Users/grace/Library',
      windows: 'C:\\Users\\Ada\\AppData',
      why: 'ada may not; ask on ADA-LAPTOP',
      '/home/ada/careen': 1,
    });
    expect(text).not.toMatch(/ada|grace/i);
    expect(JSON.parse(text)).toMatchObject({ file: '~/.docker/config.json', other: '~/Library' });
  });

  it('keeps what is nobody’s business to hide', () => {
    const plain = {
      id: `sha256:${'0a'.repeat(32)}`,
      code: 'used',
      rows: [1, true, null, 'postgres:16'],
      registry: 'ghcr.io',
      adapter: 'kept',
    };
    expect(redact(plain, person, null)).toEqual(plain);
  });

  it('tells how many values were there, and not which', () => {
    expect(redact({ labels: { a: '1', b: '2' }, env: [] }, person, null)).toEqual({
      labels: { '2 values': redacted },
      env: [],
    });
  });
});

/** A name as a person may give one; long enough not to be part of another word. */
const name = fc.stringMatching(/^[a-z]{6,10}([_.-][a-z0-9]{3,8})?$/);

describe('stand-ins', () => {
  const named = () => {
    const names = new Pseudonyms();
    names.image('registry.acme.test:5000/team/billing:client-smith');
    names.image('ghcr.io/acme/shop:1.4');
    names.image('postgres:16');
    names.add('container', 'shop_web_1');
    return names;
  };

  it('are the same throughout, and say what is named', () => {
    const names = named();
    const value = {
      refs: ['ghcr.io/acme/shop:1.4'],
      message: 'ghcr.io says no to acme/shop (1.4)',
    };
    expect(redact(value, person, names)).toEqual({
      refs: ['ghcr.io/image-2:1.4'],
      message: 'ghcr.io says no to image-2 (1.4)',
    });
  });

  it('leave public registries and versions as they are', () => {
    expect(named().replace('docker.io/library/postgres:16@sha256:00')).toBe(
      'docker.io/library/image-3:16@sha256:00',
    );
  });

  it('cover hosts, tags and every part of a path', () => {
    const text = named().replace(
      'registry.acme.test:5000/team/billing:client-smith, registry.acme.test, team/other',
    );
    expect(text).not.toMatch(/acme|team|billing|smith/);
  });

  it('look up no more of a long address than the lengths of names allow', () => {
    const names = named();
    const has = vi.spyOn(Map.prototype, 'has');
    const long = 'a.b/'.repeat(1_000);
    expect(names.replace(`at ${long}team`)).toBe(`at ${long}name-1`);
    const lookedUp = has.mock.calls.length;
    has.mockRestore();
    expect(lookedUp).toBeLessThan(10 * long.length);
  });

  it('do not touch what only contains a name', () => {
    expect(named().replace('workshop shopping')).toBe('workshop shopping');
  });

  it('leave no name anywhere, in keys and values, alone or in a sentence', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('', '/', ' ', ':', '@', '"', '(', '\n', '-'),
        (all, between) => {
          const names = new Pseudonyms();
          for (const one of all) names.image(`${one}/app-of-${one}:${one}`);
          for (const one of all) names.add('container', one);
          const text = seen(
            {
              refs: all.map((one) => `${one}/app-of-${one}:${one}`),
              message: `no ${all.join(between)} here`,
              ...Object.fromEntries(all.map((one) => [`of ${one}`, 1])),
            },
            names,
          );
          for (const one of all)
            expect(text).not.toMatch(
              new RegExp(`(?<![a-z0-9])${one.replace('.', '\\.')}(?![a-z0-9])`),
            );
        },
      ),
    );
  });
});
