import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/adapters/clock.js';
import { Log } from '../../../main/adapters/store/log.js';
import { CareenError } from '../../../main/domain/errors.js';
import type { EngineFacts } from '../../../main/domain/facts.js';
import { Knowledge } from '../../../main/services/knowledge/index.js';
import { type KnowledgeRecord, knowledgeRecord } from '../../../main/services/knowledge/known.js';
import { imageId, inventory } from '../domain/arbitrary.js';

const { engine } = inventory([]);
const other: EngineFacts = { ...engine, id: 'another' };
const [a, b] = [imageId(1), imageId(2)];

/** What is known of engines in one folder, and a switch that makes every write fail. */
async function knowledge() {
  const folder = await mkdtemp(join(tmpdir(), 'careen-knowledge-'));
  const disk = { full: false, failures: 0 };
  const open = async ({ id }: EngineFacts) => {
    const log = await Log.open<KnowledgeRecord>({ folder, name: id, schema: knowledgeRecord });
    const append = log.append.bind(log);
    log.append = (record) =>
      disk.full ? Promise.reject(new CareenError('log-unwritable', { file: id })) : append(record);
    return log;
  };
  const made = new Knowledge(open, systemClock());
  made.on('failed', () => (disk.failures += 1));
  const records = async (): Promise<KnowledgeRecord[]> => {
    const log = await open(engine);
    const { records: all } = await log.read();
    await log.close();
    return all;
  };
  return { made, disk, records };
}

const named = (id: string, name: string) => ({ kind: 'named' as const, id, names: [name] });

describe('what is known', () => {
  it('is written with the next change where it could not be written', async () => {
    const { made, disk, records } = await knowledge();
    await made.open(engine);
    disk.full = true;
    made.see([named(a, 'a:1')]);
    made.observedDay();
    await made.flush();
    expect(disk.failures).toBeGreaterThan(0);
    made.see([named(a, 'a:2')]);
    await made.flush();
    disk.full = false;
    made.see([named(b, 'b:1')]);
    await made.close();
    const written = await records();
    expect(written.filter(({ t }) => t === 'day')).toHaveLength(1);
    const names = written.flatMap((r) => (r.t === 'image' ? [[r.known.id, r.known.names]] : []));
    expect(names).toContainEqual([a, ['a:1', 'a:2']]);
    expect(names).toContainEqual([b, ['b:1']]);
    expect(names).toHaveLength(2);
  });

  it('is still known when its engine is met again, and never of another one', async () => {
    const { made, disk, records } = await knowledge();
    await made.open(engine);
    disk.full = true;
    made.see([named(a, 'a:1')]);
    await made.open(engine);
    expect(made.carriers('a:1')).toEqual([a]);
    disk.full = false;
    await made.close();
    expect(await records()).toHaveLength(1);
    disk.full = true;
    await made.open(engine);
    made.see([named(b, 'b:1')]);
    await made.open(other);
    expect(made.carriers('a:1')).toEqual([]);
    disk.full = false;
    await made.open(other);
    expect(made.carriers('b:1')).toEqual([]);
    await made.close();
    expect(await records()).toHaveLength(1);
  });

  it('takes from an event how an image came that was only seen to be there', async () => {
    const { made } = await knowledge();
    await made.open(engine);
    const origin = () => made.join(engine, listed(a)).images[0]?.origin;
    made.see([{ kind: 'arrived', id: a, at: 5, how: 'seen' }]);
    expect(origin()).toBe('unknown');
    made.see([{ kind: 'arrived', id: a, at: 3, how: 'pulled' }]);
    made.see([{ kind: 'arrived', id: a, at: 4, how: 'loaded' }]);
    expect(origin()).toBe('pulled');
    const [one] = made.join(engine, listed(a)).images;
    expect(one?.arrived).toEqual({ at: 5, source: 'seen' });
    await made.close();
  });

  it('is what an image without a name was called', async () => {
    const { made } = await knowledge();
    await made.open(engine);
    made.see([named(a, 'b:2'), named(a, 'a:1')]);
    expect(made.join(engine, listed(a)).images[0]?.formerRefs).toEqual(['a:1', 'b:2']);
    expect(made.join(engine, listed(a, 'c:3')).images[0]?.formerRefs).toEqual([]);
    await made.close();
  });
});

function listed(id: string, ...refs: string[]) {
  const image = { id, refs, digests: [], size: 1, parent: null, ownRefs: [] };
  return {
    images: new Map([[id, image]]),
    containers: new Map(),
    hiddenContainers: 0,
    buildCache: 'none' as const,
    takenAt: 10,
  };
}
