import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../adapters/clock.js';
import { type AskedBy, isPerson } from '../contract/runs.js';
import { CareenError, toCareenError } from '../domain/errors.js';
import type { EngineFacts, Inventory, Millis } from '../domain/facts.js';
import { LayerIndex } from '../domain/layers.js';
import { otherUpdater, type OtherUpdater } from '../domain/owners/other-updater.js';
import { judgeNamed } from '../domain/plan/named.js';
import { type Outlook, outlookOf } from '../domain/plan/outlook.js';
import { keepAll } from '../domain/policy/keep-all.js';
import type { Policy } from '../domain/policy/types.js';
import { answerLife } from '../domain/recoverable.js';
import type { ChangesWhen, JudgedImage, JudgedOther } from '../domain/verdict/types.js';
import type { Connection } from './connection.js';
import type { Inventory as InventoryService } from './inventory/index.js';
import type { Knowledge } from './knowledge/index.js';
import type { Policies, PolicyInForce } from './policies.js';
import type { Listed } from './types.js';

/** Everything with its verdict, and what a plan made now would hold. */
export interface Judgement extends Outlook {
  at: Millis;
  inventory: Inventory;
  /** What sets of its images free. */
  index: LayerIndex;
  /** The rules that were judged by; none while the policy cannot be read. */
  rules: Policy;
  byId: ReadonlyMap<string, JudgedImage>;
  /** Another updater or cleaner at work on the same engine (OWNERS §3). */
  otherUpdater: OtherUpdater | null;
}

/** Verdicts of one moment. */
export interface Verdicts {
  mark: number;
  byId: ReadonlyMap<string, JudgedImage>;
  /** What is no image, by its ID. */
  others: ReadonlyMap<string, JudgedOther>;
}

/** Milliseconds: the longest wait that a timer of Node's can hold. */
const longestWait = 2 ** 31 - 1;

/** Keeps the verdict on every image current: judged anew when a fact, a rule or time changes it. */
export class Judging extends EventEmitter<{ changed: []; failed: [unknown] }> {
  current: Judgement | null = null;
  /** The policy in force, or why there is none; null until it is read. */
  policy: PolicyInForce | CareenError | null = null;
  #timer: Timer | null = null;
  /** Counts what may change a verdict. */
  #mark = 0;
  /** What it counted when all was judged last. */
  #judgedAt = 0;
  /** When time alone changes a verdict of the last judgement. */
  #holdsUntil: Millis = Infinity;
  #due = false;
  #closed = false;
  #work: Promise<void> = Promise.resolve();

  constructor(
    private readonly connection: Connection,
    private readonly inventory: InventoryService,
    private readonly knowledge: Knowledge,
    private readonly policies: Policies,
    /** Resolves when an engine that is being found or met is read. */
    private readonly met: () => Promise<void>,
    private readonly clock: Clock,
    /** What rollbacks need, which holds images. */
    kept: { on(event: 'changed', listener: () => void): unknown },
  ) {
    super();
    kept.on('changed', () => this.again());
    inventory.on('changed', () => this.again());
    policies.on('changed', () => this.again());
    knowledge.on('changed', () => this.again());
    this.again();
  }

  /**
   * Everything that is judged, with all that events have told so far. Throws what keeps the
   * engine from answering.
   */
  async sense(): Promise<Inventory> {
    const { engine, listed } = await this.#listed();
    return this.knowledge.join(engine, listed);
  }

  /**
   * What holds of all that, judged by the policy in force; null where something changed on the way, or
   * time alone changes a verdict by now.
   * Throws as `sense` does.
   */
  async judgement(): Promise<Judgement | null> {
    await this.#listed();
    await this.settled();
    // A timer does not count the time that a computer sleeps.
    const isDue = this.clock.now() >= this.#holdsUntil;
    if (isDue) this.again();
    return !isDue && this.#judgedAt === this.#mark ? this.current : null;
  }

