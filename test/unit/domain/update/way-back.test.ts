import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BackAct,
  type Before,
  type Seen,
  type Stand,
  wayBack,
} from '../../../../main/domain/update/way-back.js';

const before: Before = { container: 'web', restartPolicy: 'always', start: true, remake: false };

const stand = (id: string, name: string, change: Partial<Stand> = {}): Stand => ({
  id,
  name,
  runs: false,
  restartPolicy: 'no',
  ...change,
});

/** An engine in small: what an act does to what is seen. */
function after(act: BackAct, { old, next, again }: Seen): Seen {
  const running = { runs: true };
  const named = { name: 'web' };
  const acts: Record<BackAct, () => Partial<Seen>> = {
    remake: () => ({ again: stand('again', 'web.again') }),
    'stop-new': () => ({ next: next && { ...next, runs: false } }),
    'remove-new': () => ({ next: null }),
    'remove-old': () => ({ old: null }),
    'rename-old': () => ({ old: old && { ...old, ...named } }),
    'rename-again': () => ({ again: again && { ...again, ...named } }),
    'restart-policy-back': () => ({ old: old && { ...old, restartPolicy: 'always' } }),
    'start-old': () => ({ old: old && { ...old, ...running } }),
    'start-again': () => ({ again: again && { ...again, ...running } }),
  };
  const changed = { old, next, again, ...acts[act]() };
  const holder = [changed.old, changed.next, changed.again].find((one) => one?.name === 'web');
  return { ...changed, holder: holder?.id ?? null };
}

const seen = (old: Stand | null, next: Stand | null, again: Stand | null = null): Seen => {
  const holder = [old, next, again].find((one) => one?.name === 'web');
  return { old, next, again, holder: holder?.id ?? null };
};

describe('the way back', () => {
  it('is none where all is as it was', () => {
    const old = stand('old', 'web', { runs: true, restartPolicy: 'always' });
    expect(wayBack(before, seen(old, null))).toEqual([]);
  });

  it('only takes away what was prepared while the old one runs', () => {
    const old = stand('old', 'web', { runs: true, restartPolicy: 'no' });
    expect(wayBack(before, seen(old, stand('new', 'web.new')))).toEqual([
      'remove-new',
      'restart-policy-back',
    ]);
  });

  it('starts the very container again, once the new one is out of its way', () => {
    const old = stand('old', 'web.old');
    expect(wayBack(before, seen(old, stand('new', 'web', { runs: true })))).toEqual([
      'stop-new',
      'remove-new',
      'rename-old',
      'restart-policy-back',
      'start-old',
    ]);
  });

  it('leaves stopped what someone else had stopped', () => {
    const old = stand('old', 'web', { restartPolicy: 'always' });
    expect(wayBack({ ...before, start: false }, seen(old, null))).toEqual([]);
  });

  it('makes anew what the engine has removed, before the new one goes', () => {
    const rm = { ...before, restartPolicy: 'no', remake: true };
    expect(wayBack(rm, seen(null, stand('new', 'web', { runs: true })))).toEqual([
      'remake',
      'stop-new',
      'remove-new',
      'rename-again',
      'start-again',
    ]);
    expect(wayBack(rm, seen(stand('old', 'web', { runs: true }), null))).toEqual([]);
  });

  it('leads back from anywhere, can be cut off anywhere, and never lets two run', () => {
    const stands = (id: string, names: string[]) =>
      fc.option(
        fc.record({
          id: fc.constant(id),
          name: fc.constantFrom(...names),
          runs: fc.boolean(),
          restartPolicy: fc.constantFrom('no', 'always'),
        }),
      );
    const anywhere = fc
      .record({
        old: stands('old', ['web', 'web.old']),
        next: stands('new', ['web', 'web.new']),
        again: stands('again', ['web', 'web.again']),
        remake: fc.boolean(),
      })
      // No two bear one name, no two run, and nothing is made again but what has to be.
      .filter(({ old, next, again, remake }) => {
        const all = [old, next, again].filter((one) => one !== null);
        return (
          all.filter(({ name }) => name === 'web').length <= 1 &&
          all.filter(({ runs }) => runs).length <= 1 &&
          (remake ? !(old?.runs && again) : again === null && old !== null)
        );
      });
    fc.assert(
      fc.property(
        anywhere,
        fc.integer({ min: 0, max: 12 }),
        ({ old, next, again, remake }, cut) => {
          const plan = { ...before, remake };
          let now = seen(old, next, again);
          for (let n = 0; ; n++) {
            // Cut off: what is left to do is read from the engine again.
            const [act] = wayBack(plan, n === cut ? { ...now } : now);
            if (act === undefined) break;
            now = after(act, now);
            const running = [now.old, now.next, now.again].filter((one) => one?.runs);
            expect(running.length).toBeLessThanOrEqual(1);
            expect([now.old, now.again].some((one) => one !== null)).toBe(true);
            expect(n).toBeLessThan(12);
          }
          expect(now.next).toBeNull();
          const back = now.again ?? now.old;
          expect(back).toMatchObject({ name: 'web', runs: true });
          expect(now.holder).toBe(back?.id);
        },
      ),
    );
  });
});
