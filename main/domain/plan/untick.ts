import type { ImageFacts, Inventory } from '../facts.js';
import type { LayerIndex } from '../layers.js';
import type { OwnerNeeds } from '../owners/types.js';
import { familiarRepository } from '../reference.js';
import { isUntaggedBuild } from '../verdict/age.js';
import { groundworkOf } from '../verdict/groundwork.js';
import type { Repository } from '../verdict/names.js';
import type { JudgedImage, OtherKind } from '../verdict/types.js';
import type { ItemGroup, PlanItem, Untick } from './types.js';

/**
 * Why an image of a plan stands unticked, by its ID; without a reason it is ticked (JUDGING §5,
 * "Ticked or not").
 *
 * @param judged every image, in the order of the inventory
 */
export function unticksOf(
  judged: readonly JudgedImage[],
  inventory: Inventory,
  needs: OwnerNeeds['images'],
  index: LayerIndex,
): Map<string, Untick> {
  const { names } = groundworkOf(inventory, index);
  const stays = judged.map(({ verdict }) => verdict === 'keep');
  const unticks = new Map<string, Untick>();
  judged.forEach((one, place) => {
    if (one.verdict === 'keep') return;
    const own = new Set((names.ofImage[place] ?? []).map(({ repository }) => repository));
    const repositories = [...own].flatMap((number) => names.repositories[number] ?? []);
    const need = needs.get(one.id);
    const untick: Untick | null = one.estimate
      ? { code: 'estimate' }
      : need?.strength === 'untick'
        ? // What a project that stands used last is named first (OWNERS §5, compose).
          { code: 'owner', tool: need.tool, unit: need.unit }
        : ofRecovery(one, place, repositories, stays, inventory);
    if (untick !== null) unticks.set(one.id, untick);
  });
  return unticks;
}

/** Why what may go of a kind of thing stands unticked; null: it is ticked, as a by-product (JUDGING §6). */
export function untickOfKind(kind: OtherKind): Untick | null {
  switch (kind) {
    case 'container':
      return { code: 'writable-layer' };
    case 'volume':
      return { code: 'by-name' };
    case 'network':
    case 'buildCache':
      return null;
  }
}

/** The group that one tick takes; null: each is named by itself. */
export function groupOf({ code }: Untick): ItemGroup | null {
  if (code === 'by-name') return null;
  return code === 'estimate' ? 'estimates' : 'unrecoverable';
}

/**
 * Why a plan that is taken as it is ticked leaves an item; null: it takes it.
 *
 * @param going what it takes, by ID: bases of what it leaves stay, ticked as they are
 */
export function waitOf({ id, untick, after }: PlanItem, going: ReadonlySet<string>): Untick | null {
  if (going.has(id)) return null;
  const images = after.filter((other) => !going.has(other));
  return untick ?? (images.length > 0 ? { code: 'waits', images } : null);
}

/** The same for all that such a plan leaves, by ID. */
export function waitsOf(
  items: readonly PlanItem[],
  going: ReadonlySet<string>,
): Map<string, Untick> {
  return new Map(
    items.flatMap((item) => {
      const wait = waitOf(item, going);
      return wait ? [[item.id, wait]] : [];
    }),
  );
}

function ofRecovery(
  { facts, baseOf }: JudgedImage,
  place: number,
  repositories: readonly Repository[],
  stays: readonly boolean[],
  { engine, useIncomplete }: Inventory,
): Untick | null {
  const isBuild = facts.origin === 'built' || isUntaggedBuild(facts, engine.store);
  // Where containers may be hidden, a build that seems unused may be in use (JUDGING §2).
  if (isBuild && useIncomplete !== null) return { code: 'use-incomplete' };
  if (facts.recoverable.state === 'verified') return null;
  if (isLikely(facts, engine.store)) {
    const last = repositories.filter((repository) => isLast(repository, place, stays));
    return last.length === 0 ? null : { code: 'last-version', repositories: namesIn(last) };
  }
  if (isUntaggedBuild(facts, engine.store))
    return baseOf.length === 0 ? null : { code: 'untagged-base', images: baseOf };
  if (facts.origin === 'built' && repositories.length > 0) {
    const newest = repositories.filter((repository) => !isOutdated(repository, place, stays));
    return newest.length === 0 ? null : { code: 'newest-build', repositories: namesIn(newest) };
  }
  return { code: noSource(facts, engine.store) };
}

function noSource(
  { recoverable, digests, origin }: ImageFacts,
  store: Inventory['engine']['store'],
) {
  if (recoverable.state !== 'no') return 'not-confirmed';
  // A containerd store gives what no registry ever had a digest, too.
  const came = origin === 'pulled' || (store === 'classic' && digests.length > 0);
  return came ? 'registry-lost' : 'no-registry';
}

const namesIn = (repositories: readonly Repository[]) =>
  repositories.map(({ name }) => familiarRepository(name));

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
