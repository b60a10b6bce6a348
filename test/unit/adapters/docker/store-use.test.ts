import { createServer, type Server } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { localWay } from '../../../../main/adapters/docker/way.js';
import { versionSchema } from '../../../../main/adapters/docker/product.js';
import { Requests } from '../../../../main/adapters/docker/requests.js';
import { podmanStoreUse } from '../../../../main/adapters/docker/store-use.js';

const fixtures = path.resolve(import.meta.dirname, '../../../fixtures/hosts/podman-machine-mac');
const textOf = (name: string) => readFile(path.join(fixtures, name), 'utf8');

let folder: string;
let server: Server;
let asked: string[];
let answer: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'careen-podman-'));
  asked = [];
  answer = await textOf('libpod-info.json');
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.setHeader('content-type', 'application/json').end(answer);
  });
  await new Promise<void>((resolve) => server.listen(path.join(folder, 's'), resolve));
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

const use = async () => {
  const requests = new Requests(
    localWay({ kind: 'unix', url: `unix://${folder}/s`, path: `${folder}/s` }),
    'connected',
    '1.44',
  );
  return podmanStoreUse(requests, versionSchema.parse(JSON.parse(await textOf('version.json'))));
};

it('is asked for in the version of Podman’s own API', async () => {
  expect(await use()).toEqual({ used: 21474836480, total: 106769133568 });
  expect(asked).toEqual(['GET /v4.0.0/libpod/info']);
});

it('fails by code where the answer is none', async () => {
  answer = '{"store": {"graphRootUsed": -1}}';
  await expect(use()).rejects.toMatchObject({ name: 'CareenError' });
});
