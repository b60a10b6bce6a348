import { z } from 'zod';
import type { ImageFacts, Inventory } from '../../domain/facts.js';
import {
  cacheRecord,
  containerFacts,
  imageFacts,
  inventory,
  networkFacts,
  volumeFacts,
} from '../model.js';
import { time } from './common.js';

const when = time.nullable();

const recoverable = z.discriminatedUnion('state', [
  z.object({ state: z.literal('verified'), at: time }),
  z.object({ state: z.literal('likely') }),
  z.object({ state: z.literal('no') }),
  z.object({ state: z.literal('unknown') }),
]);

const arrived = imageFacts.shape.arrived.unwrap().extend({ at: time });
const used = imageFacts.shape.used.unwrap().extend({ at: time });
const project = imageFacts.shape.projects.element.extend({ lastUsed: time });

/** The facts of one image between a document and the domain. */
export const imageFactsDocument = imageFacts.extend({
  created: when,
  arrived: arrived.nullable(),
  used: used.nullable(),
  lastTagged: when,
  recoverable,
  projects: z.array(project),
});

const container = containerFacts.extend({ created: when, started: when, finished: when });

const lastUse = networkFacts.shape.lastUsed.unwrap().extend({ at: time }).nullable();
const network = networkFacts.extend({ created: when, lastUsed: lastUse });
const volume = volumeFacts.extend({ created: when, lastUsed: lastUse });
const cached = cacheRecord.extend({ created: when, lastUsed: when });

const retained = inventory.shape.retained.element.extend({ replacedAt: time });

/**
 * What `careen inventory --json` prints and `careen judge --inventory` reads: everything that is
 * judged. A codec: decoding gives the domain's Inventory, encoding the document.
 */
export const inventoryDocument = inventory.extend({
  takenAt: time,
  images: z.array(imageFactsDocument),
  containers: z.array(container),
  firstMet: when,
  retained: z.array(retained),
  networks: z.array(network).default([]),
  volumes: z.array(volume).default([]),
  cacheRecords: z.array(cached).nullable().default(null),
});

export type InventoryDocument = z.input<typeof inventoryDocument>;
export type ImageFactsDocument = z.input<typeof imageFactsDocument>;

/** The document of an inventory. */
export function encodeInventory(value: Inventory): InventoryDocument {
  return z.encode(inventoryDocument, value);
}

/** The document of one image's facts. */
export function encodeFacts(value: ImageFacts): ImageFactsDocument {
  return z.encode(imageFactsDocument, value);
}
