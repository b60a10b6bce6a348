import { describe } from 'vitest';
import { wholeOnNodes } from '../support/service-cases.js';

const old = '20.10';
const young = '26.1';

/** What `test/engine/swarm/nodes.test.ts` shows, and what takes longer, of each engine and of several kinds at once. */
describe.each([
  { name: '26.1', options: { version: young } },
  { name: '20.10', options: { version: old } },
  { name: '26.1 containerd', options: { version: young, store: 'containerd' } },
  { name: '20.10 leads 26.1', options: { version: [old, young, old] } },
  { name: '26.1 leads 20.10', options: { version: [young, old, young] } },
] as const)('a service on three nodes, $name', { timeout: 240_000 }, ({ options }) =>
  wholeOnNodes(options),
);
