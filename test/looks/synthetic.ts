import type { CleanRun } from '../../main/contract/runs.js';
import type { EngineSlice, ImageRow, Slices } from '../../main/contract/slices.js';
import type { Result } from '../../main/contract/commands.js';
import type { Plan } from '../../main/domain/plan/types.js';
import { DAY, exact, NOW } from './base.js';
import { otherItems, rules, undoneOf } from './kinds.js';

const HOME = '/home/ada/.config/careen';

const hex = (n: number) => `sha256:${(0xabc000 + n).toString(16)}${'7'.repeat(58)}`;

const repositories = [
  ['myorg/api', 212e6, 8],
  ['postgres', 362e6, 3],
  ['mcr.microsoft.com/playwright', 2.1e9, 3],
  ['mcr.microsoft.com/devcontainers/typescript-node', 980e6, 1],
  ['localstack/localstack', 1.1e9, 1],
  ['myorg/web', 88e6, 7],
  ['ghcr.io/myorg/storybook', 640e6, 2],
  ['node', 198e6, 2],
  ['python', 239e6, 2],
  ['redis', 41e6, 1],
] as const;

function row(
  n: number,
  repository: string | null,
  tag: string,
  unique: number,
  age: number,
): ImageRow {
  const newest = tag.endsWith('.0') || age < 12;
  const used = age < 5 ? ['api', 'db', 'dev'][n % 3] : undefined;
  const base = {
    id: hex(n),
    refs: repository === null ? [] : [`${repository}:${tag}`],
    repository,
    size: unique + 1.1e9,
    unique: exact(unique),
    created: NOW - age * DAY,
    used: NOW - age * DAY * 0.7,
    usedBy: used === undefined ? [] : [used],
    estimate: false,
    recoverable: repository?.startsWith('myorg') ? ('no' as const) : ('likely' as const),
    protected: null,
  };
  const decided = (decidedBy: ImageRow['decidedBy'], code: string, rule: string | null) => ({
    ...base,
    verdict: decidedBy === 'remove' ? ('remove' as const) : ('keep' as const),
    decidedBy,
    code,
    rule,
  });
  if (used !== undefined) return decided('hold', 'used', null);
  if (repository === 'postgres')
    return { ...decided('protect', 'rule', 'protect[0]'), protected: 'rule' };
  if (repository === 'localstack/localstack') return decided('hold', 'fact-unknown', null);
  if (repository === 'redis')
    return { ...decided('protect', 'rule', 'protect[1]'), protected: 'toggle' };
  return newest
    ? decided('keep', 'rule', 'recent')
    : decided('remove', 'rule', repository === null ? 'untagged' : 'stale');
}

/** A store as a developer has it: about fifty images, of several ages. */
export function smallStore(): ImageRow[] {
  const rows: ImageRow[] = [];
  for (const [repository, bytes, versions] of repositories)
    for (let v = 0; v < versions; v++)
      rows.push(
        row(rows.length, repository, `1.${14 - v}.${v}`, bytes * (1 - v * 0.06), 3 + v * 9),
      );
  for (let i = 0; i < 4; i++) rows.push(row(rows.length, null, '', 60e6 + i * 40e6, 20 + i));
  return rows;
}

/** A store as large as the table has to bear. */
export function largeStore(images: number): ImageRow[] {
  return Array.from({ length: images }, (_, n) =>
    row(
      n,
      `team${(n % 611) % 37}/service-${n % 611}`,
      `2.${n % 90}.${n % 7}`,
      1e6 + ((n * 7919) % 400) * 1e6,
      n % 200,
    ),
  );
}

export const engine: EngineSlice = {
  status: 'connected',
  facts: {
    endpoint: 'unix:///var/run/docker.sock',
    id: 'A:B',
    store: 'containerd',
    name: 'Docker Desktop',
    product: 'docker-desktop',
    version: '28.5.1',
    apiVersion: '1.51',
  },
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
  looked: engine.looked.map((place) =>
    place.outcome === 'answers' ? { ...place, outcome: 'silent' as const } : place,
  ),
  error: { code: 'engine-not-found', details: { looked: [] } },
};

const goes = (rows: readonly ImageRow[]) => rows.filter((r) => r.verdict === 'remove');

