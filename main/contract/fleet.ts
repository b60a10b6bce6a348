import { z } from 'zod';
import { firstEngine } from './first-engine.js';
import { gauge } from './gauges.js';
import { millis, reclaimable } from './model.js';
import { lostImages } from './plan.js';
import { wireError } from './wire.js';

/** By which an engine is named in calls and subscriptions: `first`, or 16 hex digits. */
export const engineKeyText = z.string().min(1).max(64);

/** By whose rules an engine is cleaned and updated: its own file's, or the first engine's. */
export const policyOf = z.enum(['own', 'shared']);

/** What is under way on an engine. */
export const engineRun = z.object({
  kind: z.enum(['clean', 'undo', 'update', 'rollback', 'release']),
  done: z.number().int(),
  total: z.number().int(),
});

/** One engine among others, as the list of all shows it. */
export const engineRow = z.object({
  /** See `engineKeyText`. */
  key: z.string(),
  /** As a person called it, else its context's name, else its own; a decoration, not always its only one's. */
  name: z.string(),
  /** The docker context that it was added by; null: by its address, or found. */
  context: z.string().nullable(),
  /** Null while none was found. */
  endpoint: z.string().nullable(),
  /**
   * `looking`: nothing has answered yet. `found`: it is connected. `lost`: it was, or is not to be had.
   * `changed`: at its address answers another engine than the one that was added, or that was the first
   * one there: `engines.same` or `engines.another` says which. `twice`: another row's engine has the address. `failed`: what is kept
   * of it could not be opened.
   */
  state: z.enum(['looking', 'found', 'lost', 'changed', 'twice', 'failed']),
  /** Since when. */
  since: millis,
  /** Why it is not `found`. */
  error: wireError.nullable(),
  /** Which engine it is (`Docker Engine`, `Podman`), and its version; null until it answered. */
  product: z.string().nullable(),
  version: z.string().nullable(),
  /**
   * Keys of those that say the same engine ID: the same engine at two addresses, or a clone. Empty once a
   * person said which: `engines.join`, `engines.part`.
   */
  twinOf: z.array(z.string()),
  /** Other addresses of it, as a person said; it is not opened there. */
  aliases: z.array(z.string()),
  policy: policyOf,
  /** How full its disk is. */
  disk: gauge.nullable(),
  /** What the ticked items of a plan made now would free; null until it is judged. */
  canGo: reclaimable.nullable(),
  canGoImages: z.number().int(),
  /** How many of these cannot be brought back. */
  canGoLost: lostImages,
  /** Containers with an update that a person can take now. */
  updates: z.number().int(),
  /** Whether a trigger's question waits for an answer. */
  asks: z.boolean(),
  run: engineRun.nullable(),
  /** Runs of it that wait. */
  queued: z.number().int(),
  /** The key of the engine whose run its own waits for; null: it waits for none of another's. */
  waitsFor: z.string().nullable(),
  /** Whether a run was cut off in the middle by way of it: it is finished once the engine answers. */
  unfinished: z.boolean(),
  /** Set while what is shown is remembered: the moment it was true. */
  asOf: millis.nullable(),
});
export type EngineRow = z.infer<typeof engineRow>;

/** All engines, the first one first, then in the order in which they were added. */
export const fleetSlice = z.object({
  engines: z.array(engineRow),
  /** Whether runs of several engines may be under way at once, as a person said. */
  together: z.boolean(),
});
export type FleetSlice = z.infer<typeof fleetSlice>;

/** Those that go by the same policy as the engine of that key, itself included, as they stand in the list. */
export function withPolicyOf<E extends Pick<EngineRow, 'key' | 'policy'>>(
  engines: readonly E[],
  key: string,
): E[] {
  const isFirsts = (one: Pick<EngineRow, 'key' | 'policy'>) =>
    one.key === firstEngine || one.policy === 'shared';
  const own = engines.find((one) => one.key === key);
  return engines.filter((one) => one === own || (own && isFirsts(own) && isFirsts(one)));
}

/** A docker context that there is, and where it leads. */
export const contextRow = z.object({
  name: z.string(),
  description: z.string(),
  endpoint: z.string(),
  /** The key of the engine that was found or added there. */
  engine: z.string().nullable(),
  /** Why it cannot be added; null where nothing is known to stand in the way. */
  error: wireError.nullable(),
});
export type ContextRow = z.infer<typeof contextRow>;

const nothing = z.strictObject({});
const known = z.strictObject({ engine: engineKeyText });
const twins = known.extend({ other: engineKeyText });
const name = z.string().min(1).max(100);

/** Commands about the list of engines; they take the engine as a parameter. */
export const fleetCommands = {
  /** The list as it is once every engine had a moment to answer, and the docker contexts that there are. */
  'engines.list': {
    params: nothing,
    result: fleetSlice.extend({ contexts: z.array(contextRow) }),
  },
  /**
   * Adds an engine that answers, by the name of a docker context or by its address; never one that is
   * there. A person agrees first to an address that no context leads to.
   */
  'engines.add': {
    params: z.union([
      z.strictObject({ context: z.string().min(1).max(256), name: name.optional() }),
      z.strictObject({ endpoint: z.string().min(1).max(1_024), name: name.optional() }),
    ]),
    result: z.object({ engine: z.string(), name: z.string() }),
  },
  /**
   * Takes it off the list; what is kept of it is taken up when it is added again. A run that was cut off
   * is in the way, unless a person was told of it: half done it then stays until that.
   */
  'engines.remove': {
    params: known.extend({ unfinished: z.literal('leave').optional() }),
    result: z.strictObject({}),
  },
  /** How it is called, and by whose policy it goes. */
  'engines.set': {
    params: known.extend({ name: name.optional(), policy: policyOf.optional() }),
    result: fleetSlice,
  },
  /**
   * Says that what answers at its address is the same engine, upgraded or newly made: what is known of it
   * is kept.
   */
  'engines.same': { params: known, result: fleetSlice },
  /**
   * Says that what answers at its address is another engine, of which nothing is known. One that was added
   * goes off the list, as by `engines.remove`, and the other is added in its place; the first one's place
   * stays, with its policy. A run that was cut off is in the way, as there. `engine` is the key of the
   * other.
   */
  'engines.another': {
    params: known.extend({ unfinished: z.literal('leave').optional() }),
    result: z.object({ engine: z.string() }),
  },
  /**
   * Says that two with the same ID are one engine: `engine` stays with all that is kept of it, `other`
   * goes off the list, and its address is remembered as one of `engine`, until it is added again.
   */
  'engines.join': { params: twins, result: fleetSlice },
  /** Says that two with the same ID are two engines: they wait for, and hold, nothing of one another. */
  'engines.part': { params: twins, result: fleetSlice },
  /** Whether runs of several engines may be under way at once. */
  'engines.together': { params: z.strictObject({ together: z.boolean() }), result: fleetSlice },
} as const;
export type FleetCommandName = keyof typeof fleetCommands;
