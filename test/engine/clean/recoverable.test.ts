import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../main/adapters/clock.js';
import { Credentials } from '../../../main/adapters/registry/credentials/index.js';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { loadImages, pullImage, pushImage } from '../../support/images.js';
import { isInside } from '../../support/namespace.js';
import { pinned, unpublish } from '../../support/publish.js';
import { REGISTRY_USER, startRegistry, type TestRegistry } from '../../support/registry.js';

const stores = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

const policy = 'version: 1\ngrace: 0s\nremove: [{ match: "**" }]\n';
const hour = 3_600_000;

/** The system's clock, that can be put forward. */
function movedClock(): Clock & { ahead: number } {
  const system = systemClock();
  const clock = { ...system, ahead: 0, now: () => system.now() + clock.ahead };
  return clock;
}

describe.runIf(isInside).each(stores)(
  'what can be had again on $version $store @store',
  ({ version, store }) => {
    let engine: TestEngine;
    let registry: TestRegistry;
    let careen: TestCareen;
    let clock: ReturnType<typeof movedClock>;
    let count = 0;
    /** Of the pushed image. */
    let id: string;
    let digest: string;

    beforeAll(async () => {
      engine = await startEngine({ version, store });
      registry = await startRegistry({ port: 5082 });
    });
    afterAll(async () => {
      await engine.dispose();
      await registry.dispose();
    });

    beforeEach(async () => {
      await registry.again({});
      count += 1;
      const ref = `${registry.host}/acme/app:${count}`;
      await loadImages(engine, [{ refs: [ref], layers: [{ key: `layer-${count}`, kB: 10 }] }]);
      await pushImage(engine, ref);
      const image = await engine.docker.getImage(ref).inspect();
      [id, digest] = [image.Id, image.RepoDigests[0] ?? ''];
      clock = movedClock();
      careen = await TestCareen.open({ socket: engine.socket, policy, clock });
    });
    afterEach(async () => {
      await careen.close();
      expect(careen.reported).toEqual([]);
      await engine.docker.getImage(id).remove({ force: true });
    });

    const item = async (verifyWithin: number) => {
      const plan = await careen.call('plan.make', { policy: null, verifyWithin });
      return plan.items.find((one) => one.id === id);
    };
    const row = () => careen.slice('images').upsert.find((one) => one.id === id);
    const unasked = store === 'classic' ? 'likely' : 'unknown';

    it('is what its registry has', async () => {
      expect(await item(20_000)).toMatchObject({
        recoverable: { state: 'verified' },
        ticked: true,
        group: null,
      });
    });

    it('is not what its registry lost', async () => {
      await unpublish(pinned(digest));
      expect(await item(20_000)).toMatchObject({
        recoverable: { state: 'no' },
        ticked: false,
        group: 'unrecoverable',
      });
      const { image, unverified } = await careen.call('image.get', { id });
      expect([image.facts.recoverable.state, unverified]).toEqual(['no', null]);
    });

    it('is not known while its registry cannot be reached, and it says why', async () => {
      await registry.stop();
      expect((await item(20_000))?.recoverable).toEqual({ state: unasked });
      expect((await careen.call('image.get', { id })).unverified).toMatchObject({
        code: 'registry-unreachable',
        details: { registry: registry.host },
      });
    });

    it('is asked while a plan is shown, which never waits for it', async () => {
      expect((await item(0))?.recoverable).toEqual({ state: unasked });
      await careen.until('images', () => row()?.recoverable === 'verified');
    });

    it('is known before a plan is made while a window watches', async () => {
      careen.careen.slices.setWatching('first');
      await careen.until('images', () => row()?.recoverable === 'verified');
      expect(await item(0)).toMatchObject({ recoverable: { state: 'verified' }, ticked: true });
    });

    it('is remembered for a day', async () => {
      await item(20_000);
      await careen.close();
      await registry.stop();
      careen = await TestCareen.open({ socket: engine.socket, home: careen.home, clock });
      clock.ahead = 23 * hour;
      expect((await item(0))?.recoverable.state).toBe('verified');
      clock.ahead = 25 * hour;
      expect((await item(20_000))?.recoverable).toEqual({ state: unasked });
    });

    it('is pulled with the credentials that the docker CLI has', async () => {
      await registry.again({ auth: 'basic' });
      const home = await mkdtemp(join(tmpdir(), 'careen-docker-'));
      const auth = Buffer.from(Object.values(REGISTRY_USER).join(':')).toString('base64');
      await writeFile(
        join(home, 'config.json'),
        JSON.stringify({ auths: { [registry.host]: { auth } } }),
      );
      const env = { DOCKER_CONFIG: home };
      const host = { platform: process.platform, env, home };
      const key = await new Credentials(host, () => 0).registryAuthHeader(digest);
      await expect(pullImage(engine, digest)).rejects.toThrow();
      await pullImage(engine, digest, { key });
      await rm(home, { recursive: true });
    });
  },
);
