import { z } from 'zod';
import { containerFacts, networkFacts, volumeFacts } from '../contract/model.js';
import { plan } from '../contract/plan.js';
import { nodeFacts, placedTask, serviceFacts } from '../contract/swarm.js';
import type { EngineFacts, EngineIdentity } from '../domain/facts.js';
import { engineKey } from '../domain/identity.js';
import { sha256 } from '../adapters/hash.js';
import type { Kept } from '../adapters/store/kept.js';
import type { ListedImage, ListedNetwork, ListedVolume } from '../adapters/docker/types.js';
import type { Listed } from './types.js';

/** A plan as it stands in the data home, with the policy that it was made by. */
export const storedPlan = z.object({
  plan,
  policy: z.object({ file: z.string(), text: z.string() }),
});

const listedImage = z.object({
  id: z.string(),
  refs: z.array(z.string()),
  digests: z.array(z.string()),
  size: z.number(),
  parent: z.string().nullable(),
  ownRefs: z.array(z.string()),
}) satisfies z.ZodType<ListedImage>;

const listedNetwork = networkFacts
  .omit({ usedBy: true, lastUsed: true, project: true })
  .extend({ usersListed: z.boolean() }) satisfies z.ZodType<ListedNetwork>;

const listedVolume = volumeFacts.omit({
  size: true,
  usedBy: true,
  lastUsed: true,
  mountedAt: true,
  project: true,
}) satisfies z.ZodType<ListedVolume>;

/**
 * The last list of an engine as it stands in the data home. Those of the first version say nothing
 * of networks and volumes.
 */
export const storedListing = z.object({
  images: z.array(listedImage),
  containers: z.array(containerFacts),
  networks: z.array(listedNetwork).default([]),
  volumes: z.array(listedVolume).default([]),
  swarm: z
    .object({
      answered: z.boolean(),
      services: z.array(serviceFacts),
      nodeId: z.string().nullable().default(null),
      managers: z.array(z.string()).default([]),
      // Until an engine is read again, one that wrote only their number tells nothing of them.
      nodes: z.array(nodeFacts).nullable().catch(null),
      tasks: z.array(placedTask).nullable().default(null),
    })
    .nullable()
    .default(null),
  hiddenContainers: z.number(),
  buildCache: z.enum(['none', 'unshared', 'shared', 'unknown']),
  takenAt: z.number(),
});
type StoredListing = z.infer<typeof storedListing>;

/** A name for an engine's files: two engines never share one. */
export function engineFile(engine: EngineIdentity): string {
  return sha256(engineKey(engine)).slice(0, 16);
}

/** The last list of each engine, kept as documents. */
export function listingsIn(kept: Kept<StoredListing>) {
  return {
    async load(engine: EngineFacts): Promise<Listed | null> {
      const stored = await kept.load(engineFile(engine));
      if (!stored) return null;
      return {
        ...stored,
        images: new Map(stored.images.map((i) => [i.id, i])),
        containers: new Map(stored.containers.map((c) => [c.id, c])),
        networks: new Map(stored.networks.map((n) => [n.id, n])),
        volumes: new Map(stored.volumes.map((v) => [v.name, v])),
        cacheRecords: null,
        sizes: { containers: new Map(), volumes: new Map() },
      };
    },
    save(engine: EngineFacts, listed: Listed): Promise<void> {
      return kept.save(engineFile(engine), {
        ...listed,
        images: [...listed.images.values()],
        containers: [...listed.containers.values()],
        networks: [...listed.networks.values()],
        volumes: [...listed.volumes.values()],
        swarm: listed.swarm && {
          ...listed.swarm,
          services: [...listed.swarm.services],
          nodes: listed.swarm.nodes && [...listed.swarm.nodes],
          tasks: listed.swarm.tasks && [...listed.swarm.tasks],
        },
      });
    },
  };
}

/** Plans on the disk, so that what one process showed another can run. */
export function plansIn(kept: Kept<z.infer<typeof storedPlan>>) {
  return {
    load: (planId: string) => kept.load(planId),
    save: (stored: z.infer<typeof storedPlan>) => kept.save(stored.plan.planId, stored),
  };
}
