import type { Result } from '../../../main/contract/commands.js';
import type { ImageRow } from '../../../main/contract/slices.js';
import type { JudgedOther } from '../../../main/domain/verdict/types.js';
import type { Call } from '../state/caller.js';
import type { Known } from './space.js';

type Rows = ReadonlyMap<string, ImageRow>;

/** What takes the disk, as far as it was told: which images share what, and what else there is. */
export class SpaceState {
  shares = $state.raw<Result<'space.shares'> | null>(null);
  /** Whether it was told, or could not be told, what images share. */
  asked = $state(false);
  account = $state.raw<Result<'space'> | null>(null);
  /** Containers, networks, volumes and the build cache, with sizes once those were counted. */
  others = $state.raw<readonly JudgedOther[]>([]);
  counting = $state(false);
  /** When the counting began that is under way. */
  since = $state(0);
  #sharing = false;
  #followed: Rows | null = null;
  /** The images as they were when it was asked what they share. */
  #sharedBy: Rows = new Map();
  #engine: string | null = null;
  #wanted: string | null = null;
  #counted: string | null = null;

  constructor(private readonly call: Call) {}

  /** To be told of the images there are: what they share is asked again once it may be other. */
  async follow(rows: Rows): Promise<void> {
    this.#followed = rows;
    if (this.#sharing) return;
    this.#sharing = true;
    try {
      if (this.shares === null || !sharesAlike(rows, this.#sharedBy)) {
        const shares = await this.call('space.shares', {});
        if (shares) {
          this.shares = shares;
          this.#sharedBy = rows;
        }
      }
      this.asked = true;
    } finally {
      this.#sharing = false;
    }
    if (this.account && !this.counting) await this.#judge();
    if (this.#followed !== rows) await this.follow(this.#followed);
  }

  /**
   * Has the engine count what it holds, once for each engine and once more after each run: that takes
   * its time, so it is done where somebody looks, and never on a timer (JUDGING §7).
   */
  async countFor(engine: string, run: string | null): Promise<void> {
    if (this.#engine !== engine) {
      this.account = null;
      this.others = [];
    }
    this.#engine = engine;
    this.#wanted = `${engine} ${run ?? ''}`;
    if (this.#counted !== this.#wanted && !this.counting) await this.count();
  }

  async count(): Promise<void> {
    this.counting = true;
    try {
      // What was counted of another engine, or before a run, is no account of what is there now.
      do {
        this.#counted = this.#wanted;
        this.since = Date.now();
        const account = await this.call('space', {});
        if (!account || this.#counted !== this.#wanted) continue;
        // Sizes that were counted stand among the judged ones only then; both are shown at once.
        await this.#judge();
        this.account = account;
      } while (this.#counted !== this.#wanted);
    } finally {
      this.counting = false;
    }
  }

  /** All that is known, for a map of these images. */
  known(rows: Rows, onDisk: number, used: number | null): Known {
    const { shares, account, others } = this;
    return { rows, onDisk, used, shares, account, others };
  }

  async #judge(): Promise<void> {
    this.others = (await this.call('others', { policy: null })) ?? this.others;
  }
}

/** Whether images are the same with the same bytes of their own: what they share is, then, too. */
function sharesAlike(rows: Rows, others: Rows): boolean {
  if (rows === others) return true;
  if (rows.size !== others.size) return false;
  return [...rows.values()].every((row) => {
    const other = others.get(row.id);
    return (
      other !== undefined &&
      other.size === row.size &&
      other.unique.min === row.unique.min &&
      other.unique.max === row.unique.max
    );
  });
}
