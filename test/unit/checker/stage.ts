import { EventEmitter } from 'node:events';
import type { RegistryImage } from '../../../main/adapters/registry/types.js';
import type { KeptVersion, UpdateRow } from '../../../main/contract/updates.js';
import { CareenError } from '../../../main/domain/errors.js';
import type {
  ContainerFacts,
  ImageFacts,
  Inventory,
  ServiceImages,
} from '../../../main/domain/facts.js';
import { otherUpdater } from '../../../main/domain/owners/other-updater.js';
import { readPolicy } from '../../../main/domain/policy/read.js';
import { familiar } from '../../../main/domain/reference.js';
import { Checker, type CheckerGround } from '../../../main/services/checker/index.js';
import type { Checks } from '../../../main/services/checker/records.js';
import { storedChecks } from '../../../main/services/checker/records.js';
import { TestClock } from '../../support/clock.js';
import { container, digestOf, image, inventory, now } from '../domain/arbitrary.js';

export { digestOf, now };
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** What a registry answers to a question about a tag: the digest that it shows, that it is gone, or a failure. */
export type Said = string | null | CareenError;

/** An image that was pulled under these names, by a number of its own. */
export const pulled = (n: number, refs: string[], facts: Partial<ImageFacts> = {}) =>
  image(n, {
    refs,
    digests: refs.map((ref) => `${ref.replace(/:[^:/]*$/, '')}@${digestOf(n)}`),
    origin: 'pulled',
    recoverable: { state: 'likely' },
    ...facts,
  });

export const running = (
  n: number,
  imageN: number,
  name: string,
  reference: string,
  facts: Partial<ContainerFacts> = {},
) => container(n, imageN, { name, reference, state: 'running', created: now - day, ...facts });

export const unreachable = new CareenError('registry-unreachable', {
  registry: 'docker.io',
  why: 'ENOTFOUND',
});

/** What a new version is, as its registry tells. */
export const told = (n: number, facts: Partial<RegistryImage> = {}): RegistryImage => ({
  digest: digestOf(n),
  config: `sha256:${n.toString(16).padStart(64, 'c')}`,
  created: now - hour,
  labels: {},
  defaults: {},
  layers: [],
  diffIds: [],
  ...facts,
});

export interface StageOptions {
  policy?: string;
  images?: ImageFacts[];
  containers?: ContainerFacts[];
  engine?: Partial<Inventory>;
  /** What an earlier checker left. */
  stored?: Map<string, Checks>;
  /** Default true. */
  begun?: boolean;
}

/** A checker over an engine and registries that a test sets. */
export class Stage {
  readonly clock = new TestClock(now);
  /** By reference in the familiar form; what is not there is gone. */
  readonly heads = new Map<string, Said>();
  readonly tags = new Map<string, string[] | CareenError>();
  /** By digest. */
  readonly images = new Map<string, RegistryImage | CareenError>();
  /** What registries were asked, in order. */
  readonly asked: string[] = [];
  /** For which platforms images were read. */
  readonly platforms: string[] = [];
  readonly found: UpdateRow[][] = [];
  readonly due: string[][] = [];
  readonly failures: unknown[] = [];
  readonly stored: Map<string, Checks>;
  readonly checker: Checker;
  /** `Mounts` of containers, by ID. */
  readonly mounts = new Map<string, Record<string, unknown>[] | CareenError>();
  readonly kept = new Map<string, KeptVersion[]>();
  readonly unproven = new Set<string>();
  readonly verified: string[][] = [];
  /** What stands under a name, as the engine says when it is asked. */
  readonly left = new Map<string, { id: string; imageId: string }>();
  onBattery = false;
  isCurrent = true;
  inventory: Inventory;
  #policy: string;
  readonly #judging;
  readonly #preferences;
  readonly #versions;

