import type { Answer, CommandName, Params } from '../main/contract/commands.js';
import type { SliceMessage } from '../main/contract/slices.js';

/**
 * The one door between the window and main. What comes through it is JSON text: the bridge to the
 * page's world copies an object value by value, which takes thousands of rows more than a second.
 */
export interface CareenDoor {
  /**
   * Calls a command; gives its `Answer`. Rejects where this page has no business to call.
   *
   * @param engine the key of the engine that it is given to; absent: the one in view
   */
  call(name: string, params: unknown, engine?: string): Promise<string>;
  /** Takes an engine into view, by its key; gives an `Answer`. From then on its slices are heard. */
  view(engine: string): Promise<string>;
  /**
   * Hears `SliceMessage`s.
   *
   * @returns ends the subscription
   */
  subscribe(listener: (message: string) => void): () => void;
}

/** `engine-unknown` where there is no such engine. */
export type ViewAnswer =
  { ok: true } | { ok: false; error: { code: string; details: Record<string, unknown> } };

/** All that the window can do outside itself; main parses every call (DESIGN §6). */
export interface CareenApi {
  /**
   * Calls a command; a failure comes back as an answer and is never thrown.
   *
   * @param engine the key of the engine that it is given to; absent: the one in view
   */
  call<N extends CommandName>(name: N, params: Params<N>, engine?: string): Promise<Answer<N>>;
  /**
   * Takes an engine into view, by its key. Each of its slices is then told whole, and what changes;
   * of the one before nothing more. Main can do it too, for the tray or a notification.
   */
  view(engine: string): Promise<ViewAnswer>;
  /**
   * Hears every slice of the engine in view, first each of them whole, then what changes. A message
   * with another `engine` than the one before begins another view.
   *
   * @returns ends the subscription
   */
  subscribe(listener: (message: SliceMessage) => void): () => void;
}
