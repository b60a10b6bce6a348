import { z } from 'zod';
import { sha256 } from '../../adapters/hash.js';
import { millis } from '../../contract/model.js';
import type { EngineIdentity } from '../../domain/facts.js';
import { engineKey } from '../../domain/identity.js';
import { armedLatch, type Latch } from '../../domain/triggers/types.js';

const latch = z.object({ armed: z.boolean(), firedAt: millis.nullable() });

const crossing = z.object({ told: z.boolean(), answered: z.boolean() });
const newCrossing: z.infer<typeof crossing> = { told: false, answered: false };

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
  /** Of the crossing that pressure fired for: whether a person was told of it, and answered. */
  crossing: crossing.default(newCrossing),
  budget: latch,
});
export type Remembered = z.infer<typeof storedTriggers>;

export const nothingRemembered: Remembered = {
  agreed: null,
  notifiedAt: null,
  scheduled: null,
  engine: '',
  pressure: armedLatch,
  crossing: newCrossing,
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
    /** Of which engine latches are now (`engineKey`); empty while none is judged. */
    readonly engine: () => string,
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

  /** A latch of the engine of now; of one that is new to it, as if it never fired. */
  latch(name: 'pressure' | 'budget'): Latch {
    return this.#own()[name];
  }

  keepLatch(name: 'pressure' | 'budget', kept: Latch): void {
    this.#set({ ...this.#own(), [name]: kept });
  }

  /** What became of the crossing that pressure fired for. */
  get crossing(): Remembered['crossing'] {
    return this.#own().crossing;
  }

  /** A person was told of it, or answered. */
  keepCrossing(change: Partial<Remembered['crossing']>): void {
    const own = this.#own();
    if (this.engine() !== '') this.#set({ ...own, crossing: { ...own.crossing, ...change } });
  }

  /** It is over: the next is another one. */
  endCrossing(): void {
    const { told, answered } = this.crossing;
    if (told || answered) this.keepCrossing(newCrossing);
  }

  keep(change: Partial<Pick<Remembered, 'agreed' | 'notifiedAt' | 'scheduled'>>): void {
    this.#set({ ...this.doc.value, ...change });
  }

  #own(): Remembered {
    const engine = this.engine();
    const { value } = this.doc;
    if (value.engine === engine) return value;
    return { ...value, engine, pressure: armedLatch, crossing: newCrossing, budget: armedLatch };
  }

  #set(value: Remembered): void {
    this.doc.set(value).catch(this.failed);
  }
}
