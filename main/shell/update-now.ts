import { askedOfAll, type AskedOfAll } from '../contract/beforehand.js';
import type { Answer, CommandName, Params } from '../contract/commands.js';
import { lookAtAll } from '../contract/look-at-all.js';
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
  const look = async (container: string) => {
    const answer = await call('update.preview', { container, to: null });
    return answer.ok ? { preview: answer.result } : { error: answer.error };
  };
  const asked = askedOfAll(rows, await lookAtAll(rows, look, late()));
  const answer = asked.taken.length === 0 ? 'window' : await agreed(asked);
  if (answer === 'window') open();
  if (answer !== 'yes') return null;
  return call('update.run', { containers: asked.taken.map(asShown) });
}
