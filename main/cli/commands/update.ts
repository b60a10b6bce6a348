import { plannedSteps } from '../../contract/planned-steps.js';
import { askedOfAll, type Beforehand, beforehandOf } from '../../contract/beforehand.js';
import { lookAtAll } from '../../contract/look-at-all.js';
import { asNamed, asShown, isForAll, leftByAll } from '../../contract/pending.js';
import type { UpdateRow, UpdatesSlice } from '../../contract/updates.js';
import { type UpdatePreview } from '../../contract/update-preview.js';
import { type UpdatedContainer } from '../../contract/update-steps.js';
import { toWire } from '../../contract/wire.js';
import { CareenError } from '../../domain/errors.js';
import { confirm, exitOfUpdates, underWay } from '../acts.js';
import { say, type Context, type Output } from '../context.js';
import { type Told, updateOf } from '../update-documents.js';
import { allLines, containerLines, leftLines, previewLines } from '../update-lines.js';
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
  /** What those that were named would become, in the order of `rows`. */
  previews: UpdatePreview[];
  /** Of those that are refused. */
  left: UpdatedContainer[];
  /** What was told of each beforehand, and of what `--all` leaves. */
  told: Told;
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
  refuseOptions(names, options);
  const session = await context.session();
  const slice = await session.call('update.check', { containers: options.all ? null : names });
  const wanted = options.all
    ? await all(context, slice, options)
    : await named(
        context,
        names.map((name) => rowOf(slice, name)),
        options,
      );
  const { rows, previews, left, told } = wanted;
  if (rows.length === 0) return nothingUpdated(context, wanted);
  if (!options.yes) await confirm(context, 'update', questionOf(context, wanted));
  const run = await underWay(
    context,
    session,
    (token) =>
      session.call('update.run', {
        containers: options.all
          ? rows.map(asShown)
          : previews.map(({ container, to }) =>
              // Who said yes beforehand agreed to no version.
              asNamed(container, options.to ?? null, options.yes ? null : to),
            ),
        copy: options.copyVolumes ? rows.map(({ container }) => container) : [],
        token,
      }),
    versionsOf(context, rows),
  );
  const whole = { ...run, containers: [...run.containers, ...left] };
  return { ...ended(context, whole), document: updateOf(whole, told, context.now()) };
}

/** Looks at each that "all" takes, and shows what a person would want to know of it before. */
async function all(context: Context, slice: UpdatesSlice, options: UpdateOptions): Promise<Wanted> {
  const session = await context.session();
  const { m, now } = context;
  const rows = slice.rows.filter(isForAll);
  const look = async (container: string) => {
    try {
      return { preview: await session.call('update.preview', { container, to: null }) };
    } catch (e) {
      return { error: toWire(e) };
    }
  };
  const lookedAt = await lookAtAll(rows, look);
  const asked = askedOfAll(rows, lookedAt);
  const byAll = leftByAll(slice.rows);
  if (rows.length > 0 && !(options.yes && context.json))
    for (const line of allLines(m, asked, byAll, now())) say(context, line);
  return {
    rows: asked.taken,
    previews: [],
    left: rows
      .map(lookedAt)
      .flatMap((one) =>
        'preview' in one && one.preview.refused
          ? [leftAlone(one.preview, one.preview.refused)]
          : [],
      ),
    told: { beforehand: asked.each, left: byAll },
  };
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
  const beforehand: { row: UpdateRow; notes: Beforehand[] }[] = [];
  const told: Told = { beforehand, left: [] };
  const wanted: Wanted = { rows: [], previews: [], left: [], told };
  for (const row of rows) {
    const { container } = row;
    const preview = await session.call('update.preview', { container, to: options.to ?? null });
    beforehand.push({ row, notes: beforehandOf(row, { preview }) });
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
      wanted.previews.push(preview);
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

function questionOf({ m }: Context, { rows, previews }: Wanted): string {
  const words = m.cli.updates.confirm;
  const [preview] = previews;
  return preview && rows.length === 1
    ? words.one(preview.container, m.update.fromTo(preview))
    : words.many(rows.length);
}

function nothingUpdated(context: Context, { left, told }: Wanted): Output<'update'> {
  const { m, now } = context;
  // Where something was refused they stand above it.
  const byAll = told.beforehand.length === 0 ? leftLines(m, told.left) : [];
  return {
    document: updateOf(left, told, now()),
    lines:
      left.length + told.left.length === 0
        ? [m.window.updates.nothing]
        : [...left.flatMap((one) => containerLines(m, one, now())), ...byAll],
    exit: exitOfUpdates({ outcome: 'done', containers: left }),
  };
}