export function planOf(rows: readonly ImageRow[]): Plan {
  const items = goes(rows).map((r, i): Plan['items'][number] => {
    const group = r.repository?.startsWith('myorg/web')
      ? 'unrecoverable'
      : i % 9 === 8
        ? 'estimates'
        : null;
    return {
      kind: 'image',
      id: r.id,
      refs: r.refs,
      reclaimable: r.unique,
      reason: {
        kind: 'remove',
        code: 'rule',
        rule: r.rule ?? 'stale',
        unusedFor: (r.rule === 'untagged' ? 3 : 60) * DAY,
        age: { since: r.used ?? NOW, from: 'used', estimated: group === 'estimates' },
      },
      recoverable: { state: r.recoverable === 'verified' ? 'likely' : r.recoverable },
      ticked: group === null,
      group,
      after: [],
      belongsTo: null,
    };
  });
  const sum = (list: Plan['items']) => {
    const n = list.reduce((s, i) => s + i.reclaimable.min, 0);
    return { min: Math.round(n * 0.93), max: Math.round(n * 1.05), certainty: 'range' as const };
  };
  return {
    planId: '7f3a',
    takenAt: NOW,
    engine: { endpoint: 'unix:///var/run/docker.sock', id: 'A:B', store: 'containerd' },
    items: [...items, ...otherItems],
    kept: [
      { kind: 'hold', images: 5 },
      { kind: 'protect', images: 4 },
      { kind: 'keep', images: 9 },
    ],
    reclaimable: sum(items.filter((i) => i.ticked)),
    reclaimableAll: sum(items),
    free: null,
  };
}

export function runOf(rows: readonly ImageRow[]): CleanRun {
  const [skipped, ...removed] = planOf(rows).items;
  if (!skipped) throw new Error('the store holds nothing that goes');
  return {
    runId: 'r1',
    kind: 'clean',
    planId: '7f3a',
    by: 'window',
    engine: 'A:B',
    startedAt: NOW - 90_000,
    endedAt: NOW - 66_000,
    outcome: 'done',
    removed: removed.map((i) => ({
      kind: i.kind,
      reason: i.reason,
      id: i.id,
      refs: i.refs,
      reclaimable: i.reclaimable,
      rule: i.reason.kind === 'remove' && i.reason.code === 'rule' ? i.reason.rule : '',
      recoverable: i.recoverable,
      pull: i.recoverable.state === 'no' ? [] : [`${(i.refs[0] ?? '').split(':')[0]}@${i.id}`],
    })),
    skipped: [
      {
        kind: skipped.kind,
        id: skipped.id,
        refs: skipped.refs,
        reason: { code: 'in-use', containers: ['notebook'] },
      },
    ],
    failed: [],
    estimated: { min: 9.4e9, max: 10.6e9, certainty: 'range' },
    measured: 9.8e9,
  };
}

export function slicesOf(rows: readonly ImageRow[]): Slices {
  const going = goes(rows);
  const canGo = going.reduce((s, r) => s + r.unique.min, 0);
  const alone = rows.reduce((s, r) => s + r.unique.min, 0);
  const run = going.length > 1 ? runOf(rows) : null;
  return {
    engine,
    gauges: {
      engine: { quality: 'measured', used: 45.4e9, available: 18.6e9, of: '/var/lib/docker' },
      host: { quality: 'unknown', used: null, available: null, of: null },
      same: false,
      at: NOW,
    },
    images: {
      from: 0,
      to: 1,
      upsert: [...rows],
      remove: [],
      totals: {
        images: rows.length,
        onDisk: alone + 4.2e9,
        sumOfSizes: rows.reduce((s, r) => s + r.size, 0),
        canGo: { min: canGo, max: canGo * 1.1, certainty: 'range' },
        canGoImages: going.length,
        couldGoImages: 4,
        judgedAt: NOW - 120_000,
        rules,
        policy: { source: 'default', file: `${HOME}/policy.yaml`, error: null, modeLowered: null },
      },
    },
    containers: { from: 0, to: 1, upsert: [], remove: [] },
    run: { current: null, queued: 0, last: null, question: null },
    history: { head: run ? [undoneOf(run), run] : [], more: false },
    settings: {
      theme: 'system',
      language: 'en',
      pausedUntil: null,
      endpoint: null,
      home: HOME,
      movedAside: [],
    },
  };
}

