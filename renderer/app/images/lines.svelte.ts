import type { ImageRow } from '../../../main/contract/slices.js';
import { keyOf } from './line-key.js';
import { entriesOf, type Entry, type TableView } from './table.js';

type Rows = ReadonlyMap<string, ImageRow>;

/** Lines keep their places this long (ms) after the pointer last moved over them. */
const STILL = 1500;

/** The lines of the table; none jumps under the pointer. */
export class Lines {
  entries = $state.raw<Entry[]>([]);
  /** The rows as they were arranged last: shown while the line of a removed one keeps its place. */
  drawn = $state.raw<Rows>(new Map());
  #movedAt = 0;
  #settle: ReturnType<typeof setTimeout> | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly now: () => { rows: Rows; view: TableView }) {}

  /** Puts every line where it belongs. */
  arrange(): void {
    this.close();
    const { rows, view } = this.now();
    this.drawn = rows;
    this.entries = entriesOf(rows.values(), view);
  }

  /** The same in a task of its own: a key or a click is seen before thousands of lines are put in order. */
  arrangeSoon(): void {
    if (this.entries.length === 0) this.arrange();
    else this.#soon ??= setTimeout(() => this.arrange());
  }

  /** The same for rows that are others, as soon as the pointer has rested. */
  arrangeAtRest(): void {
    if (this.now().rows === this.drawn) return;
    const wait = this.#movedAt + STILL - performance.now();
    if (wait <= 0 || this.entries.length === 0) this.arrangeSoon();
    else
      this.#settle ??= setTimeout(() => {
        this.#settle = undefined;
        // The pointer may have moved on meanwhile.
        this.arrangeAtRest();
      }, wait);
  }

  pointerMoved(): void {
    this.#movedAt = performance.now();
  }

  pointerLeft(): void {
    this.#movedAt = 0;
    if (this.#settle !== undefined) this.arrange();
  }

  lineOf(key: string | null): number {
    return key === null ? -1 : this.entries.findIndex((entry) => keyOf(entry) === key);
  }

  close(): void {
    clearTimeout(this.#settle);
    this.#settle = undefined;
    clearTimeout(this.#soon);
    this.#soon = undefined;
  }
}
