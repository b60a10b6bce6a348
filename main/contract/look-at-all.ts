import type { Looked } from './beforehand.js';
import type { UpdateRow } from './updates.js';

/** Previews that are asked for at once: each asks a registry, and the engine. */
const abreast = 3;

/**
 * Looks at updates, a few at once.
 *
 * @param isOver whether no more are to be begun
 */
export async function lookAtEach(
  rows: readonly UpdateRow[],
  look: (row: UpdateRow) => Promise<void>,
  isOver: () => boolean,
): Promise<void> {
  const left = rows.values();
  const next = async () => {
    for (const row of left) {
      if (isOver()) return;
      await look(row);
    }
  };
  await Promise.all(Array.from({ length: abreast }, next));
}

/**
 * Looks at what each of these updates would change before a person is asked about all.
 *
 * @param look gives why it could not be looked at as an answer, too
 * @param late once it resolves no more are looked at, and what is not known by then took too long
 * @returns what looking at a row brought
 */
export async function lookAtAll(
  rows: readonly UpdateRow[],
  look: (container: string) => Promise<NonNullable<Looked>>,
  late: Promise<unknown> | null = null,
): Promise<(row: UpdateRow) => NonNullable<Looked>> {
  const looked = new Map<string, NonNullable<Looked>>();
  let isLate = false;
  const all = lookAtEach(
    rows,
    async ({ container }) => void looked.set(container, await look(container)),
    () => isLate,
  );
  await (late ? Promise.race([all, late]) : all);
  isLate = true;
  const known = new Map(looked);
  return ({ container }) => known.get(container) ?? { error: null };
}
