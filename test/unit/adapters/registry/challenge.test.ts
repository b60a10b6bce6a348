import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseChallenges } from '../../../../main/adapters/registry/challenge.js';

const bearer = (params: Record<string, string>) => ({ scheme: 'bearer', params });

describe('a challenge', () => {
  it.each([
    ['Basic realm="careen"', [{ scheme: 'basic', params: { realm: 'careen' } }]],
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"',
      [
        bearer({
          realm: 'https://auth.docker.io/token',
          service: 'registry.docker.io',
          scope: 'repository:a/b:pull,push',
        }),
      ],
    ],
    ['BEARER Realm = "x" ,\t service=y', [bearer({ realm: 'x', service: 'y' })]],
    ['Bearer realm="a \\"quoted\\" \\\\ one"', [bearer({ realm: 'a "quoted" \\ one' })]],
    [
      'Negotiate, Basic realm="a, b", Bearer realm="c"',
      [
        { scheme: 'negotiate', params: {} },
        { scheme: 'basic', params: { realm: 'a, b' } },
        bearer({ realm: 'c' }),
      ],
    ],
    [
      'Negotiate YII=, Basic realm=x',
      [
        { scheme: 'negotiate', params: {} },
        { scheme: 'basic', params: { realm: 'x' } },
      ],
    ],
    ['Bearer realm="first", realm="second"', [bearer({ realm: 'first' })]],
    ['Bearer realm="broken', [bearer({})]],
    ['Bearer realm=', [bearer({})]],
    ['', []],
    ['=,"', []],
  ])('is read from %s', (header, challenges) => {
    expect(parseChallenges(header)).toEqual(challenges);
  });

  it('of any text is read to an end', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aB=", \\\t~/') }), (header) => {
        for (const { scheme } of parseChallenges(header)) expect(scheme).toMatch(/^[a-z~]+$/);
      }),
    );
  });
});
