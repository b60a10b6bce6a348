import fc from 'fast-check';
import type {
  ContainerFacts,
  ContainerState,
  ImageFacts,
  Inventory,
  Layer,
  Millis,
  Origin,
  Project,
  Recoverable,
} from '../../../main/domain/facts.js';
import { absentParts } from '../../../main/domain/policy/parts.js';
import type { Policy } from '../../../main/domain/policy/types.js';

const day = 86_400_000;
/** The moment at which generated inventories are taken. */
export const now: Millis = Date.UTC(2026, 10, 24, 12);

/** A legal image ID from a number. */
export const imageId = (n: number) => `sha256:${n.toString(16).padStart(64, '0')}`;
export const digestOf = (n: number) => `sha256:${n.toString(16).padStart(64, 'd')}`;

/** An image of which nothing is known but its ID. */
export function image(n: number, facts: Partial<ImageFacts> = {}): ImageFacts {
  return {
    id: imageId(n),
    refs: [],
    digests: [],
    formerRefs: [],
    created: null,
    arrived: null,
    used: null,
    lastTagged: null,
    size: (facts.layers ?? []).reduce((sum, layer) => sum + layer.size, 0),
    layers: [],
    layersInDoubt: false,
    history: [],
    content: null,
    usedBy: [],
    labels: {},
    platform: 'linux/amd64',
    origin: 'unknown',
    recoverable: { state: 'unknown' },
    projects: [],
    parent: null,
    ...facts,
  };
}

export function container(n: number, imageN: number, facts: Partial<ContainerFacts> = {}) {
  return {
    id: n.toString(16).padStart(64, 'c'),
    name: `container-${n}`,
    imageId: imageId(imageN),
    reference: 'unknown',
    state: 'exited',
    health: 'none',
    created: now - 100 * day,
    started: null,
    finished: null,
    labels: {},
    sizeRw: null,
    networks: [],
    volumes: [],
    mountsSocket: false,
    log: null,
    ...facts,
  } satisfies ContainerFacts;
}

export function inventory(images: ImageFacts[], more: Partial<Inventory> = {}): Inventory {
  return {
    takenAt: now,
    engine: {
      endpoint: 'unix:///run/engine.sock',
      id: 'engine',
      store: 'classic',
      name: 'engine',
      product: 'docker-engine',
      version: '28.5.0',
      apiVersion: '1.51',
      platform: 'linux/amd64',
    },
    images,
    containers: [],
    buildCache: 'none',
    useIncomplete: null,
    firstMet: now - 200 * day,
    observedDays: 200,
    observedOn: [],
    hoursSinceGap: null,
    retained: [],
    networks: [],
    volumes: [],
    cacheRecords: null,
    swarm: null,
    ...more,
  };
}

const project = (present: boolean | null, n: number): Project => ({
  kind: 'compose',
  name: `shop-${n}`,
  folder: `/home/ada/shop-${n}`,
  files: [`/home/ada/shop-${n}/compose.yaml`],
  lastUsed: now - 40 * day,
  present,
  latestOf: [],
});

const repositories = ['app', 'myorg/api', 'postgres', 'ghcr.io/acme/web', 'localhost:5000/tool'];
const tags = ['latest', '1', '1.4', '2', '2.1-alpine', '16-alpine', '17', 'v3.0'];

/** A moment in the last 200 days, whole hours, sometimes equal to another's. */
const moment = fc.integer({ min: 0, max: 200 * 24 }).map((hours) => now - hours * 3_600_000);
const maybe = <T>(value: fc.Arbitrary<T>, freq = 2) => fc.option(value, { nil: null, freq });

/**
 * Chains of layers that share what real ones share: a tree in which each image ends at some node.
 * Sizes are bytes.
 */
function trees(nodes: number): fc.Arbitrary<Layer[][]> {
  const node = fc.record({
    under: fc.nat({ max: nodes }),
    size: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 500_000_000 })),
  });
  return fc.array(node, { minLength: nodes, maxLength: nodes }).map((raw) => {
    const chains: Layer[][] = [[]];
    raw.forEach(({ under, size }, i) => {
      const below = chains[under % chains.length] ?? [];
      chains.push([...below, { chainId: `sha256:${'e'.repeat(8)}${i}`, size }]);
    });
    return chains;
  });
}

const origins: Origin[] = ['pulled', 'built', 'loaded', 'unknown'];
const recoverables: Recoverable[] = [
  { state: 'verified', at: now - 3_600_000 },
  { state: 'likely' },
  { state: 'no' },
  { state: 'unknown' },
];

interface Shape {
  images?: number;
  /** Nothing is known of arrival, use or origin: the first meeting with a full engine. */
  dayOne?: boolean;
  store?: 'classic' | 'containerd';
  /** Layers and users of every image are known. */
  known?: boolean;
}

