import type { EngineSlice, ImagesSlice, RunSlice, SettingsSlice } from '../contract/slices.js';
import type { TrayStatus } from '../messages/types.js';

/** Told apart by shape (LOOK, Icon). */
export type TrayIcon = 'normal' | 'working' | 'attention' | 'no-engine' | 'paused';

/** What the tray is drawn from; null until it is known. */
export interface TrayState {
  engine: EngineSlice | null;
  totals: ImagesSlice['totals'] | null;
  run: RunSlice | null;
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
  if (status === 'working') return 'working';
  if (needsAttention(state)) return 'attention';
  if (isPaused(state, now)) return 'paused';
  return 'normal';
}

/** How the engine is called, with its version; before it has answered, the place it was found in. */
export function engineName({ facts, chosen }: EngineSlice): string {
  if (!facts) return chosen?.name ?? '';
  return facts.version === '' ? facts.name : `${facts.name} ${facts.version}`;
}

function needsAttention(state: TrayState): boolean {
  return (
    state.engine?.status === 'home-busy' ||
    (state.totals?.policy.error ?? null) !== null ||
    (state.settings?.movedAside.length ?? 0) > 0
  );
}
