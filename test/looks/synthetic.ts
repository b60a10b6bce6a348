import type { EngineSlice, ImageRow, Slices } from '../../main/contract/slices.js';
import { gaugeOf, gaugeOfSpace } from '../../main/domain/disk/gauge.js';
import type { EngineFacts, ImageFacts, Layer } from '../../main/domain/facts.js';
import { onDisk } from '../../main/domain/layers.js';
import { lostImages } from '../../main/domain/plan/lost.js';
import { partCounts } from '../../main/domain/plan/part-counts.js';
import { nothing } from '../../main/domain/plan/sum.js';
import { ruleCounts } from '../../main/domain/verdict/rule-counts.js';
import { image } from '../unit/domain/arbitrary.js';
import { DAY, NOW } from './base.js';
import { others, rules, undoneOf } from './kinds.js';
import { goes, planOf, runOf } from './runs.js';
import { freedBy, judgedRows, knownOf, policyOf } from './store.js';
import { suggestionsOf } from './suggestions.js';
import { updateRuns } from './update-runs.js';
import { updates } from './updates.js';

export const HOME = '/home/ada/.config/careen';

const hex = (n: number) => `sha256:${(0xabc000 + n).toString(16)}${'7'.repeat(58)}`;

/** Bytes of the newest version, how many versions, and in days how old it is and how far apart they are. */
const repositories = [
  ['myorg/api', 212e6, 8, 3, 40],
  ['postgres', 362e6, 3, 3, 40],
  ['mcr.microsoft.com/playwright', 2.1e9, 3, 3, 140],
  ['mcr.microsoft.com/devcontainers/typescript-node', 980e6, 1, 3, 0],
  ['localstack/localstack', 1.1e9, 1, 3, 0],
  ['myorg/web', 88e6, 7, 3, 40],
  ['ghcr.io/myorg/storybook', 640e6, 2, 3, 140],
  ['node', 198e6, 2, 3, 140],
  ['python', 239e6, 2, 3, 140],
  ['redis', 41e6, 1, 20, 0],
] as const;

function projectOf(repository: string | null): string | null {
  if (repository === 'myorg/web' || repository === 'redis') return 'acme-web';
  return repository?.startsWith('myorg/') || repository === 'postgres' ? 'acme-shop' : null;
}

/** Layers that all images stand on; bytes. */
const base = { chainId: 'sha256:base', size: 1.1e9 };

/** What versions of one repository stand on: all of them, and the older half of them on more. */
function sharedBy(repository: string, size: number, isOlder: boolean): Layer[] {
  const layer = (which: string) => ({ chainId: `sha256:${repository}/${which}`, size });
  return [layer('all'), ...(isOlder ? [layer('older')] : [])];
}

/** @param age days since it was made; it was used in the last third of them */
function facts(
  n: number,
  repository: string | null,
  tag: string,
  unique: number,
  age: number,
  below: Layer[] = [],
): ImageFacts {
  const used = age < 5 ? (['api', 'db', 'dev'][n % 3] ?? 'api') : null;
  const isOwn = repository === null || repository.startsWith('myorg/');
  // Of what was loaded from a file nobody knows another copy.
  const origin = repository === 'myorg/web' ? 'loaded' : isOwn ? 'built' : 'pulled';
  const project = projectOf(repository);
  const layers = [base, ...below, { chainId: `sha256:${n}`, size: unique }];
  const name = repository === null ? [] : [`${repository}:${tag}`];
  return image(n, {
    id: hex(n),
    refs: name,
    digests: isOwn ? [] : [`${repository}@${hex(n)}`],
    created: NOW - age * DAY,
    // Of one repository nothing was seen but when its images were made.
    used:
      repository === 'ghcr.io/myorg/storybook' && used === null
        ? null
        : { at: NOW - age * DAY * 0.7, source: 'container-finished', by: used ?? 'api' },
    size: layers.reduce((sum, { size }) => sum + size, 0),
    layers,
    usedBy:
      repository === 'localstack/localstack'
        ? null
        : used === null
          ? []
          : [{ id: used.padEnd(64, '0'), name: used, state: 'running' }],
    origin,
    recoverable: { state: isOwn ? 'no' : 'likely' },
    projects:
      project === null
        ? []
        : [
            {
              kind: 'compose',
              name: project,
              folder: `/home/ada/work/${project}`,
              files: [],
              lastUsed: NOW - age * DAY * 0.7,
              present: true,
              latestOf: [],
            },
          ],
  });
}

/** The one that a person protected by its toggle. */
const redis = repositories
  .slice(
    0,
    repositories.findIndex(([repository]) => repository === 'redis'),
  )
  .reduce((sum, [, , versions]) => sum + versions, 0);
const policy = policyOf(hex(redis));

/** A store as a developer has it: about fifty images, of several ages. */
export function smallStore(): ImageRow[] {
  const all: ImageFacts[] = [];
  for (const [repository, bytes, versions, first, apart] of repositories)
    for (let v = 0; v < versions; v++)
      all.push(
        facts(
          all.length,
          repository,
          `1.${14 - v}.${v}`,
          bytes * (1 - v * 0.06),
          first + v * apart,
          versions > 2 ? sharedBy(repository, 560e6, v * 2 >= versions) : [],
        ),
      );
  for (let i = 0; i < 4; i++) all.push(facts(all.length, null, '', 60e6 + i * 40e6, 20 + i));
  return judgedRows(engineFacts, all, policy);
}

