import { expect, it } from 'vitest';
import type { EngineFacts } from '../../../main/domain/facts.js';
import type { Probe } from '../../../main/domain/policy/types.js';
import { isOfEngine } from '../../../main/services/updater/probe.js';

const engine = (endpoint: string): EngineFacts => ({
  endpoint,
  id: 'A',
  store: 'classic',
  name: 'Docker Engine',
  product: 'docker-engine',
  version: '26.1.5',
  apiVersion: '1.45',
  platform: 'linux/amd64',
});
const here = engine('unix:///run/docker.sock');
const elsewhere = engine('ssh://ada@build');

it.each<[Probe, boolean]>([
  [{ tcp: '127.0.0.1:5432' }, false],
  [{ tcp: 'localhost:5432' }, false],
  [{ tcp: '[::1]:5432' }, false],
  [{ http: 'http://LOCALHOST:8080/', status: 200 }, false],
  [{ http: 'http://[::1]:8080/', status: 200 }, false],
  [{ tcp: '0.0.0.0:5432' }, false],
  [{ tcp: '127.1:5432' }, false],
  [{ tcp: 'localhost.:5432' }, false],
  [{ tcp: '[::]:5432' }, false],
  [{ tcp: '[::ffff:127.0.0.1]:5432' }, false],
  [{ tcp: '[0:0:0:0:0:0:0:1]:5432' }, false],
  [{ http: 'http://web.localhost:8080/', status: 200 }, false],
  [{ http: 'http://0.0.0.0:8080/', status: 200 }, false],
  [{ tcp: 'build:5432' }, true],
  [{ tcp: '10.0.0.127:5432' }, true],
  [{ tcp: '[fd00::7f00:1]:5432' }, true],
  [{ tcp: 'localhost.example:5432' }, true],
  [{ http: 'https://build.example/health', status: 200 }, true],
])('%o proves something of a container elsewhere: %s', (probe, proves) => {
  expect(isOfEngine(probe, here)).toBe(true);
  expect(isOfEngine(probe, elsewhere)).toBe(proves);
});
