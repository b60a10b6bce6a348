import type { MenuItemConstructorOptions } from 'electron';
import type { EngineRow } from '../contract/fleet.js';
import { asShown } from '../contract/pending.js';
import type { UpdateRow } from '../contract/updates.js';
import type { Messages } from '../messages/index.js';
import {
  canClean,
  engineName,
  forAllOf,
  lastOf,
  nextOf,
  pendingOf,
  type TrayEngine,
} from './tray-view.js';

/** What the menu can do on an engine, by its key. */
export interface EngineActs {
  /** Opens the window on it. */
  openEngine(key: string): void;
  cleanUp(key: string): void;
  /** Asks first, and runs what goes without a further tick. */
  cleanNow(key: string): void;
  /** Opens a run in the history. */
  openRun(runId: string, key: string): void;
  openUpdates(key: string): void;
  /** Asks first, by name, about those that are listed, as they are now. */
  updateAll(rows: readonly UpdateRow[], key: string): void;
  /** Opens a plan that is asked about; null: what the disk is full of. */
  openPlan(planId: string | null, key: string): void;
}

/** One engine as the menu draws it. */
export interface EngineInMenu {
  key: string;
  of: TrayEngine;
  words: Messages;
  acts: EngineActs;
  now: number;
}

/** How an engine is called, how full its disks are and will be, and what comes next on it. */
export function toldOf({ of, words, now }: EngineInMenu): string[] {
  const { tray, ahead } = words;
  const { engine, gauges } = of;
  const next = ahead.next(nextOf(of), now);
  return [
    ...(engine?.status === 'connected' ? [engineName(engine)] : []),
    ...(gauges ? tray.gauges(gauges) : []),
    ...(gauges?.forecast ? [ahead.full(gauges.forecast, now)] : []),
    ...(next === null ? [] : [next]),
  ];
}

/** What can be done on an engine, with what it asks and how its last run ended. */
export function actsOn({ key, of, words, acts, now }: EngineInMenu): MenuItemConstructorOptions[] {
  const { tray } = words;
  const isConnected = of.engine?.status === 'connected';
  const question = of.run?.question ?? null;
  const last = lastOf(of);
  const pending = isConnected ? pendingOf(of).length : 0;
  const all = forAllOf(of);
  return [
    ...(question === null
      ? []
      : [
          {
            label: tray.question(question, of.gauges?.engine ?? null),
            click: () => acts.openPlan(question.planId, key),
          },
        ]),
    { label: tray.cleanUp, enabled: isConnected, click: () => acts.cleanUp(key) },
    { label: tray.cleanNow, enabled: canClean(of), click: () => acts.cleanNow(key) },
    ...(last === null
      ? []
      : [{ label: tray.last(last, now), click: () => acts.openRun(last.runId, key) }]),
    ...(pending === 0
      ? []
      : [
          { label: tray.updates(pending), click: () => acts.openUpdates(key) },
          {
            label: tray.updateAll,
            enabled: all.length > 0,
            click: () => acts.updateAll(all, key),
          },
        ]),
  ];
}

/** One of several engines: how it is in a line, and under it all that the menu of an only one has. */
export function engineItem(row: EngineRow, one: EngineInMenu): MenuItemConstructorOptions {
  const { words, acts, key } = one;
  const told = toldOf(one);
  return {
    label: words.tray.engine(row),
    submenu: [
      ...told.map((label) => ({ label, enabled: false })),
      ...(told.length === 0 ? [] : [{ type: 'separator' as const }]),
      { label: words.tray.openEngine, click: () => acts.openEngine(key) },
      ...actsOn(one),
    ],
  };
}

/** What the lines of an engine do, which may change while their words stay. */
export function aimsOf(of: TrayEngine): unknown[] {
  return [of.run?.question?.planId, lastOf(of)?.runId, forAllOf(of).map(asShown)];
}
