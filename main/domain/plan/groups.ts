import type { ImageFacts, Inventory } from '../facts.js';
import type { OwnerNeeds } from '../owners/types.js';
import { isUntaggedBuild } from '../verdict/age.js';
import { namesOf, type Repository } from '../verdict/names.js';
import type { JudgedImage } from '../verdict/types.js';
import type { ItemGroup } from './types.js';

/**
 * In which group an image of a plan is listed apart, unticked; without a group it is ticked
 * (JUDGING §5, "Ticked or not").
 */
export function groupsOf(
  judged: readonly JudgedImage[],
  inventory: Inventory,
  needs: OwnerNeeds['images'],
): Map<string, ItemGroup> {
  const names = namesOf(
    judged.map(({ facts }) => facts),
    inventory.takenAt,
  );
  const stays = judged.map(({ verdict }) => verdict === 'keep');
  const groups = new Map<string, ItemGroup>();
  judged.forEach((one, place) => {
    if (one.verdict === 'keep') return;
    const own = new Set((names.ofImage[place] ?? []).map(({ repository }) => repository));
    const repositories = [...own].flatMap((number) => names.repositories[number] ?? []);
    if (one.estimate) groups.set(one.id, 'estimates');
    // What a project that stands used last is named first (OWNERS §5, compose).
    else if (needs.get(one.id)?.strength === 'untick') groups.set(one.id, 'unrecoverable');
    else if (!canGoUnasked(one, place, repositories, stays, inventory))
      groups.set(one.id, 'unrecoverable');
  });
  return groups;
}

function canGoUnasked(
  { facts, baseOf }: JudgedImage,
  place: number,
  repositories: readonly Repository[],
  stays: readonly boolean[],
  { engine, useIncomplete }: Inventory,
): boolean {
  const isBuild = facts.origin === 'built' || isUntaggedBuild(facts, engine.store);
  // Where containers may be hidden, a build that seems unused may be in use (JUDGING §2).
  if (isBuild && useIncomplete !== null) return false;
  if (facts.recoverable.state === 'verified') return true;
  if (isLikely(facts, engine.store))
    return !repositories.some((repository) => isLast(repository, place, stays));
  if (isUntaggedBuild(facts, engine.store)) return baseOf.length === 0;
  return (
    facts.origin === 'built' &&
    repositories.length > 0 &&
    repositories.every((repository) => isOutdated(repository, place, stays))
  );
}

/** On a classic store a RepoDigest makes it so, whatever the origin (JUDGING §5). */
function isLikely(facts: ImageFacts, store: Inventory['engine']['store']): boolean {
  if (facts.recoverable.state !== 'likely') return false;
  return facts.origin === 'pulled' || (store === 'classic' && facts.digests.length > 0);
}

/** Whether nothing of the repository would be left: of those that go the newest is the last. */
function isLast({ versions }: Repository, place: number, stays: readonly boolean[]): boolean {
  return versions[0] === place && !versions.some((version) => stays[version]);
}

/** Whether a newer version stays. */
function isOutdated({ versions }: Repository, place: number, stays: readonly boolean[]): boolean {
  return versions.slice(0, versions.indexOf(place)).some((version) => stays[version]);
}
