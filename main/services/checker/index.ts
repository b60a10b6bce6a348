import { EventEmitter } from 'node:events';
import type { Clock } from '../../adapters/clock.js';
import type { ContainerActs } from '../../adapters/docker/container-acts.js';
import type { UpdateRun } from '../../contract/runs.js';
import { isForAll } from '../../contract/pending.js';
import type { RegistryLimit, UpdateRow, UpdatesSlice } from '../../contract/updates.js';
import { type UpdateProgress } from '../../contract/update-steps.js';
import { CareenError } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import type { UpdateMode, UpdateRules } from '../../domain/policy/types.js';
import { ceilingByName } from '../../domain/update/ceilings.js';
import type { Preferences } from '../preferences.js';
import type { Target } from '../types.js';
import type { Versions } from '../versions/index.js';
import { Asking, type Registry, type RegistryAuth } from './asking.js';
import { Automatic } from './automatic.js';
import { ByItself } from './by-itself.js';
import { type Details, DetailReader } from './details.js';
import type { StoredChecks } from './memories.js';
import type { Memory } from './memory.js';
import type { Moment } from './moment.js';
import { Round } from './round.js';
import type { Taker } from './rows.js';
import type { Past } from './standing.js';
import { Targets } from './target.js';
import { untold } from './telling.js';
import { View, type ViewGround } from './view.js';
import { Words } from './words.js';

/** What checks need of the other services and of what is outside. */
export interface CheckerGround extends ViewGround {
  engine(): Pick<
    ContainerActs,
    'containerNow' | 'inspectContainer' | 'inspectImage' | 'distribution'
  > | null;
  registry: Registry;
  auth: RegistryAuth;
  past: Past;
  versions: Pick<Versions, 'kept' | 'keptOfService' | 'unproven' | 'on'>;
  preferences: Pick<Preferences, 'value' | 'on' | 'off'>;
  /** Whether the machine runs on battery; null is unknown. */
  power(): Promise<boolean | null>;
  /** Resolves once registries were asked whether they have these images, by ID. */
  verify(imageIds: readonly string[]): Promise<void>;
}

/**
 * Asks registries which containers have a newer version, keeps what they said, and finds what may be
 * updated by itself (UPDATING §2, §3).
 */
