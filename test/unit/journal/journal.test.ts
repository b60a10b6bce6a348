import { mkdtemp, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Log } from '../../../main/adapters/store/log.js';
import { engineKey } from '../../../main/domain/identity.js';
import { Journal } from '../../../main/services/journal/index.js';
import { type JournalRecord, journalRecord } from '../../../main/services/journal/records.js';
import { at, begun, ended, id, image, intent, outcome } from './support.js';

const count = (n: number) => Array.from({ length: n }, (_, i) => i);

async function openJournal(folder: string, room?: number) {
  const log = await Log.open<JournalRecord>({ folder, name: 'journal', schema: journalRecord });
  const journal = new Journal(log, log, room);
  await journal.open();
  return { log, journal };
}

async function writeAll(journal: Journal, records: JournalRecord[]) {
  for (const record of records) await journal.write(record);
}

const wholeRun = (runId: string, numbers: number[], startedAt = at): JournalRecord[] => [
  begun(
    runId,
    numbers.map((n) => image(n)),
    startedAt,
  ),
  ...numbers.flatMap((n) => [intent(runId, n), outcome(runId, n)]),
  ended(runId, startedAt + 1000),
];

describe('the journal', () => {
  it('tells the same runs after it was opened again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'careen-journal-'));
    const first = await openJournal(folder);
    await writeAll(first.journal, [
      ...wholeRun('one', [1, 2]),
      {
        t: 'begun',
        kind: 'undo',
        runId: 'two',
        of: 'one',
        by: 'window',
        engine: 'Docker Engine',
        engineKey: 'unix:///x|e|classic',
        at,
        items: [
          { kind: 'image', id: id(1), refs: ['myorg/api:1'], pull: [`myorg/api@${id(1001)}`] },
          { kind: 'network', id: 'n1', refs: ['web'], pull: [] },
        ],
      },
      outcome('two', 1, {
        state: 'restored',
        refs: ['myorg/api:1'],
        pulled: `myorg/api@${id(1001)}`,
      }),
      {
        t: 'outcome',
        runId: 'two',
        id: 'n1',
        at,
        result: { state: 'skipped', skip: { code: 'not-recoverable' } },
      },
      ended('two'),
    ]);
    const told = first.journal.history();
    await first.log.close();
    const again = await openJournal(folder);
    expect(again.journal.history()).toEqual(told);
    await again.log.close();

    const [undo, clean] = told;
    expect(clean).toMatchObject({ kind: 'clean', runId: 'one', measured: 1500 });
    expect(clean?.kind === 'clean' && clean.removed).toEqual([image(1), image(2)]);
    expect(undo).toMatchObject({
      kind: 'undo',
      of: 'one',
      restored: [{ id: id(1), refs: ['myorg/api:1'], pulled: `myorg/api@${id(1001)}` }],
      skipped: [{ kind: 'network', id: 'n1', reason: { code: 'not-recoverable' } }],
    });
    expect(again.journal.lastClean()).toMatchObject({ runId: 'one' });
  });

  it('reads the records of the first version, which had images alone', () => {
    const { id: imageId, refs, reclaimable, rule, recoverable, pull } = image(1);
    const old = { id: imageId, refs, reclaimable, rule, recoverable, pull };
    const record = journalRecord.parse({ ...begun('old', []), items: [old] });
    expect(record).toMatchObject({ items: [{ kind: 'image', reason: null, rule: 'stale' }] });
    expect(
      journalRecord.parse({ t: 'intent', runId: 'old', id: id(1), refs: [], at }),
    ).toMatchObject({ kind: 'image' });
  });

  it('tells the bytes that the engine said it freed', async () => {
    const { journal, log } = await openJournal(await mkdtemp(join(tmpdir(), 'careen-journal-')));
    const cache = image(1, { kind: 'buildCache', id: 'build-cache', refs: [], pull: [] });
    await writeAll(journal, [
      begun('one', [cache]),
      {
        t: 'outcome',
        runId: 'one',
        id: 'build-cache',
        at,
        result: { state: 'removed', freed: 42 },
      },
      ended('one'),
    ]);
    expect(journal.lastClean()?.removed).toEqual([{ ...cache, freed: 42 }]);
    await log.close();
  });

  it(
    'is bounded in file and memory, and loses no run that is open',
    { timeout: 60_000 },
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'careen-journal-'));
      const { journal, log } = await openJournal(folder);
      const many = count(5000);
      // A run that Careen was killed in long ago, on an engine that has not come back since.
      await writeAll(journal, [begun('open', [image(1), image(2)]), intent('open', 1)]);
      for (const run of count(4)) {
        await journal.write(
          begun(
            `run${run}`,
            many.map((n) => image(n)),
          ),
        );
        await Promise.all(many.map((n) => journal.write(intent(`run${run}`, n))));
        await Promise.all(many.map((n) => journal.write(outcome(`run${run}`, n))));
        await journal.write(ended(`run${run}`));
        expect(journal.run(`run${run}`)).toMatchObject({ outcome: 'done' });
      }
      const names = (await readdir(folder)).filter((name) => name.startsWith('journal-'));
      const sizes = await Promise.all(names.map((name) => stat(join(folder, name))));
      expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(16 * 1024 * 1024);
      expect(journal.run('run0')).toBeNull();
      const runs = journal.history().map((run) => run.runId);
      await log.close();

      const again = await openJournal(folder);
      expect(again.journal.history().map((run) => run.runId)).toEqual(runs);
      expect(runs[0]).toBe('run3');
      const last = again.journal.lastClean();
      expect(last?.removed).toHaveLength(5000);
      expect(again.journal.unfinished()).toMatchObject([
        {
          begun: { runId: 'open' },
          ended: false,
          intents: [{ id: id(1) }],
          untried: [{ id: id(2) }],
        },
      ]);
      await again.log.close();
    },
  );

  it('keeps a run whole that is longer than the whole bound', { timeout: 60_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'careen-journal-'));
    const { journal, log } = await openJournal(folder);
    const many = count(20_000);
    await journal.write(
      begun(
        'long',
        many.map((n) => image(n)),
      ),
    );
    await Promise.all(many.map((n) => journal.write(intent('long', n))));
    await Promise.all(many.slice(1).map((n) => journal.write(outcome('long', n))));
    await log.close();
    const again = await openJournal(folder);
    expect(again.journal.unfinished()).toMatchObject([
      { begun: { runId: 'long' }, intents: [{ id: id(0) }], untried: [] },
    ]);
    await again.log.close();
  });

  it('has what was cut off finished under the new identity of its engine, and all else as it was', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'careen-journal-'));
    const { log, journal } = await openJournal(folder);
    await writeAll(journal, [
      ...wholeRun('whole', [1]),
      begun('cut', [image(2)]),
      intent('cut', 2),
    ]);
    const before = { endpoint: 'unix:///x', id: 'e', store: 'classic' as const };
    expect(engineKey(before)).toBe(journal.engineOf('cut'));
    const after = { ...before, id: 'upgraded' };
    const told = journal.history();
    await journal.carryOver({ ...before, id: 'another' }, after);
    expect(journal.engineOf('cut')).toBe(engineKey(before));
    // It was met again with another store.
    await journal.carryOver({ ...before, store: 'containerd' }, after);
    await log.close();
    const again = await openJournal(folder);
    expect(again.journal.unfinished()).toMatchObject([
      { begun: { runId: 'cut', engineKey: engineKey(after) } },
    ]);
    expect(again.journal.engineOf('whole')).toBe(engineKey(before));
    expect(again.journal.history()).toEqual(told);
    await again.log.close();
  });
});
