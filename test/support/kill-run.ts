import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { TestCareen } from './careen.js';
import type { TestEngine } from './engine.js';
import { imageIds } from './fleet.js';
import { loadMany, manyPolicy } from './many.js';

/** How many removals a run has that is killed somewhere. */
export const removals = 200;

/** A point of a run: at a record of its journal, or so many ms after its first removal began. */
export type RandomPoint = { pause: string } & (
  | { at: 'record'; kind: 'intent' | 'outcome'; n: number; side: 'before' | 'after' }
  | { at: 'time'; ms: number }
);

/** Random points, half in time and half in the journal; the same seed gives the same. */
export function randomPoints(seed: string, count: number): RandomPoint[] {
  return Array.from({ length: count }, (_, i): RandomPoint => {
    const [a = 0, b = 0, c = 0] = createHash('sha256').update(`${seed}/${i}`).digest();
    const pause = c % 2 === 0 ? '0s' : '5ms';
    if (i % 2 === 0) return { at: 'time', ms: (a * 256 + b) % 1500, pause };
    const side = b % 2 === 0 ? 'before' : 'after';
    const kind = c % 4 < 2 ? 'intent' : 'outcome';
    return { at: 'record', kind, n: 1 + ((a * 256 + b) % removals), side, pause };
  });
}

/**
 * Kills Careen (SIGKILL) at a point of a run of 200 removals, and checks that the next start says
 * exactly what was done: nothing missing from the log, nothing invented.
 */
export async function killAndCheck(
  engine: TestEngine,
  entry: string,
  point: RandomPoint,
): Promise<void> {
  const planned = (await loadMany(engine, removals)).map((i) => i.id).sort();
  const before = await imageIds(engine);
  const home = await mkdtemp(join(tmpdir(), 'careen-home-'));
  await writeFile(join(home, 'policy.yaml'), manyPolicy(point.pause));
  const where =
    point.at === 'record' ? [point.kind, String(point.n), point.side] : ['never', '0', 'after'];
  const child = spawn(process.execPath, [entry, engine.socket, home, ...where], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  if (point.at === 'time') await killLater(child, point.ms);
  else child.stdout?.resume();
  const [code, signal] = await ended;
  // A time may lie past the run's end: then all was done, and that too must be told.
  if (signal !== 'SIGKILL') expect({ at: point.at, code }).toEqual({ at: 'time', code: 0 });

  const announced = await intentsIn(home);
  const careen = await TestCareen.open({ socket: engine.socket, home });
  try {
    const left = await imageIds(engine);
    const gone = before.filter((id) => !left.includes(id));
    const { runs } = await careen.call('history', { since: null });
    expect(runs).toHaveLength(1);
    const [run] = runs;
    if (run?.kind !== 'clean') throw new Error('the run is not told as a clean-up');
    expect(run.removed.map((i) => i.id).sort()).toEqual(gone);
    expect(gone.filter((id) => !announced.has(id))).toEqual([]);
    const told = [...run.removed, ...run.skipped, ...run.failed].map((i) => i.id);
    expect(told.sort()).toEqual(planned);
    expect(run.outcome).toBe(gone.length === removals ? 'done' : 'interrupted');
    // Nothing is done by the next start: it only looks.
    expect(await imageIds(engine)).toEqual(left);
  } finally {
    await careen.close();
  }
}

/** Kills once the first removal has begun and so many ms have passed. */
async function killLater(child: ChildProcess, ms: number): Promise<void> {
  if (!child.stdout) throw new Error('the child has no stdout');
  await once(child.stdout, 'data');
  child.stdout.resume();
  await sleep(ms);
  child.kill('SIGKILL');
}

/** What the log as it lies there, torn or not, says was to be done. */
export async function intentsIn(home: string): Promise<Set<string>> {
  const files = (await readdir(home)).filter((name) => name.startsWith('journal-'));
  const texts = await Promise.all(files.map((name) => readFile(join(home, name), 'utf8')));
  const ids = texts.join('').matchAll(/"t":"intent".*?"id":"(sha256:[0-9a-f]{64})"/g);
  return new Set([...ids].map((match) => match[1] ?? ''));
}
