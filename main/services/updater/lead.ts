import { asTag } from '../../domain/reference.js';
import type { CreatePayload } from '../../domain/recreate/types.js';
import type { Work } from './work.js';

type Led = Pick<Work, 'engine' | 'plan'>;

/**
 * Creates a container by its reference. What is only made anew is to have the image that it has: for
 * that moment the reference leads there, wherever a pull or another update has led it meanwhile. Where
 * Careen ends in between, `leadAsBefore` is due.
 *
 * @returns its ID; throws as `DockerEngine.createContainer`
 */
export async function createdAsItIs(
  work: Led,
  name: string,
  payload: CreatePayload,
): Promise<string> {
  const { engine, plan } = work;
  const reference = plan.kind === 'recreate' ? asTag(plan.oldReference) : null;
  if (reference === null || plan.leads === plan.imageId)
    return engine.createContainer(name, payload);
  await engine.tag(plan.imageId, reference);
  try {
    return await engine.createContainer(name, payload);
  } finally {
    await leadBack(work);
  }
}

/** On the way back: the reference leads to where it led before its turn. */
export async function leadAsBefore(work: Work): Promise<void> {
  if (work.plan.kind === 'recreate') await leadBack(work);
  // What a person pulled before stays where it is, unless it was tried and was not well.
  else if (work.moved || work.begun.has('start')) await leadToOld(work);
}

/** One that led nowhere is left. */
async function leadBack({ engine, plan }: Led): Promise<void> {
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
