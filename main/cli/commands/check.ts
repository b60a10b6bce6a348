import { exit } from '../../contract/exit.js';
import { plannedSteps } from '../../contract/planned-steps.js';
import type { UpdateRow, UpdatesSlice } from '../../contract/updates.js';
import { CareenError } from '../../domain/errors.js';
import type { Context, Output } from '../context.js';
import { checkOf, previewOf } from '../update-documents.js';
import { checkLines, previewLines } from '../update-lines.js';

/** The row of a container by its name. Throws `container-unknown`. */
export function rowOf({ rows }: Pick<UpdatesSlice, 'rows'>, container: string): UpdateRow {
  const row = rows.find((one) => one.container === container);
  if (row) return row;
  throw new CareenError('container-unknown', { container });
}

/** `careen check [NAME]...`; fails when one of them could not be checked. */
export async function check(context: Context, names: string[]): Promise<Output<'check'>> {
  const { m } = context;
  const session = await context.session();
  const slice = await session.call('update.check', {
    containers: names.length === 0 ? null : names,
  });
  const rows = names.length === 0 ? slice.rows : names.map((name) => rowOf(slice, name));
  const now = context.now();
  return {
    document: checkOf(slice, rows, now),
    lines: checkLines(m, slice, rows, now),
    exit: rows.some(({ error }) => error !== null) ? exit.failed : exit.done,
  };
}

/** `careen preview NAME`; nothing is changed. */
export async function preview(
  context: Context,
  container: string,
  { to = null }: { to?: string | null },
): Promise<Output<'preview'>> {
  const session = await context.session();
  const made = await session.call('update.preview', { container, to });
  const { state } = rowOf(await session.call('update.list', {}), container);
  const steps = made.refused ? [] : plannedSteps(made, state, false);
  const now = context.now();
  return {
    document: previewOf(made, steps, now),
    lines: previewLines(context.m, made, steps, now),
    exit: exit.done,
  };
}
