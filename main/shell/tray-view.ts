import type {
  EngineSlice,
  GaugesSlice,
  ImagesSlice,
  RunSlice,
  SettingsSlice,
} from '../contract/slices.js';
import { isForAll, isPending, type UpdateRow, type UpdatesSlice } from '../contract/updates.js';
import { type StepTold, type UpdateProgress } from '../contract/update-steps.js';
import type { Ahead, TrayStatus } from '../messages/types.js';

/** Told apart by shape (LOOK, Icon). */
export type TrayIcon = 'normal' | 'working' | 'attention' | 'no-engine' | 'paused';

/** What the tray is drawn from; null until it is known. */
export interface TrayState {
  engine: EngineSlice | null;
  gauges: GaugesSlice | null;
  totals: ImagesSlice['totals'] | null;
  run: RunSlice | null;
  updates: UpdatesSlice | null;
  settings: Pick<SettingsSlice, 'pausedUntil' | 'movedAside'> | null;
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
  if (status === 'none' || status === 'lost' || status === 'looking') return 'no-engine';
  if (status === 'working' || status === 'updating') return 'working';
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

/** What comes next by itself, as far as that is known. */
export function nextOf({ run, updates }: TrayState): Ahead {
  return { cleanUp: run?.next?.at ?? null, check: updates?.nextAt ?? null };
}

const HOUR = 3_600_000;

/**
 * When what the tray says is out of date though nothing changed: at the end of a pause, and at each
 * hour of what comes next. Null: never.
 */
export function wordsChangeAt(state: TrayState, now: number): number | null {
  const { cleanUp, check } = nextOf(state);
  const paused = state.settings?.pausedUntil ?? null;
  const midnight = new Date(now).setHours(24, 0, 0, 0);
  const moments = [
    ...(paused === null ? [] : [paused]),
    ...(check === null ? [] : [check - HOUR * Math.floor((check - now) / HOUR) + 1]),
    ...(cleanUp === null ? [] : [midnight]),
    ...(state.gauges?.forecast ? [now + HOUR] : []),
  ].filter((at) => at > now);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** Whether a clean-up can be asked for: it would wait behind what is under way, unseen. */
export function canClean({ engine, run }: TrayState): boolean {
  return engine?.status === 'connected' && !run?.current && !run?.update;
}

/** Updates that a person can take now. */
export function pendingOf({ updates }: TrayState): UpdateRow[] {
  return updates?.rows.filter(isPending) ?? [];
}

/** Names of the containers that "Update all" takes; none while a run is under way. */
export function forAllOf({ updates, run }: TrayState): string[] {
  if (run?.update || run?.current) return [];
  return updates?.rows.filter(isForAll).map(({ container }) => container) ?? [];
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
    (state.totals?.policy.error ?? null) !== null ||
    (state.settings?.movedAside.length ?? 0) > 0
  );
}
