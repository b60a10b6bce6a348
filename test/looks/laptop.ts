import { createHash } from 'node:crypto';
import type { ImageLayers } from '../../main/contract/image-layers.js';
import type { ImageRow } from '../../main/contract/slices.js';
import type { UpdateRow } from '../../main/contract/updates.js';
import type { CleanRun } from '../../main/contract/runs.js';
import type { ImageFacts, Layer, Origin } from '../../main/domain/facts.js';
import { outlookOf } from '../../main/domain/plan/outlook.js';
import { partCounts } from '../../main/domain/plan/part-counts.js';
import { readPolicy } from '../../main/domain/policy/read.js';
import { templateNames, templates } from '../../main/domain/policy/templates/index.js';
import { layerTreeOf } from '../../main/domain/layer-tree.js';
import { sharersOf } from '../../main/domain/sharers.js';
import { ruleCounts } from '../../main/domain/verdict/rule-counts.js';
import { tryDraft } from '../../main/services/commands/policy-draft.js';
import { image } from '../unit/domain/arbitrary.js';
import { DAY, NOW } from './base.js';
import { imageLayers } from './image-layers.js';
import { others } from './kinds.js';
import type { LayeredStore } from './layer-states.js';
import type { View } from './page.js';
import { type PolicyAnswers, viewOf, written } from './policies.js';
import { runOf } from './runs.js';
import { groundOf, judgedRows } from './store.js';
import { suggestionsOf } from './suggestions.js';
import { engineFacts, HOME, slicesOf } from './synthetic.js';
import { updateRuns } from './update-runs.js';
import { rows as containers, updates, version } from './updates.js';

interface Image {
  ref: string | null;
  /** Days ago. */
  made: number;
  used: number;
  /** The container that uses it now; null: not known. */
  by?: string | null;
  origin?: Origin;
}
/** MB of a layer, and what ends or stands on it. */
type Branch = [mb: number, ...on: (Image | Branch)[]];

type Told = Pick<Image, 'by' | 'origin'>;
const img = (ref: string | null, made: number, used: number, told: Told = {}): Image => ({
  ref,
  made,
  used,
  ...told,
});
const app = (mb: number, ...told: Parameters<typeof img>): Branch => [mb, img(...told)];
/** Of what was loaded from a file nobody knows another copy. */
const loaded = { origin: 'loaded' } as const;

