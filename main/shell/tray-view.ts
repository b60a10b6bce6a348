import type { EngineRow, FleetSlice } from '../contract/fleet.js';
import { firstEngine } from '../contract/first-engine.js';
import { totalsOf } from '../contract/fleet-totals.js';
import type { CleanRun, UpdateRun } from '../contract/runs.js';
import type {
  EngineSlice,
  GaugesSlice,
  HistorySlice,
  ImagesSlice,
  RunSlice,
  SettingsSlice,
} from '../contract/slices.js';
import { isForAll, isPending } from '../contract/pending.js';
import type { UpdateRow, UpdatesSlice } from '../contract/updates.js';
import { containersDone } from '../contract/update-outcome.js';
import { day, hour, toldAnewAt } from '../messages/time.js';
import type { Ahead, TrayStatus } from '../messages/types.js';

/** Told apart by shape (LOOK, Icon). */
export type TrayIcon = 'normal' | 'working' | 'attention' | 'no-engine' | 'paused';

/** What the tray knows of one engine; null until it is known. */
export interface TrayEngine {
  engine: EngineSlice | null;
  gauges: GaugesSlice | null;
  totals: ImagesSlice['totals'] | null;
  run: RunSlice | null;
  updates: UpdatesSlice | null;
  history: HistorySlice | null;
}

/** What the tray is drawn from: what is known of the first engine, and of the others by their keys. */
export interface TrayState extends TrayEngine {
  settings: Pick<SettingsSlice, 'pausedUntil' | 'movedAside'> | null;
  fleet: FleetSlice | null;
  others: Readonly<Record<string, TrayEngine>>;
}

export const unknownEngine: TrayEngine = {
  engine: null,
  gauges: null,
  totals: null,
  run: null,
  updates: null,
  history: null,
};

/** Whether Careen is paused at `now` (milliseconds). */
export function isPaused(state: TrayState, now: number): boolean {
  const until = state.settings?.pausedUntil ?? null;
  return until !== null && until > now;
}

/** The one thing that the tray's first line says: what is under way before what is. */
export function statusOf(state: TrayState, now: number): TrayStatus {
  const rows = severalOf(state);
  return rows.length === 0 ? statusOfOne(state, now) : statusOfAll(rows, state, now);
}

function statusOfOne(state: TrayState, now: number): TrayStatus {
  const { engine, totals, run, settings } = state;
  if (!engine || engine.status === 'looking') return { state: 'looking' };
  if (engine.status === 'home-busy') return { state: 'home-busy' };
  if (engine.status === 'none') return { state: 'none' };
  if (run?.current) return { state: 'working', done: run.current.done, total: run.current.total };
  if (run?.update) {
    const { kind } = run.update;
    return { state: 'updating', kind, ...containersDone(run.update) };
  }
  if (engine.status === 'lost')
    return { state: 'lost', name: engine.facts?.name ?? engineName(engine) };
  if (settings?.pausedUntil && isPaused(state, now))
    return { state: 'paused', until: settings.pausedUntil };
  if (!totals || totals.judgedAt === null) return { state: 'reading' };
  const { canGo, canGoImages: images, canGoLost: lost } = totals;
  return { state: 'ready', canGo, images, lost };
}

/** Of several what is under way on one of them, or what those that answer hold together. */
function statusOfAll(rows: readonly EngineRow[], state: TrayState, now: number): TrayStatus {
  const busy = rows.find(({ run }) => run !== null);
  if (busy) return { state: 'busy', row: busy };
  if (!rows.some(isFound)) return statusOfOne(state, now);
  const until = state.settings?.pausedUntil;
  if (until && isPaused(state, now)) return { state: 'paused', until };
  const { canGo, images, lost } = totalsOf(rows);
  return canGo === null ? { state: 'reading' } : { state: 'ready', canGo, images, lost };
}

export function iconOf(state: TrayState, now: number): TrayIcon {
  const status = statusOf(state, now).state;
  const isMissing = status === 'none' || status === 'lost' || status === 'looking';
  if (isMissing) return 'no-engine';
  if (status === 'working' || status === 'updating' || status === 'busy') return 'working';
  if (needsAttention(state)) return 'attention';
  if (isPaused(state, now)) return 'paused';
  return 'normal';
}

