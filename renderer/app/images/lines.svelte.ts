import type { ImageRow } from '../../../main/contract/slices.js';
import { Rest } from '../common/rest.js';
import { keyOf } from './line-key.js';
import { entriesOf, type Entry, type TableView } from './table.js';

type Rows = ReadonlyMap<string, ImageRow>;

/** The lines of the table; none jumps while a person is at work on it. */
export class Lines {
  entries = $state.raw<Entry[]>([]);
  /** The rows as they were arranged last: shown while the line of a removed one keeps its place. */
  drawn = $state.raw<Rows>(new Map());
  readonly rest = new Rest();
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

  /** The same for rows that are others, as soon as who is at work on them has rested. */
  arrangeAtRest(): void {
    if (this.now().rows === this.drawn) return;
    if (this.entries.length === 0) this.arrangeSoon();
    else this.rest.wait(() => this.arrangeSoon());
  }

  lineOf(key: string | null): number {
    return key === null ? -1 : this.entries.findIndex((entry) => keyOf(entry) === key);
  }

  close(): void {
    this.rest.cancel();
    clearTimeout(this.#soon);
    this.#soon = undefined;
  }
}
