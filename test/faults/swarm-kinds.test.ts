import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { REGISTRY_USER } from '../support/registry.js';
import { nodesPolicy } from '../support/service-cases.js';
import { diesLater, ServiceUpdates, threeTasks } from '../support/service-updates.js';
import { TestSwarm } from '../support/swarm.js';
import { of, service } from '../support/updating.js';

const login = Buffer.from(`${REGISTRY_USER.username}:${REGISTRY_USER.password}`).toString('base64');

describe('on three nodes', { timeout: 240_000 }, () => {
  let swarm: TestSwarm;
  let updates: ServiceUpdates;
  beforeAll(async () => {
    swarm = await TestSwarm.start({ nodes: 3 });
    updates = await ServiceUpdates.open(swarm, { policy: nodesPolicy });
  });
  afterEach(() => swarm.clear());
  afterAll(async () => {
    await updates.close();
    await swarm.dispose();
  });

  const everywhere = {
    spec: {
      Mode: { Global: {} },
      RollbackConfig: { Parallelism: 0, Monitor: 500_000_000, Order: 'stop-first' as const },
    },
  };

  it('a global service is updated on each, and goes back', async () => {
    const { web, one, two } = await updates.stage(service('v2'), everywhere, 3);
    expect((await updates.preview(web)).service).toMatchObject({ tasks: 3 });
    expect(of(await updates.run(web), web).result).toEqual({ state: 'updated', proven: true });
    await swarm.runs(web, two, 3);
    expect(of(await updates.back(web), web).result).toEqual({ state: 'restored' });
    await swarm.runs(web, one, 3);
  });

  it('a port of the node that each task needs first is told of, and stuck where it is done', async () => {
    const ports = [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8199, PublishMode: 'host' }];
    const { web, one } = await updates.stage(service('v2'), {
      spec: {
        ...threeTasks.spec,
        EndpointSpec: { Ports: ports } as never,
        UpdateConfig: { Parallelism: 1, Monitor: 1_000_000_000, Order: 'start-first' },
      },
    });
    expect((await updates.preview(web)).service?.warnings).toMatchObject([
      { code: 'start-first-host-port', certain: true },
    ]);
    expect(of(await updates.run(web), web).result).toMatchObject({
      state: 'rolled-back',
      why: { code: 'stuck', by: 'host-port' },
    });
    await swarm.runs(web, one, 3);
  });

  it('a service that someone scales in the middle of its update is left to them', async () => {
    const staged = await updates.stage(service('v2'), threeTasks);
    const { web } = staged;
    const updating = updates.run(web);
    await updates.underWay(staged);
    await swarm.change(web, (spec) => {
      spec.Mode = { Replicated: { Replicas: 2 } };
    });
    expect(of(await updating, web).result).toMatchObject({ state: 'taken-over' });
    expect((await swarm.inspect(web)).Spec.Mode).toEqual({ Replicated: { Replicas: 2 } });
  });

  it('a global service that dies later is taken back', async () => {
    const all = {
      spec: {
        ...everywhere.spec,
        UpdateConfig: { Parallelism: 0, Monitor: 1_000_000_000, Order: 'stop-first' as const },
      },
    };
    const { web, one } = await updates.stage(diesLater, all, 3);
    expect(of(await updates.run(web), web).result).toMatchObject({
      state: 'rolled-back',
      why: { code: 'task-died' },
    });
    await swarm.runs(web, one, 3);
  });
});

/** On loopback: to one that the engine calls insecure, as any here for several nodes is, none is sent. */
describe('on one node', { timeout: 240_000 }, () => {
  let swarm: TestSwarm;
  let updates: ServiceUpdates;
  let cli: string;
  beforeAll(async () => {
    swarm = await TestSwarm.start();
    // The docker CLI's settings of whoever runs Careen.
    cli = await mkdtemp(join(tmpdir(), 'careen-docker-'));
    const auths = { [swarm.registry.host]: { auth: login } };
    await writeFile(join(cli, 'config.json'), JSON.stringify({ auths }));
    vi.stubEnv('DOCKER_CONFIG', cli);
    updates = await ServiceUpdates.open(swarm);
  });
  afterAll(async () => {
    await updates.close();
    await swarm.dispose();
    vi.unstubAllEnvs();
    await rm(cli, { recursive: true });
  });

  it('a registry that asks for a login gives its image, by what Careen sends along', async () => {
    // Swarm has no login stored with it: it was created when the registry asked for none.
    const { web, one, two } = await updates.stage(service('v2'), threeTasks);
    await swarm.registry.again({ auth: 'basic' });
    try {
      expect(of(await updates.run(web), web).result).toEqual({ state: 'updated', proven: true });
      await swarm.runs(web, two, 3);
      expect(of(await updates.back(web), web).result).toEqual({ state: 'restored' });
      await swarm.runs(web, one, 3);
      const files = await readdir(updates.careen.home, { recursive: true, withFileTypes: true });
      const sent = Buffer.from(JSON.stringify(REGISTRY_USER)).toString('base64url').slice(0, 20);
      // One that is just being written goes, and comes under its own name.
      const there = files.filter((one) => one.isFile() && !one.name.endsWith('.tmp'));
      for (const file of there) {
        const text = await readFile(join(file.parentPath, file.name), 'latin1');
        for (const secret of [login, sent, '"password"']) expect(text).not.toContain(secret);
      }
      expect(JSON.stringify(updates.careen.reported)).not.toContain(login);
    } finally {
      await swarm.registry.again({});
    }
  });
});
