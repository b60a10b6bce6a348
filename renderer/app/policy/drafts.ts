/** What was typed of a policy and not saved. */
export interface Draft {
  text: string;
  /** The text of the policy that it was made from; null: there was no file. */
  base: string | null;
}

/**
 * The one thing that the window keeps itself, beyond its page: that of a window closed for long is
 * given up, and any ends when Careen does or when it crashes.
 *
 * @param storage the page's `localStorage`
 */
export class Drafts {
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {}

  /** @param engine the key of the engine whose policy it is of */
  get(engine: string): Draft | null {
    const text = this.storage.getItem(textOf(engine));
    return text === null ? null : { text, base: this.storage.getItem(baseOf(engine)) };
  }

  /** Keeps a draft in place of the one before; null keeps none. */
  set(engine: string, draft: Draft | null): void {
    this.storage.removeItem(textOf(engine));
    this.storage.removeItem(baseOf(engine));
    if (draft === null) return;
    try {
      if (draft.base !== null) this.storage.setItem(baseOf(engine), draft.base);
      this.storage.setItem(textOf(engine), draft.text);
    } catch {
      // What no place is left for is many times what a policy may have, and stays in the page alone.
      this.storage.removeItem(baseOf(engine));
    }
  }
}

const textOf = (engine: string) => `draft of ${engine}`;
const baseOf = (engine: string) => `base of ${engine}`;
