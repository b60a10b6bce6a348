import { type EngineRow, firstEngine } from '../../../main/contract/fleet.js';
import type { EngineSlice } from '../../../main/contract/slices.js';
import type { EngineIdentity } from '../../../main/domain/facts.js';
import { isLocal } from '../../../main/domain/identity.js';
import { sumOf } from '../../../main/domain/plan/sum.js';
import type { Reclaimable } from '../../../main/domain/verdict/types.js';

/**
 * How an engine stands, in the one word that its row begins with: what keeps it from being worked on
 * goes before what is done on it, and that before what waits.
 */
type Standing = EngineRow['state'] | 'running' | 'waiting' | 'asks';

export function standingOf(row: EngineRow): Standing {
  if (row.state !== 'found') return row.state;
  if (row.run) return 'running';
  if (row.queued > 0) return 'waiting';
  return row.asks ? 'asks' : 'found';
}

/** What all engines hold together, as far as they answer. */
interface Totals {
  /** What can go; null where no engine that answers is judged. */
  canGo: Reclaimable | null;
  updates: number;
  /** Engines that are not in it: they do not answer, or are not judged yet. */
  left: number;
}

/**
 * Sums of the engines that answer. The same engine at two addresses, if it is that, holds everything
 * once: then it may be as little as what each ID holds once.
 */
export function totalsOf(engines: readonly EngineRow[]): Totals {
  const counted = engines.filter(({ state, canGo }) => state === 'found' && canGo !== null);
  const once = counted.filter(
    ({ twinOf }, at) => !counted.slice(0, at).some(({ key }) => twinOf.includes(key)),
  );
  const sum = (rows: readonly EngineRow[]) =>
    sumOf(rows.flatMap(({ canGo }) => (canGo === null ? [] : [canGo])));
  const whole = sum(counted);
  const least = sum(once);
  const canGo: Reclaimable =
    least.max === whole.max ? whole : { min: least.min, max: whole.max, certainty: 'range' };
  return {
    canGo: counted.length === 0 ? null : canGo,
    updates: once.reduce((all, { updates }) => all + updates, 0),
    left: engines.length - counted.length,
  };
}

/** Whether there is anything to choose among. */
export const areSeveral = (engines: readonly EngineRow[]) => engines.length > 1;

/** Stands in the address of the list while an engine is being added. */
export const ADD = 'add';

/**
 * The engine that commands to copy must name, because the docker CLI would go to another by itself:
 * any but the first, one elsewhere, and the first where the CLI's context was changed. Else null.
 */
export function namedInCommands(
  key: string,
  engine: Pick<EngineSlice, 'facts' | 'contextMoved'> | null,
): EngineIdentity | null {
  if (engine?.facts == null) return null;
  const { facts, contextMoved } = engine;
  return key === firstEngine && isLocal(facts) && contextMoved === null ? null : facts;
}
