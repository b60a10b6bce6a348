import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Certificates, makeCertificates } from '../support/certificates.js';
import { pullImage } from '../support/images.js';
import { REGISTRY_USER } from '../support/registry.js';
import { deathIsCaught, nodesPolicy, onThreeNodes, stuckOnPort } from '../support/service-cases.js';
import { ServiceUpdates, threeTasks } from '../support/service-updates.js';
import { TestSwarm } from '../support/swarm.js';
import { of, publishAs, service } from '../support/updating.js';

const everywhere = {
  spec: {
    Mode: { Global: {} },
    RollbackConfig: { Parallelism: 0, Monitor: 500_000_000, Order: 'stop-first' as const },
  },
};

describe('on three nodes', { timeout: 240_000 }, () => {
  const there = onThreeNodes();

  it('a global service is updated on each, and goes back', async () => {
    const updates = there();
    const { swarm } = updates;
    const { web, one, two } = await updates.stage(service('v2'), everywhere, 3);
    expect((await updates.preview(web)).service).toMatchObject({ tasks: 3 });
    expect(of(await updates.run(web), web).result).toEqual({ state: 'updated', proven: true });
    await swarm.runs(web, two, 3);
    expect(of(await updates.back(web), web).result).toEqual({ state: 'restored' });
    await swarm.runs(web, one, 3);
  });

  it('a port of the node that each task needs first is told of, and stuck where it is done', async () => {
    await stuckOnPort(there(), threeTasks);
  });

  it('a service that someone scales in the middle of its update is left to them', async () => {
    const updates = there();
    const { swarm } = updates;
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
    await deathIsCaught(there().swarm, nodesPolicy, all, 3);
  });
});

/** With TLS: to a registry that the engine calls insecure, Careen sends no login. */
describe('on three nodes with a registry that asks for a login', { timeout: 240_000 }, () => {
  let settings: string;
  let tls: Certificates;
  let swarm: TestSwarm;
  let updates: ServiceUpdates;
  const login = Buffer.from(`${REGISTRY_USER.username}:${REGISTRY_USER.password}`);
  beforeAll(async () => {
    tls = await makeCertificates();
    swarm = await TestSwarm.start({ nodes: 3, tls });
    // The docker CLI's settings of whoever runs Careen; the engines know nothing of them.
    settings = await mkdtemp(join(tmpdir(), 'careen-docker-'));
    const { host } = swarm.registry;
    const auths = { [host]: { auth: login.toString('base64') } };
    await writeFile(join(settings, 'config.json'), JSON.stringify({ auths }));
    vi.stubEnv('DOCKER_CONFIG', settings);
    const trusted = join(settings, 'docker', 'certs.d', host);
    await mkdir(trusted, { recursive: true });
    await writeFile(join(trusted, 'ca.crt'), tls.ca);
    vi.stubEnv('XDG_CONFIG_HOME', settings);
    updates = await ServiceUpdates.open(swarm, { policy: nodesPolicy });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await updates.close();
    await swarm.dispose();
    await rm(settings, { recursive: true });
  });

  const locked = () => swarm.registry.again({ tls, auth: 'basic' });
  const open = () => swarm.registry.again({ tls });
  const updated = { state: 'updated', proven: true };

  /** Takes a version's image away from every node, as a person's own clean-up may. */
  async function forget(image: string) {
    await swarm.forgetEnded();
    for (const { docker } of swarm.nodes) await docker.getImage(image).remove({ force: true });
  }

  it('its images reach every node there and back, by the login that Careen sends along', async () => {
    // Swarm has no login stored with it: it was created when the registry asked for none.
    const { web, two } = await updates.stage(service('v2'), everywhere, 3);
    await locked();
    await expect(pullImage(swarm.manager, two)).rejects.toThrow(/no basic auth credentials/);
    expect(of(await updates.run(web), web).result).toEqual(updated);
    await swarm.runs(web, two, 3);
    await open();
    const name = `${swarm.registry.host}/${web}:1`;
    const three = `${name}@${await publishAs(swarm.manager, name, service('v3'), tls.ca)}`;
    await locked();
    await updates.check(web);
    expect(of(await updates.run(web), web).result).toEqual(updated);
    await swarm.runs(web, three, 3);
    await forget(two);
    expect(of(await updates.back(web), web).result).toEqual({ state: 'restored' });
    await swarm.runs(web, two, 3);
    expect(await told()).toEqual([]);
  });

  it('goes back to what was asked for while it asked for none, once nodes have lost it', async () => {
    await open();
    const { web, one, two } = await updates.stage(service('v2'), everywhere, 3);
    await locked();
    expect(of(await updates.run(web), web).result).toEqual(updated);
    await swarm.runs(web, two, 3);
    await forget(one);
    // Swarm's own way back would have them pull with the login of then: none.
    expect(of(await updates.back(web), web).result).toEqual({ state: 'restored' });
    await swarm.runs(web, one, 3);
    expect(await told()).toEqual([]);
  });

  /** Files of Careen's home, and reports, that tell of the login in any of its spellings. */
  async function told(): Promise<string[]> {
    const header = Buffer.from(JSON.stringify(REGISTRY_USER));
    const secrets = [
      login.toString('base64'),
      header.toString('base64').slice(0, 20),
      header.toString('base64url').slice(0, 20),
      '"password"',
    ];
    const texts = new Map([['reports', JSON.stringify(updates.careen.reported)]]);
    const { home } = updates.careen;
    for (const one of await readdir(home, { recursive: true, withFileTypes: true })) {
      // One that is just being written goes, and comes under its own name.
      if (!one.isFile() || one.name.endsWith('.tmp')) continue;
      const file = join(one.parentPath, one.name);
      texts.set(file, await readFile(file, 'latin1'));
    }
    expect(texts.size).toBeGreaterThan(3);
    return [...texts].flatMap(([file, text]) =>
      secrets.some((secret) => text.includes(secret)) ? [file] : [],
    );
  }
});
