import { atMoment, type Clock, type Timer } from '../adapters/clock.js';
import { isPending } from '../contract/pending.js';
import type { UpdateRow } from '../contract/updates.js';
import type { Millis } from '../domain/facts.js';

/** Milliseconds between two tellings of new versions that are gathered. */
const gathered = 86_400_000;

interface DigestOptions {
  /** When new versions were last told; null: never. */
  toldAt: () => Millis | null;
  remember: (at: Millis) => void;
  /** Until when nothing is told; null: Careen is not paused. */
  pausedUntil: () => Millis | null;
  /** The containers as they are now. */
  rows: () => readonly UpdateRow[];
  tell: (rows: readonly UpdateRow[]) => void;
  clock: Clock;
}

/**
 * Gathers new versions, so that a person hears of them once a day and not at every check. What was
 * taken or skipped meanwhile is not told any more.
 */
export class Digest {
  /** Containers, by name. */
  readonly #held = new Set<string>();
  #timer: Timer | null = null;

  constructor(private readonly options: DigestOptions) {}

  /** Takes in versions that became available; tells at once where the last telling is a day old. */
  found(rows: readonly UpdateRow[]): void {
    for (const { container } of rows) this.#held.add(container);
    this.#look(rows);
  }

  /** Forgets what was gathered: a person wants to hear of none, or has heard of all. */
  clear(): void {
    this.#held.clear();
    this.#timer?.cancel();
    this.#timer = null;
  }

  /** To be told when a setting changed: what waits may have its time now, or later, by a pause. */
  settingsChanged(): void {
    this.#look([]);
  }

  /** @param fresh those that the rest of the application may not show yet */
  #look(fresh: readonly UpdateRow[]): void {
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#held.size === 0) return;
    const { clock, toldAt, pausedUntil } = this.options;
    const last = toldAt();
    const now = clock.now();
    // A clock that was set back would else keep silent for as long.
    const next = last === null || last > now ? now : last + gathered;
    const due = Math.max(next, pausedUntil() ?? 0);
    if (due > now) this.#timer = atMoment(clock, due, () => this.#look([]));
    else this.#tell(fresh);
  }

  #tell(fresh: readonly UpdateRow[]): void {
    const { rows, tell, remember, clock } = this.options;
    for (const { container } of fresh) this.#held.delete(container);
    const before = rows().filter((row) => this.#held.has(row.container) && isPending(row));
    this.#held.clear();
    const still = [...before, ...fresh];
    if (still.length === 0) return;
    remember(clock.now());
    tell(still);
  }
}
