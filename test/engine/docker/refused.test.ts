import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../main/adapters/docker/client.js';
import { answerOf } from '../../support/host-fixture.js';

/** Answers that products of other machines give, replayed: those products cannot be had here. */
describe('an engine of another machine', () => {
  let folder: string;
  let server: Server;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'careen-replay-'));
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  const asked: string[] = [];

  async function replay(answers: {
    version?: object;
    info?: unknown;
    status?: number;
  }): Promise<string> {
    asked.length = 0;
    server = createServer((request, response) => {
      const url = request.url ?? '';
      asked.push(url);
      if (url === '/_ping') response.end('OK');
      else if (url.includes('/system/df')) return;
      else if (url.endsWith('/version'))
        response.end(
          JSON.stringify({ ApiVersion: '1.54', MinAPIVersion: '1.40', ...answers.version }),
        );
      else response.writeHead(answers.status ?? 200).end(JSON.stringify(answers.info));
    });
    const file = path.join(folder, 'engine.sock');
    server.listen(file);
    await once(server, 'listening');
    return `unix://${file}`;
  }

  it('is refused when it says nothing of itself', async () => {
    const info = await answerOf('faults', 'docker-desktop-info-400-old-api');
    for (const status of [200, 400])
      await replay({ info, status }).then(async (endpoint) => {
        await expect(connect(endpoint)).rejects.toMatchObject({ code: 'engine-unsupported' });
        server.close();
      });
  });

  it('is refused when it runs Windows containers', async () => {
    const linux = (await answerOf('docker-engine-linux', 'info')) as object;
    const info = { ...linux, OSType: 'windows' };
    await expect(connect(await replay({ info }))).rejects.toMatchObject({
      code: 'engine-unsupported',
      details: { found: 'windows' },
    });
  });

  it.each([
    [{ ApiVersion: '1.38', MinAPIVersion: '1.12' }, 'API 1.12–1.38'],
    [{ ApiVersion: '1.70', MinAPIVersion: '1.60' }, 'API 1.60–1.70'],
  ])('is refused when it speaks %o only', async (version, found) => {
    await expect(connect(await replay({ version }))).rejects.toMatchObject({
      code: 'engine-unsupported',
      details: { found },
    });
    expect(asked).toEqual(['/_ping', '/version']);
  });

  it('is otherwise asked in the newest version that both know', async () => {
    const info = await answerOf('docker-desktop-mac', 'info');
    const engine = await connect(await replay({ info }));
    expect(engine.facts).toMatchObject({ product: 'docker-desktop', apiVersion: '1.51' });
    expect(engine.diskRoots).toEqual([]);
    expect(asked).toEqual(['/_ping', '/version', '/v1.51/info']);
    engine.close();
  });

  it('takes too long to count: the figure is unknown then, and is no failure', async () => {
    const info = await answerOf('docker-desktop-mac', 'info');
    const engine = await connect(await replay({ info }));
    expect(await engine.layersSize(100)).toBeNull();
    expect(await engine.cacheRecords(100)).toBeNull();
    engine.close();
  });
});
