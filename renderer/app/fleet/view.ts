import type { EngineRow } from '../../../main/contract/fleet.js';
import { firstEngine } from '../../../main/contract/first-engine.js';
import type { EngineSlice } from '../../../main/contract/slices.js';
import type { EngineIdentity } from '../../../main/domain/facts.js';
import { isLocal } from '../../../main/domain/identity.js';

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
