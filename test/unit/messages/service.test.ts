import { describe, expect, it } from 'vitest';
import type { ServicePreview, ServiceWarning } from '../../../main/domain/swarm/preview.js';
import { messages } from '../../../main/messages/index.js';

const port = { published: 8080, target: 80, protocol: 'tcp', mode: 'host' as const };
const warnings: ServiceWarning[] = [
  { code: 'start-first-host-port', ports: [port], certain: true },
  { code: 'start-first-host-port', ports: [port], certain: false },
  { code: 'start-first-limit', limit: 2 },
  { code: 'start-first-reserved', reserves: { nanoCpus: 1.5e9, memory: 0 } },
  { code: 'start-first-reserved', reserves: { nanoCpus: 1e9, memory: 512_000_000 } },
  {
    code: 'start-first-data',
    data: [{ kind: 'volume', name: 'db', at: '/data', driver: 'local' }],
  },
  { code: 'stack-takes-back', stack: { namespace: 'shop', image: 'web:1' } },
  { code: 'stack-takes-back', stack: { namespace: 'shop', image: null } },
  { code: 'failures-ignored' },
  { code: 'not-pinned' },
  { code: 'no-tasks' },
  { code: 'silent-nodes', nodes: ['fl3'] },
  { code: 'job' },
];
const preview: ServicePreview = {
  from: 'web:1',
  to: 'web:2',
  tasks: 3,
  nodes: ['fl1', 'fl2'],
  order: 'stop-first',
  parallelism: 1,
  delay: 10_000,
  monitor: 5_000,
  failureAction: 'pause',
  rollbackFor: null,
  atLeast: 25_000,
  stack: null,
  warnings,
};
const others: Partial<ServicePreview>[] = [
  { failureAction: 'continue', nodes: [], delay: 0, tasks: 1 },
  { failureAction: 'rollback', order: 'start-first', parallelism: 0, rollbackFor: 'absent' },
];

describe.each(['en', 'zh-CN'] as const)('what Swarm would do, in %s', (language) => {
  const { service } = messages(language).update;
  it('is one whole sentence each, without holes', () => {
    const lines = [{}, ...others].flatMap((change) => service({ ...preview, ...change }));
    for (const line of lines) {
      expect(line).toMatch(/[.。]$/);
      expect(line).not.toMatch(/undefined|null|NaN|\[object/);
    }
    expect(new Set(lines).size).toBe(warnings.length + 5);
  });
});

it('tells how Swarm replaces tasks', () => {
  expect(messages('en').update.service(preview)[0]).toBe(
    'Swarm replaces 3 tasks (on fl1 and fl2), 1 at a time, 10 seconds apart, stops each old one first, and stops there when a task fails.',
  );
});
