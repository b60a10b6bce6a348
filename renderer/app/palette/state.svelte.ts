import { untrack } from 'svelte';

/** What is open above the screens, and the search that the screen in front has. */
export class PaletteState {
  open = $state<'commands' | 'shortcuts' | null>(null);
  #searches = $state.raw<readonly (() => void)[]>([]);

  /** Goes to the screen's search; null: it has none. */
  readonly search = $derived(this.#searches.at(-1) ?? null);

  /**
   * A search that came onto the screen.
   *
   * @param focus goes to it
   * @returns to be called when it leaves
   */
  offer(focus: () => void): () => void {
    this.#searches = untrack(() => [...this.#searches, focus]);
    return () => (this.#searches = this.#searches.filter((one) => one !== focus));
  }
}
