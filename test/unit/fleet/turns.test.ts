import { describe, expect, it } from 'vitest';
import type { DockerEngine } from '../../../main/adapters/docker/types.js';
import { type Around, groundOf } from '../../../main/assemble/around.js';
import { type CutOffElsewhere, Runs } from '../../../main/services/runs.js';
import { type Taker, Turns } from '../../../main/services/turns.js';

const taker = (key: string, id = key): Taker => ({ key, id: () => id });

/** Lets what is resolved already happen. */
const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('come one after another, in the order of asking', async () => {
    const turns = new Turns(() => false);
    const [a, b, c] = [taker('a'), taker('b'), taker('c')];
    const order: string[] = [];
    const { giveBack } = await turns.take(a);
    const others = [b, c].map(async (one) => {
      const turn = await turns.take(one);
      order.push(one.key);
      turn.giveBack();
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
    const { giveBack } = await turns.take(taker('a'));
    const leaving = new AbortController();
    const left = turns.take(taker('b'), leaving.signal);
    const other = turns.take(taker('c'));
    leaving.abort();
    await expect(left).rejects.toMatchObject({ code: 'run-cancelled' });
    giveBack();
    (await other).giveBack();
    await expect(turns.take(taker('b'), leaving.signal)).rejects.toMatchObject({
      code: 'run-cancelled',
    });
  });

  it('are together once a person says so, but for what may be one engine', async () => {
    let together = false;
    const turns = new Turns(() => together);
    const { giveBack } = await turns.take(taker('a', 'same'));
    let came = '';
    void turns.take(taker('b')).then(() => (came += 'b'));
    const twin = turns.take(taker('c', 'same')).then((turn) => {
      came += 'c';
      turn.giveBack();
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

describe('a turn that is lent', () => {
  it('is left to others, but not to what may be the same engine', async () => {
    const turns = new Turns(() => false);
    const own = await turns.take(taker('a', 'same'));
    const order: string[] = [];
    const wait = (key: string, id = key) =>
      turns.take(taker(key, id)).then((turn) => {
        order.push(key);
        return turn;
      });
    const twin = wait('twin', 'same');
    const other = wait('other');
    own.lend();
    await soon();
    expect(order).toEqual(['other']);
    expect(turns.waitsFor('twin')).toBe('a');
    own.giveBack();
    await soon();
    expect(order).toEqual(['other']);
    (await other).giveBack();
    (await twin).giveBack();
    expect(order).toEqual(['other', 'twin']);
  });

  it('comes back before whoever waits for what is half done, and after who has begun', async () => {
    const turns = new Turns(() => false);
    const own = await turns.take(taker('a', 'same'));
    own.lend();
    const other = turns.takeNow(taker('other'));
    expect(turns.takeNow(taker('twin', 'same'))).toBeNull();
    const order: string[] = [];
    const twin = turns.take(taker('twin', 'same')).then((turn) => {
      order.push('twin');
      turn.giveBack();
    });
    const again = [own.again(), own.again()].map((one) => one.then(() => order.push('a')));
    await soon();
    expect(order).toEqual([]);
    other?.giveBack();
    await Promise.all(again);
    expect(order).toEqual(['a', 'a']);
    await own.again();
    own.giveBack();
    await twin;
    expect(turns.takeNow(taker('c'))).not.toBeNull();
  });

  it('is over with its run, whoever still waits for it', async () => {
    const turns = new Turns(() => false);
    const own = await turns.take(taker('a'));
    own.lend();
    const other = turns.takeNow(taker('other'));
    const again = own.again();
    own.giveBack();
    await again;
    other?.giveBack();
    expect(turns.takeNow(taker('c'))).not.toBeNull();
  });
});

describe("a run's turn", () => {
  const runsOf = (turns: Turns, key: string, elsewhere?: CutOffElsewhere) => {
    const one = taker(key);
    return new Runs(
      () => Promise.resolve(),
      { take: (signal) => turns.take(one, signal), takeNow: () => turns.takeNow(one) },
      elsewhere,
    );
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

  it('is kept while the engine of an update is lost: what it stopped is down', async () => {
    const turns = new Turns(() => false);
    const [a, b] = [runsOf(turns, 'a'), runsOf(turns, 'b')];
    const order: string[] = [];
    const engine = { facts: { name: 'a' } } as DockerEngine;
    let back: () => void = () => undefined;
    const connection = {
      lost: () => order.push('a is lost'),
      back: () => new Promise<DockerEngine>((resolve) => (back = () => resolve(engine))),
    };
    const ground = groundOf({ connection, runs: a } as unknown as Around);
    const update = a.enqueue(async () => {
      await ground.back(engine, null, 1, new AbortController().signal);
      order.push('a goes on');
    });
    const other = b.enqueue(() => Promise.resolve(order.push('b')));
    await soon();
    back();
    await Promise.all([update, other]);
    expect(order).toEqual(['a is lost', 'a goes on', 'b']);
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

  it('is given back where another was cut off before it, until that is finished', async () => {
    const turns = new Turns(() => false);
    const order: string[] = [];
    let isDue = false;
    const finishes: (() => void)[] = [];
    const twin = runsOf(turns, 'twin');
    const own = runsOf(turns, 'own', {
      isDue: () => isDue,
      finished: async () => {
        if (isDue) await new Promise<void>((resolve) => finishes.push(resolve));
      },
    });
    const { giveBack } = await turns.take(taker('c'));
    const cut = twin.enqueue(() => Promise.resolve((isDue = true)));
    await soon();
    const waiting = own.enqueue(() => Promise.resolve(order.push('own')), 'mine');
    const cancelled = own.enqueue(() => Promise.resolve(order.push('cancelled')), 'other');
    await soon();
    giveBack();
    await cut;
    await soon();
    expect(order).toEqual([]);
    expect(own.waiting).toBe(2);
    // It holds up nobody, least of all what finishes.
    await twin.enqueue(() => Promise.resolve(order.push('twin')), null, { finishes: true });
    own.cancel('other');
    await expect(cancelled).rejects.toMatchObject({ code: 'run-cancelled' });
    expect(own.waiting).toBe(1);
    isDue = false;
    finishes.forEach((end) => end());
    await waiting;
    expect(order).toEqual(['twin', 'own']);
  });

  it('of two that say one ID are taken at once where a person said that they are two engines', async () => {
    const turns = new Turns(
      () => true,
      (one, other) => [one, other].sort().join() === 'a,b',
    );
    await turns.take(taker('a', 'ID'));
    expect(turns.takeNow(taker('b', 'ID'))).not.toBeNull();
    expect(turns.takeNow(taker('c', 'ID'))).toBeNull();
  });
});