export function detailOf(r: ImageRow): Result<'image.get'> {
  return {
    image: {
      id: r.id,
      refs: r.refs,
      verdict: r.verdict,
      decidedBy: {
        kind: 'remove',
        code: 'rule',
        rule: 'stale',
        unusedFor: 60 * DAY,
        age: { since: r.used ?? NOW, from: 'used', estimated: false },
      },
      references: [],
      alsoMatched: [],
      baseOf: [],
      estimate: false,
      reclaimable: r.unique,
      changesWhen: [{ on: 'containerGone' }, { on: 'ruleChange' }],
      facts: {
        id: r.id,
        refs: r.refs,
        digests: [`${(r.refs[0] ?? 'myorg/api').split(':')[0]}@${r.id}`],
        formerRefs: ['myorg/api:1.12.4'],
        created: r.created,
        arrived: { at: NOW - 33 * DAY, source: 'seen' },
        used: { at: r.used ?? NOW, source: 'container-finished', by: 'api' },
        lastTagged: null,
        size: r.size,
        layers: null,
        layersInDoubt: false,
        history: null,
        content: null,
        usedBy: [],
        labels: {},
        platform: 'linux/amd64',
        origin: 'pulled',
        recoverable: { state: 'verified', at: NOW - 2 * 3_600_000 },
        projects: [
          {
            kind: 'compose',
            name: 'acme-shop',
            folder: '/home/ada/work/acme',
            files: [],
            lastUsed: NOW - 30 * DAY,
            present: true,
            latestOf: ['api'],
          },
        ],
        parent: null,
      },
    },
    protected: r.protected,
    unverified: null,
    layers: [
      { chainId: 'a', size: 117e6, sharedWith: 29 },
      { chainId: 'b', size: 587e6, sharedWith: 12 },
      { chainId: 'c', size: r.unique.min, sharedWith: 0 },
    ],
    link: 'https://github.com/myorg/api',
  };
}

/** A clean-up under way: some removed, one skipped, one being removed, the rest waiting. */
export function runningOf(rows: readonly ImageRow[]): Slices['run'] {
  const { items } = planOf(rows);
  const states = ['removed', 'removed', 'removed', 'skipped', 'working'] as const;
  return {
    current: {
      runId: 'r2',
      kind: 'clean',
      planId: '7f3a',
      startedAt: NOW - 12_000,
      phase: 'removing',
      slowed: null,
      cancelling: false,
      done: 4,
      total: items.length,
      items: items.map((item, i) => ({
        kind: item.kind,
        id: item.id,
        refs: item.refs,
        state: states[i] ?? 'waiting',
        skip: states[i] === 'skipped' ? { code: 'in-use', containers: ['notebook'] } : null,
        reclaimable: item.reclaimable,
      })),
    },
    queued: 0,
    last: null,
    question: null,
  };
}

/** An undoing under way, on battery. */
export function undoingOf(rows: readonly ImageRow[]): Slices['run'] {
  const run = runningOf(rows);
  const { current } = run;
  if (!current) return run;
  const items = current.items
    .filter(({ kind }) => kind === 'image')
    .slice(0, 6)
    .map((item, i) => ({
      ...item,
      state: (['restored', 'restored', 'working'] as const)[i] ?? ('waiting' as const),
      skip: null,
    }));
  return {
    ...run,
    current: {
      ...current,
      kind: 'undo',
      phase: 'pulling',
      slowed: 'battery',
      done: 2,
      total: items.length,
      items,
    },
  };
}

/** An image that stays, one of its names for another reason, and a rule that would else remove it. */
export function keptDetailOf(r: ImageRow): Result<'image.get'> {
  const detail = detailOf(r);
  const { image } = detail;
  const keep = {
    kind: 'keep' as const,
    code: 'rule' as const,
    rule: 'recent',
    rank: 2,
    last: 3,
    usedWithin: null,
    age: null,
  };
  return {
    ...detail,
    unverified: { code: 'registry-silent', details: { registry: 'docker.io', seconds: 10 } },
    image: {
      ...image,
      verdict: 'keep',
      decidedBy: keep,
      alsoMatched: [image.decidedBy],
      references: [
        { ref: 'myorg/api:1.14', kind: 'tag', decidedBy: keep },
        { ref: 'myorg/api:old', kind: 'tag', decidedBy: image.decidedBy },
      ],
      changesWhen: [{ on: 'newerVersion' }],
      facts: {
        ...image.facts,
        recoverable: { state: 'unknown' },
        projects: [
          ...image.facts.projects,
          {
            kind: 'dev-container',
            name: 'experiment',
            folder: '/home/ada/tmp/experiment',
            files: [],
            lastUsed: NOW - 80 * DAY,
            present: false,
            latestOf: [],
          },
        ],
      },
    },
  };
}
