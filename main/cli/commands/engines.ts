import type { Result } from '../../contract/commands.js';
import type { EnginesDocument } from '../../contract/documents/engines.js';
import { type EngineRow, policyOf } from '../../contract/fleet.js';
import { exit } from '../../contract/exit.js';
import { enginesNamed } from '../../domain/engine-name.js';
import { CareenError } from '../../domain/errors.js';
import type { Context, Output } from '../context.js';
import { failureOf, iso, isoOrNull } from '../document-parts.js';
import { engineLines } from '../engine-lines.js';
import type { Session } from '../session.js';

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

/** `careen engines remove ENGINE` */
export async function removeEngine(context: Context, text: string): Promise<Output<'engines'>> {
  return after(context, async (session) => {
    await session.call('engines.remove', { engine: (await named(session, text)).key });
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

/** `careen engines same ENGINE`: what answers at its address is it, upgraded or newly made. */
export async function sameEngine(context: Context, text: string): Promise<Output<'engines'>> {
  return after(context, async (session) => {
    await session.call('engines.same', { engine: (await named(session, text)).key });
  });
}

/** `careen engines another ENGINE`: what answers at its address is another one. */
export async function anotherEngine(context: Context, text: string): Promise<Output<'engines'>> {
  return after(context, async (session) => {
    await session.call('engines.another', { engine: (await named(session, text)).key });
  });
}

/** `careen engines join ENGINE OTHER`: they are one engine, and the first stays. */
export async function joinEngines(
  context: Context,
  text: string,
  other: string,
): Promise<Output<'engines'>> {
  return after(context, async (session) => {
    await session.call('engines.join', await pair(session, text, other));
  });
}

/** `careen engines part ENGINE OTHER`: they are two engines, though they say one ID. */
export async function partEngines(
  context: Context,
  text: string,
  other: string,
): Promise<Output<'engines'>> {
  return after(context, async (session) => {
    await session.call('engines.part', await pair(session, text, other));
  });
}

/** `careen engines together on|off` */
export async function together(context: Context, text: string): Promise<Output<'engines'>> {
  if (text !== 'on' && text !== 'off')
    throw new CareenError('input-invalid', { what: 'together', found: text, expected: 'on, off' });
  return after(context, async (session) => {
    await session.call('engines.together', { together: text === 'on' });
  });
}

async function after(
  context: Context,
  act: (session: Session) => Promise<void>,
): Promise<Output<'engines'>> {
  await act(await context.session());
  return engines(context);
}

async function pair(session: Session, text: string, other: string) {
  const { engines: rows } = await session.call('engines.list', {});
  return { engine: among(rows, text).key, other: among(rows, other).key };
}

async function named(session: Session, text: string): Promise<EngineRow> {
  return among((await session.call('engines.list', {})).engines, text);
}

function among(rows: readonly EngineRow[], text: string): EngineRow {
  const [found, ...others] = enginesNamed(rows, text);
  if (!found) throw new CareenError('engine-unknown', { engine: text });
  if (others.length > 0) throw new CareenError('engine-several', { engine: text });
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
    engines: rows.map(({ since, error, canGo, canGoImages, asOf, ...row }) => ({
      ...row,
      since: iso(since),
      error: error && failureOf(error),
      reclaimable: canGo,
      reclaimableImages: canGoImages,
      asOf: isoOrNull(asOf),
    })),
    together,
    contexts: contexts.map(({ error, ...context }) => ({
      ...context,
      error: error && failureOf(error),
    })),
  };
}
