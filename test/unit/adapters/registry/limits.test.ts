import { describe, expect, it } from 'vitest';
import { Limits, askAgainAt, retryAfter } from '../../../../main/adapters/registry/limits.js';
import { rateOf } from '../../../../main/adapters/registry/rate-limit.js';

const start = Date.UTC(2026, 10, 24, 12);

describe('a limit', () => {
  const after = (text?: string) =>
    retryAfter({ headers: text === undefined ? {} : { 'retry-after': text } }, start);

  it('is over after the seconds or at the date that are said', () => {
    expect(after('30')).toBe(30);
    expect(after('Tue, 24 Nov 2026 12:01:30 GMT')).toBe(90);
    expect(after('Tuesday, 24-Nov-26 12:01:30 GMT')).toBe(90);
    expect(after('Tue, 24 Nov 2026 11:00:00 GMT')).toBe(0);
    expect(after('soon')).toBeNull();
    expect(after('1.5')).toBeNull();
    expect(after('-1')).toBeNull();
    expect(after()).toBeNull();
  });

  it('is never taken for none, nor for weeks', () => {
    expect(askAgainAt(0, 0, start)).toBe(start + 1_000);
    expect(askAgainAt(21_600, 0, start)).toBe(start + 21_600_000);
    expect(askAgainAt(10 ** 9, 0, start)).toBe(start + 86_400_000);
  });

  it('that no time is said for is taken for longer each time', () => {
    const waits = [0, 1, 2, 10, 2_000].map((before) => askAgainAt(null, before, start) - start);
    expect(waits).toEqual([60_000, 120_000, 240_000, 3_600_000, 3_600_000]);
  });
});

describe('what a registry says of its limits', () => {
  it.each([
    ['Docker Hub', { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '76;w=21600' }],
    ['the first drafts', { 'ratelimit-limit': '100, 100;w=60', 'ratelimit-remaining': '76' }],
    ['draft 07', { ratelimit: 'limit=100, remaining=76, reset=5', 'ratelimit-policy': '100;w=60' }],
    [
      'draft 08',
      {
        ratelimit: '"day";r=5000;t=300, "hour";r=76;t=30',
        'ratelimit-policy': '"day";q=9000;w=86400, "hour";q=100;w=3600',
      },
    ],
    ['tokens for names', { ratelimit: 'a;r=76', 'ratelimit-policy': 'a;q=100' }],
    [
      'both at once',
      { ratelimit: '"a";r=76', 'ratelimit-policy': '"a";q=100', 'ratelimit-limit': '1' },
    ],
    [
      'one header twice',
      { 'ratelimit-limit': ['100', '200'], 'ratelimit-remaining': ['76', '77'] },
    ],
  ])('is read as %s writes it', (_, headers) => {
    expect(rateOf(headers)).toMatchObject({ limit: 100, remaining: 76 });
  });

  it.each([
    {},
    { 'ratelimit-limit': '' },
    { 'ratelimit-limit': 'none' },
    { 'ratelimit-limit': '-5' },
    { 'ratelimit-limit': '1.5' },
    { 'ratelimit-remaining': '"' },
    { ratelimit: 'limit=, remaining' },
    { ratelimit: '(1 2);r=' },
  ])('is nothing where it is %o', (headers) => {
    expect(rateOf(headers)).toBeNull();
  });

  it('may be a part of it', () => {
    expect(rateOf({ 'ratelimit-remaining': '0', 'ratelimit-reset': '30' })).toEqual({
      limit: null,
      remaining: 0,
      reset: 30,
    });
    expect(rateOf({ ratelimit: '"a";r=3' })).toEqual({ limit: null, remaining: 3, reset: null });
  });
});

describe('a registry\u2019s limits', () => {
  let now = start;
  const limits = () => new Limits('reg.example', () => now);
  const answer = (status: number, headers: Record<string, string> = {}) => ({
    ...{ status, headers },
    body: Buffer.alloc(0),
    foreign: false,
  });
  const heeded = (one: Limits, ...said: Parameters<typeof answer>) => {
    try {
      one.heed(answer(...said));
      return null;
    } catch (e) {
      return (e as { details: { retryAfter: number | null } }).details.retryAfter;
    }
  };

  it('are not told before anything was said', () => {
    expect(limits().told).toBeNull();
  });

  it('are told as they were said last', () => {
    const one = limits();
    one.note(answer(200, { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '76' }));
    one.note(answer(200));
    expect(one.told).toEqual({ registry: 'reg.example', limit: 100, remaining: 76, until: null });
  });

  it('hold until they are over', () => {
    now = start;
    const one = limits();
    expect(heeded(one, 503, { 'retry-after': '20' })).toBe(20);
    expect(one.told).toMatchObject({ limit: null, remaining: null, until: start + 20_000 });
    now += 19_001;
    expect(() => one.refuse()).toThrow(
      expect.objectContaining({ details: { registry: 'reg.example', retryAfter: 1 } }),
    );
    now = start + 20_000;
    one.refuse();
    expect(one.told).toBeNull();
  });

  it('are taken from RateLimit where there is no Retry-After', () => {
    now = start;
    const one = limits();
    expect(heeded(one, 429, { 'ratelimit-remaining': '0', 'ratelimit-reset': '7' })).toBe(7);
    expect(one.told?.until).toBe(start + 7_000);
  });

  it('said by several answers at once count once, and the longest holds', () => {
    now = start;
    const one = limits();
    expect(heeded(one, 429)).toBeNull();
    expect(heeded(one, 429, { 'retry-after': '5' })).toBe(5);
    expect(heeded(one, 429)).toBeNull();
    expect(one.told?.until).toBe(start + 60_000);
    now += 60_000;
    heeded(one, 429);
    expect(one.told?.until).toBe(now + 120_000);
  });

  it('are no matter of a failure that says nothing of them', () => {
    expect(heeded(limits(), 503)).toBeNull();
    expect(heeded(limits(), 200, { 'retry-after': '5' })).toBeNull();
  });
});
