import { digestMeant, imageName, isSameImage, pinned } from './image.js';
import type { Intent } from './progress.js';
import type { NodeFacts, ServiceFacts } from './types.js';

/** How a service gets back to what it ran before. */
export type ServiceWayBack =
  /** `rollback=previous`, with the version index just read: it must be refused where one more write came between. */
  | { by: 'engine' }
  /** A new update, to this image: `repo:tag@digest`. */
  | { by: 'update'; image: string }
  | {
      by: 'none';
      why:
        /** It has that image already: to ask again would bring the other one back. */
        | 'is-back'
        /** Careen asked once, and it has the new image again: for a person to decide. */
        | 'asked-before'
        /** It has an image that is neither. */
        | 'someone-else-acted'
        /** By no digest: it would lead to what the tag shows now. */
        | 'no-digest';
    };

/**
 * The way back, from what a manager says now. The engine's own only where PreviousSpec has the digest
 * that Careen recorded: any write since has replaced it, and asked twice it swaps the two (FLEET,
 * "What Careen does with it" 5).
 *
 * @param byPerson a person asks for it, and may so once more
 * @param needsLogin whether its registry gives the old image only by a login: the engine's own way sends
 *   none, but has nodes pull with what is stored with PreviousSpec, which may be none, or have run out
 */
export function serviceWayBack(
  service: Pick<ServiceFacts, 'image' | 'previousImage'>,
  { image, before, backAsked }: Pick<Intent, 'image' | 'before' | 'backAsked'>,
  byPerson: boolean,
  needsLogin = false,
): ServiceWayBack {
  const { digest } = before;
  const hasOld = isSameImage(service.image, before.image);
  // Swarm may be back at a Spec without a digest, whose tag shows the new image by now.
  const isBack = digest === null ? hasOld : digestMeant(service.image) === digest;
  if (isBack) return { by: 'none', why: 'is-back' };
  if (!hasOld && !isSameImage(service.image, image))
    return { by: 'none', why: 'someone-else-acted' };
  if (!byPerson && backAsked) return { by: 'none', why: 'asked-before' };
  if (digest === null) return { by: 'none', why: 'no-digest' };
  const hasPrevious =
    service.previousImage !== null && digestMeant(service.previousImage) === digest;
  if (hasPrevious && !needsLogin) return { by: 'engine' };
  const name = imageName(before.image);
  return name === null
    ? { by: 'none', why: 'no-digest' }
    : { by: 'update', image: pinned(name, digest) };
}

/** Whether the old image can be had by the nodes on which tasks may be placed. */
export type Readiness =
  | { state: 'ready' }
  /** The registry does not give it; nodes by ID. Going back may leave nothing that runs. */
  | { state: 'missing'; without: string[]; unknown: string[] };

/**
 * What must hold before a service that runs goes back: the registry gives the image, or each node has it
 * by its digest. With neither a rollback was seen to end at 0 of 1 running; with the image there, it
 * needs no registry (FLEET, Swarm).
 *
 * @param registryHasIt whether the registry was asked for that digest just now and gives it
 * @param has whether a node has it; null: nobody knows, for only its own engine can tell
 */
export function readyToGoBack(
  nodes: readonly NodeFacts[],
  registryHasIt: boolean,
  has: (nodeId: string) => boolean | null,
): Readiness {
  if (registryHasIt) return { state: 'ready' };
  const takes = nodes.filter(
    ({ availability, state }) => availability === 'active' && state === 'ready',
  );
  const which = (answer: boolean | null) =>
    takes.flatMap(({ id }) => (has(id) === answer ? [id] : []));
  const without = which(false);
  const unknown = which(null);
  return takes.length > 0 && without.length === 0 && unknown.length === 0
    ? { state: 'ready' }
    : { state: 'missing', without, unknown };
}
