import { encodeInventory } from '../../contract/documents/inventory.js';
import { exit } from '../../contract/exit.js';
import type { Context, Output } from '../context.js';
import { cleanOf, statusOf } from '../documents.js';
import { parseTime } from '../input.js';
import { historyLines, inventoryLines, statusLines } from '../lines.js';

/** `careen status`; fails when there is no engine, after saying what there is. */
export async function status({ session, m, now }: Context): Promise<Output<'status'>> {
  const result = await (await session()).call('status', {});
  return {
    document: statusOf(result),
    lines: statusLines(m, result, now()),
    exit: result.engine.status === 'connected' ? exit.done : exit.failed,
  };
}

/** `careen inventory` */
export async function inventory({ session, m }: Context): Promise<Output<'inventory'>> {
  const result = await (await session()).call('inventory', {});
  return {
    document: encodeInventory(result),
    lines: inventoryLines(m, result),
    exit: exit.done,
  };
}

/** `careen history` */
export async function history(
  { session, m, now }: Context,
  options: { since?: string },
): Promise<Output<'history'>> {
  const since = options.since === undefined ? null : parseTime('--since', options.since);
  const { runs } = await (await session()).call('history', { since });
  return {
    document: { runs: runs.filter((run) => run.kind === 'clean').map(cleanOf) },
    lines: historyLines(
      m,
      runs.filter((run) => run.kind === 'clean'),
      now(),
    ),
    exit: exit.done,
  };
}
