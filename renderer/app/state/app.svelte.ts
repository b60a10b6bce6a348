import { getContext, setContext } from 'svelte';
import type { CommandName, Params, Result } from '../../../main/contract/commands.js';
import type { FleetSlice } from '../../../main/contract/fleet.js';
import { firstEngine } from '../../../main/contract/first-engine.js';
import type { UpdateRun } from '../../../main/contract/runs.js';
import type { ImageRow } from '../../../main/contract/slices.js';
import type { WireError } from '../../../main/contract/wire.js';
import type { RuleName } from '../../../main/domain/policy/rule-name.js';
import type { ItemKind } from '../../../main/domain/plan/types.js';
import { messages, resolveLanguage } from '../../../main/messages/index.js';
import type { CareenApi } from '../../../preload/api.js';
import type { CleanUpState } from '../cleanup/state.svelte.js';
import { OfEngine } from '../fleet/of-engine.svelte.js';
import { FleetState } from '../fleet/state.svelte.js';
import type { ImagesState } from '../images/state.svelte.js';
import { spaceOf, type Known } from '../overview/space.js';
import type { SpaceState } from '../overview/state.svelte.js';
import { Drafts } from '../policy/drafts.js';
import type { PolicyState } from '../policy/state.svelte.js';
import { PaletteState } from '../palette/state.svelte.js';
import type { UpdatesState } from '../updates/state.svelte.js';
import { type Notice, Notices } from './notices.svelte.js';
import { Router } from './router.svelte.js';
import { SliceStore } from './slices.svelte.js';

const KEY = Symbol('app');
const CLOCK = 20_000;

