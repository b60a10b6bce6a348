import type { Answer, CommandName } from '../../../main/contract/commands.js';
import type { SliceMessage } from '../../../main/contract/slices.js';
import type { CareenApi, CareenDoor, ViewAnswer } from '../../../preload/api.js';

/** What comes through the door as text, in its own types. */
export function apiOf(door: CareenDoor): CareenApi {
  return {
    call: <N extends CommandName>(name: N, params: unknown, engine?: string): Promise<Answer<N>> =>
      answered<Answer<N>>(door.call(name, params, engine)),
    view: (engine) => answered<ViewAnswer>(door.view(engine)),
    subscribe: (listener) =>
      door.subscribe((message) => listener(JSON.parse(message) as SliceMessage)),
  };
}

/** Whoever asked goes on after a failure of the door itself, as after any other. */
async function answered<A>(answer: Promise<string>): Promise<A | Failed> {
  try {
    return JSON.parse(await answer) as A;
  } catch (e) {
    return { ok: false, error: { code: 'internal', details: { message: String(e) } } };
  }
}

interface Failed {
  ok: false;
  error: { code: string; details: Record<string, unknown> };
}
