import type { UpdateResult } from '../../../contract/update-steps.js';
import type { Millis } from '../../../domain/facts.js';
import { digestMeant, imageName, pinned } from '../../../domain/swarm/image.js';
import type { ContainerResult } from '../../journal/update-records.js';
import type { ServiceVersion } from '../../versions/stored.js';
import type { ServiceWork } from './work.js';

/**
 * Keeps what a service can go back to from now on, and what is not taken again by itself. Whenever
 * Swarm may have been asked, whatever came of it: any later write takes the old image out of
 * PreviousSpec, and a clean-up then off the nodes (FLEET, Swarm).
 *
 * @param now when its turn ended
 */
export async function keepVersions(
  { shift: { versions }, plan, from, to, turned, back, asked }: ServiceWork,
  result: UpdateResult,
  now: Millis,
): Promise<void> {
  const { serviceId: id, container, kind, image, before } = plan;
  const isBack = kind === 'rollback';
  const isWell = result.state === 'updated' || result.state === 'restored';
  const mayBeAsked = isBack ? back !== null : asked;
  // What was taken back runs what it ran before: that is no kept version.
  if (isWell || (mayBeAsked && result.state !== 'rolled-back')) {
    const left = isBack
      ? versionOf(image, digestMeant(image), now, false)
      : versionOf(before.image, before.digest, now, true);
    // Where it did not come to its end, nobody knows which of the two runs in a while.
    const runs = !isWell ? null : isBack ? before.digest : digestMeant(image);
    await versions.serviceReplaced(id, left, runs ?? '');
  }
  const bad = isBack ? from.digest : to.digest;
  const wasLeft = turned !== null || result.state === 'restored' || result.state === 'rolled-back';
  if (wasLeft && bad !== null) await versions.leave(container, bad, now);
}

/** What a turn that Careen had left in the middle came to; null: neither, for it failed or stopped. */
export function recoveredAs({ state }: UpdateResult): ContainerResult['recovered'] {
  if (state === 'updated' || state === 'restored') return 'finished';
  return state === 'rolled-back' ? 'rolled-back' : null;
}

/** Null: it is named by no digest, so nothing leads back to it. */
function versionOf(
  image: string,
  digest: string | null,
  replacedAt: Millis,
  proven: boolean,
): ServiceVersion | null {
  const name = imageName(image);
  if (name === null || digest === null) return null;
  const { tag } = name;
  return { image: pinned(name, digest), tag, digest, replacedAt, proven };
}
