import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UpdateResult } from '../../../main/contract/update-steps.js';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import type { ImageSpec } from '../../support/images.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';
import {
  answers,
  clear,
  containers,
  of,
  ownTags,
  publishAs,
  serve,
  service,
  updatePolicy,
} from '../../support/updating.js';

const port = 8102;
const second = 1_000_000_000;
const broken = ['sh', '-c', 'echo first; echo broken >&2; exit 3'];
const check = (change: object) => ({
  config: { Healthcheck: { Test: ['CMD', 'false'], Interval: second / 5, Retries: 2, ...change } },
});

const notStarted = {
  code: 'not-started',
  message: expect.stringContaining('/not-there') as string,
};

/** What a bad new version does, with the restart policy that its container has. */
const bad: {
  name: string;
  spec: ImageSpec;
  restart: string;
  why: object;
  log: string[];
  /** How long it has to prove itself: long enough for what shall be found, where that is not the end of it. */
  proveWithin?: string;
}[] = [
  {
    name: 'is unhealthy',
    spec: service('v2', check({})),
    restart: 'unless-stopped',
    why: { code: 'unhealthy' },
    log: [],
  },
  {
    name: 'exits at once',
    spec: { cmd: broken },
    restart: 'no',
    why: { code: 'exited', exitCode: 3 },
    log: ['first', 'broken'],
  },
  {
    name: 'restarts for ever',
    spec: { cmd: broken },
    restart: 'always',
    why: { code: 'restarting' },
    log: ['first', 'broken'],
  },
  {
    name: 'does not start',
    spec: { cmd: ['/not-there'] },
    restart: 'unless-stopped',
    why: notStarted,
    log: [],
  },
  {
    name: 'never becomes healthy',
    spec: service('v2', check({ StartPeriod: 3600 * second })),
    restart: 'on-failure',
    why: { code: 'not-healthy-in-time', ms: 2000 },
    log: [],
    proveWithin: '2s',
  },
];

const kinds = [
  { version: '26.1', store: 'classic', which: bad },
  { version: '26.1', store: 'containerd', which: bad.slice(2, 4) },
  { version: '20.10', store: 'classic', which: bad.slice(2, 4) },
] as const;

describe.each(kinds)('a bad new version on $version $store @store', ({ which, ...kind }) => {
  let registry: TestRegistry;
  let engine: TestEngine;
  let careen: TestCareen;
  let ref: string;

  beforeAll(async () => {
    [registry, engine] = await Promise.all([startRegistry(), startEngine(kind)]);
    ref = `${registry.host}/acme/web:1`;
  });
  afterAll(async () => {
    await engine.dispose();
    await registry.dispose();
  });
  beforeEach(() => publishAs(engine, ref, service('v1')));
  afterEach(async () => {
    await careen.close();
    await clear(engine);
    expect(careen.reported).toEqual([]);
  });

  it.each(which)('that $name is gone back from by itself', async (version) => {
    const { spec, restart, why, log, proveWithin = '60s' } = version;
    // Docker's init would start whatever the program does; without it PID 1 takes no signal.
    const Init = why !== notStarted;
    const HostConfig = { RestartPolicy: { Name: restart, MaximumRetryCount: 0 }, Init };
    const web = await serve(engine, ref, 'web', port, { HostConfig, StopTimeout: 1 });
    expect(await answers(port)).toBe('v1');
    const before = await web.inspect();
    await publishAs(engine, ref, spec);
    const policy = updatePolicy.replace('proveWithin: 5s', `proveWithin: ${proveWithin}`);
    careen = await TestCareen.open({ socket: engine.socket, policy });
    const ended: UpdateResult[] = [];
    careen.careen.onUpdateEnded((run) => {
      const { result } = of(run, 'web');
      if (result) ended.push(result);
    });

    const run = await careen.call('update.run', { containers: [{ container: 'web', to: null }] });
    const { result, steps, to } = of(run, 'web');
    expect(result).toMatchObject({ state: 'rolled-back', why });
    if (result?.state !== 'rolled-back') return;
    for (const line of log) expect(result.log.join('\n')).toContain(line);
    expect(ended).toEqual([result]);
    expect(steps.filter(({ state }) => state === 'failed').map(({ step }) => step)).toHaveLength(1);

    // The very container that ran before, and nothing beside it.
    const now = await engine.docker.getContainer('web').inspect();
    expect(now.Id).toBe(before.Id);
    expect(now.State.Running).toBe(true);
    expect(now.HostConfig.RestartPolicy).toEqual(before.HostConfig.RestartPolicy);
    expect(await answers(port)).toBe('v1');
    expect(await containers(engine)).toEqual(['web running']);
    expect(await ownTags(engine)).toEqual([]);
    expect((await engine.docker.getImage(ref).inspect()).Id).toBe(before.Image);
    const [row] = careen.slice('updates').rows;
    expect(row).toMatchObject({ kept: [], unproven: null });

    // The same digest is not taken again by itself: only a person who names it tries it once more.
    const all = await careen.call('update.run', { containers: null });
    expect(all.containers).toEqual([]);
    const [row2] = careen.slice('updates').rows;
    expect(row2).toMatchObject({
      verdict: { state: 'available', to: { digest: to.digest } },
      heldBack: { code: 'rolled-back' },
    });
  });
});
