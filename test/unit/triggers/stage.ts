import { EventEmitter } from 'node:events';
import type { CleanRun } from '../../../main/contract/runs.js';
import type { DisksRead, Question } from '../../../main/contract/slices.js';
import type { EngineDisk } from '../../../main/domain/disk/types.js';
import { CareenError } from '../../../main/domain/errors.js';
import type { ImageFacts, Inventory, Recoverable } from '../../../main/domain/facts.js';
import { readPolicy } from '../../../main/domain/policy/read.js';
import { Cleaner } from '../../../main/services/cleaner/index.js';
import type { StoredPlan } from '../../../main/services/cleaner/plans.js';
import type { Execution } from '../../../main/services/cleaner/execution.js';
import type { Order } from '../../../main/services/cleaner/order.js';
import { Gauges } from '../../../main/services/gauges.js';
import type { Connection } from '../../../main/services/connection.js';
import type { Judging } from '../../../main/services/judging.js';
import type { Policies, PolicyInForce } from '../../../main/services/policies.js';
import type { Preferences } from '../../../main/services/preferences.js';
import { Runs } from '../../../main/services/runs.js';
import { Triggers } from '../../../main/services/triggers/index.js';
import {
  agreementOf,
  nothingRemembered,
  type Remembered,
} from '../../../main/services/triggers/memory.js';
import { TestClock } from '../../support/clock.js';
import { digestOf, image, inventory, now } from '../domain/arbitrary.js';

const day = 86_400_000;

/** The engine's disk in bytes; of a VM whose file keeps what was freed inside, `used` is a bound. */
interface Disk {
  used: number;
  available: number;
  keepsFreed?: boolean;
  /** A VM's file that follows what is used, but a while later. */
  late?: boolean;
}

function diskOf(disk: Disk | null): EngineDisk {
  if (disk === null) return { kind: 'unknown', missing: { why: 'silent', about: '/data' } };
  const { used, available, keepsFreed = false, late = false } = disk;
  const space = { of: '/data', used, available };
  if (!keepsFreed && !late) return { kind: 'folders', spaces: [space] };
  return {
    kind: 'vm',
    file: '/data/disk.vhdx',
    allocated: used,
    limit: 'none',
    host: space,
    inside: null,
    returns: late ? 'shortly' : 'no',
    close: late,
    oddity: null,
  };
}
const GB = 1e9;
const old = now - 100 * day;

/** What registries say when they are asked about an image: that they have it, not, or nothing. */
type Registry = 'has it' | 'lost it' | 'is offline' | 'refuses';

export interface StageOptions {
  policy: string;
  /** Whether a person ran a plan of this policy before; default true. */
  agreed?: boolean;
  images?: ImageFacts[];
  engine?: Partial<Inventory>;
  registry?: Registry;
  pausedUntil?: number | null;
  remembered?: Partial<Remembered>;
  /** Whether it waits for causes, as the process does that stays; default true. */
  watches?: boolean;
  /** What is known at the beginning: the policy and the images, neither, or (`policy`) only the one. */
  judged?: boolean | 'policy';
  /** What was observed of the engine by a moment. */
  observed?: (now: number) => Partial<Inventory>;
}

/** An image of a gigabyte, pulled and long unused. */
export const pulled = (n: number, facts: Partial<ImageFacts> = {}) =>
  image(n, {
    refs: [`app:${n}`],
    digests: [`app@${digestOf(n)}`],
    origin: 'pulled',
    used: { at: old + n, source: 'container-finished', by: 'web' },
    created: old - (100 - n) * day,
    layers: [{ chainId: `layer-${n}`, size: GB }],
    recoverable: { state: 'likely' },
    ...facts,
  });

/** An image that was used yesterday. */
export const fresh = (n: number) =>
  pulled(n, { used: { at: now - day, source: 'container-finished', by: 'web' } });

/** Three that may go and ten that stay: 13 GB. */
const usual = () => [
  ...[1, 2, 3].map((n) => pulled(n)),
  ...[11, 12, 13, 14, 15, 16, 17, 18, 19, 20].map(fresh),
];

/**
 * Triggers over facts that a test sets, with the real cleaner over a run that removes what it is told
 * from these facts; the engine's own part stands in the tests of engines.
 */
