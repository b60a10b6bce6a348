import type { CommandName, Params, Result } from '../contract/commands.js';
import type { RunSlice } from '../contract/slices.js';
import { isCareenError } from '../domain/errors.js';
import type { Session } from './session.js';

/** More owners than end one after another under one command unless something is quite wrong. */
const tries = 50;

/** Commands that change nothing: another time is as good where it is not known what became of one. */
const repeatable: ReadonlySet<CommandName> = new Set<CommandName>([
  'status',
  'inventory',
  'judge',
  'plan.make',
  'plan.get',
  'plan.preview',
  'history',
  'engines.list',
  'update.list',
  'update.check',
  'update.preview',
]);

/**
 * A session that outlives the owner it goes through: what an ending owner did not begin is done
 * through the next one, or as it.
 *
 * @param open claims the data home, or finds who has it
 */
export async function lastingSession(open: () => Promise<Session>): Promise<Session> {
  const listeners = new Set<(run: RunSlice) => void>();
  const openAnew = async (): Promise<Session> => {
    for (let n = 1; ; n++) {
      try {
        const session = await open();
        session.onRun((run) => listeners.forEach((listener) => listener(run)));
        return session;
      } catch (e) {
        if (n === tries || !wentAway(e)) throw e;
      }
    }
  };

  let current = openAnew();
  await current;
  return {
    async call<N extends CommandName>(name: N, params: Params<N>): Promise<Result<N>> {
      for (let n = 1; ; n++) {
        const used = current;
        try {
          return await (await used).call(name, params);
        } catch (e) {
          const again = repeatable.has(name) ? wentAway(e) : isCareenError(e, 'owner-ended');
          if (n === tries || !again) throw e;
          if (used === current) current = openAnew();
        }
      }
    },
    onRun(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close(staying) {
      const [last] = await Promise.allSettled([current]);
      if (last.status === 'fulfilled') await last.value.close(staying);
    },
  };
}

function wentAway(e: unknown): boolean {
  return isCareenError(e, 'owner-ended') || isCareenError(e, 'home-lost');
}
