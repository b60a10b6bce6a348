import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { type Fleet, loadFleet, testPolicy } from '../../support/fleet.js';
import { loadImages, runContainer } from '../../support/images.js';

const stores = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

describe.each(stores)('what is shown follows $version $store by its events @store', (kind) => {
  let engine: TestEngine;
  let fleet: Fleet;
  let careen: TestCareen;

  beforeAll(async () => {
    engine = await startEngine(kind);
    fleet = await loadFleet(engine);
    careen = await TestCareen.open({ socket: engine.socket, policy: testPolicy });
  });
  afterAll(async () => {
    await careen.close();
    await engine.dispose();
  });

  const row = (id: string) => careen.slice('images').upsert.find((r) => r.id === id);

  it('a container is made, and goes', async () => {
    const container = await runContainer(engine, { image: 'myorg/api:1.0', name: 'passing' });
    await careen.until('images', () => row(fleet.api1.id)?.code === 'used');
    expect(row(fleet.api1.id)?.usedBy).toEqual(['passing']);
    await container.remove({ force: true });
    await careen.until('images', () => row(fleet.api1.id)?.usedBy.length === 0);
    expect(row(fleet.api1.id)?.verdict).toBe('remove');
    const { image } = await careen.call('image.get', { id: fleet.api1.id });
    expect(image.facts.used?.by).toBe('passing');
  });

  it('a tag is given, moved and taken', async () => {
    await engine.docker.getImage(fleet.api4.id).tag({ repo: 'extra', tag: 'x' });
    await careen.until('images', () => row(fleet.api4.id)?.refs.includes('extra:x') ?? false);
    await engine.docker.getImage(fleet.api3.id).tag({ repo: 'extra', tag: 'x' });
    await careen.until('images', () => row(fleet.api3.id)?.refs.includes('extra:x') ?? false);
    expect(row(fleet.api4.id)?.refs).toEqual(['myorg/api:1.3']);
    await engine.docker.getImage('extra:x').remove();
    await careen.until('images', () => row(fleet.api3.id)?.refs.length === 2);
  });

  it('an image comes, and goes', async () => {
    const [image] = await loadImages(engine, [{ refs: ['fresh:1'], layers: ['busybox'] }]);
    const id = image?.id ?? '';
    await careen.until('images', () => row(id) !== undefined);
    const { image: judged } = await careen.call('image.get', { id });
    expect(judged.facts.arrived).not.toBeNull();
    await engine.docker.getImage('fresh:1').remove();
    await careen.until('images', () => row(id) === undefined);
  });
});
