import PQueue from 'p-queue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../main/adapters/docker/client.js';
import type { DockerEngine } from '../../main/adapters/docker/types.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { loadMany } from '../support/many.js';
import { quantile } from '../support/pinger.js';
import { TestSshd } from '../support/sshd.js';

const calls = 1_000;
const callers = 8;
/** Connections that ssh is given for calls. */
const sockets = 4;
const rounds = 3;
/** Milliseconds each way. */
const delay = 20;
/** Times the plain socket's time, to which comes what the round trips take at the least. */
const budget = 1.2;

describe('1,000 inspects of an engine by ssh', () => {
  let engine: TestEngine;
  let sshd: TestSshd;
  let ids: string[];
  beforeAll(async () => {
    engine = await startEngine();
    ids = (await loadMany(engine, 50)).map(({ id }) => id);
    sshd = await TestSshd.start(engine);
  });
  afterAll(async () => {
    await sshd.dispose();
    await engine.dispose();
  });

  /** Milliseconds for all of them, after each connection was used once. */
  const inspects = async (at: DockerEngine): Promise<number> => {
    const queue = new PQueue({ concurrency: callers });
    const ask = (n: number) => () => at.inspectImage(ids[n % ids.length] ?? '');
    await queue.addAll(Array.from({ length: callers }, (_, n) => ask(n)));
    const from = performance.now();
    await queue.addAll(Array.from({ length: calls }, (_, n) => ask(n)));
    return performance.now() - from;
  };

  const pings = async (at: DockerEngine): Promise<number> => {
    const times: number[] = [];
    for (let n = 0; n < 30; n++) {
      const from = performance.now();
      await at.ping();
      times.push(performance.now() - from);
    }
    return quantile(times, 0.5);
  };

  it('take what the plain socket takes, and their round trips', { timeout: 600_000 }, async () => {
    const plain = await connect(engine.url);
    const near = await connect(sshd.url());
    const took = { plain: [] as number[], near: [] as number[], far: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      took.plain.push(await inspects(plain));
      took.near.push(await inspects(near));
    }
    near.close();
    sshd.link.delay = delay;
    const far = await connect(sshd.url());
    const trip = await pings(far);
    for (let round = 0; round < rounds; round++) took.far.push(await inspects(far));
    far.close();
    plain.close();
    const median = (times: number[]) => quantile(times, 0.5);
    const least = (trip * calls) / sockets;
    const limit = budget * median(took.plain) + least;
    console.log(
      `${calls} inspects: socket ${median(took.plain).toFixed(0)} ms, ssh on loopback ` +
        `${median(took.near).toFixed(0)} ms, ssh with a round trip of ${trip.toFixed(1)} ms ` +
        `${median(took.far).toFixed(0)} ms (round trips alone ${least.toFixed(0)}; budget ${limit.toFixed(0)})`,
    );
    expect(median(took.far)).toBeLessThanOrEqual(limit);
  });
});
