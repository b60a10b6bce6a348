import { describe, expect, it } from 'vitest';
import type { DockerEngine } from '../../../main/adapters/docker/types.js';
import { CareenError } from '../../../main/domain/errors.js';
import { unknownVersion } from '../../../main/domain/update/types.js';
import { bareAim } from '../../../main/services/updater/plan.js';
import { type Order, Running } from '../../../main/services/updater/running.js';

describe('a run of updates', () => {
  it('begins where no manager tells of one service: its own turn tells that', async () => {
    const engine = {
      facts: { name: 'here', id: 'one', endpoint: 'here' },
      serviceNow: () => Promise.reject(new CareenError('swarm-silent', { endpoint: 'here' })),
    } as unknown as DockerEngine;
    const written: object[] = [];
    const turns: string[] = [];
    const journal = {
      write: (record: object) => Promise.resolve(void written.push(record)),
      run: () => ({ containers: [] }),
    };
    const worker = {
      work: (_: unknown, { container }: { container: string }) => {
        turns.push(container);
        return Promise.resolve({ result: { state: 'failed' }, stopped: false });
      },
    };
    const ground = { inventory: () => Promise.resolve({ containers: [], images: [] }) };
    const bare = { kind: 'update', reference: 'web:1', from: unknownVersion } as const;
    const aim = { ...bareAim({ ...bare, container: 'web', id: 'svc' }), isService: true };
    const { signal } = new AbortController();
    const order = { kind: 'update', run: { runId: 'run', signal }, by: 'cli' };
    const asked = { ...order, asked: [{ aim, result: null }] } as unknown as Order;
    const running = new Running(
      ground as never,
      journal as never,
      worker as never,
      {
        now: () => 1,
      } as never,
    );
    await running.run(asked, engine, {} as never, { steps: () => undefined } as never, signal);
    expect(written[0]).toMatchObject({ t: 'begun', containers: [{ container: 'web', data: [] }] });
    expect(turns).toEqual(['web']);
  });
});
