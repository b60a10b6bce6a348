import { exit } from '../../contract/exit.js';
import type { KeptVersion, UpdateRow } from '../../contract/updates.js';
import { CareenError } from '../../domain/errors.js';
import { splitReference } from '../../domain/reference.js';
import { versionNamed } from '../../domain/update/kept.js';
import { confirm, underWay } from '../acts.js';
import { say, type Context, type Output } from '../context.js';
import { noRunOf } from '../update-documents.js';
import { rowOf } from './check.js';
import { ended, versionsOf } from './update-end.js';

export interface RollbackOptions {
  to?: string;
  copies?: boolean;
  yes?: boolean;
}

export interface ReleaseOptions {
  yes?: boolean;
}

/** `careen rollback NAME`: says what stays as the newer version left it, asks, and goes back. */
export async function rollback(
  context: Context,
  container: string,
  options: RollbackOptions,
): Promise<Output<'rollback'>> {
  const { m } = context;
  const words = m.cli.updates;
  const session = await context.session();
  const row = rowOf(await session.call('update.list', {}), container);
  const target = targetOf(row, options.to ?? null);
  const copies = options.copies === true;
  if (!(options.yes && context.json)) {
    say(context, words.staysWritten);
    if (target.copies.length > 0)
      say(context, copies ? words.copiesBack(target.copies) : words.copiesOffered(target.copies));
  }
  if (!options.yes)
    await confirm(
      context,
      'rollback',
      words.confirm.rollback(container, m.update.fromTo({ from: row.now, to: target })),
    );
  const run = await underWay(
    context,
    session,
    (token) => session.call('update.rollback', { container, to: target.imageId, copies, token }),
    versionsOf(context, [row]),
  );
  return ended(context, run);
}

/**
 * The kept version that was meant: the last that ran well, or by an ID or the beginning of it, a
 * digest, a tag or a reference. Throws `nothing-kept`, `version-unknown`.
 */
function targetOf({ container, kept, reference }: UpdateRow, wanted: string | null): KeptVersion {
  const { name } = splitReference(reference);
  const named = kept.map((one) => ({
    ...one,
    reference: one.tag === null ? reference : `${name}:${one.tag}`,
  }));
  const found =
    wanted === null
      ? named.find(({ proven }) => proven)
      : versionNamed(named, wanted.replace(/^sha256:(?=[0-9a-f]{12,63}$)/, ''));
  if (found) return found;
  if (wanted === null || kept.length === 0) throw new CareenError('nothing-kept', { container });
  throw new CareenError('version-unknown', { container, wanted });
}

/**
 * `careen release NAME`: gives up what is on record for going back, after asking, also of a container
 * that is gone. Throws `container-unknown`.
 */
export async function release(
  context: Context,
  container: string,
  options: ReleaseOptions,
): Promise<Output<'release'>> {
  const { m, now } = context;
  const words = m.cli.updates;
  const session = await context.session();
  const { rows, recorded } = await session.call('update.list', {});
  const row = rows.find((one) => one.container === container);
  const onRecord = recorded.find((one) => one.container === container)?.versions ?? 0;
  if (!row && onRecord === 0) throw new CareenError('container-unknown', { container });
  const kept = row?.kept ?? [];
  const count = Math.max(kept.length, onRecord);
  if (count === 0)
    return {
      document: noRunOf('release', [], now()),
      lines: [words.nothingKept(container)],
      exit: exit.done,
    };
  if (!options.yes) {
    const sizes = kept.map(({ bytes }) => bytes);
    // What a policy holds no longer, or a container had that is gone, is not in its row.
    const isWhole = kept.length === count && !sizes.includes(null);
    const total = isWhole ? sizes.reduce<number>((a, b) => a + (b ?? 0), 0) : null;
    say(context, words.noWayBack(container));
    await confirm(context, 'release', words.confirm.release(count, container, total));
  }
  const run = await underWay(
    context,
    session,
    (token) => session.call('update.release', { container, token }),
    versionsOf(context, row ? [row] : []),
  );
  return ended(context, run);
}
