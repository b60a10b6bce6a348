import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Pinned } from '../../../main/adapters/registry/types.js';
import { parseReference } from '../../../main/domain/reference.js';
import { type Certificates, makeCertificates } from '../../support/certificates.js';
import { isInside } from '../../support/namespace.js';
import { digestOf, publish, publishIndex } from '../../support/publish.js';
import { REGISTRY_USER, startRegistry, type TestRegistry } from '../../support/registry.js';
import { TOKEN_ISSUER, TokenServer } from '../../support/token-server.js';
import { RegistryUser } from './user.js';

const port = 5083;
const name = `127.0.0.1:${port}`;
const repositories = ['acme/web', 'acme/api', 'acme/worker', 'acme/db'];
const tags = ['1', '1.1', '1.2', '2', 'latest'];
const layers = ['one', 'two'].map((text) => Buffer.from(`not a layer: ${text}`));
const diffIds = layers.map((layer) => digestOf(`plain ${layer.toString()}`));

const configOf = (architecture: string) => ({
  architecture,
  created: '2026-05-04T03:02:01.5Z',
  config: {
    Env: [`FOR=${architecture}`],
    Cmd: ['serve'],
    Labels: { 'org.opencontainers.image.version': '1.2.3', 'a\u202eb': 'c\u0007d' },
  },
  rootfs: { type: 'layers', diff_ids: diffIds },
});

let user: RegistryUser;
beforeEach(async () => {
  user = await RegistryUser.start();
});
afterEach(() => user.dispose());

describe.runIf(isInside)('a registry', () => {
  let registry: TestRegistry;
  let tokens: TokenServer;
  let certificates: Certificates;
  let amd64: Pinned;
  let index: Pinned;

  beforeAll(async () => {
    registry = await startRegistry({ port });
    certificates = await makeCertificates();
    tokens = await TokenServer.start(certificates);
    for (const repository of repositories) {
      amd64 = await publish(registry, repository, { config: configOf('amd64'), layers });
      const arm64 = await publish(registry, repository, { config: configOf('arm64') });
      const attestation = await publish(registry, repository);
      index = await publishIndex(
        registry,
        repository,
        [
          {
            digest: attestation.digest,
            platform: { os: 'unknown', architecture: 'unknown' },
          },
          { digest: arm64.digest, platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
          { digest: amd64.digest, platform: { os: 'linux', architecture: 'amd64' } },
        ],
        tags,
      );
    }
  });
  afterAll(async () => {
    await registry.dispose();
    await tokens.close();
  });

  const token = () => {
    const { certFile } = certificates;
    return { token: { realm: tokens.realm, issuer: TOKEN_ISSUER, certFile } };
  };

  describe.each([
    ['without a door', () => ({})],
    ['with basic auth', () => ({ auth: 'basic' as const })],
    ['with tokens', token],
    ['with TLS by a CA of its own', () => ({ tls: certificates, auth: 'basic' as const })],
  ])('%s', (_, options) => {
    beforeAll(() => registry.again(options()));
    beforeEach(async () => {
      await user.signInTo(name, REGISTRY_USER);
      await user.trust(name, certificates.ca);
    });

    it('tells what a tag is now, and that one is not there', async () => {
      const one = user.client();
      const expected = {
        found: true,
        digest: index.digest,
        mediaType: 'application/vnd.oci.image.index.v1+json',
        size: expect.any(Number) as number,
      };
      const of = (text: string) => one.head(parseReference(`${name}/acme/db${text}`));
      expect(await of(':1.2')).toEqual(expected);
      expect(await of('')).toEqual(expected);
      expect(await of(`:gone@${index.digest}`)).toEqual(expected);
      expect(await of(':gone')).toEqual({ found: false });
    });

    it('tells its tags', async () => {
      const one = user.client();
      const list = await one.tags(name, 'acme/db');
      // This registry has no order of its own.
      expect(list.found && [...list.tags].sort()).toEqual(tags);
      expect(await one.tags(name, 'acme/never')).toEqual({ found: false });
    });

    it('tells what an image is, for this platform', async () => {
      const one = user.client();
      const image = await one.image(index, 'linux/amd64');
      const published = { architecture: 'amd64', os: 'linux', repository: 'acme/db' };
      expect(image).toEqual({
        digest: amd64.digest,
        config: digestOf(JSON.stringify({ ...published, ...configOf('amd64') })),
        created: Date.UTC(2026, 4, 4, 3, 2, 1, 500),
        labels: { 'org.opencontainers.image.version': '1.2.3', 'a\ufffdb': 'c\ufffdd' },
        defaults: configOf('amd64').config,
        layers: layers.map((layer) => ({ digest: digestOf(layer), size: layer.length })),
        diffIds,
      });
      expect(await one.image(amd64, 'linux/amd64')).toEqual(image);
      const other = await one.image(index, 'linux/arm64');
      expect(other.defaults['Env']).toEqual(['FOR=arm64']);
      const reference = `${name}/acme/db@${index.digest}`;
      await expect(one.image(index, 'linux/s390x')).rejects.toMatchObject({
        code: 'registry-lacks',
        details: { reference, what: 'platform', platform: 'linux/s390x' },
      });
      const gone = { ...index, digest: `sha256:${'5'.repeat(64)}` };
      await expect(one.image(gone, 'linux/amd64')).rejects.toMatchObject({
        code: 'registry-lacks',
        details: { what: 'manifest' },
      });
    });
  });

  describe('that many ask', () => {
    beforeEach(async () => {
      await user.signInTo(name, REGISTRY_USER);
      tokens.asked.splice(0);
    });

    const references = repositories.flatMap((repository) =>
      tags.map((tag) => parseReference(`${name}/${repository}:${tag}`)),
    );

    it.each([
      ['without a door', () => ({}), 0, 1],
      ['with basic auth', () => ({ auth: 'basic' as const }), 0, 2],
      ['with tokens', token, repositories.length, 1],
    ])('%s hears each question once', async (_, options, scopes, knocks) => {
      await registry.again(options());
      await registry.takeAsked();
      const one = user.client();
      const fifty = Array.from({ length: 50 }, (__, i) => references[i % 20]).flatMap(
        (reference) => reference ?? [],
      );
      const heads = await Promise.all(fifty.map((reference) => one.head(reference)));
      expect(heads.every(({ found }) => found)).toBe(true);
      const asked = await registry.takeAsked();
      expect(asked.filter((question) => question === 'GET /v2/')).toHaveLength(knocks);
      expect(asked.filter((question) => question !== 'GET /v2/')).toEqual(
        references.map(({ path, tag }) => `HEAD /v2/${path}/manifests/${tag ?? ''}`).sort(),
      );
      expect(tokens.asked).toHaveLength(scopes);
    });

    it('with tokens is shown one new token by however many, when the old is over', async () => {
      await registry.again(token());
      const one = user.client();
      const ask = () => Promise.all(references.slice(0, 5).map((each) => one.head(each)));
      tokens.lifetime = 60;
      await ask();
      expect(tokens.asked).toHaveLength(1);
      user.now += 55_000;
      await ask();
      expect(tokens.asked).toHaveLength(2);
    });
  });
});
