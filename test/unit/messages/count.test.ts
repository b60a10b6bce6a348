import { describe, expect, it } from 'vitest';
import { count } from '../../../main/messages/count.js';

const whole = [
  0, 1, 9, 10, 99, 100, 999, 1_000, 9_999, 10_000, 123_456, 1_000_000, 987_654_321_012,
  338_953_160_217_340,
];
const numbers = [...whole, ...whole.map((n) => -n).slice(1), 0.5, 1.25, 0.333_333_333, 1_234.567_8];

describe('a number', () => {
  it.each(['en', 'zh-CN'])('is written as %s writes it', (language) => {
    const written = new Intl.NumberFormat(language);
    expect(numbers.map(count)).toEqual(numbers.map((n) => written.format(n)));
  });
});
