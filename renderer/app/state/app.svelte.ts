import { getContext, setContext } from 'svelte';
import type { CommandName, Params, Result } from '../../../main/contract/commands.js';
import type { UpdateRun } from '../../../main/contract/runs.js';
import type { ImageRow } from '../../../main/contract/slices.js';
import type { WireError } from '../../../main/contract/wire.js';
import type { ItemKind } from '../../../main/domain/plan/types.js';
import { messages, resolveLanguage } from '../../../main/messages/index.js';
import type { CareenApi } from '../../../preload/api.js';
import { CleanUpState } from '../cleanup/state.svelte.js';
import { ImagesState } from '../images/state.svelte.js';
import { spaceOf, type Known } from '../overview/space.js';
import { SpaceState } from '../overview/state.svelte.js';
import { PolicyState } from '../policy/state.svelte.js';
import { PaletteState } from '../palette/state.svelte.js';
import { UpdatesState } from '../updates/state.svelte.js';
import { Router } from './router.svelte.js';
import { SliceStore } from './slices.svelte.js';

export interface Notice {
  id: number;
  tone: 'bad' | 'info';
  text: string;
}

const KEY = Symbol('app');
const CLOCK = 20_000;
const NOTICES = 3;

/** Everything the screens share: what main said, where the window is, what it speaks. */
export class AppState {
  readonly slices: SliceStore;
  readonly router = new Router();
  readonly cleanUp: CleanUpState;
  readonly space: SpaceState;
  readonly updates: UpdatesState;
  readonly policy: PolicyState;
  readonly images = new ImagesState();
  readonly palette = new PaletteState();
  /** For ages; it steps, so that figures do not flicker. */
  now = $state(Date.now());
  notices = $state.raw<Notice[]>([]);
  /** The policy in force, for the levels that it sets; null: not told yet, or it cannot be read. */
  inForce = $derived.by(() => this.policy.saved?.policy ?? null);

  language = $derived.by(() =>
    resolveLanguage(this.slices.settings?.language ?? 'system', navigator.languages),
  );
  m = $derived(messages(this.language));
  /** What takes the disk; kept here, so that who comes back to the map does not wait for it. */
  taken = $derived.by(() => spaceOf(this.spaceKnown(this.slices.images ?? new Map())));

  #next = 1;

  constructor(readonly api: CareenApi) {
    this.slices = new SliceStore(api, (error) => this.fail(error));
    this.space = new SpaceState((name, params) => this.call(name, params));
    this.cleanUp = new CleanUpState(
      (name, params) => this.call(name, params),
      () => this.slices.images ?? new Map(),
      (rows) => this.spaceKnown(rows),
      () => this.slices.totals?.canGo.max ?? 0,
    );
    this.updates = new UpdatesState(api, this);
    this.policy = new PolicyState(api, (error) => this.fail(error));
    setInterval(() => (this.now = Date.now()), CLOCK);
  }

  /** Calls a command; a failure becomes a notice, and null is given back. */
  async call<N extends CommandName>(name: N, params: Params<N>): Promise<Result<N> | null> {
    const answer = await this.api.call(name, params);
    this.now = Date.now();
    if (answer.ok) return answer.result;
    this.fail(answer.error);
    return null;
  }

  /** All that is known of what takes the engine's disk, with these images on it. */
  spaceKnown(rows: ReadonlyMap<string, ImageRow>): Known {
    const { totals, gauges } = this.slices;
    return this.space.known(rows, totals?.onDisk ?? 0, gauges?.engine.used ?? null);
  }

  /** Copies a text; false, with a notice, where the clipboard does not take it. */
  async copy(text: string): Promise<boolean> {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      this.tell('bad', this.m.window.common.notCopied);
      return false;
    }
  }

  fail(error: WireError): void {
    this.tell('bad', this.m.error(error));
  }

  tell(tone: Notice['tone'], text: string): void {
    const others = this.notices.filter((n) => n.text !== text);
    this.notices = [...others, { id: this.#next++, tone, text }].slice(-NOTICES);
  }

  /** Says what of a run of updates no row shows: what was left alone, and what failed. */
  told(run: UpdateRun): void {
    for (const one of run.containers) {
      const state = one.result?.state;
      if (state !== 'skipped' && state !== 'failed' && state !== 'taken-over') continue;
      const sentence = this.m.update.result(one, this.now);
      this.tell(
        state === 'skipped' ? 'info' : 'bad',
        this.m.window.updates.of(one.container, sentence),
      );
    }
  }

  dismiss(id: number): void {
    this.notices = this.notices.filter((n) => n.id !== id);
  }

  /** When something was that has been: main's clock may be a moment ahead of the one that steps. */
  ago = (at: number): string => this.m.format.when(Math.min(at, this.now), this.now);

  /** The name that a person knows an image by: its first tag, else its short ID. */
  nameOf = (id: string): string => this.slices.images?.get(id)?.refs[0] ?? this.m.shortId(id);

  /** The name that a person knows anything by that can go; a volume without a name by its beginning. */
  itemName(kind: ItemKind, id: string, refs: readonly string[]): string {
    const name = refs[0];
    if (kind === 'buildCache') return this.m.window.common.oneOf.buildCache;
    if (name === undefined) return this.m.shortId(id);
    return kind === 'volume' && isAnonymous(name) ? name.slice(0, 12) : name;
  }
}

/** The engine gives a volume without a name 64 hex digits for one. */
export const isAnonymous = (volume: string) => /^[0-9a-f]{64}$/.test(volume);

export function provideApp(app: AppState): void {
  setContext(KEY, app);
}

/** The state that `App.svelte` provides; to be called while a component is made. */
export function useApp(): AppState {
  return getContext<AppState>(KEY);
}
