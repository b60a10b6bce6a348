import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ControlPlace, OwnSocket, StaleSocket } from '../../adapters/control/types.js';
import { CareenError } from '../../domain/errors.js';
import { OwnerClient } from './client.js';
import { Owner, type Self, type Serve } from './owner.js';

export interface ClaimOptions {
  place: ControlPlace;
  self: Self;
  serve: Serve;
  /** Waits between two tries; a moment of chance, so that two who collide do not again. */
  pause?: () => Promise<void>;
}

/** Enough that only something quite different from a race can use them up. */
const tries = 200;

/** Milliseconds. */
const longestPause = 25;

/**
 * Becomes the owner of the data home, or the client of who is (DESIGN §3). A socket on which
 * nobody listens is stale and is taken over.
 *
 * No instant has two owners. A taker can only be late: it saw a stale socket, and what it then
 * moves aside is a new owner's. That one it puts back; should a third have taken the name
 * meanwhile, the moved socket stays aside and alive, and whoever takes a name looks for such a
 * socket before it answers anyone, and yields.
 *
 * Throws `home-unwritable`, `home-foreign` and `owner-other-version`.
 */
export async function claim(options: ClaimOptions): Promise<Owner | OwnerClient> {
  const { place, self, serve } = options;
  const pause = options.pause ?? (() => delay(Math.random() * longestPause));
  for (let n = 0; n < tries; n++) {
    if (n > 0) await pause();
    const found = await place.connect();
    if (found instanceof Socket) {
      const client = new OwnerClient(found, self);
      if (await client.greet()) return client;
      continue;
    }
    const owner = new Owner(place, self, serve);
    const own = await place.bind((socket) => owner.accept(socket));
    let mine = false;
    try {
      mine = (found === null || (await clear(found))) && (await take(place, own));
    } finally {
      if (!mine) await Promise.all([own.close(), owner.close()]);
    }
    if (mine) {
      owner.begin(own);
      return owner;
    }
  }
  throw new CareenError('home-unwritable', { home: self.home, why: 'EBUSY' });
}

/** Moves the stale socket aside and asks it once more. False: it was no stale one. */
async function clear(stale: StaleSocket): Promise<boolean> {
  const aside = await stale.moveAside();
  if (!aside) return true;
  if (await aside.answers()) {
    await aside.putBack();
    return false;
  }
  await aside.discard();
  return true;
}

/** Takes the public name; true when it is this socket's and no owner's socket lies aside. */
async function take(place: ControlPlace, own: OwnSocket): Promise<boolean> {
  if (!(await own.publish())) return false;
  for (const aside of await place.asides()) {
    const mine = await aside.isSame(own);
    if (!mine && (await aside.answers())) {
      await own.withdraw();
      await aside.putBack();
      return false;
    }
    await aside.discard();
  }
  if (!(await own.isPublic())) return false;
  await place.tidy();
  return true;
}
