import type { Answer, CommandName, Params } from '../main/contract/commands.js';
import type { SliceMessage } from '../main/contract/slices.js';

/**
 * The one door between the window and main. What comes through it is JSON text: the bridge to the
 * page's world copies an object value by value, which takes thousands of rows more than a second.
 */
export interface CareenDoor {
  /** Calls a command; gives its `Answer`. Rejects where this page has no business to call. */
  call(name: string, params: unknown): Promise<string>;
  /**
   * Hears `SliceMessage`s.
   *
   * @returns ends the subscription
   */
  subscribe(listener: (message: string) => void): () => void;
}

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