/** All engines where there are several; else none: the only one needs no name. */
export function severalOf({ fleet }: Pick<TrayState, 'fleet'>): EngineRow[] {
  const { engines = [] } = fleet ?? {};
  return engines.length > 1 ? engines : [];
}

/** How an engine is called where there are several; null: it is the only one, or has no name yet. */
export function calledAmongSeveral(fleet: FleetSlice, key: string): string | null {
  return severalOf({ fleet }).find((row) => row.key === key)?.name || null;
}

/** What is known of one of them. */
export function engineOf(state: TrayState, key: string): TrayEngine {
  return key === firstEngine ? state : (state.others[key] ?? unknownEngine);
}

/** What comes next by itself, as far as that is known. */
export function nextOf({ run, updates }: TrayEngine): Ahead {
  return { cleanUp: run?.next?.at ?? null, check: updates?.nextAt ?? null };
}

/**
 * The run that is told as the last one: a clean-up, or what became of containers; none while another
 * is under way.
 */
export function lastOf({ history, run }: TrayEngine): CleanRun | UpdateRun | null {
  if (run?.current || run?.update) return null;
  for (const one of history?.head ?? []) {
    if (one.endedAt === null || one.kind === 'undo' || one.kind === 'release') continue;
    if (one.kind === 'clean' || one.containers.length > 0) return one;
  }
  return null;
}

/**
 * When what the tray says is out of date though nothing changed: what is told of a moment that was or
 * comes, and all of it once a day, since a timer counts no further than 24 days. Null: never.
 */
export function wordsChangeAt(state: TrayState, now: number): number | null {
  const paused = state.settings?.pausedUntil ?? null;
  const moments = [
    ...(paused === null ? [] : [paused, toldAnewAt(paused, now)]),
    ...[state, ...Object.values(state.others)].flatMap((one) => momentsOf(one, now)),
  ].filter((at): at is number => at !== null && at > now);
  return moments.length === 0 ? null : Math.min(now + day, ...moments);
}

function momentsOf(of: TrayEngine, now: number): (number | null)[] {
  const { cleanUp, check } = nextOf(of);
  const last = lastOf(of);
  const midnight = new Date(now).setHours(24, 0, 0, 0);
  return [
    ...(last === null ? [] : [toldAnewAt(last.endedAt ?? last.startedAt, now)]),
    ...(check === null ? [] : [check - hour * Math.floor((check - now) / hour) + 1]),
    ...(cleanUp === null ? [] : [midnight]),
    ...(of.gauges?.forecast ? [now + hour] : []),
  ];
}

/** Whether a clean-up can be asked for: it would wait behind the engine's own run, unseen. */
export function canClean({ engine, run }: TrayEngine): boolean {
  return engine?.status === 'connected' && !isTaken(run);
}

/** Updates that a person can take now. */
export function pendingOf({ updates }: TrayEngine): UpdateRow[] {
  return updates?.rows.filter(isPending) ?? [];
}

/** Rows of the containers that "Update all" takes; none while a run is under way. */
export function forAllOf({ updates, run }: TrayEngine): UpdateRow[] {
  if (isTaken(run)) return [];
  return updates?.rows.filter(isForAll) ?? [];
}

/** Whether a run of the engine is under way, or waits until another engine's is done. */
const isTaken = (run: RunSlice | null) =>
  run !== null && (run.current !== null || run.update !== null || run.queued > 0);

const isFound = ({ state }: EngineRow) => state === 'found';

/** How the engine is called, with its version; before it has answered, the place it was found in. */
export function engineName({ facts, chosen }: EngineSlice): string {
  if (!facts) return chosen?.name ?? '';
  return facts.version === '' ? facts.name : `${facts.name} ${facts.version}`;
}

function needsAttention(state: TrayState): boolean {
  const all = [state, ...Object.values(state.others)];
  return (
    state.engine?.status === 'home-busy' ||
    all.some(({ run, totals }) => (run?.question ?? totals?.policy.error ?? null) !== null) ||
    severalOf(state).some(({ asks, state: is }) => asks || is === 'changed') ||
    (state.settings?.movedAside.length ?? 0) > 0
  );
}