  constructor(options: StageOptions) {
    this.#policy = options.policy ?? 'version: 1\n';
    const { images = [], containers = [], engine = {} } = options;
    this.inventory = inventory(images, { containers, ...engine });
    this.stored = options.stored ?? new Map<string, Checks>();
    this.#judging = Object.assign(new EventEmitter(), {
      current: this.#judged(),
      sense: () => Promise.resolve(this.inventory),
      settled: () => Promise.resolve(),
    });
    this.#preferences = Object.assign(new EventEmitter(), {
      value: { pausedUntil: null as number | null },
    });
    this.#versions = Object.assign(new EventEmitter(), {
      keptOfService: () => [],
      kept: (name: string) => this.kept.get(name) ?? [],
      unproven: (name: string) =>
        this.unproven.has(name) ? { since: now - hour, runId: 'run' } : null,
    });
    this.checker = new Checker(
      {
        judging: this.#judging as unknown as CheckerGround['judging'],
        preferences: this.#preferences as unknown as CheckerGround['preferences'],
        versions: this.#versions as unknown as CheckerGround['versions'],
        isCurrent: () => this.isCurrent,
        engine: () => ({
          inspectContainer: (id: string) => {
            const Mounts = this.mounts.get(id) ?? [];
            if (Mounts instanceof CareenError) return Promise.reject(Mounts);
            return Promise.resolve({ Mounts } as never);
          },
          inspectImage: () => Promise.resolve(null),
          containerNow: (name: string) => Promise.resolve((this.left.get(name) ?? null) as never),
          distribution: () => Promise.resolve(null),
        }),
        registry: {
          head: (reference) => this.#head(familiar(reference)),
          tags: (domain, path) => this.#tags(`${domain}/${path}`),
          image: (reference, platform) => {
            this.platforms.push(platform);
            return this.#image(reference.digest);
          },
          limits: () => [],
          retryNow: () => undefined,
        },
        auth: () => Promise.resolve(null),
        past: { namesOf: () => [], keptDigests: () => [] },
        power: () => Promise.resolve(this.onBattery),
        verify: (ids) => {
          this.verified.push([...ids]);
          return Promise.resolve();
        },
      },
      {
        load: ({ id }) => Promise.resolve(this.stored.get(id) ?? null),
        save: ({ id }, checks) => {
          // As it is after a way over the disk.
          const text = JSON.stringify(checks);
          this.stored.set(id, storedChecks.parse(JSON.parse(text)));
          return Promise.resolve();
        },
      },
      this.clock,
      () => 0,
    );
    this.checker.on('found', (rows) => this.found.push(rows));
    this.checker.on('due', (names) => this.due.push(names));
    this.checker.on('failed', (e) => this.failures.push(e));
    if (options.begun !== false) this.checker.begin();
  }

  /** The row of a container, in what the checker says of it. */
  row(name: string): UpdateRow {
    const row = this.checker.rows().find(({ container: one }) => one === name);
    if (!row) throw new Error(`there is no row of ${name}`);
    return row;
  }

  async check(...names: string[]): Promise<void> {
    await this.checker.check(names.length === 0 ? null : names);
    await this.quiet();
  }

  /** What registries were asked since the last time. */
  takeAsked(): string[] {
    return this.asked.splice(0).sort();
  }

  /** The engine holds this from now on. */
  async holds(containers: ContainerFacts[], images = this.inventory.images): Promise<void> {
    this.inventory = { ...this.inventory, containers, images };
    this.#tell();
    await this.quiet();
  }

  /** A manager tells of these services from now on; null: none answers. */
  async serves(services: ServiceImages[] | null): Promise<void> {
    const before = this.inventory.swarm?.services ?? [];
    const swarm = {
      answered: services !== null,
      elsewhere: false,
      services: services ?? before,
    };
    this.inventory = { ...this.inventory, swarm };
    this.#tell();
    await this.quiet();
  }

  async engine(id: string): Promise<void> {
    this.inventory = { ...this.inventory, engine: { ...this.inventory.engine, id } };
    this.#tell();
    await this.quiet();
  }

  async policy(text: string): Promise<void> {
    this.#policy = text;
    this.#tell();
    await this.quiet();
  }

  async pause(until: number | null): Promise<void> {
    this.#preferences.value = { pausedUntil: until };
    this.#preferences.emit('changed');
    await this.quiet();
  }

  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    await this.quiet();
  }

  /** Resolves when nothing is under way any more. */
  async quiet(): Promise<void> {
    for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
  }

  #tell(): void {
    this.#judging.current = this.#judged();
    this.#judging.emit('changed');
  }

  #judged() {
    return {
      inventory: this.inventory,
      rules: readPolicy('policy.yaml', this.#policy),
      otherUpdater: otherUpdater(this.inventory),
    };
  }

  #head(name: string) {
    this.asked.push(`HEAD ${name}`);
    const said = this.heads.get(name) ?? null;
    if (said instanceof CareenError) return Promise.reject(said);
    if (said === null) return Promise.resolve({ found: false } as const);
    return Promise.resolve({ found: true, digest: said, mediaType: '', size: null } as const);
  }

  #tags(repository: string) {
    this.asked.push(`tags ${repository}`);
    const said = this.tags.get(repository) ?? [];
    if (said instanceof CareenError) return Promise.reject(said);
    return Promise.resolve({ found: true, tags: said, more: false } as const);
  }

  #image(digest: string): Promise<RegistryImage> {
    this.asked.push(`image ${digest}`);
    const said = this.images.get(digest);
    if (said === undefined) return Promise.reject(unreachable);
    return said instanceof CareenError ? Promise.reject(said) : Promise.resolve(said);
  }
}
