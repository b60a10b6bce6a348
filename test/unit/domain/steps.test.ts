import { describe, expect, it } from 'vitest';
import { atOnce, eachInSteps } from '../../../main/domain/steps.js';

describe('work in steps', () => {
  const all = Array.from({ length: 25 }, (_, n) => n);
  const double = (one: number, place: number) => one + place;

  it('rests after so many of them, and never for nothing', () => {
    let rests = 0;
    const steps = eachInSteps(all, double, 10);
    while (!steps.next().done) rests += 1;
    expect(rests).toBe(2);
    expect([...eachInSteps(all.slice(0, 10), double, 10)]).toEqual([]);
    expect([...eachInSteps([], double)]).toEqual([]);
  });

  it('gives the same at once', () => {
    expect(atOnce(eachInSteps(all, double, 10))).toEqual(all.map(double));
  });
});
