import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable, safeJson, table } from '../../../main/cli/printable.js';

const acting =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0x20ff }).map((n) => String.fromCharCode(n)),
});

describe('what is printed', () => {
  it('never acts on a terminal, nor breaks its line', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(printable(text)).not.toMatch(acting);
        expect(printable(text)).not.toContain('\n');
      }),
    );
  });

  it('keeps every value in JSON as it is', () => {
    fc.assert(
      fc.property(fc.dictionary(anyText, anyText), (document) => {
        const text = safeJson(document);
        expect(text).not.toMatch(acting);
        expect(JSON.parse(text)).toEqual(document);
      }),
    );
  });
});

describe('a table', () => {
  it('aligns its columns, Han in two columns each', () => {
    expect(
      table(
        [
          ['SIZE', 'NAME', 'WHY'],
          ['1.2 GB', '镜像', 'a'],
          ['54 MB', 'myorg', ''],
        ],
        ['right', 'left', 'left'],
      ),
    ).toEqual(['  SIZE  NAME   WHY', '1.2 GB  镜像   a', ' 54 MB  myorg']);
  });
});