  async #listed(): Promise<{ engine: EngineFacts; listed: Listed }> {
    await this.met();
    const engine = this.connection.required();
    await this.inventory.settled();
    const listed = this.inventory.listed;
    if (!listed || this.inventory.asOf !== null) {
      this.connection.required();
      throw new CareenError('engine-lost', { endpoint: engine.facts.endpoint });
    }
    return { engine: engine.facts, listed };
  }

  /** As `sense`, read afresh from the engine. */
  async senseAnew(): Promise<Inventory> {
    await this.inventory.refresh();
    return this.sense();
  }

  /**
   * Verdicts by a plan's policy and what was named for it, plus today's protections, on what is
   * known now; null while nothing
   * has changed since `before`, the mark of the last answer. What runs by itself counts observed
   * days (JUDGING §2). Throws `policy-invalid`.
   */
  async verdictsBy(
    { policy, by, plan }: { policy: Policy; by: AskedBy; plan: { named: readonly string[] } },
    before: number | null,
  ): Promise<Verdicts | null> {
    const mark = this.#mark;
    if (mark === before) return null;
    const { listed } = this.inventory;
    const engine = this.knowledge.engine;
    if (!listed || !engine) return null;
    const today = await this.policies.required(null);
    const rules = { ...policy, protect: [...policy.protect, ...today.policy.protect] };
    const inventory = this.knowledge.join(engine, listed);
    const ages = isPerson(by) ? 'calendar' : 'observed';
    const options = { now: this.clock.now(), ages, named: new Set(plan.named) } as const;
    const { judged, others } = judgeNamed(inventory, rules, options);
    return {
      mark,
      byId: new Map(judged.map((j) => [j.id, j])),
      others: new Map(others.map((j) => [j.id, j])),
    };
  }

  /**
   * What another policy would make of what is judged now, beside it; null while no engine is known.
   * Nothing is changed and nobody asked.
   */
  async judgedBy(policy: Policy): Promise<{ before: Judgement; after: Outlook } | null> {
    await this.settled();
    const before = this.current;
    if (!before) return null;
    return { before, after: outlookOf(before.inventory, policy, before.at, before.index) };
  }

  /** Resolves when the judgement is of what is known now. */
  async settled(): Promise<void> {
    await this.#work;
  }

  /**
   * To be told when something changed that verdicts rest on and nobody here tells of; several changes at
   * once are judged once.
   */
  again(): void {
    this.#mark += 1;
    if (this.#due || this.#closed) return;
    this.#due = true;
    this.#work = this.#work
      .then(() => {
        this.#due = false;
        return this.#judge();
      })
      .catch((e: unknown) => void this.emit('failed', toCareenError(e)));
  }

  /** Judges no more: what changes on the way to the end would else wait for its moment. */
  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  async #judge(): Promise<void> {
    this.#timer?.cancel();
    const mark = this.#mark;
    const policy = await this.policies.current();
    if (this.#closed) return;
    this.policy = policy;
    const { listed } = this.inventory;
    const engine = this.knowledge.engine;
    if (!listed || !engine) {
      this.current = null;
      this.emit('changed');
      return;
    }
    const inventory = this.knowledge.join(engine, listed);
    const at = this.clock.now();
    const rules = policy instanceof CareenError ? keepAll : policy.policy;
    const index = new LayerIndex(inventory);
    const outlook = outlookOf(inventory, rules, at, index);
    const { judged, others } = outlook;
    this.current = {
      ...outlook,
      at,
      inventory,
      index,
      rules,
      byId: new Map(judged.map((j) => [j.id, j])),
      otherUpdater: otherUpdater(inventory),
    };
    this.#judgedAt = mark;
    this.#whenTimeChangesIt([...judged, ...others], inventory, at);
    this.emit('changed');
  }

  #whenTimeChangesIt(
    judged: readonly { changesWhen: ChangesWhen[] }[],
    { images }: Inventory,
    now: Millis,
  ): void {
    let next = Infinity;
    for (const { recoverable } of images)
      if (recoverable.state === 'verified') next = Math.min(next, recoverable.at + answerLife);
    for (const { changesWhen } of judged)
      for (const change of changesWhen)
        if ('at' in change && change.at > now && change.at < next) next = change.at;
    this.#holdsUntil = next;
    if (next === Infinity) return;
    this.#timer = this.clock.after(Math.min(next - now, longestWait), () => this.again());
  }
}
