import type { EngineRow } from '../../contract/fleet.js';
import { firstEngine } from '../../contract/first-engine.js';
import { isPending } from '../../contract/pending.js';
import type { RunSlice } from '../../contract/slices.js';
import { containersDone } from '../../contract/update-outcome.js';
import { toWire } from '../../contract/wire.js';
import type { Millis } from '../../domain/facts.js';
import { lostImages } from '../../domain/plan/lost.js';
import type { Connection } from '../connection.js';
import type { StoredFleet } from './stored.js';
import type { Room } from './types.js';
import { aliasesOf, areTwins, isRoom, type Listed } from './twins.js';

/** Rows of all engines, each beside the others. */
export function rowsOf(
  engines: readonly Listed[],
  stored: StoredFleet,
  waitsFor: (key: string) => string | null,
  now: Millis,
): EngineRow[] {
  return engines.map((one) => ({
    ...rowOf(one, now),
    twinOf: engines.filter((other) => areTwins(one, other, stored)).map(({ key }) => key),
    aliases: aliasesOf(one, stored).map(({ endpoint }) => endpoint),
    waitsFor: waitsFor(one.key),
  }));
}

/** What a person calls an engine: as they named it, its context, its own name, the end of its address. */
export function nameOf({ added, room }: Listed): string {
  const known = isRoom(room) ? room : null;
  // What it called itself is its name also while it does not answer.
  const { facts } = known?.state.get('engine') ?? {};
  const found = facts?.name ?? known?.connection.found.chosen?.name ?? '';
  if (!added) return found;
  // By an address it was found under that address: its own name says more, once it is known.
  return added.name ?? added.context ?? facts?.name ?? added.endpoint;
}

type RowAlone = Omit<EngineRow, 'twinOf' | 'aliases' | 'waitsFor'>;

const nothingKnown = {
  product: null,
  version: null,
  disk: null,
  canGo: null,
  canGoImages: 0,
  canGoLost: lostImages([]),
  updates: 0,
  asks: false,
  run: null,
  queued: 0,
  unfinished: false,
  asOf: null,
};

function rowOf(one: Listed, now: Millis): RowAlone {
  const { key, added, room } = one;
  const base = {
    key,
    name: nameOf(one),
    context: added?.context ?? null,
    policy: key === firstEngine ? ('own' as const) : (added?.policy ?? 'own'),
    endpoint: added?.endpoint ?? null,
  };
  if (room === null) return { ...base, ...nothingKnown, state: 'looking', since: now, error: null };
  if ('failed' in room)
    return {
      ...base,
      ...nothingKnown,
      state: 'failed',
      since: room.at,
      error: toWire(room.failed),
    };
  const { connection, judging, state } = room;
  const { facts, asOf, error } = state.get('engine');
  const { current } = judging;
  const lost = lostImages((current?.plan.items ?? []).filter(({ id }) => current?.going.has(id)));
  const run = state.get('run');
  return {
    ...base,
    endpoint: base.endpoint ?? facts?.endpoint ?? connection.found.endpoint,
    state: stateOf(connection),
    since: connection.since,
    error,
    product: facts?.product ?? null,
    version: facts?.version ?? null,
    disk: state.get('gauges').engine,
    canGo: current?.plan.reclaimable ?? null,
    canGoImages: lost.images,
    canGoLost: lost,
    updates: state.get('updates').rows.filter(isPending).length,
    asks: run.question !== null,
    run: runOf(run),
    queued: run.queued,
    unfinished: isCutOff(room),
    asOf,
  };
}

/** Whether a run was cut off in the middle by way of a room and nothing is under way that would finish it. */
export function isCutOff({ runs, unfinished }: Pick<Room, 'runs' | 'unfinished'>): boolean {
  return !runs.busy && unfinished().length > 0;
}

function stateOf({ status, error }: Connection): EngineRow['state'] {
  if (error?.code === 'engine-replaced') return 'changed';
  if (error?.code === 'engine-twice') return 'twice';
  if (status === 'connected') return 'found';
  return status === 'looking' ? 'looking' : 'lost';
}

function runOf({ current, update }: RunSlice): EngineRow['run'] {
  if (current) return { kind: current.kind, done: current.done, total: current.total };
  return update && { kind: update.kind, ...containersDone(update) };
}
