import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../main/adapters/docker/client.js';
import type { DockerEngine, EngineEvent } from '../../../main/adapters/docker/types.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { loadImages, pullImage, pushImage, runContainer } from '../../support/images.js';
import { startRegistry } from '../../support/registry.js';

const kinds = [
  { version: '20.10', store: 'classic' },
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
] as const;

describe.each(kinds)('events of $version $store', ({ version, store }) => {
  let test: TestEngine;
  let engine: DockerEngine;
  const seen: EngineEvent[] = [];
  const waiting = new Set<() => void>();
  let closed = 0;
  const sink = {
    event: (event: EngineEvent): void => {
      seen.push(event);
      for (const look of waiting) look();
    },
    closed: (): void => {
      closed += 1;
    },
  };

  /** Resolves with the first event that has these values. */
  function event(wanted: Partial<Record<string, unknown>>): Promise<EngineEvent> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = seen.find((one) =>
          Object.entries(wanted).every(([key, value]) => one[key as keyof EngineEvent] === value),
        );
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  }

  beforeAll(async () => {
    test = await startEngine({ version, store });
    engine = await connect(test.url);
  });
  afterAll(async () => {
    engine.close();
    await test.dispose();
  });

  it('tells what happens to images, by ID and by name', async () => {
    const stream = await engine.events(sink, null);
    const [image] = await loadImages(test, [{ refs: ['kit/app:1'] }]);
    const id = image?.id ?? '';
    expect(await event({ kind: 'image', action: 'load' })).toMatchObject({ id, ref: null });
    await engine.tag(id, 'kit/app:2');
    expect(await event({ kind: 'image', action: 'tag', ref: 'kit/app:2' })).toMatchObject({ id });
    await engine.untag('kit/app:2');
    expect(await event({ kind: 'image', action: 'untag' })).toMatchObject({ id });
    stream.close();
    await engine.ping();
    expect(closed).toBe(0);
  });

  it('tells what happens to containers, health among it, and no exec noise', async () => {
    const stream = await engine.events(sink, null);
    const container = await runContainer(test, {
      image: 'kit/app:1',
      name: 'checked',
      options: {
        Healthcheck: {
          Test: ['CMD', 'true'],
          Interval: 1_000_000_000,
          // A check that takes long on a busy machine is none that fails, which would be told as well.
          Timeout: 60_000_000_000,
          Retries: 1,
        },
      },
    });
    const from = { kind: 'container', id: container.id };
    const health = await event({ ...from, action: 'health' });
    expect(health).toMatchObject({ name: 'checked', reference: 'kit/app:1' });
    await container.remove({ force: true });
    await event({ ...from, action: 'destroy' });
    const actions = seen.filter((one) => one.kind === 'container').map((one) => one.action);
    expect(actions).toEqual(['create', 'start', 'health', 'die', 'destroy']);
    stream.close();
  });

  it('replays what came before, with the same times', async () => {
    const before = seen.find(({ action }) => action === 'tag');
    seen.length = 0;
    const stream = await engine.events(sink, before?.at ?? 0);
    expect(await event({ action: 'tag' })).toEqual(before);
    await event({ action: 'destroy' });
    expect(seen.some(({ action }) => action === 'load')).toBe(false);
    stream.close();
  });

  it('tells a pull by its name and a removal by its ID', async () => {
    const registry = await startRegistry();
    try {
      const ref = `${registry.host}/kit/pulled:1`;
      const id = (await engine.resolve('kit/app:1')) ?? '';
      await engine.tag(id, ref);
      await pushImage(test, ref);
      seen.length = 0;
      const stream = await engine.events(sink, null);
      await engine.untag(ref);
      await engine.untag('kit/app:1');
      expect(await event({ action: 'delete' })).toMatchObject({ id, ref: null });
      await pullImage(test, ref);
      expect(await event({ action: 'pull' })).toMatchObject({ id: null, ref });
      const pulled = (await engine.resolve(ref)) ?? '';
      const row = await engine.listImage(pulled);
      expect(row?.refs).toEqual([ref]);
      expect(row?.digests).toEqual([
        expect.stringMatching(/^127\.0\.0\.1:\d+\/kit\/pulled@sha256:/),
      ]);
      expect((await engine.list()).images).toContainEqual(row);
      stream.close();
    } finally {
      await registry.dispose();
    }
  });
});
