import { EventEmitter } from 'node:events';
import type { Clock } from '../../adapters/clock.js';
import type { OpenedSuggestion, SuggestionsSlice } from '../../contract/suggestions.js';
import { CareenError, toCareenError } from '../../domain/errors.js';
import type { Inventory, Millis } from '../../domain/facts.js';
import type { Plan } from '../../domain/plan/types.js';
import type { Bytes, Policy } from '../../domain/policy/types.js';
import { newlyWeighed, withoutDismissed } from '../../domain/suggestions/dismissal.js';
import { moreBy } from '../../domain/suggestions/more-by.js';
import { suggest, suggestInSteps } from '../../domain/suggestions/suggest.js';
import type { Ground, PolicyEdit, Suggestion, Thresholds } from '../../domain/suggestions/types.js';
import type { Judgement } from '../judging.js';
import { Beside } from './beside.js';
import type { Dismissals } from './dismissals.js';
import { rowOf } from './rows.js';

/** Milliseconds that judging stays still before suggestions are made of it. */
const debounce = 1_000;

/** On a large engine making them takes a moment: it is to be no more than this part of the time. */
const share = 1 / 20;

/** After each step of making them, so many times what it took passes with nothing done. */
const rest = 3;

/** Milliseconds after which time alone may have changed what is suggested. */
const lasts = 3_600_000;

/** Rows that are shown; what matters least is left out. */
const mostRows = 50;

/** From what on something is worth saying. */
export const standardThresholds: Thresholds = { bytes: 100_000_000, idle: 30 * 86_400_000 };

/** What suggestions are made of besides verdicts; see `Ground`. */
export type Surroundings = Pick<Ground, 'projects' | 'vm' | 'forecast' | 'nextRun'>;

/** Where it all comes from. */
export interface SuggestionSources {
  judging: {
    readonly current: Judgement | null;
    readonly policy: unknown;
    on(event: 'changed', listener: () => void): unknown;
  };
  surroundings(): Surroundings;
  /** Whether a person acts in the window at this moment. */
  userActive(): boolean;
  /** Makes and keeps a plan of these items alone. */
  plan(only: readonly string[]): Promise<Plan>;
  /** The policy as it would be after an edit. Throws `policy-invalid`. */
  edited(edit: PolicyEdit): Promise<Policy>;
  /**
   * Asks for sizes that cost the engine up to minutes, which the verdicts then tell; gives those of
   * containers' log files by container ID, as far as this host can tell them.
   */
  measure(inventory: Inventory): Promise<ReadonlyMap<string, Bytes>>;
}

/**
 * What a person might do, judged anew when verdicts change: while somebody watches, or when asked;
 * else nothing is done. Nothing that costs is read but when asked.
 */
export class Suggestions extends EventEmitter<{ changed: []; failed: [unknown] }> {
  value: SuggestionsSlice = { rows: [], dismissed: 0, at: null, measuredAt: null };
  #watched = false;
  /** What they are made of has changed since they were made. */
  #stale = true;
  /** What was around when it was looked last. */
  #seen: string | null = null;
  /** Milliseconds that it took to make them last. */
  #took = 0;
  /** They are being made, step by step. */
  #making = false;
  #logs: ReadonlyMap<string, Bytes> = new Map();
  #measuredAt: Millis | null = null;
  /** The endpoint that was measured: sizes of another engine's containers say nothing of this one. */
  #measured: string | null = null;
  readonly #beside: Beside;

  constructor(
    private readonly from: SuggestionSources,
    private readonly dismissals: Dismissals,
    private readonly clock: Clock,
    private readonly thresholds: Thresholds = standardThresholds,
  ) {
    super();
    this.#beside = new Beside(clock, () => from.userActive());
    from.judging.on('changed', () => this.again());
  }

