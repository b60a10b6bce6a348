import { z } from 'zod';
import { sha256 } from '../../adapters/hash.js';
import { millis } from '../../contract/model.js';
import type { EngineIdentity } from '../../domain/facts.js';
import { engineKey } from '../../domain/identity.js';
import { armedLatch, type Latch } from '../../domain/triggers/types.js';

const latch = z.object({ armed: z.boolean(), firedAt: millis.nullable() });

/** What triggers remember from one start to the next, as it stands in the data home. */
export const storedTriggers = z.object({
  /** Under which policy, on which engine, a person agreed to clean-ups by itself: `agreementOf`. */
  agreed: z.string().nullable(),
  notifiedAt: millis.nullable(),
  /** Of which schedule moments were answered, and up to when; those of another tell nothing. */
  scheduled: z.object({ pattern: z.string(), answered: millis }).nullable().default(null),
  /** Of which engine the latches are (`engineKey`). */
  engine: z.string(),
  pressure: latch,
  budget: latch,
});
export type Remembered = z.infer<typeof storedTriggers>;

export const nothingRemembered: Remembered = {
  agreed: null,
  notifiedAt: null,
  scheduled: null,
  engine: '',
  pressure: armedLatch,
  budget: armedLatch,
};

/**
 * What a person agrees to by running the first plan of `auto`: this text, on this engine and no other
 * (DESIGN §3, "`auto` is switched on per engine identity").
 */
export function agreementOf(policyText: string, engine: EngineIdentity): string {
  return sha256(JSON.stringify([engineKey(engine), policyText]));
}

/** The document in the data home; the store's, handed in. */
export interface TriggersDoc {
  readonly value: Remembered;
  set(value: Remembered): Promise<void>;
}

/** What was remembered before, kept as it changes. */
export class Memory {
  constructor(
    private readonly doc: TriggersDoc,
    /** Told when it could not be written: it is held all the same. */
    private readonly failed: (error: unknown) => void,
  ) {}

  get agreed(): string | null {
    return this.doc.value.agreed;
  }

  get notifiedAt(): number | null {
    return this.doc.value.notifiedAt;
  }

  get scheduled(): Remembered['scheduled'] {
    return this.doc.value.scheduled;
  }

  /** A latch of this engine; of one that is new to it, as if it never fired. */
  latch(name: 'pressure' | 'budget', engine: string): Latch {
    return this.doc.value.engine === engine ? this.doc.value[name] : armedLatch;
  }

  keepLatch(name: 'pressure' | 'budget', engine: string, kept: Latch): void {
    const { value } = this.doc;
    const own = value.engine === engine ? value : { ...value, ...armedFor(engine) };
    this.#set({ ...own, [name]: kept });
  }

  keep(change: Partial<Pick<Remembered, 'agreed' | 'notifiedAt' | 'scheduled'>>): void {
    this.#set({ ...this.doc.value, ...change });
  }

  #set(value: Remembered): void {
    this.doc.set(value).catch(this.failed);
  }
}

const armedFor = (engine: string) => ({ engine, pressure: armedLatch, budget: armedLatch });
