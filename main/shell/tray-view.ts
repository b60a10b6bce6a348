import { type EngineRow, type FleetSlice, firstEngine } from '../contract/fleet.js';
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
import { type StepTold, type UpdateProgress } from '../contract/update-steps.js';
import { day, hour, toldAnewAt } from '../messages/time.js';
import type { Ahead, TrayStatus } from '../messages/types.js';

/** Told apart by shape (LOOK, Icon). */
export type TrayIcon = 'normal' | 'working' | 'attention' | 'no-engine' | 'paused';

/** What the tray is drawn from, of the first engine but for `fleet`; null until it is known. */
export interface TrayState {
  engine: EngineSlice | null;
  gauges: GaugesSlice | null;
  totals: ImagesSlice['totals'] | null;
  run: RunSlice | null;
  updates: UpdatesSlice | null;
  history: HistorySlice | null;
  settings: Pick<SettingsSlice, 'pausedUntil' | 'movedAside'> | null;
  fleet: FleetSlice | null;
}

/** Whether Careen is paused at `now` (milliseconds). */
export function isPaused(state: TrayState, now: number): boolean {
  const until = state.settings?.pausedUntil ?? null;
  return until !== null && until > now;
}

/** The one thing that the tray's first line says: what is under way before what is. */
export function statusOf(state: TrayState, now: number): TrayStatus {
  const { engine, totals, run, settings } = state;
  if (!engine || engine.status === 'looking') return { state: 'looking' };
  if (engine.status === 'home-busy') return { state: 'home-busy' };
  if (engine.status === 'none') return { state: 'none' };
  if (run?.current) return { state: 'working', done: run.current.done, total: run.current.total };
  if (run?.update) return updatingOf(run.update);
  if (engine.status === 'lost')
    return { state: 'lost', name: engine.facts?.name ?? engineName(engine) };
  if (settings?.pausedUntil && isPaused(state, now))
    return { state: 'paused', until: settings.pausedUntil };
  if (!totals || totals.judgedAt === null) return { state: 'reading' };
  return { state: 'ready', canGo: totals.canGo, images: totals.canGoImages };
}

export function iconOf(state: TrayState, now: number): TrayIcon {
  const status = statusOf(state, now).state;
  const others = othersOf(state);
  const isMissing = status === 'none' || status === 'lost' || status === 'looking';
  if (isMissing && !others.some((one) => one.state === 'found')) return 'no-engine';
  if (status === 'working' || status === 'updating') return 'working';
  if (others.some(({ run }) => run !== null)) return 'working';
  if (needsAttention(state)) return 'attention';
  if (isPaused(state, now)) return 'paused';
  return 'normal';
}

function updatingOf({ kind, steps }: UpdateProgress): TrayStatus {
  const isOpen = ({ state }: StepTold) => state === 'waiting' || state === 'working';
  const all = new Set(steps.map(({ container }) => container));
  const open = new Set(steps.filter(isOpen).map(({ container }) => container));
  return { state: 'updating', kind, done: all.size - open.size, total: all.size };
}

/** Engines beside the first. */
export function othersOf({ fleet }: TrayState): EngineRow[] {
  return fleet?.engines.filter(({ key }) => key !== firstEngine) ?? [];
}

/** What comes next by itself, as far as that is known. */
export function nextOf({ run, updates }: TrayState): Ahead {
  return { cleanUp: run?.next?.at ?? null, check: updates?.nextAt ?? null };
}

/**
 * The run that is told as the last one: a clean-up, or what became of containers; none while another
 * is under way.
 */
export function lastOf({ history, run }: TrayState): CleanRun | UpdateRun | null {
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
  const { cleanUp, check } = nextOf(state);
  const paused = state.settings?.pausedUntil ?? null;
  const last = lastOf(state);
  const midnight = new Date(now).setHours(24, 0, 0, 0);
  const moments = [
    ...(paused === null ? [] : [paused, toldAnewAt(paused, now)]),
    ...(last === null ? [] : [toldAnewAt(last.endedAt ?? last.startedAt, now)]),
    ...(check === null ? [] : [check - hour * Math.floor((check - now) / hour) + 1]),
    ...(cleanUp === null ? [] : [midnight]),
    ...(state.gauges?.forecast ? [now + hour] : []),
  ].filter((at): at is number => at !== null && at > now);
  return moments.length === 0 ? null : Math.min(now + day, ...moments);
}

/** Whether a clean-up can be asked for: it would wait behind what is under way, unseen. */
export function canClean({ engine, run }: TrayState): boolean {
  return engine?.status === 'connected' && !run?.current && !run?.update;
}

/** Updates that a person can take now. */
export function pendingOf({ updates }: TrayState): UpdateRow[] {
  return updates?.rows.filter(isPending) ?? [];
}

/** Rows of the containers that "Update all" takes; none while a run is under way. */
export function forAllOf({ updates, run }: TrayState): UpdateRow[] {
  if (run?.update || run?.current) return [];
  return updates?.rows.filter(isForAll) ?? [];
}

/** How the engine is called, with its version; before it has answered, the place it was found in. */
export function engineName({ facts, chosen }: EngineSlice): string {
  if (!facts) return chosen?.name ?? '';
  return facts.version === '' ? facts.name : `${facts.name} ${facts.version}`;
}

function needsAttention(state: TrayState): boolean {
  return (
    state.engine?.status === 'home-busy' ||
    (state.run?.question ?? null) !== null ||
    othersOf(state).some(({ asks, state: is }) => asks || is === 'changed') ||
    (state.totals?.policy.error ?? null) !== null ||
    (state.settings?.movedAside.length ?? 0) > 0
  );
}
