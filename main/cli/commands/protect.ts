import { exit } from '../../contract/exit.js';
import type { Result } from '../../contract/commands.js';
import type { Context, Output } from '../context.js';
import { parseEnd } from '../input.js';

/** `careen protect REF...`: nothing is removed by it, so it does not ask. */
export async function protect(
  context: Context,
  refs: string[],
  options: { until?: string; note?: string },
): Promise<Output<'protect'>> {
  const { m } = context;
  const now = context.now();
  const until = options.until === undefined ? null : parseEnd('--until', options.until, now);
  const session = await context.session();
  const result = await session.call('protect', { refs, until, note: options.note ?? null });
  const words = m.cli.protect;
  // A date alone ends with its last moment, and is told as that day.
  const end = until === null ? null : m.format.date(until - 1, now);
  return output(result, words.changed(result.file, end), words.already);
}

/** `careen unprotect REF...` */
export async function unprotect(context: Context, refs: string[]): Promise<Output<'unprotect'>> {
  const result = await (await context.session()).call('unprotect', { refs });
  const words = context.m.cli.protect;
  return output(result, words.taken(result.file), words.absent);
}

function output(result: Result<'protect'>, changed: string, unchanged: string) {
  const section = (heading: string, names: string[]) =>
    names.length > 0 ? [heading, ...names.map((name) => `  ${name}`)] : [];
  return {
    document: result,
    lines: [...section(changed, result.changed), ...section(unchanged, result.unchanged)],
    exit: exit.done,
  };
}
