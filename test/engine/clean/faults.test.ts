import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { startEngineOnDisk, type TestEngine } from '../../support/engine.js';
import { loadFleet, testPolicy } from '../../support/fleet.js';

const everything = { also: ['unrecoverable', 'estimates'] };

describe('an engine disk that is full to the last byte, with the data home on it', () => {
  let engine: TestEngine & { disk: string };
  beforeAll(async () => {
    engine = await startEngineOnDisk({ version: '26.1', store: 'classic', sizeMB: 120 });
    await loadFleet(engine);
  });
  afterAll(() => engine.dispose());

  it('is cleaned, and that is written down', async () => {
    const home = join(engine.disk, 'home');
    await mkdir(home, { mode: 0o700 });
    const first = await TestCareen.open({ socket: engine.socket, home, policy: testPolicy });
    await first.close();
    const filler = join(engine.disk, 'filler');
    await fill(filler);

    const careen = await TestCareen.open({ socket: engine.socket, home });
    try {
      const run = await careen.clean(everything);
      expect(run.outcome).toBe('done');
      expect(run.removed).toHaveLength(7);
    } finally {
      await careen.close();
      await rm(filler);
    }
    const again = await TestCareen.open({ socket: engine.socket, home });
    try {
      const runs = await again.cleanRuns();
      expect(runs).toHaveLength(1);
      expect(runs[0]?.removed).toHaveLength(7);
    } finally {
      await again.close();
    }
  });
});

/** Writes until the file system takes not one byte more. */
async function fill(file: string): Promise<void> {
  const handle = await open(file, 'w');
  for (let size = 1 << 20; size >= 1;) {
    try {
      await handle.write(Buffer.alloc(size, 1));
    } catch (e) {
      if (!(e instanceof Error) || !('code' in e) || e.code !== 'ENOSPC') throw e;
      size = Math.floor(size / 2);
    }
  }
  await handle.sync().catch((e: unknown) => {
    if (!(e instanceof Error) || !('code' in e) || e.code !== 'ENOSPC') throw e;
  });
  await handle.close();
  expect((await readFile(file)).length).toBeGreaterThan(0);
}
