import { describe, expect, it } from 'vitest';
import type { UpdateResult } from '../../../main/contract/update-steps.js';
import { unknownVersion } from '../../../main/domain/update/types.js';
import { GroupRun, type Member } from '../../../main/services/updater/group-run.js';
import { bareAim } from '../../../main/services/updater/plan.js';
import type { Shift } from '../../../main/services/updater/shift.js';
import type { Worker } from '../../../main/services/updater/worker.js';

const updateOf = (container: string): Member => ({
  act: 'update',
  aim: bareAim({
    kind: 'update',
    container,
    id: container,
    reference: 'web:1',
    from: unknownVersion,
  }),
  after: [],
  otherwise: null,
});

/** A group whose first member's turn ends as `during` makes it; what was told of each. */
function groupOf(names: readonly string[]) {
  const [leave, cancel] = [new AbortController(), new AbortController()];
  const told: Record<string, UpdateResult> = {};
  let during = (): void => undefined;
  const settle = (container: string, result: UpdateResult) => {
    told[container] = result;
    return Promise.resolve({ result, stopped: false });
  };
  const worker = {
    work: (_: Shift, { container }: { container: string }) => {
      during();
      return settle(container, { state: 'updated', proven: true });
    },
    settled: (_: Shift, container: string, result: UpdateResult) => settle(container, result),
  } as unknown as Worker;
  const shift = { leave: leave.signal, cancel: cancel.signal } as unknown as Shift;
  const run = (end: () => void) => {
    during = end;
    return new GroupRun(worker, shift).run(names.map(updateOf));
  };
  return { leave, cancel, told, run };
}

describe('members of a group whose turn did not come', () => {
  it('are told as cancelled where a person cancels, and the run with them', async () => {
    const { cancel, told, run } = groupOf(['db', 'web']);
    expect(await run(() => cancel.abort())).toBe('cancelled');
    expect(told.web).toEqual({ state: 'skipped', why: { code: 'cancelled' } });
  });

  it('are told as interrupted where Careen ends, which cancels too', async () => {
    const { leave, cancel, told, run } = groupOf(['db', 'web']);
    const end = await run(() => {
      leave.abort();
      cancel.abort();
    });
    expect(end).toBe(null);
    expect(told.web).toEqual({ state: 'skipped', why: { code: 'interrupted' } });
  });
});
