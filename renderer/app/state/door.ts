import type { Answer, CommandName } from '../../../main/contract/commands.js';
import type { SliceMessage } from '../../../main/contract/slices.js';
import type { CareenApi, CareenDoor } from '../../../preload/api.js';

/** What comes through the door as text, in its own types. */
export function apiOf(door: CareenDoor): CareenApi {
  return {
    call: async <N extends CommandName>(name: N, params: unknown): Promise<Answer<N>> => {
      try {
        return JSON.parse(await door.call(name, params)) as Answer<N>;
      } catch (e) {
        // Whoever asked goes on, as after any other failure.
        return { ok: false, error: { code: 'internal', details: { message: String(e) } } };
      }
    },
    subscribe: (listener) =>
      door.subscribe((message) => listener(JSON.parse(message) as SliceMessage)),
  };
}
