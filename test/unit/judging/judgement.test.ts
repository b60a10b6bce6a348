import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../main/domain/policy/read.js';
import { Judging } from '../../../main/services/judging.js';
import { TestClock } from '../../support/clock.js';
import { image, inventory, now } from '../domain/arbitrary.js';

const hour = 3_600_000;
const text = 'version: 1\ngrace: 1h\nremove: [{ match: "**" }]\n';

/** The real judging of one image that came a moment ago. */
function stage() {
  const taken = inventory([image(1, { refs: ['a:1'], arrived: { at: now, source: 'event' } })]);
  const clock = new TestClock(now);
  const policy = readPolicy('policy.yaml', text);
  const lists = Object.assign(new EventEmitter(), {
    listed: {},
    asOf: null,
    settled: () => Promise.resolve(),
  });
  const judging = new Judging(
    { required: () => ({ facts: taken.engine }) } as never,
    lists as never,
    Object.assign(new EventEmitter(), { engine: taken.engine, join: () => taken }) as never,
    Object.assign(new EventEmitter(), { current: () => Promise.resolve({ policy }) }) as never,
    () => Promise.resolve(),
    clock,
    new EventEmitter(),
  );
  return { judging, clock, lists };
}

describe('the judgement that holds', () => {
  it('is the last one, as long as neither a change nor time makes it another', async () => {
    const { judging, clock, lists } = stage();
    const first = await judging.judgement();
    expect(first?.judged.map(({ verdict }) => verdict)).toEqual(['keep']);
    clock.advance(hour - 1);
    expect(await judging.judgement()).toBe(first);
    lists.emit('changed');
    const second = await judging.judgement();
    expect(second).not.toBe(first);
    expect(second?.at).toBe(now + hour - 1);
  });

  it('is none where a verdict became another while the computer slept, and is made anew', async () => {
    const { judging, clock } = stage();
    await judging.judgement();
    clock.set(now + 2 * hour);
    expect(await judging.judgement()).toBeNull();
    const after = await judging.judgement();
    expect(after?.judged.map(({ verdict }) => verdict)).toEqual(['remove']);
  });
});
