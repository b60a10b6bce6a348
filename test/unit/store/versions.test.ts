import { appendFile, cp, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Kept } from '../../../main/adapters/store/kept.js';
import { Log, type LogDamage } from '../../../main/adapters/store/log.js';
import type { EngineFacts } from '../../../main/domain/facts.js';
import { Journal } from '../../../main/services/journal/index.js';
import { journalRecord } from '../../../main/services/journal/records.js';
import { Knowledge } from '../../../main/services/knowledge/index.js';
import { knowledgeRecord } from '../../../main/services/knowledge/known.js';
import { plansIn, storedListing, storedPlan } from '../../../main/services/stored.js';
import { TestClock } from '../../support/clock.js';
import { inventory } from '../domain/arbitrary.js';
import { listed, listedImage } from '../knowledge/support.js';

const engine: EngineFacts = inventory([]).engine;
const key = '0123456789abcdef';

/** A data home as the first version left it, to be opened by this one. */
async function homeOfVersion1() {
  const home = await mkdtemp(join(tmpdir(), 'careen-version-1-'));
  await cp('test/fixtures/stored/1', home, { recursive: true });
  const damage: LogDamage[] = [];
  const onDamaged = (one: LogDamage) => damage.push(one);
  return {
    home,
    damage,
    knowledgeFile: join(home, `knowledge-${key}-000001.jsonl`),
    knowledge: (clock: TestClock) =>
      new Knowledge(
        () =>
          Log.open({
            folder: home,
            name: `knowledge-${key}`,
            schema: knowledgeRecord,
            onDamaged,
          }),
        clock,
        () => [],
      ),
    journal: () => Log.open({ folder: home, name: 'journal', schema: journalRecord, onDamaged }),
  };
}

const lines = async (file: string) =>
  (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');

describe('what the first version wrote', () => {
  it('is known whole: what each image is, when it came and was used, the observed day', async () => {
    const { damage, knowledge, knowledgeFile } = await homeOfVersion1();
    const written = (await lines(knowledgeFile)).map(
      (line) => JSON.parse(line) as { t: string; known?: { id: string } },
    );
    const images = new Map(
      written.flatMap(({ known }) => (known ? [[known.id, known] as const] : [])),
    );
    const made = knowledge(new TestClock(Date.UTC(2026, 10, 25)));
    await made.open(engine);
    expect(damage).toEqual([]);
    expect(images.size).toBeGreaterThan(10);
    const now = listed({ images: [...images.keys()].map((id) => listedImage(id)) });
    const joined = made.join(engine, now);
    for (const facts of joined.images) {
      const { id, layers, arrived, used, origin, lastTagged } = facts;
      expect(made.knows(id)).toBe(true);
      expect(images.get(id)).toMatchObject({
        nature: { layers, labels: facts.labels, platform: facts.platform },
        arrived,
        used,
        origin,
        lastTagged,
      });
    }
    expect(joined).toMatchObject({
      firstMet: (written.find(({ t }) => t === 'met') as { at?: number } | undefined)?.at,
      observedDays: 1,
      observedOn: ['2026-11-24'],
      hoursSinceGap: null,
    });
    await made.close();
  });

  it('is still there when it was written on, and replaced by a snapshot', async () => {
    const { home, damage, knowledge, knowledgeFile } = await homeOfVersion1();
    const before = await lines(knowledgeFile);
    const log = await Log.open({
      folder: home,
      name: `knowledge-${key}`,
      schema: knowledgeRecord,
      segmentBytes: 32 * 1024,
      segments: 2,
    });
    const clock = new TestClock(Date.UTC(2026, 10, 25, 12));
    const made = new Knowledge(
      () => Promise.resolve(log),
      clock,
      () => [],
    );
    await made.open(engine);
    expect(log.wantsSnapshot).toBe(true);
    made.see([{ kind: 'tagged', id: `sha256:${'a'.repeat(64)}`, at: 5 }]);
    await made.close();
    expect(await readdir(home)).not.toContain(basename(knowledgeFile));
    const after = knowledge(clock);
    await after.open(engine);
    expect(damage).toEqual([]);
    const ids = before.flatMap((line) => {
      const { known } = JSON.parse(line) as { known?: { id: string } };
      return known ? [known.id] : [];
    });
    for (const id of ids) expect(after.knows(id)).toBe(true);
    expect(after.join(engine, listed()).observedDays).toBe(1);
    await after.close();
  });

  it('is known but for a last line that a crash cut off', async () => {
    const { damage, knowledge, knowledgeFile } = await homeOfVersion1();
    const last = (await lines(knowledgeFile)).at(-1) ?? '';
    const cut = last.slice(0, last.length / 2);
    await appendFile(knowledgeFile, cut);
    const made = knowledge(new TestClock(Date.UTC(2026, 10, 25)));
    await made.open(engine);
    expect(damage).toEqual([{ file: knowledgeFile, lines: 0, bytes: Buffer.byteLength(cut) }]);
    const { known } = JSON.parse(last) as { known: { id: string } };
    expect(made.knows(known.id)).toBe(true);
    await made.close();
  });

  it('is its history: runs with what went, what was skipped, and what it said of each', async () => {
    const { damage, journal } = await homeOfVersion1();
    const log = await journal();
    const history = new Journal(log, log);
    await history.open();
    expect(damage).toEqual([]);
    const [second, first] = history.history();
    expect(first).toMatchObject({ kind: 'clean', by: 'cli', outcome: 'done', skipped: [] });
    expect(second).toMatchObject({
      kind: 'clean',
      skipped: [{ kind: 'image', refs: ['fresh:0'], reason: { code: 'in-use' } }],
    });
    const removed = first?.kind === 'clean' ? first.removed : [];
    expect(removed).toHaveLength(7);
    for (const item of removed) expect(item).toMatchObject({ kind: 'image', reason: null });
    expect(removed.map(({ rule }) => rule)).toContain('untagged');
    await log.close();
  });

  it('is the last list, which knew of images and containers alone', async () => {
    const { home } = await homeOfVersion1();
    const aside: unknown[] = [];
    const options = {
      version: 1,
      most: 20,
      now: () => 0,
      onMovedAside: (moved: unknown) => aside.push(moved),
    };
    const kept = new Kept({ folder: join(home, 'listings'), schema: storedListing, ...options });
    const value = await kept.load(key);
    expect(value?.images.length).toBeGreaterThan(5);
    expect(value?.containers.find(({ name }) => name === 'acme-web-1')).toMatchObject({
      networks: [],
      volumes: [],
      mountsSocket: false,
      log: null,
    });
    const plans = new Kept({ folder: join(home, 'plans'), schema: storedPlan, ...options });
    const plan = await plansIn(plans).load('814a20a80332fe46');
    expect(plan?.plan).toMatchObject({ free: null, items: [{ kind: 'image' }, { kind: 'image' }] });
    expect(aside).toEqual([]);
  });
});
