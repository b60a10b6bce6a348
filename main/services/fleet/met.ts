import { z } from 'zod';
import type { EngineIdentity } from '../../domain/facts.js';

/** An engine as it was known by a person or by Careen when it was reached last. */
export interface Known extends Pick<EngineIdentity, 'endpoint' | 'id'> {
  key: string;
}

/** Addresses that are remembered; past them the one that was reached longest ago goes. */
const most = 20;

/** Which engine answered as the first one, by its address: the one that was met last is the last. */
export const storedMet = z.object({
  engines: z.array(z.object({ endpoint: z.string(), id: z.string() })),
});
export type StoredMet = z.infer<typeof storedMet>;

export const nobodyMet: StoredMet = { engines: [] };

/** The document in the data home; the store's, handed in. */
export interface MetDoc {
  readonly value: StoredMet;
  set(value: StoredMet): Promise<void>;
}

/**
 * Whom the first engine was at each address. Nobody added it, so nothing else says that another one
 * answers there; the store is not kept, since the same engine may have another one by now.
 */
export class MetFirst {
  constructor(private readonly doc: MetDoc) {}

  /** The ID of the engine that was met at an address, or null where none was. */
  idAt(endpoint: string): string | null {
    return this.doc.value.engines.find((one) => one.endpoint === endpoint)?.id ?? null;
  }

  /** Whom the first engine was, wherever that was. */
  get all(): StoredMet['engines'] {
    return this.doc.value.engines;
  }

  /** From now on it is this one there. Throws `home-unwritable`: it is remembered by this process all the same. */
  async keep({ endpoint, id }: Pick<EngineIdentity, 'endpoint' | 'id'>): Promise<void> {
    const { engines } = this.doc.value;
    const last = engines.at(-1);
    if (last?.endpoint === endpoint && last.id === id) return;
    const others = engines.filter((one) => one.endpoint !== endpoint);
    await this.doc.set({ engines: [...others, { endpoint, id }].slice(-most) });
  }
}
