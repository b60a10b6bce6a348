import { exit } from '../../contract/exit.js';
import { updateMode } from '../../contract/updates.js';
import { CareenError } from '../../domain/errors.js';
import type { Context, Output } from '../context.js';
import { parseEnd } from '../input.js';
import { indented } from '../lines.js';
import { rowOf as documentOf } from '../update-documents.js';
import { rowOf } from './check.js';

export interface SnoozeOptions {
  until?: string;
  off?: boolean;
}

export interface SkipOptions {
  undo?: boolean;
}

export interface MoveOverOptions {
  apply?: boolean;
}

/** `careen snooze NAME --until T | --off` */
export async function snooze(
  context: Context,
  container: string,
  options: SnoozeOptions,
): Promise<Output<'snooze'>> {
  const { m, now } = context;
  const until = untilOf(options, now());
  const session = await context.session();
  const row = rowOf(await session.call('update.snooze', { container, until }), container);
  const words = m.cli.updates;
  return {
    document: documentOf(row, now()),
    lines: [
      until === null
        ? words.awake(container)
        : words.snoozed(container, m.format.when(until, now())),
    ],
    exit: exit.done,
  };
}

/** Null: no longer. Throws `input-invalid` unless there is one of the two, and for what is over. */
function untilOf({ until, off }: SnoozeOptions, now: number): number | null {
  if ((until === undefined) !== (off === true))
    throw new CareenError('input-invalid', {
      what: '--until',
      found: until ?? '',
      expected: 'until-or-off',
    });
  return until === undefined ? null : parseEnd('--until', until, now);
}

/** `careen skip NAME`: passes over the version that is available now. */
export async function skip(
  context: Context,
  container: string,
  { undo = false }: SkipOptions,
): Promise<Output<'skip'>> {
  const { m, now } = context;
  const session = await context.session();
  const row = rowOf(await session.call('update.skip', { container, on: !undo }), container);
  const words = m.cli.updates;
  const line = undo
    ? words.notSkipped(container)
    : row.verdict.state === 'available'
      ? words.skipped(container, m.update.versionName(row.verdict.to))
      : words.nothingToSkip(container);
  return { document: documentOf(row, now()), lines: [line], exit: exit.done };
}

/** `careen mode NAME MODE`: writes it into the policy; what stands above it there is told. */
export async function setMode(
  context: Context,
  container: string,
  text: string,
): Promise<Output<'mode'>> {
  const { m, now } = context;
  const mode = updateMode.options.find((one) => one === text);
  if (mode === undefined)
    throw new CareenError('input-invalid', { what: 'MODE', found: text, expected: 'update-mode' });
  const session = await context.session();
  const row = rowOf(await session.call('update.mode', { container, mode }), container);
  const words = m.cli.updates;
  return {
    document: documentOf(row, now()),
    lines: [
      words.modeNow(container, m.update.mode[row.mode], m.update.modeMeans[row.mode]),
      m.update.modeReason(row.reason),
    ],
    exit: exit.done,
  };
}

/** `careen move-over`: what another updater was told, as a policy; `--apply` writes it. */
export async function moveOver(
  context: Context,
  { apply = false }: MoveOverOptions,
): Promise<Output<'move-over'>> {
  const words = context.m.cli.updates.moveOver;
  const session = await context.session();
  const result = await session.call('update.moveOver', { apply });
  const { updater, entries, left, yaml } = result;
  return {
    document: { ...result, applied: apply },
    lines: [
      updater === null ? words.notFound : words.found(updater.tool, updater.container),
      ...entries.map(({ container, because }) => words.why(container, because)),
      ...(left.length > 0 ? [words.left, ...indented(left)] : []),
      '',
      apply ? words.written : words.yaml,
      ...indented(yaml.trimEnd().split('\n')),
      ...(apply ? [] : [words.apply]),
      ...(updater === null ? [] : [words.stop(updater.container)]),
    ],
    exit: exit.done,
  };
}
