import type { ImageRow } from '../../../main/contract/slices.js';
import type { UpdateRun } from '../../../main/contract/runs.js';
import type { WireError } from '../../../main/contract/wire.js';
import type { CareenApi } from '../../../preload/api.js';
import { CleanUpState } from '../cleanup/state.svelte.js';
import { ImagesState } from '../images/state.svelte.js';
import type { Known } from '../overview/space.js';
import { SpaceState } from '../overview/state.svelte.js';
import type { Drafts } from '../policy/drafts.js';
import { PolicyState } from '../policy/state.svelte.js';
import type { Call } from '../state/caller.js';
import type { SliceStore } from '../state/slices.svelte.js';
import { UpdatesState } from '../updates/state.svelte.js';

/** What it needs of the window's whole state. */
interface Host {
  slices: () => SliceStore;
  drafts: Drafts;
  /** As `AppState.call`, for the engine of this key. */
  call: Call;
  fail(error: WireError): void;
  told(run: UpdateRun): void;
}

const none: ReadonlyMap<string, ImageRow> = new Map();

/**
 * What the window keeps of one engine beside what main says of it: the plan looked at and its ticks,
 * the selection, a draft of its policy, questions and answers. Each engine has one of its own, and
 * what it asks is asked of that engine, so that nothing of one is shown or done on another; a draft
 * that is not saved stays with its engine until that is in view again.
 */
export class OfEngine {
  readonly cleanUp: CleanUpState;
  readonly space: SpaceState;
  readonly updates: UpdatesState;
  readonly policy: PolicyState;
  readonly images = new ImagesState();

  /** @param key the engine's, as `contract/fleet.ts` has it */
  constructor(
    readonly key: string,
    api: CareenApi,
    private readonly host: Host,
  ) {
    const { call, drafts } = host;
    const fail = (error: WireError) => host.fail(error);
    const bound: Pick<CareenApi, 'call'> = {
      call: (name, params) => api.call(name, params, key),
    };
    this.space = new SpaceState(call);
    this.cleanUp = new CleanUpState(
      call,
      () => this.#shown?.images ?? none,
      (rows) => this.spaceKnown(rows),
      () => this.#shown?.totals?.canGo.min ?? 0,
      () => this.#shown?.gauges?.engine ?? null,
    );
    this.updates = new UpdatesState(bound, { call, told: (run) => host.told(run) });
    this.policy = new PolicyState(bound, fail, {
      get: () => drafts.get(key),
      set: (draft) => drafts.set(key, draft),
    });
  }

  /** All that is known of what takes the engine's disk, with these images on it. */
  spaceKnown(rows: ReadonlyMap<string, ImageRow>): Known {
    const slices = this.#shown;
    return this.space.known(rows, slices?.totals?.onDisk ?? 0, slices?.gauges?.engine.used ?? null);
  }

  /** What main says, while it says it of this engine. */
  get #shown(): SliceStore | null {
    const slices = this.host.slices();
    return slices.viewed === this.key ? slices : null;
  }
}