/** Everything the screens share: what main said, where the window is, what it speaks. */
export class AppState {
  readonly slices: SliceStore;
  readonly router = new Router();
  readonly fleet: FleetState;
  readonly palette = new PaletteState();
  readonly #drafts = new Drafts(localStorage);
  readonly #notices = new Notices({
    viewed: () => this.slices.viewed,
    nameOf: (engine) => this.slices.fleet?.engines.find(({ key }) => key === engine)?.name ?? null,
    named: (name, sentence) => this.m.window.fleet.of(name, sentence),
  });
  /** For ages; it steps, so that figures do not flicker. */
  now = $state(Date.now());
  /** The policy in force, for the levels that it sets; null: not told yet, or it cannot be read. */
  inForce = $derived.by(() => this.policy.saved?.policy ?? null);

  language = $derived.by(() =>
    resolveLanguage(this.slices.settings?.language ?? 'system', navigator.languages),
  );
  m = $derived(messages(this.language, {}, 'window'));
  /** What takes the disk; kept here, so that who comes back to the map does not wait for it. */
  taken = $derived.by(() => spaceOf(this.spaceKnown(this.slices.images ?? new Map())));

  /** By the engine's key; each stays as long as its engine is in the list. */
  readonly #engines = new Map<string, OfEngine>();
  #viewed: OfEngine;

  constructor(readonly api: CareenApi) {
    this.#viewed = $state.raw(this.#of(firstEngine));
    this.slices = new SliceStore(
      api,
      (error) => this.fail(error),
      (engine, fleet) => this.#show(engine, fleet),
    );
    this.fleet = new FleetState(api, {
      call: (name, params) => this.call(name, params),
      gone: (engine) => this.#dropDraft(engine),
    });
    // Nobody looks at ages of a page that is not seen.
    const step = () => {
      if (!document.hidden) this.now = Date.now();
    };
    setInterval(step, CLOCK);
    document.addEventListener('visibilitychange', step);
  }

  /** Of the engine in view, as the next four. */
  get cleanUp(): CleanUpState {
    return this.#viewed.cleanUp;
  }
  get space(): SpaceState {
    return this.#viewed.space;
  }
  get updates(): UpdatesState {
    return this.#viewed.updates;
  }
  get policy(): PolicyState {
    return this.#viewed.policy;
  }
  get images(): ImagesState {
    return this.#viewed.images;
  }

  /** All that is known of what takes the disk of the engine in view, with these images on it. */
  spaceKnown(rows: ReadonlyMap<string, ImageRow>): Known {
    return this.#viewed.spaceKnown(rows);
  }

  /**
   * Calls a command; a failure becomes a notice, and null is given back.
   *
   * @param engine the key of the engine that it is given to; absent: the one in view now
   */
  async call<N extends CommandName>(
    name: N,
    params: Params<N>,
    engine = this.slices.viewed,
  ): Promise<Result<N> | null> {
    const answer = await this.api.call(name, params, engine);
    this.now = Date.now();
    if (answer.ok) return answer.result;
    this.fail(answer.error, engine);
    return null;
  }

  /**
   * Takes an engine into view, on the screen that is open; from the list of all engines, its overview.
   * What stands open of the engine before, such as an image, is closed.
   */
  async view(engine: string): Promise<void> {
    const { screen } = this.router.route;
    this.router.go(screen === 'engines' ? 'overview' : screen);
    if (engine === this.slices.viewed) return;
    const answer = await this.api.view(engine);
    if (!answer.ok) this.fail(answer.error);
  }

  /** Whether the policy of an engine was changed here and is not saved. */
  hasDraft(engine: string): boolean {
    const known = engine === this.#viewed.key ? this.#viewed : this.#engines.get(engine);
    return known ? known.policy.isDraft : this.#drafts.get(engine) !== null;
  }

  /** Gives up what was changed in the policy of an engine that is off the list. */
  #dropDraft(engine: string): void {
    this.#engines.get(engine)?.policy.discard();
    this.#drafts.set(engine, null);
  }

  /** Called while `slices` is still being made, too: a window that is opened again begins anywhere. */
  #show(engine: string, fleet: FleetSlice | null): void {
    const there = fleet?.engines.map(({ key }) => key);
    for (const key of this.#engines.keys())
      if (key !== engine && there && !there.includes(key)) this.#engines.delete(key);
    this.#viewed = this.#of(engine);
  }

  #of(engine: string): OfEngine {
    const known = this.#engines.get(engine);
    if (known) return known;
    const made = new OfEngine(engine, this.api, {
      slices: () => this.slices,
      drafts: this.#drafts,
      call: (name, params) => this.call(name, params, engine),
      fail: (error) => this.fail(error, engine),
      told: (run) => this.told(run, engine),
    });
    this.#engines.set(engine, made);
    return made;
  }

  /** Copies a text; false, with a notice, where the clipboard does not take it. */
  async copy(text: string): Promise<boolean> {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      this.tell('bad', this.m.window.common.notCopied, null);
      return false;
    }
  }

  /** @param engine the key of the engine that it is about */
  fail(error: WireError, engine = this.slices.viewed): void {
    // That the engine in view is lost is told once, with the way on, by what is said of the engine.
    const isLost = engine === this.slices.viewed && this.slices.engine?.status === 'lost';
    if (isLost && error.code === 'engine-lost') return;
    this.tell('bad', this.m.error(error), engine);
  }

  /** What was said, with the engine that it is of while another one is in view. */
  get notices(): Notice[] {
    return this.#notices.all;
  }

  /** @param engine the key of the engine that it is about; null: of none */
  tell(tone: Notice['tone'], sentence: string, engine: string | null = this.slices.viewed): void {
    this.#notices.tell(tone, sentence, engine);
  }

  /** Says what of a run of updates no row shows: what was left alone, and what failed. */
  told(run: UpdateRun, engine = this.slices.viewed): void {
    for (const one of run.containers) {
      const state = one.result?.state;
      if (state !== 'skipped' && state !== 'failed' && state !== 'taken-over') continue;
      const sentence = this.m.update.result(one, this.now);
      this.tell(
        state === 'skipped' ? 'info' : 'bad',
        this.m.window.updates.of(one.container, sentence),
        engine,
      );
    }
  }

  dismiss(id: number): void {
    this.#notices.dismiss(id);
  }

  /** When something was that has been: main's clock may be a moment ahead of the one that steps. */
  ago = (at: number): string => this.m.format.when(Math.min(at, this.now), this.now);

  /** The name that a person knows an image by: its first tag, else its short ID. */
  nameOf = (id: string): string => this.slices.images?.get(id)?.refs[0] ?? this.m.shortId(id);

  /** How a rule of the policy in force is called, by its ID or its place. */
  ruleOf = (rule: string): RuleName =>
    this.slices.totals?.rules.find((one) => one.rule === rule) ?? { rule };

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
