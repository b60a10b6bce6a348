import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../main/adapters/clock.js';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { imageIds } from '../../support/fleet.js';
import { loadImages, pullImage, pushImage, runContainer } from '../../support/images.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';

const stores = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

const dayMs = 86_400_000;
const day = (n: number) => new Date(Date.UTC(2026, 9, n)).toISOString();
const all = { also: ['unrecoverable', 'estimates'] };

/** The system's clock, set forward by as much as a test says. */
class SetForward implements Clock {
  by = 0;
  readonly #system = systemClock();
  now = () => this.#system.now() + this.by;
  after = (ms: number, act: () => void) => this.#system.after(ms, act);
  every = (ms: number, act: () => void) => this.#system.every(ms, act);
}

describe.each(stores)('what retention keeps on $version $store @store', (kind) => {
  let engine: TestEngine;
  let publisher: TestEngine;
  let registry: TestRegistry;
  let careen: TestCareen | null = null;

  beforeAll(async () => {
    registry = await startRegistry({ port: 5022 });
    publisher = await startEngine({ version: '26.1', store: 'classic' });
    engine = await startEngine(kind);
  });
  afterAll(async () => {
    await engine.dispose();
    await publisher.dispose();
    await registry.dispose();
  });
  afterEach(async () => {
    await careen?.close();
    careen = null;
    for (const { Id } of await engine.docker.listContainers({ all: true }))
      await engine.docker.getContainer(Id).remove({ force: true });
    for (const { Id } of await engine.docker.listImages())
      await engine.docker.getImage(Id).remove({ force: true });
  });

  const judged = async (id: string) => {
    const found = (await (careen as TestCareen).call('judge', { policy: null })).find(
      (image) => image.id === id,
    );
    if (!found) throw new Error(`${id} is not judged`);
    return found;
  };

  it('the newest three of five versions pulled under one tag', async () => {
    const ref = `${registry.host}/five:latest`;
    careen = await TestCareen.open({
      socket: engine.socket,
      policy: `version: 1\ngrace: 0s\nkeep: [{ id: three, match: "**", last: 3 }]\nremove: [{ match: "**" }]\nlimits: { pause: 0s }\n`,
    });
    const pulled: string[] = [];
    for (const n of [1, 2, 3, 4, 5]) {
      await loadImages(publisher, [
        { refs: [ref], created: day(n), layers: ['busybox', { key: `five${n}`, kB: 20 }] },
      ]);
      await pushImage(publisher, ref);
      await pullImage(engine, ref);
      const { Id } = await engine.docker.getImage(ref).inspect();
      pulled.push(Id);
      // The engine's events come after its answer.
      await careen.until('images', ({ upsert }) => upsert.some(({ id }) => id === Id));
    }
    // 26.1 with a containerd store forgets an image together with its name, so there one is left.
    const there = await imageIds(engine);
    const versions = pulled.filter((id) => there.includes(id));
    expect(versions).toHaveLength(kind.store === 'classic' ? 5 : 1);
    const newest = versions.slice(-3).reverse();
    for (const [place, id] of newest.entries())
      expect((await judged(id)).decidedBy).toMatchObject({ rule: 'three', rank: place + 1 });
    const run = await careen.clean(all);
    expect(run.outcome).toBe('done');
    expect(await imageIds(engine)).toEqual([...newest].sort());
    // Each that went can be pulled again by its own digest.
    for (const { pull } of run.removed) expect(pull).toHaveLength(1);
  });

  it('what is younger than the rule says, by a clock that is set forward', async () => {
    const clock = new SetForward();
    careen = await TestCareen.open({
      socket: engine.socket,
      clock,
      policy: `version: 1\ngrace: 24h\nremove: [{ id: old, match: "**", unusedFor: 60d }]\n`,
    });
    const [image] = await loadImages(engine, [{ refs: ['aged:1'], layers: ['busybox'] }]);
    const id = image?.id ?? '';
    await careen.until('images', ({ upsert }) => upsert.some((row) => row.id === id));
    expect((await judged(id)).decidedBy.kind).toBe('grace');
    clock.by = 59 * dayMs;
    const young = await judged(id);
    expect(young.verdict).toBe('keep');
    const [change] = young.changesWhen;
    if (!change || !('at' in change)) throw new Error('no moment is foreseen');
    expect(change.at).toBeGreaterThan(clock.now());
    clock.by += change.at - clock.now() + 1;
    expect((await judged(id)).decidedBy).toMatchObject({ kind: 'remove', rule: 'old' });
    const { items } = await careen.call('plan.make', { policy: null });
    expect(items.map((item) => item.id)).toEqual([id]);
  });

  it('an image whole, while one of its tags is kept', async () => {
    const [image] = await loadImages(engine, [
      { refs: ['two:a', 'two:b', 'other:c'], layers: ['busybox'] },
    ]);
    const id = image?.id ?? '';
    careen = await TestCareen.open({
      socket: engine.socket,
      policy: `version: 1\ngrace: 0s\nkeep: [{ id: mine, match: "other:c" }]\nremove: [{ match: "**" }]\nlimits: { pause: 0s }\n`,
    });
    const verdict = await judged(id);
    expect(verdict.decidedBy).toMatchObject({ kind: 'keep', rule: 'mine' });
    expect(verdict.references.map(({ ref, decidedBy }) => [ref, decidedBy.kind])).toEqual([
      ['other:c', 'keep'],
      ['two:a', 'remove'],
      ['two:b', 'remove'],
    ]);
    await careen.clean(all);
    const { RepoTags } = await engine.docker.getImage(id).inspect();
    expect([...RepoTags].sort()).toEqual(['other:c', 'two:a', 'two:b']);

    await engine.docker.getImage('other:c').remove();
    await careen.until('images', ({ upsert }) => upsert.some((row) => row.refs.length === 2));
    const run = await careen.clean(all);
    expect(run.removed).toMatchObject([{ id, refs: ['two:a', 'two:b'] }]);
    expect(await imageIds(engine)).toEqual([]);
  });

  it('what a container was made from by digest, and what a stopped one uses', async () => {
    const ref = `${registry.host}/pinned:1`;
    await loadImages(publisher, [{ refs: [ref], created: day(1), layers: ['busybox'] }]);
    await pushImage(publisher, ref);
    await pullImage(engine, ref);
    const { RepoDigests } = await engine.docker.getImage(ref).inspect();
    const [digest = ''] = RepoDigests;
    await runContainer(engine, { image: digest, name: 'pinned', state: 'created' });
    const [stopped] = await loadImages(engine, [
      { refs: ['stopped:1'], layers: ['busybox', { key: 'stopped', kB: 10 }] },
    ]);
    await runContainer(engine, { image: 'stopped:1', name: 'stopped', state: 'exited' });
    careen = await TestCareen.open({
      socket: engine.socket,
      policy: 'version: 1\ngrace: 0s\nremove: [{ match: "**" }, { untagged: true }]\n',
    });
    const id = (await engine.docker.getImage(ref).inspect()).Id;
    expect((await judged(id)).decidedBy).toMatchObject({ code: 'used', containers: ['pinned'] });
    const { decidedBy, facts } = await judged(stopped?.id ?? '');
    expect(decidedBy).toMatchObject({ code: 'used', containers: ['stopped'] });
    expect(facts.used).toMatchObject({ by: 'stopped', source: 'container-finished' });
    const { items } = await careen.call('plan.make', { policy: null });
    expect(items).toEqual([]);
    const refused = careen.call('plan.run', { planId: 'none', except: [], also: [] });
    await expect(refused).rejects.toMatchObject({ code: 'plan-unknown' });
  });
});
