import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { type EngineProxy, startProxy } from '../../support/engine-proxy.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { loadImages, type LoadedImage } from '../../support/images.js';

const stores = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

const names = ['many:a', 'many:b', 'many:c'];

describe.each(stores)('an image with several names on $version $store @store', (kind) => {
  let engine: TestEngine;
  let proxy: EngineProxy;
  let careen: TestCareen;
  let many: LoadedImage;

  beforeAll(async () => {
    engine = await startEngine(kind);
    proxy = await startProxy(engine.socket);
  });
  afterAll(async () => {
    await proxy.close();
    await engine.dispose();
  });
  beforeEach(async () => {
    const [image] = await loadImages(engine, [
      { refs: names, layers: ['busybox', { key: 'many', kB: 20 }] },
      { refs: ['other:1'], layers: ['busybox', { key: 'other', kB: 20 }] },
    ]);
    if (!image) throw new Error('the image was not loaded');
    many = image;
    careen = await TestCareen.open({
      socket: proxy.socket,
      policy: 'version: 1\ngrace: 0s\nremove: [{ match: "many" }]\nlimits: { pause: 1ms }\n',
    });
  });
  afterEach(async () => {
    await careen.close();
    proxy.meanwhile = () => Promise.resolve();
    for (const { Id } of await engine.docker.listImages())
      await engine.docker.getImage(Id).remove({ force: true });
  });

  /** Does something once the first name is off, before Careen asks about the second. */
  function afterFirstUntag(act: () => Promise<unknown>): void {
    let untagged = false;
    let done = false;
    proxy.meanwhile = async (method, path) => {
      if (untagged && !done) {
        done = true;
        await act();
      }
      if (method === 'DELETE' && path.includes('many')) untagged = true;
    };
  }

  const tagsOf = async (id: string) =>
    [...(await engine.docker.getImage(id).inspect()).RepoTags].sort();
  const skipped = async () => {
    const run = await careen.clean({ also: ['unrecoverable', 'estimates'] });
    expect(run.removed).toEqual([]);
    return run.skipped;
  };

  it('gets its names back when one of them went by another hand', async () => {
    afterFirstUntag(() => engine.docker.getImage('many:b').remove());
    expect(await skipped()).toMatchObject([
      { id: many.id, reason: { code: 'tag-moved', ref: 'many:b' } },
    ]);
    expect(await tagsOf(many.id)).toEqual(['many:a', 'many:c']);
  });

  it('leaves a name that moved to the image that bears it now', async () => {
    const other = (await engine.docker.getImage('other:1').inspect()).Id;
    afterFirstUntag(() => engine.docker.getImage('other:1').tag({ repo: 'many', tag: 'b' }));
    expect(await skipped()).toMatchObject([
      { id: many.id, reason: { code: 'tag-moved', ref: 'many:b' } },
    ]);
    expect(await tagsOf(many.id)).toEqual(['many:a', 'many:c']);
    expect(await tagsOf(other)).toEqual(['many:b', 'other:1']);
  });
});