/** Two languages on one base, databases, browsers, what the updates' containers run, and some that share nothing. */
const branches: Branch[] = [
  [
    117,
    img('debian:bookworm', 20, 6),
    [
      587,
      img('buildpack-deps:bookworm', 20, 6),
      [
        226,
        img('python:3.12', 20, 4),
        [
          1240,
          app(212, 'myorg/api:1.14.0', 3, 0, { by: 'api' }),
          app(208, 'myorg/api:1.13.2', 17, 3),
        ],
        [
          1180,
          app(205, 'myorg/api:1.13.1', 31, 17),
          app(204, 'myorg/api:1.13.0', 45, 31),
          app(198, 'myorg/api:1.12.4', 60, 45),
        ],
        [
          1620,
          app(196, 'myorg/api:1.12.0', 75, 61),
          app(190, 'myorg/api:1.11.2', 90, 76),
          app(188, 'myorg/api:1.11.0', 104, 91),
        ],
        [
          860,
          app(120, 'myorg/worker:1.14.0', 3, 0, { by: 'worker' }),
          app(118, 'myorg/worker:1.13.2', 17, 3),
          app(117, 'myorg/worker:1.13.0', 45, 19),
        ],
        [
          810,
          app(112, 'myorg/worker:1.11.0', 104, 91, loaded),
          app(110, 'myorg/worker:1.10.2', 118, 105),
        ],
        [845, img(null, 28, 27)],
      ],
      [
        202,
        img('node:22', 15, 4),
        [
          412,
          app(96, 'myorg/web:2.9.0', 4, 0, { by: 'web' }),
          app(94, 'myorg/web:2.8.4', 20, 4),
          app(92, 'myorg/web:2.8.3', 33, 20),
        ],
        [
          376,
          app(88, 'myorg/web:2.7.5', 70, 58, loaded),
          app(88, 'myorg/web:2.7.1', 95, 83, loaded),
        ],
        [405, app(97, null, 18, 18), app(96, null, 22, 22)],
        app(655, 'ghcr.io/myorg/storybook:8.4', 12, 2),
      ],
      [198, img('node:20', 200, 100), app(640, 'ghcr.io/myorg/storybook:7.6', 140, 95)],
      app(239, 'python:3.11', 120, 70),
    ],
  ],
  [
    75,
    app(362, 'postgres:16', 60, 0, { by: 'db' }),
    app(360, 'postgres:15.8', 200, 150),
    app(118, 'nginx:1.27.2', 50, 0, { by: 'proxy' }),
    app(42, 'redis:7.4', 30, 0, { by: 'cache' }),
    app(41, 'redis:7.2', 170, 88),
  ],
  [
    78,
    img('ubuntu:24.04', 40, 12),
    app(2140, 'mcr.microsoft.com/playwright:latest', 90, 9, { by: 'dev' }),
    app(2110, 'mcr.microsoft.com/playwright:v1.48.2', 150, 64),
  ],
  app(1290, 'opensearchproject/opensearch:2', 60, 0, { by: 'search' }),
  app(1150, 'localstack/localstack:3.8', 30, 9, { by: null }),
  app(1040, 'kindest/node:v1.31.2', 40, 0, { by: 'kind-control-plane' }),
  app(980, 'public.ecr.aws/supabase/postgres:15.6.1', 120, 0, { by: 'supabase_db_app' }),
  app(482, 'grafana/grafana:11.3.0', 11, 0, { by: 'grafana' }),
  app(291, 'prom/prometheus:v3', 20, 0, { by: 'metrics' }),
  app(268, 'rabbitmq:4-management', 30, 0, { by: 'queue' }),
  app(187, 'traefik:v3.2', 12, 0, { by: 'traefik' }),
  app(105, 'bitnami/redis:6.0', 900, 0, { by: 'legacy' }),
  app(32, 'ghcr.io/axllent/mailpit:v1', 40, 0, { by: 'mail' }),
  app(26, 'registry.acme.internal:5000/tools/registry-mirror:3.1', 200, 0, { by: 'registry' }),
  app(1, 'registry.k8s.io/pause:3.10', 300, 280),
];

const hex = (text: string) => createHash('sha256').update(text).digest('hex');

function factsOf(all: readonly Branch[], below: Layer[] = []): ImageFacts[] {
  return all.flatMap(([mb, ...on], i): ImageFacts[] => {
    const chainId = `${below.at(-1)?.chainId ?? ''}/${i}`;
    const layers = [...below, { chainId, size: mb * 1e6 }];
    const ends = on.flatMap((one) => (Array.isArray(one) ? [] : [one]));
    const grown = on.flatMap((one) => (Array.isArray(one) ? [one] : []));
    return [...ends.map((one) => imageOf(one, layers)), ...factsOf(grown, layers)];
  });
}

function imageOf({ ref, made, used, by, origin }: Image, layers: Layer[]): ImageFacts {
  const id = `sha256:${hex(`${ref} ${layers.at(-1)?.chainId}`)}`;
  const isOwn = ref === null || ref.startsWith('myorg/');
  const project = ref?.startsWith('myorg/') ? 'acme-shop' : null;
  const state = by === 'dev' ? ('exited' as const) : ('running' as const);
  return image(0, {
    id,
    refs: ref === null ? [] : [ref],
    digests: isOwn ? [] : [`${ref.slice(0, ref.lastIndexOf(':'))}@${id}`],
    created: NOW - made * DAY,
    arrived: { at: NOW - made * DAY, source: 'seen' },
    used: { at: NOW - used * DAY, source: 'container-finished', by: by ?? 'api' },
    layers,
    size: layers.reduce((sum, { size }) => sum + size, 0),
    usedBy: by === null ? null : by === undefined ? [] : [{ id: hex(by), name: by, state }],
    origin: origin ?? (isOwn ? 'built' : 'pulled'),
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
              lastUsed: NOW - used * DAY,
              present: true,
              latestOf: [],
            },
          ],
  });
}

const facts = factsOf(branches);
const policy = readPolicy('policy.yaml', written);

const layeredOf = (rows: readonly ImageRow[]): LayeredStore => ({
  slices: slicesOf(rows),
  tree: layerTreeOf(groundOf(rows).inventory),
});

