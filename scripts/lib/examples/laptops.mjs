import { cached, composeProject, container, image, layers, network, on, volume } from './facts.mjs';

/** @typedef {import('./facts.mjs').Story} Story */

/** @param {number} n */
const hours = (n) => n / 24;

/**
 * One tag, built every ten minutes through a working day: each build leaves the last one untagged.
 * @returns {Story}
 */
export function ciLaptop() {
  const base = layers(['debian 12', 124], ['toolchain', 900]);
  const builds = Array.from({ length: 50 }, (_, n) => {
    const came = hours(0.2 + n / 6);
    const isNewest = n === 0;
    const young = came < hours(1) ? 'new' : 'no rule';
    return image({
      key: `build ${n}`,
      refs: isNewest ? ['myorg/app:dev'] : [],
      origin: 'built',
      came,
      tagged: isNewest ? came : undefined,
      layers: on(base, `app ${n}`, 60),
      says: came < hours(2) ? young : 'goes untagged',
      plan: 'ticked',
    });
  });
  return {
    images: [
      image({ refs: ['myorg/toolchain:4'], came: 60, layers: base, says: 'base-of' }),
      ...builds,
      image({
        refs: ['postgres:17'],
        came: 40,
        used: [0.5, 'tests'],
        size: 440,
        says: 'kept newest',
      }),
      image({
        refs: ['selenium/grid:4'],
        came: 40,
        used: [20, 'e2e'],
        size: 1_300,
        says: 'goes stale',
        plan: 'ticked',
      }),
    ],
    byItself: [
      ...builds.flatMap(({ facts, says }) => (says.startsWith('goes') ? [facts.id] : [])),
      'selenium/grid:4',
    ],
  };
}

/**
 * Everything that takes space, on a small disk.
 * @returns {Story}
 */
export function laptop64gb() {
  const shop = composeProject({ name: 'acme-shop', present: true, used: 25 });
  const labels = { 'com.docker.compose.project': 'acme-shop', 'com.docker.compose.volume': 'db' };
  const stopped = container({
    name: 'try-mysql',
    of: 'mysql:9',
    state: 'exited',
    made: 41,
    ended: 40,
    writes: 310,
  });
  const recent = container({
    name: 'try-redis',
    of: 'redis:8',
    state: 'exited',
    made: 4,
    ended: 3,
    writes: 1,
  });
  const bridge = network({ name: 'bridge' });
  const spike = network({ name: 'spike', used: [33, 'try-mysql'] });
  return {
    images: [
      image({ refs: ['mysql:9'], came: 41, used: [40, 'try-mysql'], size: 920, says: 'used' }),
      image({ refs: ['redis:8'], came: 100, used: [3, 'try-redis'], size: 115, says: 'used' }),
      image({
        refs: ['pytorch/pytorch:2.6'],
        came: 12,
        used: [11, 'notebook'],
        size: 9_800,
        says: 'kept recent',
      }),
      image({
        refs: ['pytorch/pytorch:2.5'],
        came: 80,
        used: [13, 'notebook'],
        size: 9_600,
        says: 'kept recent',
      }),
      image({
        refs: ['pytorch/pytorch:2.4'],
        came: 150,
        used: [14, 'notebook'],
        size: 9_300,
        says: 'goes large',
        plan: 'ticked',
      }),
      image({
        refs: ['acme/shop-web:12'],
        origin: 'built',
        came: 50,
        used: [46, 'acme-shop-web-1'],
        projects: [{ ...shop, latestOf: ['web'] }],
        size: 610,
        says: 'goes stale-builds',
        plan: 'unrecoverable',
      }),
      image({
        refs: ['node:18'],
        came: 200,
        used: [60, 'build'],
        size: 1_100,
        says: 'goes stale',
        plan: 'ticked',
      }),
      image({ refs: ['old/tool:1'], made: 400, size: 300, says: 'goes stale', plan: 'estimates' }),
    ],
    containers: [stopped, recent],
    facts: {
      networks: [bridge, spike],
      volumes: [
        volume({
          name: 'acme-shop_db',
          labels,
          project: 'acme-shop',
          used: [25, 'acme-shop-db-1'],
          size: 2_400,
          at: '/var/lib/postgresql/data',
        }),
        volume({ name: 'scratch', used: [90, 'notebook'], size: 700, at: '/work' }),
      ],
      buildCache: 'unshared',
      cacheRecords: [
        { size: 6_000, used: 9 },
        { size: 1_500, used: 1 },
        { size: 400, used: 0.1, inUse: true },
      ].map(cached),
    },
    others: [
      { kind: 'container', id: stopped.id, refs: [stopped.name], plan: 'unrecoverable' },
      { kind: 'network', id: spike.id, refs: ['spike'], plan: 'ticked' },
      { kind: 'volume', id: 'volume:acme-shop_db', refs: ['acme-shop_db'], plan: 'by name' },
      { kind: 'volume', id: 'volume:scratch', refs: ['scratch'], plan: 'by name' },
      { kind: 'buildCache', id: 'build-cache', refs: [], plan: 'ticked' },
    ],
    byItself: ['pytorch/pytorch:2.4', 'node:18', spike.id, 'build-cache'],
  };
}

/**
 * Forty projects, all down; three folders were deleted since.
 * @returns {Story}
 */
export function consultant() {
  const node = layers(['debian 12', 124], ['node 22', 190]);
  const projects = Array.from({ length: 40 }, (_, n) => ({
    name: `client-${String(n + 1).padStart(2, '0')}`,
    present: n % 16 !== 7,
    used: 20 + 4 * n,
  }));
  const built = projects.map((project) =>
    image({
      refs: [`${project.name}-web:latest`],
      origin: 'built',
      came: project.used + 3,
      used: [project.used, `${project.name}-web-1`],
      layers: on(node, project.name, 40),
      projects: [composeProject({ ...project, latestOf: ['web'] })],
      says: project.present ? 'kept projects' : 'goes gone-builds',
      plan: 'unrecoverable',
    }),
  );
  /**
   * @param {string} ref
   * @param {typeof projects} users the one that used it last first
   * @param {number} size
   * @param {string} says
   */
  const database = (ref, users, size, says) =>
    image({
      refs: [ref],
      came: 220,
      used: [users[0]?.used ?? 0, `${users[0]?.name}-db-1`],
      size,
      projects: users.map((project) => composeProject({ ...project, latestOf: ['db'] })),
      says,
      plan: 'ticked',
    });
  const volumes = projects
    .filter((_, n) => [0, 7, 39].includes(n))
    .map(({ name, used }) =>
      volume({
        name: `${name}_db`,
        project: name,
        labels: { 'com.docker.compose.project': name, 'com.docker.compose.volume': 'db' },
        used: [used, `${name}-db-1`],
        size: 80,
        at: '/var/lib/postgresql/data',
      }),
    );
  const gone = projects.filter(({ present }) => !present);
  const even = projects.filter((_, n) => n % 2 === 0);
  return {
    images: [
      image({ refs: ['node:22'], came: 230, layers: node, says: 'base-of' }),
      database('postgres:16', even, 430, 'kept projects'),
      database('postgres:13', gone, 400, 'goes gone'),
      image({
        refs: ['mailhog/mailhog:v1'],
        came: 220,
        size: 390,
        says: 'goes stale',
        plan: 'ticked',
      }),
      ...built,
    ],
    facts: { volumes },
    others: volumes.map(({ name }) => ({
      kind: 'volume',
      id: `volume:${name}`,
      refs: [name],
      plan: 'by name',
    })),
    byItself: ['postgres:13', 'mailhog/mailhog:v1'],
  };
}
