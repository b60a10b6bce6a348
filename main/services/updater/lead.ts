import { asTag } from '../../domain/reference.js';
import type { Work } from './work.js';

type Led = Pick<Work, 'engine' | 'plan'>;

/**
 * What is only made anew is created by its reference, with the image that it has: for that moment the
 * reference leads there, wherever a pull or another update has led it meanwhile. To be followed by
 * `leadBack`, also where Careen ends in between.
 */
export async function leadHere({ engine, plan }: Led): Promise<void> {
  const reference = asTag(plan.oldReference);
  if (reference !== null && plan.leads !== plan.imageId) await engine.tag(plan.imageId, reference);
}

/** The reference leads to where it led before its turn; one that led nowhere is left. */
export async function leadBack({ engine, plan }: Led): Promise<void> {
  const reference = asTag(plan.oldReference);
  const { leads } = plan;
  if (reference === null || !leads || leads === plan.imageId) return;
  // What someone else led elsewhere since then stays there.
  if ((await engine.resolve(reference)) === plan.imageId && (await engine.inspectImage(leads)))
    await engine.tag(leads, reference);
}

/** The reference leads to what runs, so that whoever makes it anew takes that (RECREATE, Compose). */
export async function leadToOld({ engine, plan }: Led): Promise<void> {
  const reference = asTag(plan.oldReference);
  if (reference === null || (await engine.resolve(reference)) === plan.imageId) return;
  if (await engine.inspectImage(plan.imageId)) await engine.tag(plan.imageId, reference);
}