/** The laptop's images with the tree of their layers, on an engine with either store. */
export const laptopOn = (store: 'classic' | 'containerd'): LayeredStore =>
  layeredOf(judgedRows({ ...engineFacts, store }, facts, policy));

const rows = judgedRows(engineFacts, facts, policy);
const { slices, tree } = layeredOf(rows);
const { inventory, index, judged } = groundOf(rows);
/** What the policy in force makes of it. */
const before = { ...outlookOf(inventory, policy, NOW, index), index };

/** The image whose reason and layers the pictures tell. */
export const shown = rows.find(({ refs }) => refs.includes('myorg/api:1.12.4'))?.id ?? '';

/** What the updates' containers run is in the store; what is built here has nothing to be updated to. */
const running: UpdateRow[] = [
  ...containers.map((row) =>
    row.container === 'dev'
      ? {
          ...row,
          now: { ...row.now, label: '1.49.0' },
          verdict: {
            state: 'available' as const,
            to: version('latest', '1.49.1', 'd2', 9),
            source: 'registry' as const,
          },
        }
      : row,
  ),
  ...containers
    .filter(({ container }) => container === 'api')
    .flatMap((row) =>
      ['worker:1.14.0', 'web:2.9.0'].map((name) => ({
        ...row,
        container: name.split(':')[0] ?? '',
        id: hex(name),
        reference: `myorg/${name}`,
        now: { ...version(name.split(':')[1] ?? '', null, '0', 3), digest: null },
      })),
    ),
].map((row) => ({
  ...row,
  imageId: rows.find(({ refs }) => refs.includes(row.reference))?.id ?? row.imageId,
}));

/** A clean-up of three days ago, of versions that came before those that are there. */
function lastRun(): CleanRun {
  const run = runOf(rows);
  const startedAt = NOW - 3 * DAY;
  return {
    ...run,
    by: 'schedule',
    startedAt,
    endedAt: startedAt + 41_000,
    skipped: [],
    removed: run.removed.map((item) => ({
      ...item,
      refs: item.refs.map((ref) => ref.replace(/:.*$/, ':1.9.4')),
      id: `sha256:${hex(item.id)}`,
    })),
    measured: 13.3e9,
  };
}

const trialOf = async (text: string) => ({
  ...(await tryDraft(
    {
      judgedBy: (draft) =>
        Promise.resolve({ before, after: outlookOf(inventory, draft, NOW, index) }),
    },
    'policy.yaml',
    text,
  )),
  parts: partCounts(others),
});

/** Two versions in place of three, and ten days in place of fourteen. */
const tighter = written.replace('last: 3', 'last: 2').replace('usedWithin: 14d', 'usedWithin: 10d');

function layersOf(id: string): ImageLayers {
  const { layers } = facts.find((one) => one.id === id) ?? {};
  const sharers = sharersOf(id, layers ?? [], facts, 4);
  return {
    ...imageLayers,
    layers: (layers ?? []).map((layer, at) => ({
      ...layer,
      sharedWith: sharers[at]?.count ?? 0,
      sharers: sharers[at]?.first ?? [],
      step: imageLayers.layers?.[at]?.step ?? null,
    })),
  };
}

/** One developer's laptop: whatever screen is drawn of it, images, bytes and rules are the same. */
export const laptop: Omit<View, 'route' | 'theme'> = {
  slices: {
    ...slices,
    images: {
      ...slices.images,
      totals: {
        ...slices.images.totals,
        rules: ruleCounts(policy, judged),
        policy: { ...slices.images.totals.policy, source: 'file', file: `${HOME}/policy.yaml` },
      },
    },
    suggestions: suggestionsOf(rows, 'keep[0]'),
    updates: { ...updates, rows: running },
    history: { head: [...updateRuns.slice(0, 2), lastRun()], more: true, read: true },
  },
  tree,
  layers: layersOf(shown),
  drafts: {
    view: viewOf(written),
    tried: await trialOf(tighter),
    templates: Object.fromEntries(
      await Promise.all(
        templateNames.map(async (name): Promise<[string, PolicyAnswers['templates'][string]]> => [
          name,
          { text: templates[name], tried: await trialOf(templates[name]) },
        ]),
      ),
    ),
  },
};
