import type { Result } from '../../contract/commands.js';
import type { EnginesDocument } from '../../contract/documents/engines.js';
import { type EngineRow, policyOf } from '../../contract/fleet.js';
import { firstEngine } from '../../contract/first-engine.js';
import { exit } from '../../contract/exit.js';
import { engineNamed } from '../../domain/engine-name.js';
import { CareenError } from '../../domain/errors.js';
import { confirm } from '../acts.js';
import { say, type Context, type Output } from '../context.js';
import { failureOf, iso, isoOrNull } from '../document-parts.js';
import { engineLines } from '../engine-lines.js';
import type { Session } from '../session.js';

export interface Asking {
  yes?: boolean;
}
export interface Leaving extends Asking {
  leaveUnfinished?: boolean;
}

/** `careen engines`: every engine in the list, and the contexts that could be added. */
export async function engines({ session, m, now }: Context): Promise<Output<'engines'>> {
  return told(await (await session()).call('engines.list', {}), { m, now });
}

/** `careen engines add CONTEXT|URL` */
export async function addEngine(
  context: Context,
  place: string,
  { name }: { name?: string },
): Promise<Output<'engines'>> {
  return after(context, async (session) => {
    // As with `--engine`: what has none of these is a context's name.
    const where = /[:/\\]/.test(place) ? { endpoint: place } : { context: place };
    await session.call('engines.add', { ...where, ...(name === undefined ? {} : { name }) });
  });
}

/** `careen engines remove ENGINE`: asks unless told yes; a yes beforehand is none to a run that was cut off. */
export async function removeEngine(
  context: Context,
  text: string,
  options: Leaving,
): Promise<Output<'engines'>> {
  const { askRemove } = context.m.window.fleet;
  return after(context, async (session) => {
    const row = await named(session, text);
    const told = row.unfinished ? [askRemove.unfinished] : [];
    const effect = context.m.window.common.sentences([askRemove.effect, ...told]);
    if (!options.yes)
      await asked(context, 'engine-remove', { title: askRemove.title(called(row)), effect });
    await session.call('engines.remove', { engine: row.key, ...leaving(row, options) });
  });
}

/** `careen engines set ENGINE`: its name, and whose policy it goes by. */
export async function setEngine(
  context: Context,
  text: string,
  options: { name?: string; policy?: string },
): Promise<Output<'engines'>> {
  const policy = policyOf.optional().safeParse(options.policy);
  if (!policy.success)
    throw new CareenError('input-invalid', {
      what: '--policy',
      found: options.policy ?? '',
      expected: policyOf.options.join(', '),
    });
  return after(context, async (session) => {
    await session.call('engines.set', {
      engine: (await named(session, text)).key,
      ...(options.name === undefined ? {} : { name: options.name }),
      ...(policy.data === undefined ? {} : { policy: policy.data }),
    });
  });
}

/** `careen engines same ENGINE`: what answers at its address is it, upgraded or newly made. Asks unless told yes. */
export async function sameEngine(
  context: Context,
  text: string,
  { yes = false }: Asking,
): Promise<Output<'engines'>> {
  const { title, effect } = context.m.window.fleet.askSame;
  return after(context, async (session) => {
    const row = await named(session, text);
    if (!yes) await asked(context, 'engine-same', { title: title(called(row)), effect });
    await session.call('engines.same', { engine: row.key });
  });
}

/**
 * `careen engines another ENGINE`: what answers at its address is another one. Asks unless told yes, which
 * is none to a run that was cut off.
 */
export async function anotherEngine(
  context: Context,
  text: string,
  options: Leaving,
): Promise<Output<'engines'>> {
  const { title, effect, first, unfinished } = context.m.window.fleet.askAnother;
  return after(context, async (session) => {
    const row = await named(session, text);
    const said = [
      row.key === firstEngine ? first : effect,
      ...(row.unfinished ? [unfinished] : []),
    ];
    if (!options.yes)
      await asked(context, 'engine-another', {
        title: title(called(row)),
        effect: context.m.window.common.sentences(said),
      });
    await session.call('engines.another', { engine: row.key, ...leaving(row, options) });
  });
}