/** Inventories with shared layers, several tags, untagged images, containers and rollbacks. */
export function inventories({
  images: most = 12,
  dayOne = false,
  store,
  known = false,
}: Shape = {}) {
  const names = fc.uniqueArray(
    fc.tuple(fc.constantFrom(...repositories), fc.constantFrom(...tags)).map((p) => p.join(':')),
    { maxLength: 3 * most },
  );
  const one = fc.record({
    end: fc.nat(),
    names: fc.constantFrom(0, 0, 1, 1, 1, 2),
    digest: maybe(fc.constantFrom(...repositories)),
    created: fc.oneof(moment, fc.constantFrom(null, 0, Date.UTC(1, 0, 1), now + day)),
    arrived: dayOne ? fc.constant(null) : maybe(moment),
    used: dayOne ? fc.constant(null) : maybe(moment),
    lastTagged: dayOne ? fc.constant(null) : maybe(moment),
    origin: dayOne ? fc.constant('unknown' as const) : fc.constantFrom(...origins),
    recoverable: fc.constantFrom(...recoverables),
    history: fc.constantFrom<string[]>(['a'], ['a', 'b'], ['a', 'b', 'c'], ['x']),
    usedBy: known
      ? fc.constant('known')
      : fc.constantFrom('known', 'known', 'known', 'known', 'known', 'unknown'),
    noLayers: known
      ? fc.constant(false)
      : fc.constantFrom(false, false, false, false, false, false, true),
    inDoubt: fc.constantFrom<number>(0, 0, 0, 0, 5_000_000),
    former: fc.constantFrom<string[]>([], [], ['myorg/api:1'], [`postgres@${digestOf(99)}`]),
    labels: fc.constantFrom({}, {}, {}, { 'careen.keep': 'true' }),
    content: fc.integer({ min: 1_000, max: 400_000_000 }),
    projects: fc.constantFrom<(boolean | null)[]>(
      [],
      [],
      [],
      [true],
      [false],
      [null],
      [false, null],
    ),
  });
  return fc
    .record({
      chains: trees(most),
      names,
      raw: fc.array(one, { minLength: 1, maxLength: most }),
      containers: fc.array(fc.record({ image: fc.nat(), keep: fc.boolean() }), {
        maxLength: Math.ceil(most / 4),
      }),
      retained: fc.array(
        fc.record({
          image: fc.nat(),
          container: fc.constantFrom('web', 'db'),
          ago: fc.integer({ min: 0, max: 10 * 24 }),
          proven: fc.boolean(),
        }),
        { maxLength: dayOne ? 0 : 3 },
      ),
      store: store
        ? fc.constant(store)
        : fc.constantFrom('classic' as const, 'containerd' as const),
      buildCache: fc.constantFrom('none', 'unshared', 'shared', 'unknown'),
      useIncomplete: fc.constantFrom(null, null, 'kubernetes' as const),
    })
    .map((g) => {
      const free = [...g.names];
      const containers = g.containers.map(({ image: at, keep }, i) =>
        container(i, (at % g.raw.length) + 1, { labels: keep ? { 'careen.keep': 'true' } : {} }),
      );
      const images = g.raw.map((raw, i) => {
        const layers = g.chains[raw.end % g.chains.length] ?? [];
        const id = imageId(i + 1);
        const usedBy = containers
          .filter((c) => c.imageId === id)
          .map((c) => ({ id: c.id, name: c.name, state: c.state }));
        const { created, arrived, used, lastTagged, origin, recoverable, history, labels } = raw;
        return image(i + 1, {
          refs: free.splice(0, raw.names).sort(),
          digests: raw.digest === null ? [] : [`${raw.digest}@${digestOf(i)}`],
          formerRefs: raw.names === 0 && raw.digest === null ? raw.former : [],
          layers: raw.noLayers ? null : layers,
          layersInDoubt: raw.inDoubt > 0,
          size: layers.reduce((sum, layer) => sum + layer.size, raw.inDoubt),
          content: g.store === 'containerd' ? raw.content : null,
          created,
          arrived: arrived === null ? null : { at: arrived, source: 'event' },
          used: used === null ? null : { at: used, source: 'container-started', by: 'x' },
          lastTagged,
          origin,
          recoverable,
          history,
          labels,
          projects: raw.projects.map(project),
          usedBy: raw.usedBy === 'unknown' ? null : usedBy,
        });
      });
      const base = inventory(images, {
        containers,
        buildCache: g.buildCache,
        useIncomplete: g.useIncomplete,
        retained: g.retained.map(({ image: at, container: name, ago, proven }) => ({
          container: name,
          imageId: imageId((at % images.length) + 1),
          replacedAt: now - ago * 3_600_000,
          proven,
        })),
      });
      return { ...base, engine: { ...base.engine, store: g.store } };
    });
}

const states: ContainerState[] = ['created', 'running', 'exited', 'exited', 'exited', 'dead'];

/** Labels that Compose gives to what it makes, and those of a cluster's node. */
const ofCompose = (name: string) => ({
  'com.docker.compose.project': name,
  'com.docker.compose.service': 'web',
  'com.docker.compose.config-hash': 'c0ffee',
  'com.docker.compose.network': 'default',
  'com.docker.compose.volume': 'data',
  'com.docker.compose.project.working_dir': `/home/ada/${name}`,
});
const labelled = fc.constantFrom<Record<string, string>>(
  {},
  {},
  {},
  { 'careen.keep': 'true' },
  ofCompose('shop-0'),
  ofCompose('shop-1'),
  { 'io.x-k8s.kind.cluster': 'dev', 'io.x-k8s.kind.role': 'control-plane' },
);

