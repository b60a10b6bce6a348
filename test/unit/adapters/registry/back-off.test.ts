import { beforeEach, describe, expect, it } from 'vitest';
import { BackOff } from '../../../../main/adapters/registry/back-off.js';
import { CareenError } from '../../../../main/domain/errors.js';

const registry = 'reg.example';
const unreachable = new CareenError('registry-unreachable', { registry, why: 'ENETUNREACH' });
const broken = new CareenError('registry-error', { registry, status: 502, message: '' });
const denied = new CareenError('registry-error', { registry, status: 400, message: '' });

let now: number;
let one: BackOff;
beforeEach(() => {
  now = 1_000_000;
  one = new BackOff({ first: 10, most: 35 }, () => now);
});

/** Fails by an error once it may be tried; gives for how long it is left alone then. */
const waitAfter = (error: CareenError): number => {
  one.failed(error, one.begin());
  for (let waited = 0; ; waited++, now++) {
    try {
      one.begin();
      return waited;
    } catch (e) {
      expect(e).toBe(error);
    }
  }
};

describe('a registry that fails', () => {
  it('is left alone twice as long each time, up to a bound', () => {
    expect([1, 2, 3, 4, 5].map(() => waitAfter(unreachable))).toEqual([10, 20, 35, 35, 35]);
  });

  it('is left alone as at first once it answered', () => {
    waitAfter(unreachable);
    waitAfter(unreachable);
    one.answered();
    expect(waitAfter(unreachable)).toBe(10);
  });

  it('with errors of its own is left alone from the third in a row on', () => {
    expect([waitAfter(broken), waitAfter(broken)]).toEqual([0, 0]);
    one.answered();
    expect([1, 2, 3, 4].map(() => waitAfter(broken))).toEqual([0, 0, 10, 20]);
  });

  it('is not left alone for what is wrong with a question', () => {
    expect([1, 2, 3, 4].map(() => waitAfter(denied))).toEqual([0, 0, 0, 0]);
  });

  it('several times at once counts once', () => {
    const begun = [one.begin(), one.begin(), one.begin()];
    expect(begun.map((each) => one.failed(unreachable, each))).toEqual([true, true, true]);
    now += 10;
    expect(waitAfter(unreachable)).toBe(20);
  });

  it('while it answers others is not left alone', () => {
    const begun = one.begin();
    one.answered();
    expect(one.failed(unreachable, begun)).toBe(false);
    one.begin();
  });

  it('is tried at once by a person, and left alone the longer', () => {
    one.failed(unreachable, one.begin());
    one.lift();
    expect(waitAfter(unreachable)).toBe(20);
  });
});
