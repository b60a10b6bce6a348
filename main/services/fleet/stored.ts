import { z } from 'zod';
import { engineKeyText, policyOf } from '../../contract/fleet.js';
import { firstEngine } from '../../contract/first-engine.js';
import { millis, retained } from '../../contract/model.js';
import { CareenError } from '../../domain/errors.js';

/** An engine that a person added, as it stands in the data home. */
export const storedEngine = z.object({
  /** Out of its address and the ID that it had when it was added; stays with it. */
  key: z.string().regex(/^[0-9a-f]{16}$/),
  /** As a person called it. */
  name: z.string().nullable(),
  /** The docker context that it was added by. */
  context: z.string().nullable(),
  endpoint: z.string(),
  /** The engine ID that it has as far as a person knows: another one is asked about. */
  id: z.string(),
  policy: policyOf,
  addedAt: millis,
});
export type StoredEngine = z.infer<typeof storedEngine>;

/** Two addresses at which, as a person says, two engines are, though both say this ID. */
const partedEngines = z.object({ id: z.string(), at: z.tuple([z.string(), z.string()]) });

/** An address by which, as a person says, an engine of the list is reached too; it is not opened. */
const alias = z.object({
  endpoint: z.string(),
  id: z.string(),
  /** The key of that engine. */
  of: engineKeyText,
  /** What was kept there for rollbacks when that was said: it stays as long as the policy says. */
  retained: z.array(retained),
});

/** Which engines there are beside the first, and how they live together. */
export const storedFleet = z.object({
  together: z.boolean(),
  engines: z.array(storedEngine),
  parted: z.array(partedEngines).default([]),
  aliases: z.array(alias).default([]),
});
export type StoredFleet = z.infer<typeof storedFleet>;

export const nobodyElse: StoredFleet = { together: false, engines: [], parted: [], aliases: [] };

/** The document in the data home; the store's, handed in. */
export interface FleetDoc {
  readonly value: StoredFleet;
  set(value: StoredFleet): Promise<void>;
}

/** What was added under a key; null: it is the first. Throws `engine-unknown`. */
export function addedAs({ engines }: StoredFleet, key: string): StoredEngine | null {
  if (key === firstEngine) return null;
  const entry = engines.find((one) => one.key === key);
  if (!entry) throw new CareenError('engine-unknown', { engine: key });
  return entry;
}

/** An engine that was added; throws `engine-unknown`, and `engine-first` for the first, which nobody added. */
export function entryOf(stored: StoredFleet, key: string): StoredEngine {
  const entry = addedAs(stored, key);
  if (!entry) throw new CareenError('engine-first', {});
  return entry;
}
