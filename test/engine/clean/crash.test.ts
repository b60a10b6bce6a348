import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundle } from '../../support/bundle.js';
import { careenCli } from '../../support/cli.js';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { imageIds, loadFleet, testPolicy } from '../../support/fleet.js';
import { intentsIn } from '../../support/kill-run.js';

describe('Careen killed in the middle of a run', () => {
  let entry: string;
  let engine: TestEngine;
  let home: string;

  beforeAll(async () => {
    [entry, engine] = await Promise.all([
      bundle('test/support/entry-clean.ts'),
      startEngine({ version: '26.1', store: 'classic' }),
    ]);
  });
  afterAll(() => engine.dispose());

  beforeEach(async () => {
    await loadFleet(engine);
    home = await mkdtemp(join(tmpdir(), 'careen-home-'));
    await writeFile(join(home, 'policy.yaml'), testPolicy);
  });
  afterEach(async () => {
    for (const { Id } of await engine.docker.listContainers({ all: true }))
      await engine.docker.getContainer(Id).remove({ force: true });
    for (const { Id } of await engine.docker.listImages())
      await engine.docker.getImage(Id).remove({ force: true });
  });

  const points = [
    { kind: 'begun', n: 1, side: 'after' },
    { kind: 'intent', n: 1, side: 'before' },
    { kind: 'intent', n: 4, side: 'after' },
    { kind: 'outcome', n: 4, side: 'before' },
    { kind: 'outcome', n: 7, side: 'after' },
    { kind: 'ended', n: 1, side: 'before' },
  ];

  it.each(points)('$side $kind $n: the next start says exactly what was done', async (point) => {
    const before = await imageIds(engine);
    const child = spawn(
      process.execPath,
      [entry, engine.socket, home, point.kind, String(point.n), point.side],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    const announced = await intentsIn(home);

    // The next command takes the home over from the killed owner.
    const status = await careenCli(['status'], { home, socket: engine.socket });
    expect(status.code).toBe(0);
    // Only now: the engine may have been at what it was asked for last, up to four at once.
    const left = await imageIds(engine);
    const gone = before.filter((id) => !left.includes(id));
    expect(gone.filter((id) => !announced.has(id))).toEqual([]);
    const careen = await TestCareen.open({ socket: engine.socket, home });
    try {
      const runs = await careen.cleanRuns();
      expect(runs).toHaveLength(1);
      const [run] = runs;
      expect(run?.removed.map((i) => i.id).sort()).toEqual(gone);
      expect(run?.outcome).toBe(gone.length === 7 ? 'done' : 'interrupted');
      expect((run?.removed.length ?? 0) + (run?.skipped.length ?? 0)).toBe(7);
      // Nothing is done by the next start: it only looks.
      expect(await imageIds(engine)).toEqual(left);
    } finally {
      await careen.close();
    }
  });
});
