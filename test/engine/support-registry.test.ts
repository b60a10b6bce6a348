import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type TestEngine } from '../support/engine.js';
import { loadImages, pullImage, pushImage } from '../support/images.js';
import { REGISTRY_USER, startRegistry, type TestRegistry } from '../support/registry.js';

describe('a test registry', () => {
  let engine: TestEngine;
  let registry: TestRegistry | undefined;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(async () => {
    await registry?.dispose();
    await engine.dispose();
  });

  it('takes what an engine pushes and gives it back, also after a pause', async () => {
    registry = await startRegistry({ port: 5071 });
    const ref = `${registry.host}/kit/app:1`;
    await loadImages(engine, [{ refs: [ref] }]);
    await pushImage(engine, ref);
    await registry.stop();
    await engine.docker.getImage(ref).remove();
    await expect(pullImage(engine, ref)).rejects.toThrow();
    await registry.start();
    await pullImage(engine, ref);
    const { RepoDigests } = await engine.docker.getImage(ref).inspect();
    expect(RepoDigests[0]).toMatch(/^127\.0\.0\.1:5071\/kit\/app@sha256:/);
    await registry.dispose();
  });

  it('with basic auth turns away who does not say who they are', async () => {
    registry = await startRegistry({ port: 5072, auth: 'basic' });
    const ref = `${registry.host}/kit/private:1`;
    await loadImages(engine, [{ refs: [ref] }]);
    await expect(pushImage(engine, ref)).rejects.toThrow(/no basic auth credentials/);
    await pushImage(engine, ref, REGISTRY_USER);
    await pullImage(engine, ref, REGISTRY_USER);
  });
});