export class Stage {
  readonly clock = new TestClock(now);
  readonly questions: Question[] = [];
  readonly failures: unknown[] = [];
  readonly ran: { by: string; ids: string[]; policy: string[] }[] = [];
  readonly asked: string[][] = [];
  readonly triggers: Triggers;
  readonly runs = new Runs(() => Promise.resolve());
  registry: Registry;
  taken: Inventory;
  remembered: Remembered;
  disk: Disk | null = null;
  onBattery: boolean | null = null;
  /** Called while registries are asked, which takes its time. */
  whileAsking: () => void = () => undefined;
  /** What is left to chance, from 0 to 1. */
  chance = 0;
  #policy: string;
  readonly #observed: (now: number) => Partial<Inventory>;
  readonly #judging = Object.assign(new EventEmitter(), {
    current: null as { inventory: Inventory } | null,
    policy: null as PolicyInForce | CareenError | null,
  });
  readonly #policies = Object.assign(new EventEmitter(), {
    current: () => Promise.resolve(this.#inForce()),
  });
  readonly #preferences;
  readonly #execution = Object.assign(new EventEmitter(), {
    execute: (order: Order) => this.#execute(order),
  });
  readonly #gauges;
  readonly #engine: object;
  readonly #connection: EventEmitter & { engine: object | null };
  readonly #cleaner: Cleaner;
  readonly #plans = new Map<string, StoredPlan>();

  constructor(options: StageOptions) {
    const { policy, agreed = true, images = usual(), engine = {} } = options;
    this.#policy = policy;
    this.#observed = options.observed ?? (() => ({}));
    this.registry = options.registry ?? 'has it';
    this.taken = inventory(images, engine);
    this.remembered = {
      ...nothingRemembered,
      agreed: agreed ? agreementOf(policy, this.taken.engine) : null,
      ...options.remembered,
    };
    this.#preferences = Object.assign(new EventEmitter(), {
      value: { pausedUntil: options.pausedUntil ?? null },
    });
    this.#engine = { facts: this.taken.engine, diskRoots: ['/data'] };
    this.#connection = Object.assign(new EventEmitter(), { engine: this.#engine });
    const connection = this.#connection as unknown as Connection;
    this.#gauges = new Gauges(
      connection,
      {
        readerOf: () => () => Promise.resolve(diskOf(this.disk)),
        host: () => Promise.resolve({ why: 'silent', about: '/home' }),
      },
      this.clock,
      (e) => this.failures.push(e),
    );
    const verify = (ids: readonly string[]) => this.#verify(ids);
    this.#cleaner = new Cleaner(
      {
        inventory: () => this.#inventory(),
        judgement: () => Promise.resolve(null),
        policy: () => Promise.resolve(this.#inForce() as PolicyInForce),
        verify,
        beginVerifying: () => undefined,
      },
      {
        load: (id) => Promise.resolve(this.#plans.get(id) ?? null),
        save: (stored) => {
          this.#plans.set(stored.plan.planId, stored);
          return Promise.resolve();
        },
      },
      this.runs,
      this.#execution as unknown as Execution,
      this.clock,
    );
    const doc = {
      value: this.remembered,
      set: (value: Remembered) => {
        doc.value = this.remembered = value;
        return Promise.resolve();
      },
    };
    this.triggers = new Triggers(
      {
        connection,
        judging: this.#judging as unknown as Judging,
        policies: this.#policies as unknown as Policies,
        preferences: this.#preferences as unknown as Preferences,
        gauges: this.#gauges,
        cleaner: this.#cleaner,
        execution: this.#execution as unknown as Execution,
        senses: {
          inventory: () => this.#inventory(),
          verify,
          unverified: (id) => this.#unverified(id),
        },
        power: () => Promise.resolve(this.onBattery),
      },
      doc,
      this.clock,
      () => this.chance,
    );
    this.triggers.on('notify', (question) => this.questions.push(question));
    this.triggers.on('failed', (e) => this.failures.push(e));
    const { judged = true, watches = true } = options;
    if (judged === 'policy') this.#judging.policy = this.#inForce();
    else if (judged) this.#judged();
    if (watches) this.triggers.begin();
  }

  /** The engine goes, or comes back. */
  async connect(is: boolean): Promise<void> {
    this.#connection.engine = is ? this.#engine : null;
    if (is) this.#connection.emit('connected');
    await this.quiet();
  }

  /** Time passes in sleep: timers know nothing of it. */
  async sleep(ms: number): Promise<void> {
    this.triggers.suspending();
    this.clock.set(this.clock.now() + ms);
    this.triggers.woke();
    await this.quiet();
  }

  /** Fires and waits for the answer. */
  async fire(cause: 'schedule' | 'pressure' | 'image-budget' | 'after-update'): Promise<void> {
    await this.triggers.fire({ cause, repository: null });
    await this.quiet();
  }

  /** Resolves when nothing is being answered any more. */
  async quiet(): Promise<void> {
    for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
  }

  /** The engine's images are these from now on. */
  async images(images: ImageFacts[]): Promise<void> {
    this.taken = { ...this.taken, images };
    this.#judged();
    await this.quiet();
  }

  /** The images are judged, by the policy as it is. */
  async judge(): Promise<void> {
    this.#judged();
    await this.quiet();
  }

  async policy(text: string): Promise<void> {
    this.#policy = text;
    this.#policies.emit('changed');
    this.#judged();
    await this.quiet();
  }

  async pause(until: number | null): Promise<void> {
    this.#preferences.value = { pausedUntil: until };
    this.#preferences.emit('changed');
    await this.quiet();
  }

  /** Takes a reading of the engine's disk. */
  async read(used: number, available: number): Promise<DisksRead> {
    this.disk = { ...this.disk, used, available };
    await this.#gauges.read();
    await this.quiet();
    return this.#gauges.value;
  }

  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    await this.quiet();
  }

  /** As a person does who runs the plan of a question. */
  async run(planId: string): Promise<void> {
    await this.#cleaner.run(planId, { except: [], also: [] }, 'window');
    await this.quiet();
  }

  plan(planId: string) {
    return this.#cleaner.get(planId);
  }

  #inventory(): Promise<Inventory> {
    const takenAt = this.clock.now();
    return Promise.resolve({ ...this.taken, ...this.#observed(takenAt), takenAt });
  }

  #inForce(): PolicyInForce | CareenError {
    try {
      const policy = readPolicy('policy.yaml', this.#policy);
      return { source: 'file', file: 'policy.yaml', text: this.#policy, policy, modeLowered: null };
    } catch (e) {
      if (e instanceof CareenError) return e;
      throw e;
    }
  }

  #judged(): void {
    this.#judging.current = { inventory: this.taken };
    this.#judging.policy = this.#inForce();
    this.#judging.emit('changed');
  }

  #verify(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) {
      this.asked.push([...ids]);
      this.whileAsking();
    }
    const at = this.clock.now();
    const said: Record<Registry, Recoverable | null> = {
      'has it': { state: 'verified', at },
      'lost it': { state: 'no' },
      'is offline': null,
      refuses: null,
    };
    const recoverable = said[this.registry];
    if (recoverable !== null)
      this.taken.images = this.taken.images.map((one) =>
        ids.includes(one.id) && one.digests.length > 0 && one.recoverable.state !== 'verified'
          ? { ...one, recoverable }
          : one,
      );
    return Promise.resolve();
  }

  #unverified(id: string): CareenError | null {
    if (!this.asked.some((ids) => ids.includes(id))) return null;
    if (this.registry === 'is offline')
      return new CareenError('registry-unreachable', { registry: 'docker.io', why: 'ENOTFOUND' });
    if (this.registry === 'refuses')
      return new CareenError('registry-auth', {
        registry: 'docker.io',
        repository: 'app',
        why: 'refused',
      });
    return null;
  }

  /** A person's run that is refused before it began. */
  refused(planId: string): void {
    this.#execution.emit('progress', { planId });
    this.#execution.emit('progress', null);
  }

  #execute({ plan, by, policy, choice }: Order): Promise<CleanRun> {
    this.#execution.emit('progress', { planId: plan.planId });
    const out = new Set(choice.except);
    const ids = plan.items.filter((i) => i.ticked && !out.has(i.id)).map(({ id }) => id);
    this.ran.push({ by, ids, policy: policy.remove.map(({ id }) => id) });
    const freed = GB * this.taken.images.filter(({ id }) => ids.includes(id)).length;
    this.taken = {
      ...this.taken,
      images: this.taken.images.filter(({ id }) => !ids.includes(id)),
    };
    if (this.disk && !this.disk.keepsFreed && !this.disk.late)
      this.disk = { used: this.disk.used - freed, available: this.disk.available + freed };
    this.#judged();
    const run = {
      runId: 'r',
      planId: plan.planId,
      by,
      outcome: 'done',
      measured: freed,
    } as CleanRun;
    this.#execution.emit('ended', run);
    this.#execution.emit('progress', null);
    return Promise.resolve(run);
  }
}
