import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UpdateRow } from '../../../main/contract/updates.js';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { buildImage } from '../../support/engine-cli.js';
import { pullImage, runContainer } from '../../support/images.js';
import { isInside } from '../../support/namespace.js';
import { pinned, retag, unpublish } from '../../support/publish.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';
import { stores } from '../../support/stores.js';
import { clear, publishAs, updatePolicy } from '../../support/updating.js';

const port = 5092;

describe.runIf(isInside).each(stores)('a check on $version $store @store', (kind) => {
  let registry: TestRegistry;
  let engine: TestEngine;
  let careen: TestCareen;
  let ref: string;
  let home: string;
  /** Of version 1, `repository@digest`. */
  let first: string;
  const v = (n: number) => ({ labels: { version: `v${n}` } });

  beforeAll(async () => {
    [registry, engine] = await Promise.all([startRegistry({ port }), startEngine(kind)]);
    ref = `${registry.host}/acme/web:1`;
  });
  afterAll(async () => {
    await engine.dispose();
    await registry.dispose();
  });
  /** A container of version 1, pulled, which Careen has seen run. */
  beforeEach(async () => {
    first = `${ref.slice(0, -2)}@${await publishAs(engine, ref, v(1))}`;
    careen = await TestCareen.open({ socket: engine.socket, policy: updatePolicy });
    home = careen.home;
    await pullImage(engine, ref);
    await runContainer(engine, { image: ref, name: 'web', state: 'created' });
  });
  afterEach(async () => {
    await careen.close();
    expect(careen.reported).toEqual([]);
    await clear(engine);
  });

  const check = async (name = 'web'): Promise<UpdateRow> => {
    await careen.until('updates', ({ rows }) => rows.some(({ container }) => container === name));
    const { rows } = await careen.call('update.check', { containers: null });
    return rowOf(rows, name);
  };
  const rowOf = (rows: readonly UpdateRow[], name: string): UpdateRow => {
    const row = rows.find(({ container }) => container === name);
    if (!row) throw new Error(`there is no row of ${name}`);
    return row;
  };
  const idOf = async (name: string) => (await engine.docker.getImage(name).inspect()).Id;
  /** Resolves once the engine's own news of a pull has come. */
  const told = (id: string) =>
    careen.until('images', ({ upsert }) => upsert.some((i) => i.id === id));

  it('tells a current one from one that its registry has newer', async () => {
    expect(await check()).toMatchObject({ verdict: { state: 'current' }, error: null });
    const digest = await publishAs(engine, ref, v(2));
    expect(await check()).toMatchObject({
      now: { tag: '1', imageId: await idOf(ref) },
      verdict: { state: 'available', source: 'registry', to: { digest } },
    });
  });

  it('knows what was pulled and not applied, also after a start and though the old one lost its names', async () => {
    const digest = await publishAs(engine, ref, v(2));
    await pullImage(engine, ref);
    const id = await idOf(ref);
    await told(id);
    const pulled = { state: 'available', source: 'pulled', to: { imageId: id } };
    expect((await check()).verdict).toMatchObject({ ...pulled, to: { digest } });
    await careen.close();
    careen = await TestCareen.open({ socket: engine.socket, home });
    expect((await check()).verdict).toMatchObject(pulled);
    // Its registry goes back to the old one, which is known by what it was called before.
    await retag(pinned(first), '1');
    expect((await check()).verdict).toEqual({ state: 'current' });
  });

  it('knows what was built under the tag, and what was built here and never pushed', async () => {
    await buildImage(engine, { tag: 'mine:dev', dockerfile: `FROM ${ref}\nLABEL built=here\n` });
    const built = await idOf('mine:dev');
    await engine.docker.getImage('mine:dev').tag({ repo: ref.slice(0, -2), tag: '1' });
    await careen.until('images', ({ upsert }) =>
      upsert.some(({ id, refs }) => id === built && refs.includes(ref)),
    );
    expect(await check()).toMatchObject({
      verdict: { state: 'available', source: 'built', to: { imageId: built } },
      heldBack: { code: 'not-running' },
    });
    await runContainer(engine, { image: 'mine:dev', name: 'mine', state: 'created' });
    expect((await check('mine')).verdict).toEqual({ state: 'not-checked', why: 'local-build' });
  });

  it('knows what a container was made from that no event told of', async () => {
    const name = `${registry.host}/acme/again:dev`;
    await buildImage(engine, { tag: name, dockerfile: `FROM ${ref}\nLABEL built=again\n` });
    await runContainer(engine, { image: name, name: 'again', state: 'created' });
    await told(await idOf(name));
    // In no registry: a containerd store names it by a digest all the same.
    expect(await check('again')).toMatchObject({
      verdict: { state: 'not-checked', why: 'local-build' },
      error: null,
    });
  });

  it('does not ask about what is pinned, and tells what is gone', async () => {
    await runContainer(engine, { image: first, name: 'pinned', state: 'created' });
    expect((await check('pinned')).verdict).toEqual({ state: 'not-checked', why: 'pinned' });
    await unpublish(pinned(first));
    expect(await check()).toMatchObject({ verdict: { state: 'gone' }, error: null });
    await registry.stop();
    expect(await check()).toMatchObject({
      verdict: { state: 'gone' },
      error: { code: 'registry-unreachable' },
    });
    await registry.start();
  });

  it('leads a rule to the newest tag that it allows', async () => {
    const { host } = registry;
    const app = (tag: string) => `${host}/acme/app:${tag}`;
    for (const [n, tag] of ['1.2.0', '1.3.0', '2.0.0', 'latest'].entries())
      await publishAs(engine, app(tag), v(n));
    await pullImage(engine, app('1.2.0'));
    const labels = { 'careen.tags': 'minor' };
    const options = { Labels: labels };
    await careen.close();
    careen = await TestCareen.open({
      socket: engine.socket,
      policy: updatePolicy.replace('settle', 'tags: major, settle'),
    });
    for (const [name, more] of [
      ['whole', {}],
      ['narrow', options],
    ] as const)
      await runContainer(engine, { image: app('1.2.0'), name, state: 'created', options: more });
    expect(await check('whole')).toMatchObject({
      newTags: ['2.0.0', '1.3.0'],
      verdict: { to: { tag: '2.0.0' } },
    });
    expect(await check('narrow')).toMatchObject({
      newTags: ['1.3.0'],
      verdict: { to: { tag: '1.3.0' } },
    });
  });
});
