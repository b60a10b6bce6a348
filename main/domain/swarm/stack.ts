import { normalise } from '../reference.js';
import { askedFor, digestMeant } from './image.js';
import type { ServiceFacts } from './types.js';

/** The stack that a service is of. */
export interface Stack {
  namespace: string;
  /** The image's reference as in the stack's file; null where no label tells. */
  image: string | null;
}

/** By the labels that `stack deploy` gives services (FLEET, Stacks); null: of none. */
export function stackOf({ labels }: Pick<ServiceFacts, 'labels'>): Stack | null {
  const namespace = labels['com.docker.stack.namespace'];
  if (namespace === undefined) return null;
  return { namespace, image: labels['com.docker.stack.image'] ?? null };
}

/**
 * Whether the stack's next deploy takes a version back. It resolves the file's reference anew: the
 * same tag with a new digest survives, another tag or what the tag does not show does not (FLEET,
 * Stacks).
 *
 * @param shows the digest that the tag shows in the registry; null: not known
 */
export function isTakenBack(
  service: Pick<ServiceFacts, 'labels' | 'image'>,
  to: string,
  shows: string | null,
): boolean {
  const stack = stackOf(service);
  if (stack === null) return false;
  // Without the label, the file is taken to say what the service was given.
  const file = stack.image ?? service.image;
  const inFile = stack.image === null ? null : digestMeant(file);
  const digest = digestMeant(to);
  if (inFile !== null) return inFile !== digest;
  if (tagOf(file) !== tagOf(to)) return true;
  return shows !== null && digest !== null && shows !== digest;
}

function tagOf(image: string): string {
  const asked = askedFor(image);
  return asked === null ? image : normalise(asked);
}
