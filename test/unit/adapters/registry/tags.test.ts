import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextPage } from '../../../../main/adapters/registry/tags.js';
import { CareenError } from '../../../../main/domain/errors.js';

const first = '/v2/acme/app/tags/list?n=1000';
const next = (link: string | string[]) =>
  nextPage({ status: 200, headers: { link }, body: Buffer.alloc(0), foreign: false }, first, 'reg');

describe('the next page', () => {
  it.each([
    ['</v2/acme/app/tags/list?last=v9&n=100>; rel="next"', '/v2/acme/app/tags/list?last=v9&n=100'],
    ['<?last=v9>;rel=next', '/v2/acme/app/tags/list?last=v9'],
    ['<list?last=v9>; rel="next"', '/v2/acme/app/tags/list?last=v9'],
    ['<https://elsewhere.example/v2/a/tags/list?b>; rel="next"', '/v2/a/tags/list?b'],
    ['<//elsewhere.example/v2/a/tags/list>; rel="next"', '/v2/a/tags/list'],
    ['</a>; rel="prev", </v2/b?c,d>; title="x, \\" y"; rel="NEXT"', '/v2/b?c,d'],
    ['</v2/b>; rel="last next"', '/v2/b'],
    ['</v2/b>; rel="last"', null],
    ['</v2/b>', null],
    ['', null],
  ])('is led to by %s', (link, path) => {
    expect(next(link)).toBe(path);
  });

  it('may be named by the second of two headers', () => {
    expect(next(['</v2/a>; rel="first"', '</v2/b>; rel="next"'])).toBe('/v2/b');
  });

  it('is within the registry, whatever a header says, or a failure of its own', () => {
    const text = fc.string({ unit: fc.constantFrom(...'<>/v2;, ="\\?*\'rel next.:') });
    fc.assert(
      fc.property(text, fc.boolean(), (junk, led) => {
        try {
          expect(next(led ? `<${junk}>; rel="next"` : junk) ?? '/v2/').toMatch(/^\/v2\//);
        } catch (e) {
          expect(e).toBeInstanceOf(CareenError);
        }
      }),
    );
  });
});
