import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../../scripts/lib/process.mjs';
import { connect } from '../../../main/adapters/docker/client.js';
import { isCareenError } from '../../../main/domain/errors.js';
import { TestCareen } from '../../support/careen.js';
import { type Certificates, makeCertificates } from '../../support/certificates.js';
import { writeContext } from '../../support/contexts.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { testPolicy } from '../../support/fleet.js';
import { startLink } from '../../support/link.js';
import { testRun } from '../../support/namespace.js';
import { PassingClock } from '../../support/passing-clock.js';

const port = 8124;

describe('an engine behind TLS that falls silent', () => {
  let engine: TestEngine;
  let own: Certificates;
  let folder: string;
  const before = process.env['DOCKER_CONFIG'];

  beforeAll(async () => {
    own = await makeCertificates();
    folder = await mkdtemp(path.join((await testRun()).folder, 'docker-'));
    process.env['DOCKER_CONFIG'] = folder;
    const files = ['--tlscacert', own.caFile, '--tlscert', own.certFile, '--tlskey', own.keyFile];
    engine = await startEngine({ args: ['-H', `tcp://0.0.0.0:${port}`, '--tlsverify', ...files] });
  });
  afterAll(async () => {
    if (before === undefined) delete process.env['DOCKER_CONFIG'];
    else process.env['DOCKER_CONFIG'] = before;
    await engine.dispose();
  });

  /** The context `build` leads there; gives the address. */
  const through = async (to: number): Promise<string> => {
    const host = `tcp://127.0.0.1:${to}`;
    await writeContext(folder, { host, ca: own.ca, cert: own.cert, key: own.key });
    return host;
  };

  it('is lost with its events where the network carries nothing any more', async () => {
    const { namespace } = await testRun();
    const rules = (act: '-I' | '-D') =>
      must('ip', [
        ...['netns', 'exec', namespace, 'iptables', '--wait', act, 'INPUT'],
        ...['-i', 'lo', '-p', 'tcp', '-m', 'multiport', '--ports', String(port), '-j', 'DROP'],
      ]);
    const there = await connect(await through(port));
    let end: (why: unknown) => void = () => undefined;
    const closed = new Promise<unknown>((resolve) => (end = resolve));
    await there.events({ event: () => undefined, closed: (why) => end(why) }, null);
    await there.ping();
    await rules('-I');
    try {
      // After 15 s, and ten questions a second apart: the system's own end is a quarter of an hour away.
      const why = await closed;
      expect(isCareenError(why, 'engine-lost')).toBe(true);
    } finally {
      await rules('-D');
      there.close();
    }
  });

  it('is asked for a sign of life, told as lost, and found again', async () => {
    const link = await startLink(port);
    const clock = new PassingClock();
    const careen = await TestCareen.open({
      socket: engine.socket,
      endpoint: await through(link.port),
      policy: testPolicy,
      clock,
    });
    try {
      const ever = link.carriedEver;
      clock.pass(46_000);
      await expect.poll(() => link.carriedEver).toBeGreaterThan(ever);
      expect(careen.slice('engine').status).toBe('connected');
      // Taken by something in between, and never handed on.
      link.silence(true);
      clock.pass(46_000);
      await careen.until('engine', ({ status }) => status === 'lost');
      expect(careen.slice('engine').error).toMatchObject({ code: 'engine-silent' });
      link.silence(false);
      link.cut();
      await careen.until('engine', ({ status }) => status === 'connected');
    } finally {
      await careen.close();
      await link.close();
    }
  });
});
