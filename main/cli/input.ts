import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { readText } from '../adapters/store/text-file.js';
import { systemCode } from '../adapters/system-error.js';
import { inventoryDocument } from '../contract/documents/inventory.js';
import { itemKind } from '../contract/plan.js';
import { CareenError } from '../domain/errors.js';
import type { Inventory, Millis } from '../domain/facts.js';
import type { ItemKind, Plan } from '../domain/plan/types.js';
import { parseSize, parseUntil } from '../domain/policy/units.js';

/**
 * A policy given by its file. Throws `file-missing`, `policy-unreadable`; what it says is not yet
 * looked at.
 */
export async function readPolicyFile(file: string): Promise<{ file: string; text: string }> {
  try {
    return { file, text: await readText(file) };
  } catch (e) {
    const why = systemCode(e);
    if (why === 'ENOENT') throw new CareenError('file-missing', { file }, { cause: e });
    throw new CareenError('policy-unreadable', { file, why: why ?? String(e) }, { cause: e });
  }
}

/** `images[3].created` */
const written = (path: readonly PropertyKey[]) =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');

/**
 * An inventory as `careen inventory --json` prints it. Throws `file-missing`, and `file-invalid`
 * with the place of the first thing that is not as it should be.
 */
export async function readInventoryFile(file: string): Promise<Inventory> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (e) {
    const why = systemCode(e);
    if (why === 'ENOENT') throw new CareenError('file-missing', { file }, { cause: e });
    throw new CareenError('file-invalid', { file, where: '', expected: why ?? String(e) });
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (e) {
    throw new CareenError(
      'file-invalid',
      { file, where: '', expected: 'inventory-json' },
      { cause: e },
    );
  }
  const read = inventoryDocument.safeParse(document);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const where = written(issue?.path ?? []);
  const expected =
    where === '' ? 'inventory' : (issue?.message ?? '').replace(/^Invalid input: /, '');
  throw new CareenError('file-invalid', { file, where, expected });
}

const date = z.iso.date();
const moment = z.iso.datetime({ offset: true });

/**
 * A time of the command line: a date (its first moment, UTC) or a moment with its zone. Throws
 * `input-invalid` naming the option.
 */
export function parseTime(option: string, text: string): Millis {
  if (date.safeParse(text).success || moment.safeParse(text).success) return Date.parse(text);
  throw new CareenError('input-invalid', { what: option, found: text, expected: 'time' });
}

/**
 * The end of something that begins now, such as `--until 2027-01-31`: a date (its last moment, UTC) or
 * a moment with its zone. Throws `input-invalid` naming the option, also for what is over already.
 */
export function parseEnd(option: string, text: string, now: Millis): Millis {
  const end = parseUntil(text);
  const refused = (expected: string) =>
    new CareenError('input-invalid', { what: option, found: text, expected });
  if (end === null) throw refused('time');
  if (end <= now) throw refused('time-to-come');
  return end;
}

const groups = ['unrecoverable', 'estimates'];

/**
 * The one thing that a person meant by its ID, the first digits of it (four at least) or a name.
 * Throws `input-invalid` for what is not there, or could mean several.
 */
export function meantBy<T extends { id: string; refs: readonly string[] }>(
  things: readonly T[],
  text: string,
  { option, expected }: { option: string; expected: string },
): T {
  const digits = text.replace(/^sha256:/, '');
  const isId = /^[0-9a-f]{4,64}$/.test(digits);
  const found = things.filter(
    ({ id, refs }) =>
      id === text || refs.includes(text) || (isId && id.replace(/^sha256:/, '').startsWith(digits)),
  );
  const [only] = found;
  if (only && found.length === 1) return only;
  throw new CareenError('input-invalid', { what: option, found: text, expected });
}

/**
 * The one run that a person meant by its ID or the beginning of it, four characters at least. Throws
 * `input-invalid` for what is not there, or could mean several.
 */
export function runNamed<T extends { runId: string }>(
  runs: readonly T[],
  text: string,
  { option, expected }: { option: string; expected: string },
): T {
  const whole = runs.find(({ runId }) => runId === text);
  if (whole) return whole;
  const found = text.length < 4 ? [] : runs.filter(({ runId }) => runId.startsWith(text));
  const [only] = found;
  if (only && found.length === 1) return only;
  throw new CareenError('input-invalid', { what: option, found: text, expected });
}

/** Items of a plan by what a person called them; names of groups pass where they may stand. */
export function itemsOf(plan: Plan, option: string, given: readonly string[]): string[] {
  return given.map((text) =>
    option === '--also' && groups.includes(text)
      ? text
      : meantBy(plan.items, text, { option, expected: 'plan-item' }).id,
  );
}

/** Bytes of an option such as `--free 10GB`. Throws `input-invalid`. */
export function sizeOf(option: string, text: string): number {
  const size = parseSize(text);
  if (size !== null && size > 0) return size;
  throw new CareenError('input-invalid', { what: option, found: text, expected: 'size' });
}

/** Kinds of items by the names that options take. Throws `input-invalid`. */
export function kindsOf(given: readonly string[]): ItemKind[] | null {
  if (given.length === 0) return null;
  return given.map((text) => {
    const kind = itemKind.safeParse(text === 'build-cache' ? 'buildCache' : text);
    if (kind.success) return kind.data;
    throw new CareenError('input-invalid', { what: '--kind', found: text, expected: 'item-kind' });
  });
}
