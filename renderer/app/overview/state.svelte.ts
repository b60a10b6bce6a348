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
  #countedFor: string | null = null;

  constructor(private readonly call: Call) {}

  /** To be told of the images there are: what they share is asked again once they are others. */
  async follow(rows: Rows): Promise<void> {
    this.#followed = rows;
    if (this.#sharing) return;
    this.#sharing = true;
    if (!this.#isOf(rows)) this.shares = (await this.call('space.shares', {})) ?? this.shares;
    this.asked = true;
    this.#sharing = false;
    if (this.account && !this.counting) await this.#judge();
    if (this.#followed !== rows) await this.follow(this.#followed);
  }

  /**
   * Has the engine count what it holds, once for each `key`: that takes its time, so it is done where
   * somebody looks, and never on a timer (JUDGING §7).
   */
  async countFor(key: string): Promise<void> {
    if (this.#countedFor === key || this.counting) return;
    this.#countedFor = key;
    await this.count();
  }

  async count(): Promise<void> {
    this.counting = true;
    this.since = Date.now();
    const account = await this.call('space', {});
    // Sizes that were counted stand among the judged ones only then; both are shown at once.
    if (account) await this.#judge();
    if (account) this.account = account;
    this.counting = false;
  }

  /** All that is known, for a map of these images. */
  known(rows: Rows, onDisk: number, used: number | null): Known {
    const { shares, account, others } = this;
    return { rows, onDisk, used, shares, account, others };
  }

  async #judge(): Promise<void> {
    this.others = (await this.call('others', { policy: null })) ?? this.others;
  }

  #isOf(rows: Rows): boolean {
    const { shares } = this;
    return shares?.images.length === rows.size && shares.images.every(({ id }) => rows.has(id));
  }
}
