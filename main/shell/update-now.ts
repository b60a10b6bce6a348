import PQueue from 'p-queue';
import { abreast, askedOfAll, type AskedOfAll, type Looked } from '../contract/beforehand.js';
import type { Answer, CommandName, Params } from '../contract/commands.js';
import { asShown } from '../contract/pending.js';
import type { UpdateRow } from '../contract/updates.js';

/** What a person answers: they may rather see it all in the window. */
export type Agreed = 'yes' | 'no' | 'window';

interface UpdateNow {
  call: <N extends CommandName>(name: N, params: Params<N>) => Promise<Answer<N>>;
  /** Resolves once looking has taken long enough: what is not known by then is told as not known. */
  late: () => Promise<unknown>;
  agreed: (asked: AskedOfAll) => Promise<Agreed>;
  /** Shows the updates in the window. */
  open: () => void;
}

/**
 * "Update all" from the tray: a look at each update, one question, the run; null where none was made.
 * Where all are refused there is nothing to ask, and the window says why of each.
 */
export async function updateNow(
  { call, late, agreed, open }: UpdateNow,
  rows: readonly UpdateRow[],
): Promise<Answer<'update.run'> | null> {
  const looked = new Map<string, NonNullable<Looked>>();
  const queue = new PQueue({ concurrency: abreast });
  const look = async ({ container }: UpdateRow) => {
    const answer = await call('update.preview', { container, to: null });
    looked.set(container, answer.ok ? { preview: answer.result } : { error: answer.error });
  };
  await Promise.race([queue.addAll(rows.map((row) => () => look(row))), late()]);
  queue.clear();
  const asked = askedOfAll(rows, ({ container }) => looked.get(container) ?? { error: null });
  const answer = asked.taken.length === 0 ? 'window' : await agreed(asked);
  if (answer === 'window') open();
  if (answer !== 'yes') return null;
  return call('update.run', { containers: asked.taken.map(asShown) });
}
