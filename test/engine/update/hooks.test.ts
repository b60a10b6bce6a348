import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../main/adapters/docker/client.js';
import type { DockerEngine } from '../../../main/adapters/docker/types.js';
import { hooksOf } from '../../../main/domain/update/hooks.js';
import { Hooks } from '../../../main/services/updater/hooks.js';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { loadImages, runContainer } from '../../support/images.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';
import {
  answers,
  clear,
  containers,
  of,
  publishAs,
  serve,
  service,
} from '../../support/updating.js';

const w = 'com.centurylinklabs.watchtower.lifecycle.';
const never = new AbortController().signal;

const engines = [
  { version: '26.1', store: 'classic' },
  { version: '20.10', store: 'classic' },
] as const;

describe.each(engines)('hooks in containers of $version @store', (kind) => {
  let test: TestEngine;
  let engine: DockerEngine;
  let hooks: Hooks;

  beforeAll(async () => {
    test = await startEngine(kind);
    await loadImages(test, [
      {
        refs: ['app:1'],
        layers: ['busybox', { key: 'h', kB: 10 }],
        labels: { [`${w}pre-update`]: 'touch /scratch/by-image' },
        config: { User: '1000:1000' },
      },
    ]);
    engine = await connect(test.url);
    hooks = new Hooks(() => engine);
  });
  afterAll(async () => {
    engine.close();
    await test.dispose();
  });

  /** A running container with these labels, and the hooks that they ask for. */
  const withLabels = async (name: string, Labels: Record<string, string>) => {
    const options = { Labels, HostConfig: { Tmpfs: { '/scratch': 'mode=1777' } } };
    await runContainer(test, { image: 'app:1', name, options });
    const container = await engine.inspectContainer(name);
    const image = await engine.inspectImage('app:1');
    if (!container || !image) throw new Error(`${name} is gone`);
    return { id: container.Id, asked: hooksOf(container, image.labels, true) };
  };
  const output = async (id: string, command: string) =>
    (await engine.exec(id, ['sh', '-c', command], { timeout: 10_000, signal: never })).output;

  it('run as the container’s own user, in order, and an image’s never', async () => {
    const { id, asked } = await withLabels('good', {
      [`${w}pre-update`]: 'id -u > /scratch/said',
      'dd.hook.pre': 'echo pre >> /scratch/said',
      'dd.hook.post': 'echo post >> /scratch/said',
    });
    expect(await hooks.before(id, asked, never)).toEqual({ go: true, told: [] });
    expect(await output(id, 'cat /scratch/said')).toBe('1000\npre');
    expect(await hooks.after(id, asked, never)).toEqual([]);
    expect(await output(id, 'cat /scratch/said; ls /scratch')).toBe('1000\npre\npost\nsaid');
    const plain = await withLabels('plain', {});
    expect(plain.asked).toEqual([]);
  });

  it('put an update off by exit code 75, and what follows does not run', async () => {
    const { id, asked } = await withLabels('later', {
      [`${w}pre-update`]: 'echo busy; exit 75',
      'dd.hook.pre': 'touch /scratch/ran',
    });
    expect(await hooks.before(id, asked, never)).toMatchObject({
      go: false,
      why: 'not-now',
      failure: { exitCode: 75, output: 'busy', hook: { label: `${w}pre-update` } },
    });
    expect(await output(id, 'ls /scratch')).toBe('');
  });

  it('forbid an update by any other failure, unless they say that it does not matter', async () => {
    const { id, asked } = await withLabels('bad', {
      [`${w}pre-update`]: 'echo broken >&2; exit 3',
    });
    expect(await hooks.before(id, asked, never)).toMatchObject({
      go: false,
      why: 'failed',
      failure: { exitCode: 3, output: 'broken' },
    });
    const lenient = await withLabels('lenient', {
      'dd.hook.pre': 'exit 3',
      'dd.hook.pre.abort': 'false',
    });
    expect(await hooks.before(lenient.id, lenient.asked, never)).toMatchObject({
      go: true,
      told: [{ exitCode: 3, hook: { label: 'dd.hook.pre' } }],
    });
  });

  it('forbid an update when they do not end in time', async () => {
    const { id, asked } = await withLabels('slow', {
      'dd.hook.pre': 'sleep 600',
      'dd.hook.timeout': '300',
    });
    expect(await hooks.before(id, asked, never)).toMatchObject({
      go: false,
      why: 'failed',
      failure: { exitCode: null },
    });
  });

  it('are only told of when they fail afterwards', async () => {
    const { id, asked } = await withLabels('after', {
      [`${w}post-update`]: 'exit 75',
      'dd.hook.post': 'touch /scratch/ran',
    });
    expect(await hooks.after(id, asked, never)).toMatchObject([{ exitCode: 75 }]);
    expect(await output(id, 'ls /scratch')).toBe('ran');
  });

  it('forbid an update where they cannot be run at all', async () => {
    const { asked, id } = await withLabels('stopped', { [`${w}pre-update`]: 'true' });
    await engine.stopContainer(id, 0);
    const stopped = await hooks.before(id, asked, never);
    expect(stopped).toMatchObject({ go: false, why: 'failed', failure: { exitCode: null } });
    expect(stopped.go || stopped.failure.output).toMatch(/not running/);
  });

  it('end with a cancelled run', async () => {
    const { id, asked } = await withLabels('cancelled', { 'dd.hook.pre': 'sleep 600' });
    const cancel = new AbortController();
    const asking = hooks.before(id, asked, cancel.signal);
    cancel.abort();
    await expect(asking).rejects.toMatchObject({ code: 'run-cancelled' });
  });
});

describe('an update with hooks', () => {
  const port = 8103;
  const policy = `version: 1
update:
  default: { hooks: true, settle: 400ms, proveWithin: 5s }
`;
  let registry: TestRegistry;
  let engine: TestEngine;
  let ref: string;

  beforeAll(async () => {
    [registry, engine] = await Promise.all([startRegistry(), startEngine()]);
    ref = `${registry.host}/acme/web:1`;
  });
  afterAll(async () => {
    await engine.dispose();
    await registry.dispose();
  });

  it.each([
    ['exit 75', { state: 'skipped', why: { code: 'hook', exitCode: 75 } }, 'v1'],
    ['echo broken; exit 3', { state: 'failed', error: { code: 'hook-failed' } }, 'v1'],
    ['true', { state: 'updated', proven: true }, 'v2'],
  ])('by %j comes to %o', async (command, result, running) => {
    await publishAs(engine, ref, service('v1'));
    const Labels = { [`${w}pre-update`]: command, [`${w}post-update`]: 'exit 1' };
    await serve(engine, ref, 'web', port, { Labels });
    await publishAs(engine, ref, service('v2'));
    const careen = await TestCareen.open({ socket: engine.socket, policy });
    try {
      const run = await careen.call('update.run', { containers: [{ container: 'web' }] });
      expect(of(run, 'web').result).toMatchObject(result);
      expect(await answers(port)).toBe(running);
      expect(await containers(engine)).toEqual(['web running']);
    } finally {
      await careen.close();
      await clear(engine);
    }
    expect(careen.reported).toEqual([]);
  });
});
