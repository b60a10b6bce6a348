import { z } from 'zod';
import { millis } from '../../contract/model.js';
import type { EngineIdentity } from '../../domain/facts.js';
import { engineKey, isKeyAt } from '../../domain/identity.js';
import type { Dismissal } from '../../domain/suggestions/dismissal.js';

/** How many dismissals the data home keeps: those made last. */
const most = 500;

/** What a person does not want to be told again, as it stands in the data home. */
export const storedDismissals = z.object({
  dismissed: z.array(
    z.object({
      /** Of which engine it was told (`engineKey`). */
      engine: z.string(),
      key: z.string(),
      /** Null: it was not measured yet. */
      weight: z.number().nullable(),
      at: millis,
    }),
  ),
});
type Stored = z.infer<typeof storedDismissals>;

/** The document in the data home; the store's, handed in. */
export interface DismissalsDoc {
  readonly value: Stored;
  set(value: Stored): Promise<void>;
}

/** Dismissals of all engines, each told apart. */
export class Dismissals {
  constructor(private readonly doc: DismissalsDoc) {}

  of(engine: EngineIdentity): Dismissal[] {
    const key = engineKey(engine);
    return this.doc.value.dismissed.filter((one) => one.engine === key);
  }

  /** Throws what the data home does. */
  async add(engine: EngineIdentity, dismissal: Dismissal): Promise<void> {
    const own = engineKey(engine);
    const others = this.doc.value.dismissed.filter(
      (one) => one.engine !== own || one.key !== dismissal.key,
    );
    const dismissed = [...others, { engine: own, ...dismissal }].slice(-most);
    await this.doc.set({ dismissed });
  }

  /** Holds how much dismissed things matter, now that it is known. Throws what the data home does. */
  async weigh(engine: EngineIdentity, weighed: readonly Dismissal[]): Promise<void> {
    const own = engineKey(engine);
    const byKey = new Map(weighed.map((one) => [one.key, one]));
    const dismissed = this.doc.value.dismissed.map((one) =>
      one.engine === own ? { ...one, ...byKey.get(one.key) } : one,
    );
    await this.doc.set({ dismissed });
  }

  /** What was dismissed under an engine's former identity, in any store, is dismissed under its new one. */
  async carryOver(from: EngineIdentity, to: EngineIdentity): Promise<void> {
    const after = engineKey(to);
    const { dismissed } = this.doc.value;
    if (!dismissed.some(({ engine }) => isKeyAt(engine, from))) return;
    await this.doc.set({
      dismissed: dismissed.map((one) =>
        isKeyAt(one.engine, from) ? { ...one, engine: after } : one,
      ),
    });
  }

  /** Takes back all of one engine. */
  async clear(engine: EngineIdentity): Promise<void> {
    const own = engineKey(engine);
    const dismissed = this.doc.value.dismissed.filter((one) => one.engine !== own);
    await this.doc.set({ dismissed });
  }
}