export class Checker extends EventEmitter<{
  changed: [];
  failed: [unknown];
  /** Versions that became available, each told once. */
  found: [UpdateRow[]];
  /** Containers that may be updated by themselves now. */
  due: [string[]];
}> {
  readonly #view: View;
  readonly #words: Words;
  readonly #asking: Asking;
  readonly #details: DetailReader;
  readonly #automatic: Automatic;
  readonly #targets: Targets;
  #byItself: ByItself | null = null;
  #rows: UpdateRow[] | null = null;
  #checks = 0;
  readonly #preferred = () => this.#changed();

  constructor(
    private readonly from: CheckerGround,
    stored: StoredChecks,
    private readonly clock: Clock,
    /** From 0 to 1. */
    private readonly random: () => number,
  ) {
    super();
    const { registry, auth, past, versions, preferences } = from;
    const now = () => clock.now();
    const engine = () => from.engine();
    const verify = (ids: readonly string[]) => from.verify(ids).then(() => this.#view.settled());
    this.#asking = new Asking(registry, engine, auth);
    this.#details = new DetailReader(registry, engine, now);
    const pausedUntil = () => preferences.value.pausedUntil;
    const circumstances = { engine, pausedUntil, power: () => from.power(), verify };
    this.#automatic = new Automatic(circumstances, this.#details, clock);
    const { hasData } = this.#automatic;
    this.#view = new View(from, stored, { past, versions, hasData }, clock, {
      changed: () => this.#changed(),
      failed: (e) => this.emit('failed', e),
    });
    this.#words = new Words(this.#view, () => this.#changed());
    this.#targets = new Targets(this.#view, this.#asking, this.#details, verify, now);
    versions.on('changed', () => this.#changed());
  }

  /** From now on checks by itself: for the process that stays, not for one command. */
  begin(): void {
    const { preferences } = this.from;
    this.#byItself = new ByItself(
      this.#view,
      this.#automatic,
      () => preferences.value.pausedUntil,
      {
        check: () => this.check(null, { anew: false }),
        rows: () => this.rows(),
        changed: () => this.#changed(),
        due: (names) => this.emit('due', names),
        // What `auto` leaves may show only once it has read what a version is.
        looked: (moment) => this.#tell(moment, ({ mode }) => mode === 'auto'),
        failed: (e) => this.emit('failed', e),
      },
      this.clock,
      this.random,
    );
    preferences.on('changed', this.#preferred);
    this.#changed();
  }

  /** To be called when the system is about to sleep: nothing is begun by itself. */
  suspending(): void {
    this.#byItself?.suspending();
  }

  /** To be called when the system wakes from sleep: what became due meanwhile is done soon. */
  woke(): void {
    this.from.registry.retryNow();
    this.#byItself?.woke();
    this.#changed();
  }

  get status(): Pick<UpdatesSlice, 'checking' | 'checkedAt' | 'nextAt' | 'swarm'> {
    return {
      checking: this.#checks > 0,
      checkedAt: this.#view.current?.memory.checkedAt ?? null,
      nextAt: this.#byItself?.nextAt ?? null,
      swarm: this.#swarm(),
    };
  }

  /** Every container with what is known of its updates; none until an engine is read. */
  rows(): UpdateRow[] {
    this.#rows ??= this.#view.current?.rows(this.clock.now()).all ?? [];
    return this.#rows;
  }

  limits(): RegistryLimit[] {
    return this.from.registry.limits();
  }

  /** What is remembered of questions to registries, by the name asked about. */
  asked(): Memory['asked'] {
    return this.#view.current?.memory.asked ?? [];
  }

  /** Resolves once the rows tell of the engine and the policy as they are now. */
  settled(): Promise<void> {
    return this.#view.settled();
  }

  /**
   * Asks about containers, by name; null is about every one. What fails says so in its row. Throws
   * `container-unknown`, and what keeps the engine from answering.
   *
   * @param anew registries that are left alone since they failed are tried at once
   */
  async check(
    names: readonly string[] | null,
    { anew = true }: { anew?: boolean } = {},
  ): Promise<void> {
    this.#checks += 1;
    this.#changed();
    try {
      const moment = await this.#view.now();
      const { memory, subjects } = moment;
      const wanted = names === null ? subjects.all : names.map((name) => moment.subject(name));
      if (anew) this.from.registry.retryNow();
      const now = () => this.clock.now();
      const asked = await new Round(this.#asking, moment, now).ask(wanted);
      if (names === null) {
        this.#byItself?.checked(asked);
        memory.checkedAt = now();
      }
      await this.#automatic.readMajors(moment);
      const meant = new Set(wanted.map(({ container }) => container.name));
      this.#tell(moment, ({ container }) => meant.has(container));
      this.#view.saveLater(moment);
    } finally {
      this.#checks -= 1;
      this.#changed();
    }
    this.#byItself?.look();
  }

  /**
   * Asks again what a container is to be updated to: one reference. Throws `container-unknown`,
   * `version-unknown`, and what keeps the engine from answering.
   *
   * @param to one of its new tags; null: as the rule says
   * @param by what holds back what is so taken; null: what the mode lets take it
   */
  async target(container: string, to: string | null, by: Taker | null = null): Promise<Target> {
    this.from.registry.retryNow();
    const { target, moment } = await this.#targets.of(container, to, by);
    this.#view.saveLater(moment);
    this.#changed();
    return target;
  }

  /**
   * What a target is to become, read once of each new version. Null where the engine has lost it
   * meanwhile, or the container is gone. Throws as registries do.
   */
  async details(target: Target): Promise<Details | null> {
    const { memory, subjects, inventory } = await this.#view.now();
    const subject = subjects.get(target.container);
    return subject && this.#details.of(memory, subject, target, inventory);
  }

  /** Names of all that "all" takes, checked again first. */
  async all(): Promise<string[]> {
    await this.check(null);
    const moment = await this.#view.now();
    const rows = moment.rows(this.clock.now());
    return moment.standings.all
      .filter((one) => isForAll(rows.row(one)) && rows.heldBack(one, 'all') === null)
      .map(({ subject }) => subject.container.name);
  }

  /** The rules in force for a container; throws `container-unknown`. */
  async rules(container: string): Promise<Omit<UpdateRules, 'mode'>> {
    return (await this.#view.now()).subject(container).mode.rules;
  }

  /** The most that its owner lets Careen do about a container; throws `container-unknown`. */
  ceiling(container: string): UpdateMode {
    const { current } = this.#view;
    if (!current) throw new CareenError('container-unknown', { container });
    const { owner, image } = current.subject(container);
    return ceilingByName(owner, image);
  }

  /** See `Words`. */
  snooze(container: string, until: Millis | null): Promise<void> {
    return this.#words.snooze(container, until);
  }

  /** See `Words`. */
  skip(container: string, on: boolean): Promise<void> {
    return this.#words.skip(container, on);
  }

  /** See `Words`. */
  rolledBack(container: string, version: string, at: Millis): Promise<void> {
    return this.#words.rolledBack(container, version, at);
  }

  /** To be told of updates while they are under way: what they do is nobody else's doing. */
  updating(progress: UpdateProgress | null): void {
    this.#view.setUpdating(new Set(progress?.steps.map(({ container }) => container)));
  }

  /** To be told of each run of updates at its end. */
  updated(run: UpdateRun): void {
    this.#words.ended(run);
  }

  /** Checks no more by itself; what a check that is under way brings is kept. */
  async close(): Promise<void> {
    const byItself = this.#byItself;
    this.#byItself = null;
    // They outlive this engine.
    this.from.preferences.off('changed', this.#preferred);
    await byItself?.close();
    await this.#view.close();
  }

  #swarm(): UpdatesSlice['swarm'] {
    const swarm = this.#view.current?.inventory.swarm ?? null;
    return swarm && (swarm.answered ? 'answers' : 'silent');
  }

  #changed(): void {
    this.#rows = null;
    this.emit('changed');
    this.#byItself?.wait();
  }

  #tell(moment: Moment, isMeant: (row: UpdateRow) => boolean): void {
    const rows = moment.rows(this.clock.now()).all.filter(isMeant);
    const fresh = untold(rows, moment.memory);
    if (fresh.length > 0) this.emit('found', fresh);
  }
}
