import { plannedSteps } from '../../contract/planned-steps.js';
import { asShown, isForAll, majorsOf } from '../../contract/pending.js';
import type { UpdateRow } from '../../contract/updates.js';
import { type UpdatePreview } from '../../contract/update-preview.js';
import { type UpdatedContainer } from '../../contract/update-steps.js';
import { CareenError } from '../../domain/errors.js';
import type { Messages } from '../../messages/index.js';
import { confirm, exitOfUpdates, underWay } from '../acts.js';
import { say, type Context, type Output } from '../context.js';
import { noRunOf } from '../update-documents.js';
import { containerLines, previewLines, rowLines } from '../update-lines.js';
import { rowOf } from './check.js';
import { ended, versionsOf } from './update-end.js';

export interface UpdateOptions {
  all?: boolean;
  to?: string;
  copyVolumes?: boolean;
  yes?: boolean;
}

/** What is to be updated, as it was shown. */
interface Wanted {
  rows: UpdateRow[];
  /** What the last of those that were named would become. */
  preview: UpdatePreview | null;
  /** Of those that were named and cannot be updated. */
  left: UpdatedContainer[];
}

/**
 * `careen update`: checks, shows what would change, asks unless told yes beforehand, and updates.
 * What was named and is refused is told; the rest goes on.
 */
export async function update(
  context: Context,
  names: string[],
  options: UpdateOptions,
): Promise<Output<'update'>> {
  const { m, now } = context;
  refuseOptions(names, options);
  const session = await context.session();
  const slice = await session.call('update.check', { containers: options.all ? null : names });
  const wanted = options.all
    ? { rows: slice.rows.filter(isForAll), preview: null, left: [] }
    : await named(
        context,
        names.map((name) => rowOf(slice, name)),
        options,
      );
  const { rows, left } = wanted;
  if (options.all && rows.length > 0 && !(options.yes && context.json))
    for (const line of [...rowLines(m, rows, now()), ...majorLines(m, rows)]) say(context, line);
  if (rows.length === 0) return nothingUpdated(context, left);
  if (!options.yes) await confirm(context, 'update', questionOf(context, wanted));
  const run = await underWay(
    context,
    session,
    (token) =>
      session.call('update.run', {
        containers: options.all
          ? rows.map(asShown)
          : rows.map(({ container }) => ({ container, to: options.to ?? null })),
        copy: options.copyVolumes ? rows.map(({ container }) => container) : [],
        token,
      }),
    versionsOf(context, rows),
  );
  return ended(context, { ...run, containers: [...run.containers, ...left] });
}

function majorLines(m: Messages, rows: readonly UpdateRow[]): string[] {
  const majors = majorsOf(rows);
  return majors.length > 0 ? [m.update.majors(majors)] : [];
}

/** Throws `input-invalid` for what does not go together. */
function refuseOptions(names: readonly string[], { all, to }: UpdateOptions): void {
  const refuse = (what: string, found: string, expected: string) =>
    new CareenError('input-invalid', { what, found, expected });
  if (all === true && names.length > 0) throw refuse('--all', names.join(' '), 'container-or-all');
  if (all !== true && names.length === 0) throw refuse('NAME', '', 'container-or-all');
  if (to !== undefined && names.length !== 1) throw refuse('--to', to, 'one-container');
}

/** Shows what would change of each that was named; those that are refused stay out. */
async function named(
  context: Context,
  rows: readonly UpdateRow[],
  options: UpdateOptions,
): Promise<Wanted> {
  const session = await context.session();
  const { m, now } = context;
  const wanted: Wanted = { rows: [], preview: null, left: [] };
  for (const row of rows) {
    const { container } = row;
    const preview = await session.call('update.preview', { container, to: options.to ?? null });
    const copies = options.copyVolumes === true && preview.copy !== null;
    if (!(options.yes && context.json)) {
      const steps = plannedSteps(preview, row.state, copies);
      for (const line of previewLines(m, preview, steps, now())) say(context, line);
      if (options.copyVolumes && !copies && !preview.refused)
        say(context, m.cli.updates.preview.notCopied(container));
      say(context, '');
    }
    if (preview.refused) wanted.left.push(leftAlone(preview, preview.refused));
    else {
      wanted.rows.push(row);
      wanted.preview = preview;
    }
  }
  return wanted;
}

/** A container that was named and not touched. */
function leftAlone(
  { container, reference, from, to }: UpdatePreview,
  why: NonNullable<UpdatePreview['refused']>,
): UpdatedContainer {
  return {
    container,
    reference,
    from,
    to,
    result: { state: 'skipped', why },
    downFor: null,
    steps: [],
    data: [],
    recovered: null,
  };
}

function questionOf({ m }: Context, { rows, preview }: Wanted): string {
  const words = m.cli.updates.confirm;
  return preview !== null && rows.length === 1
    ? words.one(preview.container, m.update.fromTo(preview))
    : words.many(rows.length);
}

function nothingUpdated(context: Context, left: UpdatedContainer[]): Output<'update'> {
  const { m, now } = context;
  return {
    document: noRunOf('update', left, now()),
    lines:
      left.length === 0
        ? [m.window.updates.nothing]
        : left.flatMap((one) => containerLines(m, one, now())),
    exit: exitOfUpdates({ outcome: 'done', containers: left }),
  };
}
