import { expect, it } from 'vitest';
import type { DockerEngine } from '../../../main/adapters/docker/types.js';
import { CareenError } from '../../../main/domain/errors.js';
import { Connection } from '../../../main/services/connection.js';
import { TestClock } from '../../support/clock.js';

/** A connection to one elsewhere that fails as told; gives how often it was tried. */
async function failing(error: CareenError) {
  const clock = new TestClock(0);
  let tries = 0;
  const endpoint = 'ssh://build';
  const connection = new Connection(
    {
      discover: (chosen) =>
        Promise.resolve({ endpoint: chosen, chosen: null, looked: [], error: null }),
      connect: () => {
        tries += 1;
        return Promise.reject(error);
      },
      cliEndpoint: () => Promise.resolve(null),
    },
    clock,
    endpoint,
  );
  await connection.look();
  const after = async (ms: number) => {
    clock.advance(ms);
    await connection.settled();
    return tries;
  };
  return { connection, after };
}

const ssh = (why: 'login-refused' | 'timed-out') =>
  new CareenError('ssh-failed', {
    host: 'build',
    user: null,
    port: null,
    oldKey: null,
    why,
    said: '',
  });

it('tries again soon where a link may come back', async () => {
  const { connection, after } = await failing(ssh('timed-out'));
  expect(connection.error).toMatchObject({ details: { why: 'timed-out' } });
  expect(await after(1_000)).toBe(2);
  expect(await after(2_000)).toBe(3);
  connection.close();
});

it('does not knock at a door that was shut, until a person looks again or much later', async () => {
  const { connection, after } = await failing(ssh('login-refused'));
  expect(await after(9 * 60_000)).toBe(1);
  await connection.look();
  expect(await after(0)).toBe(2);
  expect(await after(10 * 60_000)).toBe(3);
  connection.close();
});

it('is not troubled by what is wrong with the settings of the docker CLI, once it is connected', async () => {
  const broken = new CareenError('context-missing', { name: 'gone' });
  const engine = { facts: { endpoint: 'unix:///here' }, close: () => undefined };
  const connection = new Connection(
    {
      discover: () =>
        Promise.resolve({ endpoint: 'unix:///here', chosen: null, looked: [], error: null }),
      connect: () => Promise.resolve(engine as unknown as DockerEngine),
      cliEndpoint: () => Promise.reject(broken),
    },
    new TestClock(0),
    null,
  );
  await connection.look();
  await connection.look();
  expect(connection).toMatchObject({ status: 'connected', contextMoved: null });
  connection.close();
});

it('goes elsewhere at once while a machine does not answer, and lets go what that look finds', async () => {
  const found: { endpoint: string; done: (engine: DockerEngine) => void }[] = [];
  const connection = new Connection(
    {
      discover: (chosen) =>
        Promise.resolve({ endpoint: chosen, chosen: null, looked: [], error: null }),
      connect: (endpoint) => new Promise((done) => found.push({ endpoint, done })),
      cliEndpoint: () => Promise.resolve(null),
    },
    new TestClock(0),
    null,
  );
  const closed: string[] = [];
  const engine = (endpoint: string) =>
    ({ facts: { endpoint }, close: () => closed.push(endpoint) }) as unknown as DockerEngine;
  const first = connection.choose('ssh://silent');
  await expect.poll(() => found.length).toBe(1);
  const chosen = connection.choose('unix:///here');
  await expect.poll(() => found.length).toBe(2);
  found[1]?.done(engine('unix:///here'));
  expect(await chosen).toBe(true);
  expect(connection.required().facts.endpoint).toBe('unix:///here');
  found[0]?.done(engine('ssh://silent'));
  expect(await first).toBe(false);
  expect(closed).toEqual(['ssh://silent']);
  expect(connection).toMatchObject({ status: 'connected', found: { endpoint: 'unix:///here' } });
  connection.close();
});
