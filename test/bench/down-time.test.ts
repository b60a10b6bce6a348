import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCareen } from '../support/careen.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { dockerCli } from '../support/engine-cli.js';
import { quantile } from '../support/pinger.js';
import { startRegistry, type TestRegistry } from '../support/registry.js';
import {
  answers,
  clear,
  of,
  publishAs,
  serve,
  service,
  updatePolicy,
} from '../support/updating.js';

/** DESIGN §8: times what `docker stop` and `docker run` by hand take. */
const budget = 1.2;

const updates = 20;
const port = 8121;

/** Asks a service over and over in a thread of its own; tells the longest time without an answer. */
const asker = `
const { parentPort, workerData } = require('node:worker_threads');
const { request } = require('node:http');
const { performance } = require('node:perf_hooks');
let good = performance.now();
let longest = 0;
let over = false;
function ask() {
  if (over) return parentPort.postMessage(longest);
  const call = request({ host: '127.0.0.1', port: workerData.port, agent: false, timeout: 200 }, (answer) => {
    answer.resume();
    answer.on('end', () => {
      const now = performance.now();
      longest = Math.max(longest, now - good);
      good = now;
      setTimeout(ask, 2);
    });
    answer.on('error', () => setTimeout(ask, 2));
  });
  call.on('timeout', () => call.destroy());
  call.on('error', () => setTimeout(ask, 2));
  call.end();
}
parentPort.once('message', () => { over = true; });
ask();
`;

/** Milliseconds from the last good answer to the first one after it. */
async function downWhile(work: () => Promise<unknown>): Promise<number> {
  const worker = new Worker(asker, { eval: true, workerData: { port } });
  try {
    await once(worker, 'online');
    await work();
    await answers(port);
    const told = once(worker, 'message');
    worker.postMessage('end');
    const [longest] = (await told) as [number];
    return longest;
  } finally {
    await worker.terminate();
  }
}

describe('the down time of an update', () => {
  let registry: TestRegistry;
  let engine: TestEngine;
  let careen: TestCareen;
  let ref: string;

  beforeAll(async () => {
    [registry, engine] = await Promise.all([startRegistry(), startEngine({ version: '26.1' })]);
    ref = `${registry.host}/acme/web:1`;
  });
  afterAll(async () => {
    await engine.dispose();
    await registry.dispose();
  });

  const byHand = async (version: string): Promise<number> => {
    await publishAs(engine, ref, service(version));
    await dockerCli(engine, ['pull', '-q', ref]);
    return downWhile(async () => {
      await dockerCli(engine, ['stop', 'web']);
      await dockerCli(engine, ['rm', 'web']);
      const published = ['-p', `127.0.0.1:${port}:80`];
      await dockerCli(engine, ['run', '-d', '--init', '--name', 'web', ...published, ref]);
    });
  };
  const byCareen = async (version: string): Promise<number> => {
    await publishAs(engine, ref, service(version));
    return downWhile(async () => {
      const run = await careen.call('update.run', { containers: [{ container: 'web', to: null }] });
      expect(of(run, 'web').result).toEqual({ state: 'updated', proven: true });
    });
  };

  it('is no longer than by hand', { timeout: 600_000 }, async () => {
    const hand: number[] = [];
    const ours: number[] = [];
    await publishAs(engine, ref, service('v0'));
    await serve(engine, ref, 'web', port, { HostConfig: { Init: true } });
    careen = await TestCareen.open({ socket: engine.socket, policy: updatePolicy });
    try {
      for (let n = 0; n < updates; n++) {
        hand.push(await byHand(`hand-${n}`));
        ours.push(await byCareen(`ours-${n}`));
      }
    } finally {
      await careen.close();
      await clear(engine);
    }
    const [theirs, mine] = [quantile(hand, 0.5), quantile(ours, 0.5)];
    console.log(
      `down time of ${updates} updates: docker stop and run ${theirs.toFixed(0)} ms, Careen ${mine.toFixed(0)} ms (× ${(mine / theirs).toFixed(2)}; budget × ${budget})`,
    );
    expect(mine / theirs).toBeLessThanOrEqual(budget);
  });
});
