import { encodeInventory } from '../../contract/documents/inventory.js';
import { exit } from '../../contract/exit.js';
import type { Context, Output } from '../context.js';
import { spaceOf, statusOf } from '../documents.js';
import { inventoryLines } from '../lines.js';
import { spaceLines, statusLines } from '../status-lines.js';

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

/** `careen space`: what takes the engine's disk; the engine may count for a while. */
export async function space({ session, m }: Context): Promise<Output<'space'>> {
  const result = await (await session()).call('space', {});
  return { document: spaceOf(result), lines: spaceLines(m, result), exit: exit.done };
}
