import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Rooms } from '../../../main/services/fleet/rooms.js';
import type { Room } from '../../../main/services/fleet/types.js';
import { systemClock } from '../../../main/adapters/clock.js';

/** Rooms that tell what becomes of them. */
function roomsOf(told: string[]) {
  let count = 0;
  return new Rooms({
    open: (key) => {
      const n = ++count;
      told.push(`${n} open`);
      const close = async () => {
        await turn();
        told.push(`${n} closed`);
      };
      const begin = () => void told.push(`${n} begun`);
      const stop = () => void told.push(`${n} stopped`);
      const room = { key, connection: {}, runs: { busy: false }, begin, stop, close };
      return Promise.resolve(room as unknown as Room);
    },
    opened: () => undefined,
    changed: () => undefined,
    clock: systemClock(),
  });
}

it('are opened anew by one at a time, and by nobody meanwhile', async () => {
  const told: string[] = [];
  const rooms = roomsOf(told);
  await rooms.room('a');
  const anew = async (who: string) => {
    await rooms.alone('a', async () => {
      await rooms.shut('a');
      told.push(`${who} begins`);
      await turn();
      told.push(`${who} ends`);
    });
    await rooms.room('a');
  };
  await Promise.all([anew('first'), anew('second'), anew('third'), rooms.room('a')]);
  const at = (what: string) => told.indexOf(what);
  for (const who of ['first', 'second', 'third'])
    expect(at(`${who} ends`)).toBe(at(`${who} begins`) + 1);
  // Each room was closed before the next one was opened.
  const ofRooms = told.filter((what) => /^\d.*(open|closed)$/.test(what));
  ofRooms.forEach((what, i) => {
    expect(what).toBe(`${Math.floor(i / 2) + 1} ${i % 2 === 0 ? 'open' : 'closed'}`);
  });
});

it('stop at once when all are closed, whatever has to be waited for first', async () => {
  const told: string[] = [];
  const rooms = roomsOf(told);
  await rooms.room('a');
  let done: () => void = () => undefined;
  const changing = rooms.alone('b', () => new Promise((resolve) => (done = resolve)));
  const closed = rooms.close();
  expect(told).toEqual(['1 open', '1 begun', '1 stopped']);
  done();
  await Promise.all([changing, closed]);
  expect(told).toEqual(['1 open', '1 begun', '1 stopped', '1 closed']);
});

it('do not begin where all are closed while they are opened', async () => {
  const told: string[] = [];
  const rooms = roomsOf(told);
  const opening = rooms.room('a');
  await Promise.all([rooms.close(), opening]);
  expect(told).toEqual(['1 open', '1 stopped', '1 closed']);
});