/** A store as large as the table has to bear. */
export function largeStore(images: number): ImageRow[] {
  const all = Array.from({ length: images }, (_, n) =>
    facts(
      n,
      `team${(n % 611) % 37}/service-${n % 611}`,
      `2.${n % 90}.${n % 7}`,
      1e6 + ((n * 7919) % 400) * 1e6,
      n % 200,
      // Of many no tile would have room.
      n % 611 < 40 ? sharedBy(`service-${n % 611}`, 40e6, n * 2 >= images) : [],
    ),
  );
  return judgedRows(engineFacts, all, policy);
}

export const engineFacts: EngineFacts = {
  endpoint: 'unix:///var/run/docker.sock',
  id: 'A:B',
  store: 'containerd',
  name: 'Docker Desktop',
  product: 'docker-desktop',
  version: '28.5.1',
  apiVersion: '1.51',
  platform: 'linux/arm64',
};

export const engine: EngineSlice = {
  status: 'connected',
  facts: engineFacts,
  chosen: {
    name: 'desktop-linux',
    kind: 'context',
    endpoint: 'unix:///var/run/docker.sock',
    outcome: 'answers',
  },
  looked: [
    { name: 'DOCKER_HOST', kind: 'variable', endpoint: '', outcome: 'not-set' },
    {
      name: 'desktop-linux',
      kind: 'context',
      endpoint: 'unix:///var/run/docker.sock',
      outcome: 'answers',
    },
    { name: 'prod', kind: 'context', endpoint: 'ssh://ops@prod', outcome: 'remote' },
    {
      name: 'Colima',
      kind: 'socket',
      endpoint: 'unix:///home/ada/.colima/default/docker.sock',
      outcome: 'no-socket',
    },
    {
      name: 'Docker Engine',
      kind: 'socket',
      endpoint: 'unix:///run/docker.sock',
      outcome: 'no-permission',
    },
  ],
  since: NOW - 4000,
  error: null,
  contextMoved: null,
  asOf: null,
  otherUpdater: null,
};

export const noEngine: EngineSlice = {
  ...engine,
  status: 'none',
  facts: null,
  chosen: null,
  asOf: NOW - 9 * 60_000,
  looked: engine.looked.map((place) =>
    place.outcome === 'answers' ? { ...place, outcome: 'silent' as const } : place,
  ),
  error: { code: 'engine-not-found', details: { looked: [] } },
};

/** What a developer's store is worth suggesting of, whatever else a picture shows. */
export const suggestions = suggestionsOf(smallStore());

export function slicesOf(rows: readonly ImageRow[]): Slices {
  const judged = rows.flatMap((row) => knownOf(row)?.judged ?? []);
  const may = goes(rows);
  const going = may.filter((r) => r.going);
  const run = may.length > 1 ? runOf(rows) : null;
  return {
    engine,
    gauges: {
      engine: gaugeOf({
        kind: 'vm',
        file: '/home/ada/.docker/desktop/vms/0/data/Docker.raw',
        allocated: 45.4e9,
        limit: { bytes: 64e9, from: 'settings' },
        host: { of: '/home/ada', used: 360e9, available: 140e9 },
        inside: null,
        returns: 'shortly',
        close: true,
        oddity: null,
      }),
      host: gaugeOfSpace({ of: '/home/ada', used: 360e9, available: 140e9 }),
      same: false,
      at: NOW,
      forecast: { fullAt: NOW + 9 * DAY, earliest: NOW + 6 * DAY, latest: NOW + 14 * DAY },
    },
    images: {
      from: 0,
      to: 1,
      upsert: [...rows],
      remove: [],
      totals: {
        images: rows.length,
        onDisk: onDisk(rows.flatMap((row) => knownOf(row)?.facts ?? [])),
        sumOfSizes: rows.reduce((s, r) => s + r.size, 0),
        canGo: rows.length === 0 ? nothing : planOf(rows).reclaimable,
        canGoImages: going.length,
        canGoOfImages: freedBy(going),
        canGoLost: lostImages(planOf(rows).items.filter(({ ticked }) => ticked)),
        couldGoImages: may.length - going.length,
        judgedAt: NOW - 120_000,
        rules: judged.length > 0 ? ruleCounts(policy, judged) : rules,
        parts: partCounts(others),
        policy: { source: 'default', file: `${HOME}/policy.yaml`, error: null, modeLowered: null },
      },
    },
    containers: { from: 0, to: 1, upsert: [], remove: [] },
    updates,
    run: {
      current: null,
      queued: 0,
      last: null,
      question: null,
      next: { cause: 'schedule', at: NOW + DAY / 8 },
      update: null,
    },
    suggestions,
    history: { head: run ? [undoneOf(run), run, ...updateRuns] : [], more: false, read: true },
    settings: {
      theme: 'system',
      language: 'en',
      pausedUntil: null,
      endpoint: null,
      otherAppsData: false,
      launchAtLogin: false,
      notify: { disk: true, failed: true, runs: true, updates: 'daily' },
      home: HOME,
      movedAside: [],
      welcomed: true,
    },
    fleet: { engines: [], together: false },
  };
}