/** The same with containers in every state, networks, volumes and a build cache. */
export function furnished(shape: Shape = {}): fc.Arbitrary<Inventory> {
  const users = fc.constantFrom<string[] | null>([], [], [], ['web'], null);
  const last = maybe(moment).map((at) => (at === null ? null : { at, by: 'web' }));
  const project = fc.constantFrom(null, null, null, 'shop-0');
  const list = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 3 });
  return fc
    .record({
      taken: inventories(shape),
      containers: list(
        fc.record({
          state: fc.constantFrom(...states),
          created: maybe(moment),
          finished: maybe(moment),
          labels: labelled,
          sizeRw: maybe(fc.nat(1_000_000)),
        }),
      ),
      networks: list(
        fc.record({
          labels: labelled,
          builtIn: fc.constantFrom(false, false, false, true),
          usedBy: users,
          created: maybe(moment),
          lastUsed: last,
          project,
        }),
      ),
      volumes: list(
        fc.record({
          labels: labelled,
          anonymous: fc.boolean(),
          size: maybe(fc.nat(1_000_000)),
          usedBy: users,
          created: maybe(moment),
          lastUsed: last,
          project,
        }),
      ),
      cacheRecords: maybe(
        list(
          fc.record({
            size: fc.nat(100_000_000),
            shared: fc.boolean(),
            inUse: fc.constantFrom(false, false, true),
            created: maybe(moment),
            lastUsed: maybe(moment),
          }),
        ),
      ),
    })
    .map(({ taken, containers, networks, volumes, cacheRecords }) => ({
      ...taken,
      // Of no image that is listed: what containers hold is asked elsewhere.
      containers: [
        ...taken.containers,
        ...containers.map((facts, i) => container(100 + i, 900 + i, facts)),
      ],
      networks: networks.map((facts, i) => ({
        id: `network-${i}`,
        name: `net-${i}`,
        driver: 'bridge',
        ...facts,
      })),
      volumes: volumes.map((facts, i) => ({
        name: `data-${i}`,
        driver: 'local',
        mountedAt: null,
        ...facts,
      })),
      cacheRecords: cacheRecords?.map((facts, i) => ({ id: `record-${i}`, ...facts })) ?? null,
    }));
}

/** Policies over the names that `inventories` gives. */
export function policies({ timed = false }: { timed?: boolean } = {}): fc.Arbitrary<Policy> {
  const duration = fc.integer({ min: timed ? 1 : 0, max: 120 }).map((days) => days * day);
  const pattern = fc.constantFrom(
    ...['**', '**', 'app', 'myorg/*', 'postgres:1*', '*', 'ghcr.io/**', '*:*-alpine', imageId(1)],
  );
  const selector = {
    match: maybe(fc.array(pattern, { minLength: 1, maxLength: 2 }), 4),
    labels: maybe(fc.constant({ 'careen.keep': 'true' }), 1),
    platform: fc.constant(null),
    origin: maybe(fc.subarray(origins, { minLength: 1 }), 1),
    largerThan: maybe(fc.constant(1_000_000), 1),
    untagged: maybe(fc.boolean(), 1),
    project: maybe(fc.subarray(['present' as const, 'gone' as const], { minLength: 1 }), 1),
  };
  const list = <T>(rule: fc.Arbitrary<T>, name: string) =>
    fc
      .array(rule, { maxLength: 4 })
      .map((rules) => rules.map((one, i) => ({ ...one, id: `${name}[${i}]` })));
  return fc.record({
    version: fc.constant(1 as const),
    mode: fc.constant('confirm' as const),
    protect: list(
      fc.record({
        ...selector,
        until: maybe(fc.integer({ min: -5, max: 30 }).map((days) => now + days * day)),
        note: fc.constant(null),
      }),
      'protect',
    ),
    keep: list(
      fc.record({
        ...selector,
        last: maybe(fc.integer({ min: 1, max: 3 })),
        per: fc.constantFrom('repository' as const, 'family' as const),
        usedWithin: maybe(duration),
      }),
      'keep',
    ),
    remove: list(
      fc.record({
        ...selector,
        unusedFor: timed ? duration : maybe(duration),
        mode: maybe(fc.constantFrom('auto' as const, 'confirm' as const, 'suggest' as const), 1),
      }),
      'remove',
    ),
    grace: fc.constantFrom(0, day, 5 * day),
    rollback: fc.record({ versions: fc.integer({ min: 0, max: 2 }), for: duration }),
    containers: fc.record({ enabled: fc.boolean(), exitedFor: duration }),
    networks: fc.record({ enabled: fc.boolean(), unusedFor: duration }),
    buildCache: fc.record({
      enabled: fc.boolean(),
      unusedFor: duration,
      keep: fc.constantFrom(0, 50_000_000, 5e9),
    }),
    triggers: fc.constant(absentParts.triggers),
    limits: fc.constant(absentParts.limits),
    update: fc.constant(absentParts.update),
  });
}
