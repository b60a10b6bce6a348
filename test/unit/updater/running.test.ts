import { describe, expect, it } from 'vitest';
import type { DockerEngine } from '../../../main/adapters/docker/types.js';
import type { AskedBy } from '../../../main/contract/runs.js';
import { CareenError } from '../../../main/domain/errors.js';
import { unknownVersion } from '../../../main/domain/update/types.js';
import { bareAim } from '../../../main/services/updater/plan.js';
import { type Order, Running } from '../../../main/services/updater/running.js';

/** A run on services, of which no manager tells; what was written of it, and whose turn came. */
function runOf(names: readonly string[], by: AskedBy) {
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
  const asked = names.map((container) => ({
    aim: { ...bareAim({ ...bare, container, id: container }), isService: true },
    result: null,
  }));
  const { signal } = new AbortController();
  const order = { kind: 'update', run: { runId: 'run', signal }, by, asked } as unknown as Order;
  const clock = { now: () => 1 } as never;
  const running = new Running(ground as never, journal as never, worker as never, clock);
  const progress = { steps: () => undefined } as never;
  return { ended: running.run(order, engine, {} as never, progress, signal), written, turns };
}

describe('a run of updates on services of which no manager tells', () => {
  it('begins where there are several: the turn of each tells that', async () => {
    const { ended, written, turns } = runOf(['web', 'api'], 'cli');
    await ended;
    const containers = ['web', 'api'].map((container) => ({ container, data: [] }));
    expect(written[0]).toMatchObject({ t: 'begun', containers });
    expect(turns.sort()).toEqual(['api', 'web']);
  });

  it('begins where nobody waits for the answer: its turn tells that', async () => {
    const { ended, written, turns } = runOf(['web'], 'check');
    await ended;
    expect(written[0]).toMatchObject({ t: 'begun' });
    expect(turns).toEqual(['web']);
  });

  it('does not begin where a person asked for one alone', async () => {
    const { ended, written, turns } = runOf(['web'], 'cli');
    await expect(ended).rejects.toMatchObject({ code: 'swarm-silent' });
    expect([written, turns]).toEqual([[], []]);
  });
});
