import type { Answer, Result } from '../../../main/contract/commands.js';
import type { WireError } from '../../../main/contract/wire.js';

type Name = 'image.get' | 'image.layers';

/** What main told of an image, asked for as often as the image may have changed. */
export class ToldOf<N extends Name> {
  #known = $state.raw<{ id: string; result: Result<N> } | null>(null);
  #failed = $state.raw<{ id: string; error: WireError } | null>(null);
  #asked = 0;
  /** Of what was answered, which was asked last: an answer from before it is old. */
  #taken = 0;

  constructor(private readonly call: (id: string) => Promise<Answer<N>>) {}

  async ask(id: string): Promise<void> {
    const turn = ++this.#asked;
    const answer = await this.call(id);
    if (turn < this.#taken) return;
    this.#taken = turn;
    this.#failed = answer.ok ? null : { id, error: answer.error };
    if (answer.ok) this.#known = { id, result: answer.result };
  }

  /** The last that is known of an image; null: nothing yet. */
  of(id: string): Result<N> | null {
    return this.#known?.id === id ? this.#known.result : null;
  }

  /** Why it could not be told when it was asked for last; null: it was, or is awaited. */
  failureOf(id: string): WireError | null {
    return this.#failed?.id === id ? this.#failed.error : null;
  }
}
