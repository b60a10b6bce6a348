import type { Answer, CommandName, Params } from '../main/contract/commands.js';
import type { SliceMessage } from '../main/contract/slices.js';

/** All that the window can do outside itself; main parses every call (DESIGN §6). */
export interface CareenApi {
  /** Calls a command; a failure comes back as an answer and is never thrown. */
  call<N extends CommandName>(name: N, params: Params<N>): Promise<Answer<N>>;
  /**
   * Hears every slice, first each of them whole, then what changes.
   *
   * @returns ends the subscription
   */
  subscribe(listener: (message: SliceMessage) => void): () => void;
}
