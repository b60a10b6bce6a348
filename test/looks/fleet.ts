import type { ContextRow, EngineRow, FleetSlice } from '../../main/contract/fleet.js';
import { isPending } from '../../main/contract/pending.js';
import { exact, NOW } from './base.js';
import { slicesOf, smallStore } from './synthetic.js';

const HOUR = 3_600_000;
const own = slicesOf(smallStore());
const { totals } = own.images;

/** An engine that is connected and has something to do. */
export function engineRow(key: string, change: Partial<EngineRow> = {}): EngineRow {
  return {
    key,
    name: key,
    context: null,
    endpoint: `unix:///run/${key}/docker.sock`,
    state: 'found',
    since: NOW - 3 * HOUR,
    error: null,
    product: 'Docker Engine',
    version: '26.1.4',
    twinOf: [],
    aliases: [],
    policy: 'own',
    disk: own.gauges.engine,
    canGo: exact(6.1e9),
    canGoImages: 12,
    canGoLost: { images: 12, lost: 0, sure: true },
    updates: 0,
    asks: false,
    run: null,
    queued: 0,
    waitsFor: null,
    unfinished: false,
    asOf: null,
    ...change,
  };
}

const first = engineRow('first', {
  name: own.engine.facts?.name ?? '',
  endpoint: own.engine.facts?.endpoint ?? null,
  version: own.engine.facts?.version ?? null,
  canGo: totals.canGo,
  canGoImages: totals.canGoImages,
  canGoLost: totals.canGoLost,
  updates: own.updates.rows.filter(isPending).length,
});
const nothing = { disk: null, canGo: null, canGoImages: 0, version: null, product: null };

/** One of each state. */
export const fleet: FleetSlice = {
  together: false,
  engines: [
    first,
    engineRow('a1', { name: 'build-box', run: { kind: 'clean', done: 4, total: 23 }, queued: 1 }),
    engineRow('a2', { name: 'work', context: 'work', queued: 1, waitsFor: 'a1', policy: 'shared' }),
    engineRow('a3', {
      name: 'home-server',
      state: 'lost',
      unfinished: true,
      endpoint: 'ssh://ada@home-server',
      asOf: NOW - 2 * HOUR,
      error: { code: 'engine-lost', details: { endpoint: 'ssh://ada@home-server' } },
    }),
    engineRow('a4', {
      name: 'lab',
      state: 'changed',
      ...nothing,
      error: {
        code: 'engine-replaced',
        details: { endpoint: 'unix:///run/a4/docker.sock', name: 'lab', engine: 'a4' },
      },
    }),
    engineRow('a5', {
      name: 'again',
      state: 'twice',
      ...nothing,
      error: {
        code: 'engine-twice',
        details: { endpoint: 'unix:///run/a1/docker.sock', name: 'build-box' },
      },
    }),
    engineRow('a6', { name: 'copy', twinOf: ['a2'], asks: true, updates: 1 }),
    engineRow('a7', {
      name: 'broken',
      state: 'failed',
      ...nothing,
      error: {
        code: 'policy-unreadable',
        details: { file: '/home/ada/careen/policies/a7.yaml', why: 'EACCES' },
      },
    }),
    engineRow('a8', { name: 'new-one', state: 'looking', ...nothing }),
  ],
};

export const alone: FleetSlice = { together: false, engines: [first] };
/** Where the first one was answers another. */
export const replaced: FleetSlice = {
  together: false,
  engines: [
    engineRow('first', {
      name: 'Docker Desktop',
      state: 'changed',
      ...nothing,
      error: {
        code: 'engine-replaced',
        details: {
          endpoint: 'unix:///home/ada/.docker/run/docker.sock',
          name: 'Docker Desktop',
          engine: 'first',
        },
      },
    }),
  ],
};
export const asking: FleetSlice = {
  together: false,
  engines: [engineRow('first', { name: '', endpoint: null, state: 'looking', ...nothing })],
};
export const many: FleetSlice = {
  together: true,
  engines: [
    first,
    ...Array.from({ length: 30 }, (_, n) =>
      engineRow(`m${n}`, { name: `node-${n} of a cluster with a long name in the second hall` }),
    ),
  ],
};

const context = (name: string, change: Partial<ContextRow> = {}): ContextRow => ({
  name,
  description: '',
  endpoint: `unix:///run/${name}.sock`,
  engine: null,
  error: null,
  ...change,
});

export const contexts: ContextRow[] = [
  context('default', { engine: 'first' }),
  context('rootless', { endpoint: 'unix:///run/user/1000/docker.sock' }),
  context('production', {
    endpoint: 'tcp://10.0.0.8:2375',
    error: { code: 'endpoint-plain', details: { endpoint: 'tcp://10.0.0.8:2375' } },
  }),
];

/** One engine by two addresses, and a copy of it that a person has joined another address to. */
export const twins: FleetSlice = {
  together: false,
  engines: [
    { ...first, twinOf: ['b1'] },
    engineRow('b1', {
      name: 'home-server',
      endpoint: 'ssh://ada@home-server',
      twinOf: ['first'],
      aliases: ['ssh://ada@192.168.1.20', 'tcp://home-server:2376'],
    }),
  ],
};
