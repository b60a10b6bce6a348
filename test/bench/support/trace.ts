import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { rendererOf } from './processes.js';

/** A task of a page's main thread, in milliseconds: nothing is drawn and no key is heard meanwhile. */
export interface Task {
  lasted: number;
  /** How long of that it had a core, where the system tells it. */
  worked: number;
  /** What took most of it, the longest parts first. */
  parts: string[];
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string; data?: { type?: string } };
}

/** Chromium's own name for one task of a thread. */
const TASK = 'RunTask';
const categories = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8'];

/**
 * What a page's main thread did while something was done with it, as Chromium's trace tells.
 *
 * @param folder for the trace, which is removed again
 * @returns its tasks, the longest first
 */
export async function tracedTasks(
  app: ElectronApplication,
  page: Page,
  folder: string,
  act: () => Promise<void>,
): Promise<Task[]> {
  const pid = await rendererOf(app.process().pid as number);
  await app.evaluate(
    ({ contentTracing }, included_categories) =>
      contentTracing.startRecording({ included_categories }),
    categories,
  );
  await act();
  // What the last act brought about is part of it.
  await page.evaluate(
    () =>
      new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
  const file = path.join(folder, 'trace.json');
  await app.evaluate(({ contentTracing }, to) => contentTracing.stopRecording(to), file);
  const { traceEvents } = JSON.parse(await readFile(file, 'utf8')) as { traceEvents: TraceEvent[] };
  await rm(file);
  return tasksOf(traceEvents, pid);
}

function tasksOf(events: readonly TraceEvent[], pid: number): Task[] {
  const main = events.find(
    (e) => e.pid === pid && e.name === 'thread_name' && e.args?.name === 'CrRendererMain',
  );
  if (!main) throw new Error('The trace knows no main thread of the page.');
  const own = events.filter(
    (e) => e.pid === pid && e.tid === main.tid && e.ph === 'X' && e.dur !== undefined,
  );
  const tasks = own.filter(({ name }) => name.endsWith(TASK));
  if (tasks.length === 0) throw new Error('The trace holds no task of the page.');
  return tasks
    .sort((a, b) => (b.dur ?? 0) - (a.dur ?? 0))
    .slice(0, 20)
    .map((task) => ({
      lasted: (task.dur ?? 0) / 1000,
      worked: (task.tdur ?? NaN) / 1000,
      parts: partsOf(task, own),
    }));
}

function partsOf(task: TraceEvent, own: readonly TraceEvent[]): string[] {
  const end = task.ts + (task.dur ?? 0);
  return own
    .filter((e) => e !== task && e.ts >= task.ts && e.ts + (e.dur ?? 0) <= end)
    .sort((a, b) => (b.dur ?? 0) - (a.dur ?? 0))
    .slice(0, 4)
    .map((e) => `${e.args?.data?.type ?? e.name} ${((e.dur ?? 0) / 1000).toFixed(0)} ms`);
}