  /** While nobody watches nothing is made. */
  watch(watched: boolean): void {
    this.#watched = watched;
    const age = this.clock.now() - (this.value.at ?? 0);
    if (!watched) this.#cancel();
    // A clock that was set back tells nothing of how old they are.
    else if (this.#stale || age < 0 || age >= lasts) this.again();
  }

  /** To be told that what suggestions are made of has changed. */
  again(): void {
    this.#stale = true;
    if (!this.#watched || this.#making || this.#beside.isDue) return;
    const soon = Math.max(debounce, this.#took / share);
    this.#beside.begin(soon, () => this.#safely(() => this.#makeBesides()));
  }

  /** To be told that a disk was read, or that another run may be the next: most of that changes nothing. */
  lookAround(): void {
    const { vm, nextRun } = this.from.surroundings();
    const seen = JSON.stringify([vm, nextRun]);
    if (seen !== this.#seen) this.again();
    this.#seen = seen;
  }

  /** Makes them now, of what is known. Empty while no engine was read. */
  make(): SuggestionsSlice {
    this.#cancel();
    const ground = this.#ground();
    if (ground === null) return this.#show({ ...this.value, rows: [], dismissed: 0, at: null });
    const all = suggest(ground);
    this.#stale = false;
    this.#took = this.clock.now() - ground.now;
    return this.#tell(ground, all);
  }

  /** Asks for what costs, then makes them. */
  async measure(inventory: Inventory): Promise<SuggestionsSlice> {
    this.#logs = await this.from.measure(inventory);
    this.#measured = inventory.engine.endpoint;
    this.#measuredAt = this.clock.now();
    return this.make();
  }

  /** What one would do; nothing is changed. Throws `suggestion-unknown`. */
  async open(key: string): Promise<OpenedSuggestion> {
    const { suggestion, ground } = this.#required(key);
    const { action } = suggestion;
    switch (action.kind) {
      case 'plan':
        return { kind: 'plan', plan: await this.from.plan(action.named) };
      case 'policy': {
        const { edit } = action;
        const { images, bytes } = moreBy(await this.from.edited(edit), ground);
        const refs = new Map(ground.inventory.images.map((one) => [one.id, one.refs]));
        const more = images.map((id) => ({ id, refs: refs.get(id) ?? [] }));
        return { kind: 'policy', edit, more, bytes };
      }
      case 'advice': {
        const { kind, ...advice } = action;
        return { kind, advice };
      }
    }
  }

  /** Tells it no more until it matters twice as much. Throws `suggestion-unknown`. */
  async dismiss(key: string): Promise<SuggestionsSlice> {
    const { suggestion, ground } = this.#required(key);
    const { weight } = suggestion;
    await this.dismissals.add(ground.inventory.engine, { key, weight, at: this.clock.now() });
    return this.make();
  }

  /** Tells again what was dismissed of this engine. */
  async restore(): Promise<SuggestionsSlice> {
    const ground = this.#ground();
    if (ground !== null) await this.dismissals.clear(ground.inventory.engine);
    return this.make();
  }

  close(): void {
    this.#watched = false;
    this.#cancel();
  }

  #cancel(): void {
    this.#beside.cancel();
    this.#stale ||= this.#making;
    this.#making = false;
  }

  /** Makes them beside what a person does: in steps, with rests between, and while nobody acts. */
  #makeBesides(): void {
    this.#stale = false;
    const ground = this.#ground();
    if (ground === null) return void this.make();
    const steps = suggestInSteps(ground);
    this.#making = true;
    let worked = 0;
    const next = (waited: boolean) => {
      // As long as a person acts what they are made of may become what was.
      if (waited && this.#stale) return this.#makeBesides();
      const began = this.clock.now();
      const step = steps.next();
      const took = this.clock.now() - began;
      worked += took;
      if (!step.done) {
        this.#beside.after(took * rest, (hadTo) => this.#safely(() => next(hadTo)));
        return;
      }
      this.#took = worked;
      this.#making = false;
      this.#tell(ground, step.value);
      if (this.#stale) this.again();
    };
    next(false);
  }

  /** Tells of what fails where nobody waits for it. */
  #safely(act: () => void): void {
    try {
      act();
    } catch (e) {
      const changed = this.#stale;
      this.#stale = true;
      this.#making = false;
      this.emit('failed', toCareenError(e));
      if (changed) this.again();
    }
  }

  #tell(ground: Ground, all: Suggestion[]): SuggestionsSlice {
    const told = this.#told(ground, all);
    return this.#show({
      rows: told.slice(0, mostRows).map(rowOf),
      dismissed: all.length - told.length,
      at: ground.now,
      measuredAt: this.#measuredAt,
    });
  }

  #required(key: string): { suggestion: Suggestion; ground: Ground } {
    const ground = this.#ground();
    const suggestion = ground && suggest(ground).find((one) => one.key === key);
    if (!suggestion) throw new CareenError('suggestion-unknown', { key });
    return { suggestion, ground };
  }

  #told(ground: Ground, all: Suggestion[]): Suggestion[] {
    const { engine } = ground.inventory;
    const dismissed = this.dismissals.of(engine);
    const weighed = newlyWeighed(all, dismissed);
    if (weighed.length > 0)
      this.dismissals
        .weigh(engine, weighed)
        .catch((e: unknown) => void this.emit('failed', toCareenError(e)));
    return withoutDismissed(all, dismissed);
  }

  #ground(): Ground | null {
    const { current, policy } = this.from.judging;
    if (current === null) return null;
    const { inventory, index, rules, judged, others, plan } = current;
    if (this.#measured !== inventory.engine.endpoint) {
      this.#logs = new Map();
      this.#measuredAt = null;
    }
    return {
      now: this.clock.now(),
      inventory,
      policy: policy instanceof CareenError ? null : rules,
      judged,
      others,
      plan,
      index,
      ...this.from.surroundings(),
      logs: this.#logs,
      thresholds: this.thresholds,
    };
  }

  #show(value: SuggestionsSlice): SuggestionsSlice {
    // That there are none is news as well, the first time.
    const told = ({ at, ...rest }: SuggestionsSlice) => JSON.stringify([at !== null, rest]);
    const before = told(this.value);
    this.value = value;
    if (before !== told(value)) this.emit('changed');
    return value;
  }
}