/** `careen engines join ENGINE OTHER`: they are one engine, and the first stays. Asks unless told yes. */
export async function joinEngines(
  context: Context,
  text: string,
  other: string,
  { yes = false }: Asking,
): Promise<Output<'engines'>> {
  const { title, effect } = context.m.window.fleet.askJoin;
  return after(context, async (session) => {
    const [stays, goes] = await pair(session, text, other);
    const names = [called(stays), called(goes)] as const;
    const question = { title: title(...names), effect: effect(...names, goes.endpoint) };
    if (!yes) await asked(context, 'engine-join', question);
    await session.call('engines.join', { engine: stays.key, other: goes.key });
  });
}

/** `careen engines part ENGINE OTHER`: they are two engines, though they say one ID. Asks unless told yes. */
export async function partEngines(
  context: Context,
  text: string,
  other: string,
  { yes = false }: Asking,
): Promise<Output<'engines'>> {
  const { title, effect } = context.m.window.fleet.askPart;
  return after(context, async (session) => {
    const [one, two] = await pair(session, text, other);
    if (!yes)
      await asked(context, 'engine-part', { title: title(called(one), called(two)), effect });
    await session.call('engines.part', { engine: one.key, other: two.key });
  });
}

/** `careen engines together on|off` */
export async function together(context: Context, text: string): Promise<Output<'engines'>> {
  if (text !== 'on' && text !== 'off')
    throw new CareenError('input-invalid', {
      what: 'CHOICE',
      found: text,
      expected: 'on-or-off',
    });
  const words = context.m.cli.engines;
  const output = await after(context, async (session) => {
    await session.call('engines.together', { together: text === 'on' });
  });
  return { ...output, lines: [text === 'on' ? words.nowTogether : words.nowInTurn] };
}

async function after(
  context: Context,
  act: (session: Session) => Promise<void>,
): Promise<Output<'engines'>> {
  await act(await context.session());
  return engines(context);
}

/** Says what a yes brings, in the window's own words, and asks. Throws `not-confirmed`. */
async function asked(
  context: Context,
  act: Parameters<typeof confirm>[1],
  { title, effect }: { title: string; effect: string },
): Promise<void> {
  say(context, effect);
  await confirm(context, act, context.m.cli.engines.ask(title));
}

/** Whether a run that was cut off is left half done: a person who was asked was told of it. */
function leaving({ unfinished }: EngineRow, { leaveUnfinished, yes }: Leaving) {
  const leaves = leaveUnfinished === true || (!yes && unfinished);
  return leaves ? { unfinished: 'leave' as const } : {};
}

const called = ({ name, key }: EngineRow) => name || key;

async function pair(
  session: Session,
  text: string,
  other: string,
): Promise<readonly [EngineRow, EngineRow]> {
  const { engines: rows } = await session.call('engines.list', {});
  return [among(rows, text), among(rows, other)];
}

async function named(session: Session, text: string): Promise<EngineRow> {
  return among((await session.call('engines.list', {})).engines, text);
}

function among(rows: readonly EngineRow[], text: string): EngineRow {
  const found = engineNamed(rows, text);
  if (!found) throw new CareenError('engine-unknown', { engine: text });
  return found;
}

function told(
  list: Result<'engines.list'>,
  { m, now }: Pick<Context, 'm' | 'now'>,
): Output<'engines'> {
  return { document: documentOf(list), lines: engineLines(m, list, now()), exit: exit.done };
}

function documentOf({
  engines: rows,
  together,
  contexts,
}: Result<'engines.list'>): EnginesDocument {
  return {
    engines: rows.map(({ since, error, canGo, canGoImages, canGoLost, asOf, ...row }) => ({
      ...row,
      since: iso(since),
      error: error && failureOf(error),
      reclaimable: canGo,
      reclaimableImages: canGoImages,
      reclaimableLost: canGoLost,
      asOf: isoOrNull(asOf),
    })),
    together,
    contexts: contexts.map(({ error, ...context }) => ({
      ...context,
      error: error && failureOf(error),
    })),
  };
}
