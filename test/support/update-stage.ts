import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { UpdateRun } from '../../main/contract/runs.js';
import { TestCareen, type TestCareenOptions } from './careen.js';
import { type EngineOptions, startEngine, type TestEngine } from './engine.js';
import { startRegistry, type TestRegistry } from './registry.js';
import { clear, updatePolicy } from './updating.js';

/**
 * A registry and an engine for a `describe` of updates, and one Careen at a time on them. After each
 * test Careen is closed, and must have had nothing to complain of; the engine's containers and images
 * are gone.
 */
export function updateStage(options: EngineOptions = {}) {
  let registry: TestRegistry;
  let engine: TestEngine;
  let careen: TestCareen;

  beforeAll(async () => {
    [registry, engine] = await Promise.all([startRegistry(), startEngine(options)]);
  });
  afterAll(async () => {
    await engine.dispose();
    await registry.dispose();
  });
  afterEach(async () => {
    await careen.close();
    await clear(engine);
    expect(careen.reported).toEqual([]);
  });

  return {
    get registry() {
      return registry;
    },
    get engine() {
      return engine;
    },
    get careen() {
      return careen;
    },
    /** A reference in the registry. */
    image: (name: string): string => `${registry.host}/acme/${name}:1`,
    open: async (more: Partial<TestCareenOptions> = {}): Promise<void> => {
      careen = await TestCareen.open({ socket: engine.socket, policy: updatePolicy, ...more });
    },
    /** Updates these to what there is. */
    update: (...names: string[]): Promise<UpdateRun> =>
      careen.call('update.run', {
        containers: names.map((container) => ({ container, to: null })),
      }),
    inspect: (name: string) => engine.docker.getContainer(name).inspect(),
  };
}
