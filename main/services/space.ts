import type { Clock } from '../adapters/clock.js';
import { accountOf, type Account, type DiskUseCounted } from '../domain/account.js';
import type { Inventory, Millis } from '../domain/facts.js';

/** Milliseconds for the engine to count its disk; on a large one it takes minutes (JUDGING §7). */
export const countDeadline = 180_000;

/** Where the account's figures come from. */
export interface SpaceSources {
  /** What the engine counts itself; null past the deadline (ms). */
  diskUse(deadline: number): Promise<DiskUseCounted | null>;
  /** Everything that is judged; throws without an engine. */
  inventory(): Promise<Inventory>;
  /** Bytes that are used on the engine's disk as measured now; null where unknown. */
  used(): Promise<number | null>;
}

/** What takes the engine's disk, as an account that adds up; asked for on demand only. */
export class Space {
  constructor(
    private readonly from: SpaceSources,
    private readonly clock: Clock,
  ) {}

  /** Counts anew. Throws what keeps the engine from answering at all. */
  async read(): Promise<Account & { at: Millis }> {
    await this.from.inventory();
    const counted = await this.from.diskUse(countDeadline);
    const inventory = await this.from.inventory();
    const used = await this.from.used();
    return { ...accountOf(inventory, counted, used), at: this.clock.now() };
  }
}
