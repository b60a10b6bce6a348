import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SshEndpoint, TcpEndpoint } from '../../../../main/adapters/docker/parse-endpoint.js';
import { parseEndpoint } from '../../../../main/adapters/docker/parse-endpoint.js';
import { Requests } from '../../../../main/adapters/docker/requests.js';
import { sshWay } from '../../../../main/adapters/docker/ssh/way.js';
import { tcpWay } from '../../../../main/adapters/docker/tls/way.js';
import type { Way } from '../../../../main/adapters/docker/way.js';

const folder = mkdtempSync(path.join(tmpdir(), 'careen-way-'));
const ends: (() => void)[] = [() => rmSync(folder, { recursive: true, force: true })];

afterEach(() => {
  vi.unstubAllEnvs();
  for (const end of ends.splice(0)) end();
});

/** Asks more at once than there are connections, and closes before anything is answered. */
async function closedWhileWaiting(way: Way, count: () => number): Promise<number[]> {
  const requests = new Requests(way, 'connected', '1.45');
  const calls = Array.from({ length: 10 }, () => requests.text({ path: '/info' }));
  const settled = Promise.allSettled(calls);
  await expect.poll(count).toBe(4);
  requests.close();
  const lost = await settled;
  expect(lost.filter(({ status }) => status === 'rejected')).toHaveLength(10);
  await sleep(700);
  return [count(), way.own.agent ? Object.keys(way.own.agent.sockets).length : 0];
}

describe('a way that was closed with calls that wait for their turn', () => {
  it('opens no more connections to a port', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const { port } = server.address() as { port: number };
    const way = tcpWay(parseEndpoint(`tcp://127.0.0.1:${port}`) as TcpEndpoint, null);
    expect(await closedWhileWaiting(way, () => sockets.length)).toEqual([4, 0]);
  });

  it.skipIf(process.platform === 'win32')('starts ssh no more', async () => {
    mkdirSync(folder, { recursive: true });
    const log = path.join(folder, 'started');
    writeFileSync(log, '');
    const ssh = path.join(folder, 'ssh');
    writeFileSync(ssh, `#!/bin/sh\necho started >> ${log}\nexec sleep 30\n`);
    chmodSync(ssh, 0o755);
    vi.stubEnv('PATH', `${folder}${path.delimiter}${process.env['PATH'] ?? ''}`);
    const way = sshWay(parseEndpoint('ssh://silent') as SshEndpoint);
    const started = () => readFileSync(log, 'utf8').split('\n').length - 1;
    expect(await closedWhileWaiting(way, started)).toEqual([4, 0]);
  });
});
