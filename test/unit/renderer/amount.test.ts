import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messages } from '../../../main/messages/index.js';
import { amountOf, roundAmount } from '../../../renderer/app/cleanup/amount.js';

test.each([
  ['10 GB', 10e9],
  ['10', 10e9],
  ['1,5 gb', 1.5e9],
  ['500MB', 500e6],
  ['300 kb', 300e3],
  ['2TB', 2e12],
  ['1GiB', 2 ** 30],
])('%s is %d bytes', (text, bytes) => {
  expect(amountOf(text)).toBe(bytes);
});

test.each(['', '0', 'ten', '10 pigs', '1.2.3 GB', '-5 GB'])('%j is no amount', (text) => {
  expect(amountOf(text)).toBeNull();
});

test('what a round amount is shown as reads back as about the same', () => {
  const { format } = messages('en');
  fc.assert(
    fc.property(fc.integer({ min: 2000, max: 2e12 }), (bytes) => {
      const round = roundAmount(bytes);
      const read = amountOf(format.bytes(round)) ?? 0;
      expect(Math.abs(read - round)).toBeLessThanOrEqual(round * 0.1);
      expect(Math.abs(round - bytes)).toBeLessThanOrEqual(bytes * 0.1);
    }),
  );
});
