import { describe, expect, it } from 'vitest';
import { Runs } from '../../../main/services/runs.js';
import { type Taker, Turns } from '../../../main/services/turns.js';

const taker = (key: string, id = key): Taker => ({ key, id: () => id });

/** Lets what is resolved already happen. */
const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('come one after another, in the order of asking', async () => {
    const turns = new Turns(() => false);
    const [a, b, c] = [taker('a'), taker('b'), taker('c')];
    const order: string[] = [];
    const giveBack = await turns.take(a);
    const others = [b, c].map(async (one) => {
      const done = await turns.take(one);
      order.push(one.key);
      done();
    });
    expect([turns.waitsFor('a'), turns.waitsFor('b'), turns.waitsFor('c')]).toEqual([
      null,
      'a',
      'a',
    ]);
    expect(turns.takeNow(c)).toBeNull();
    giveBack();
    giveBack();
    await Promise.all(others);
    expect(order).toEqual(['b', 'c']);
    expect(turns.takeNow(c)).not.toBeNull();
  });

  it('are left by who does not want to wait any longer', async () => {
    const turns = new Turns(() => false);
    const giveBack = await turns.take(taker('a'));
    const leaving = new AbortController();
    const left = turns.take(taker('b'), leaving.signal);
    const other = turns.take(taker('c'));
    leaving.abort();
    await expect(left).rejects.toMatchObject({ code: 'run-cancelled' });
    giveBack();
    (await other)();
    await expect(turns.take(taker('b'), leaving.signal)).rejects.toMatchObject({
      code: 'run-cancelled',
    });
  });

  it('are together once a person says so, but for what may be one engine', async () => {
    let together = false;
    const turns = new Turns(() => together);
    const giveBack = await turns.take(taker('a', 'same'));
    let came = '';
    void turns.take(taker('b')).then(() => (came += 'b'));
    const twin = turns.take(taker('c', 'same')).then((done) => {
      came += 'c';
      done();
    });
    await soon();
    expect(came).toBe('');
    together = true;
    turns.look();
    await soon();
    expect(came).toBe('b');
    expect(turns.waitsFor('c')).toBe('a');
    giveBack();
    await twin;
    expect(came).toBe('bc');
  });
});

describe("a run's turn", () => {
  const runsOf = (turns: Turns, key: string) => {
    const one = taker(key);
    return new Runs(() => Promise.resolve(), {
      take: (signal) => turns.take(one, signal),
      takeNow: () => turns.takeNow(one),
    });
  };

  it('is given back while its engine is lost, and taken again', async () => {
    const turns = new Turns(() => false);
    const [a, b] = [runsOf(turns, 'a'), runsOf(turns, 'b')];
    const order: string[] = [];
    let back: () => void = () => undefined;
    const lost = a.enqueue(async () => {
      order.push('a begins');
      const waits = () => a.apart(() => new Promise<void>((resolve) => (back = resolve)));
      await waits();
      order.push('a goes on');
    });
    await soon();
    const other = b.enqueue(async () => {
      order.push('b begins');
      back();
      await soon();
      order.push('b ends');
    });
    await Promise.all([lost, other]);
    expect(order).toEqual(['a begins', 'b begins', 'b ends', 'a goes on']);
    expect(turns.takeNow(taker('c'))).not.toBeNull();
  });

  it('is waited for by a run that can still be cancelled, and counted as waiting', async () => {
    const turns = new Turns(() => false);
    const [a, b] = [runsOf(turns, 'a'), runsOf(turns, 'b')];
    let end: () => void = () => undefined;
    const first = a.enqueue(() => new Promise<void>((resolve) => (end = resolve)));
    await soon();
    const waiting = b.enqueue(() => Promise.resolve(), 'mine');
    await soon();
    expect(b.waiting).toBe(1);
    expect(await b.atOnce(() => Promise.resolve())).toBe(false);
    b.cancel('mine');
    await expect(waiting).rejects.toMatchObject({ code: 'run-cancelled' });
    expect(b.waiting).toBe(0);
    end();
    await first;
    expect(await b.atOnce(() => Promise.resolve())).toBe(true);
  });
});
