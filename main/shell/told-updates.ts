import type { Settings } from '../adapters/store/settings.js';
import { firstEngine } from '../contract/first-engine.js';
import type { Millis } from '../domain/facts.js';

/**
 * When new versions of each engine were last told, as the settings keep it over restarts; of engines
 * that are off the list nothing is kept.
 *
 * @param settings null until the data home is this process's own
 * @param keys those of the engines in the list
 */
export function toldUpdatesIn(
  settings: () => Pick<Settings, 'values' | 'set'> | null,
  keys: () => readonly string[],
  report: (error: unknown) => void,
): {
  at: (engine: string) => Millis | null;
  set: (at: Millis, engine: string) => void;
} {
  /** Of this start: what one engine has written may not be kept yet as the next one's is. */
  const told = new Map<string, Millis>();
  return {
    at: (engine) => {
      const values = settings()?.values;
      const kept = engine === firstEngine ? values?.toldUpdatesAt : values?.toldUpdatesOf[engine];
      return told.get(engine) ?? kept ?? null;
    },
    set: (at, engine) => {
      told.set(engine, at);
      const kept = settings();
      if (!kept) return;
      if (engine === firstEngine) return void kept.set({ toldUpdatesAt: at }).catch(report);
      const all = { ...kept.values.toldUpdatesOf, ...Object.fromEntries(told) };
      const others = keys().filter((key) => key !== firstEngine);
      const toldUpdatesOf = Object.fromEntries(
        others.flatMap((key) => (all[key] === undefined ? [] : [[key, all[key]] as const])),
      );
      void kept.set({ toldUpdatesOf }).catch(report);
    },
  };
}
