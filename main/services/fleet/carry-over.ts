import type { EngineIdentity } from '../../domain/facts.js';
import type { Journal } from '../journal/index.js';
import type { Dismissals } from '../suggestions/dismissals.js';

/** Where things are kept by an engine's identity; the store's, handed in. */
export interface Keeping {
  stores: {
    /** Renames what has a file of its own. */
    carryOver(from: EngineIdentity, to: EngineIdentity): Promise<void>;
  };
  dismissals: Dismissals;
  /** What is written of the engine's runs, not read yet, and the way to let go of its files. */
  journal(): Promise<{ journal: Pick<Journal, 'open' | 'carryOver'>; close: () => Promise<void> }>;
}

/**
 * Keeps under a new identity all that is kept of an engine under its former one, and has what was cut
 * off under that finished under this. Done twice it does nothing more. To be called while nothing of
 * either is open.
 */
export async function carryOver(
  keeping: Keeping,
  from: EngineIdentity,
  to: EngineIdentity,
): Promise<void> {
  await keeping.stores.carryOver(from, to);
  await keeping.dismissals.carryOver(from, to);
  const { journal, close } = await keeping.journal();
  try {
    await journal.open();
    await journal.carryOver(from, to);
  } finally {
    await close();
  }
}
