import { z } from 'zod';
import type { ImageNature } from '../../adapters/docker/types.js';
import type { Millis } from '../../domain/facts.js';
import type { Sighting } from '../types.js';
import { attachmentKey, knownAttachment } from './attachments.js';
import { observed } from './observation.js';
import { knownProject, projectKey } from './projects.js';
import { knownRecoverable } from './recoverable.js';

const nature = z.object({
  id: z.string(),
  created: z.number().nullable(),
  layers: z.array(z.object({ chainId: z.string(), size: z.number() })),
  layersInDoubt: z.boolean(),
  history: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  platform: z.string(),
  content: z.number().nullable(),
}) satisfies z.ZodType<ImageNature>;

/** What is remembered of one image for as long as it is worth it. */
export const known = z.object({
  id: z.string(),
  nature: nature.nullable(),
  /** Null for images that were there when Careen first met the engine. */
  arrived: z.object({ at: z.number(), source: z.enum(['event', 'seen']) }).nullable(),
  used: z
    .object({
      at: z.number(),
      source: z.enum(['container-created', 'container-started', 'container-finished', 'base']),
      by: z.string(),
    })
    .nullable(),
  lastTagged: z.number().nullable(),
  origin: z.enum(['pulled', 'built', 'loaded', 'unknown']),
  recoverable: knownRecoverable,
  /** Every name it was ever seen under: tags and digests, in the familiar form. */
  names: z.array(z.string()),
  goneAt: z.number().nullable(),
});
export type Known = z.infer<typeof known>;

/** Names kept of one image; the oldest go first. */
const namesBound = 50;

/** One change of what is known; the knowledge log is a list of these. */
export const knowledgeRecord = z.discriminatedUnion('t', [
  z.object({ t: z.literal('met'), at: z.number() }),
  z.object({ t: z.literal('day'), day: z.string() }),
  z.object({ t: z.literal('image'), known }),
  z.object({ t: z.literal('project'), project: knownProject }),
  z.object({ t: z.literal('attached'), attached: knownAttachment }),
  observed,
]);
export type KnowledgeRecord = z.infer<typeof knowledgeRecord>;

/** What a record speaks of: a later one of the same stands for it. */
export function recordKey(record: KnowledgeRecord): string {
  switch (record.t) {
    case 'met':
    case 'observed':
      return record.t;
    case 'day':
      return `day|${record.day}`;
    case 'image':
      return record.known.id;
    case 'project':
      return `project|${projectKey(record.project)}`;
    case 'attached':
      return attachmentKey(record.attached);
  }
}

/** A sighting of an image. */
export type ImageSighting = Exclude<Sighting, { kind: 'container' | 'attached' }>;

/** An image of which nothing is known yet. */
export function unknownImage(id: string): Known {
  return {
    id,
    nature: null,
    arrived: null,
    used: null,
    lastTagged: null,
    origin: 'unknown',
    recoverable: null,
    names: [],
    goneAt: null,
  };
}

/** What is known after one more sighting; the very same object when it tells nothing new. */
export function withSighting(before: Known, sighting: ImageSighting): Known {
  switch (sighting.kind) {
    case 'nature':
      return before.nature ? before : { ...before, nature: sighting.nature };
    case 'arrived':
      return arrivedNow(before, sighting);
    case 'used':
      if (before.used && before.used.at >= sighting.at) return before;
      return {
        ...before,
        used: { at: sighting.at, source: sighting.source, by: sighting.by },
      };
    case 'tagged':
      if (before.lastTagged !== null && before.lastTagged >= sighting.at) return before;
      return { ...before, lastTagged: sighting.at };
    case 'named':
      return withNames(before, sighting.names);
    case 'recoverable': {
      const { state, at } = sighting;
      const said = before.recoverable;
      return said?.state === state && said.at === at
        ? before
        : { ...before, recoverable: { state, at } };
    }
    case 'gone':
      return before.goneAt === null ? { ...before, goneAt: sighting.at } : before;
  }
}

function arrivedNow(before: Known, sighting: Sighting & { kind: 'arrived' }): Known {
  const { at, how } = sighting;
  const source = how === 'seen' ? ('seen' as const) : ('event' as const);
  const origin = how === 'seen' ? before.origin : how;
  // It came while nobody watched, and a replayed event tells how.
  if (before.arrived && before.goneAt === null)
    return before.origin === 'unknown' && origin !== 'unknown' ? { ...before, origin } : before;
  return { ...before, arrived: { at, source }, origin, goneAt: null };
}

/** What is known after seeing the image under these names. */
export function withNames(before: Known, names: readonly string[]): Known {
  const fresh = names.filter((n) => !before.names.includes(n));
  if (fresh.length === 0 && before.goneAt === null) return before;
  // A registry that nobody has asked yet may have it.
  const elsewhere = before.recoverable?.state === 'no' && fresh.some((name) => name.includes('@'));
  return {
    ...before,
    recoverable: elsewhere ? null : before.recoverable,
    names: [...before.names, ...fresh].slice(-namesBound),
    goneAt: null,
  };
}

/** How long images that are gone are remembered, in ms, and how many at most. */
export const goneBound = { age: 90 * 86_400_000, count: 2_000 };

/** What is still worth remembering: all that is there, and what went lately. */
export function pruned(all: Iterable<Known>, now: Millis): Known[] {
  const there: Known[] = [];
  const gone: Known[] = [];
  for (const k of all) {
    if (k.goneAt === null) there.push(k);
    else if (now - k.goneAt < goneBound.age) gone.push(k);
  }
  gone.sort((a, b) => (b.goneAt ?? 0) - (a.goneAt ?? 0));
  return [...there, ...gone.slice(0, goneBound.count)];
}
