import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppendLog } from '../../../main/adapters/store/log.js';
import type { JournalRecord } from '../../../main/services/journal/records.js';
import { TestCareen } from '../../support/careen.js';
import { startEngine, startEngineOnDisk, type TestEngine } from '../../support/engine.js';
import { imageIds, loadFleet, testPolicy } from '../../support/fleet.js';

const everything = { also: ['unrecoverable', 'estimates'] };

/** A journal that does something right after its n-th intent is on the disk. */
function atIntent(n: number, act: () => Promise<void>) {
  let intents = 0;
  return (log: AppendLog<JournalRecord>): AppendLog<JournalRecord> => ({
    read: () => log.read(),
    append: async (record) => {
      await log.append(record);
      if (record.t === 'intent' && ++intents === n) await act();
    },
  });
}

describe('an engine that is killed half way', () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
    await loadFleet(engine);
  });
  afterAll(() => engine.dispose());

  it('leaves a run that claims only what happened, and Careen finds it again by itself', async () => {
    const before = await imageIds(engine);
    const careen = await TestCareen.open({
      socket: engine.socket,
      policy: testPolicy,
      journalLog: atIntent(3, async () => {
        await engine.kill();
        void engine.start();
      }),
    });
    try {
      const run = await careen.clean(everything);
      expect(run.outcome).toBe('engine-lost');
      expect(run.removed).toHaveLength(2);
      const gone = new Set(run.removed.map((i) => i.id));
      expect(await imageIds(engine)).toEqual(before.filter((id) => !gone.has(id)));
      expect(run.skipped.every((s) => s.reason.code === 'engine-lost')).toBe(true);
      expect(run.removed.length + run.skipped.length).toBe(7);

      await careen.connected();
      const again = await careen.clean(everything);
      expect(again.outcome).toBe('done');
      expect(again.removed).toHaveLength(5);
    } finally {
      await careen.close();
    }
  });
});

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
