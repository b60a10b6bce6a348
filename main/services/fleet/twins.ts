import { firstEngine } from '../../contract/first-engine.js';
import type { CareenError } from '../../domain/errors.js';
import type { EngineFacts, Inventory } from '../../domain/facts.js';
import type { Known } from './met.js';
import type { StoredEngine, StoredFleet } from './stored.js';
import type { Room } from './types.js';

/** An engine of the list; null for the first one's, which nobody added. */
export interface Listed {
  key: string;
  added: StoredEngine | null;
  /** Its room; why it could not be opened; null: it was not opened yet. */
  room: Room | { failed: CareenError; at: number } | null;
}

/** Whether there is a room, and it could be opened. */
export function isRoom(is: Listed['room']): is is Room {
  return is !== null && 'connection' in is;
}

/** The engine ID that an engine has, as far as that is known. */
export function idOf({ added, room }: Listed): string | null {
  const engine = isRoom(room) ? room.connection.engine : null;
  return engine?.facts.id ?? added?.id ?? null;
}

/** Whether two of the list say the same ID, whatever a person said of them. */
export function sayOneId(one: Listed, other: Listed): boolean {
  const id = idOf(one);
  return one.key !== other.key && id !== null && id !== '' && id === idOf(other);
}

/** Whether a person said that two of the list are two engines, though they say the same ID. */
export function areParted(one: Listed, other: Listed, stored: StoredFleet): boolean {
  return isPartedFrom(one, idOf(one), addressOf(other), stored);
}

/** Whether a person said that at an address is another engine than one of the list, with the same ID. */
export function isPartedFrom(
  one: Listed,
  id: string | null,
  endpoint: string | null,
  { parted }: StoredFleet,
): boolean {
  const own = addressOf(one);
  return parted.some(
    ({ id: said, at }) =>
      said === id && at.includes(own ?? '') && at.includes(endpoint ?? '') && own !== endpoint,
  );
}

/** Whether two of the list may be one engine: they say the same ID, and nobody said otherwise. */
export function areTwins(one: Listed, other: Listed, stored: StoredFleet): boolean {
  return sayOneId(one, other) && !areParted(one, other, stored);
}

/** Other addresses of an engine, as a person said and while it is that engine. */
export function aliasesOf(one: Listed, { aliases }: StoredFleet): StoredFleet['aliases'] {
  const id = idOf(one);
  return aliases.filter((alias) => alias.of === one.key && alias.id === id);
}

/**
 * The engine of the list that has an address already, or is reached by it too, as a person said; null:
 * none, or the one of `key`.
 */
export function reachedAt(
  listed: readonly Listed[],
  stored: StoredFleet,
  key: string,
  { endpoint, id }: EngineFacts,
): Listed | null {
  const alias = stored.aliases.find((one) => one.endpoint === endpoint && one.id === id);
  return listed.find((other) => other.key !== key && other.key === alias?.of) ?? null;
}

/**
 * The list once two addresses are one engine's: `gone` is off it, and its address is remembered as one
 * by which the other is reached too, with what was kept there for rollbacks. What was not proven there
 * yet nobody will prove: it is held as long as the policy says, and not for ever.
 */
export function joined(
  stored: StoredFleet,
  stays: Listed,
  gone: Known,
  retained: Inventory['retained'],
): StoredFleet {
  const { key, endpoint, id } = gone;
  const aliases = stored.aliases.map((one) => (one.of === key ? { ...one, of: stays.key } : one));
  const left = without({ ...stored, aliases }, gone);
  const kept = retained.map((one) => ({ ...one, proven: true }));
  return { ...left, aliases: [...left.aliases, { endpoint, id, of: stays.key, retained: kept }] };
}

/** The list once a person said that two of it are two engines. */
export function parted(stored: StoredFleet, one: Listed, other: Listed): StoredFleet {
  const [id, a, b] = [idOf(one), addressOf(one), addressOf(other)];
  if (id === null || a === null || b === null || areParted(one, other, stored)) return stored;
  return { ...stored, parted: [...stored.parted, { id, at: [a, b] }] };
}

/** The list without an engine, and without what was said of it. The first was in no list. */
export function without(stored: StoredFleet, gone: Known): StoredFleet {
  return {
    ...stored,
    engines: stored.engines.filter(({ key }) => key !== gone.key),
    parted: withoutParted(stored, gone),
    // The first has others at other addresses.
    aliases: stored.aliases.filter(
      ({ of, id }) => of !== gone.key || (of === firstEngine && id !== gone.id),
    ),
  };
}

/** The list with an engine added to it: an address of another's that is added again is its own. */
export function withAdded(stored: StoredFleet, engine: StoredEngine): StoredFleet {
  return {
    ...stored,
    engines: [...stored.engines, engine],
    aliases: stored.aliases.filter(({ endpoint }) => endpoint !== engine.endpoint),
  };
}

/** The list once an engine of it has another ID: what was said of it holds for that. */
export function withId(stored: StoredFleet, before: Known, id: string): StoredFleet {
  const { key } = before;
  return {
    ...stored,
    engines: stored.engines.map((one) => (one.key === key ? { ...one, id } : one)),
    parted: withoutParted(stored, before),
    aliases: stored.aliases.map((one) =>
      one.of === key && one.id === before.id ? { ...one, id } : one,
    ),
  };
}

function withoutParted({ parted }: StoredFleet, { id, endpoint }: Known): StoredFleet['parted'] {
  return parted.filter((one) => one.id !== id || !one.at.includes(endpoint));
}

/** Where an engine is: where it was added, or where the first was found. */
function addressOf({ key, added, room }: Listed): string | null {
  if (key !== firstEngine) return added?.endpoint ?? null;
  return isRoom(room) ? (room.connection.engine?.facts.endpoint ?? null) : null;
}
