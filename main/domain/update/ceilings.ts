import type { ImageFacts } from '../facts.js';
import type { Owner, OwnerKind } from '../owners/types.js';
import type { UpdateMode } from '../policy/types.js';
import { serviceProof } from '../swarm/subject.js';

/** The most that is done about what each kind of owner made (OWNERS §5). */
const ceilings: Readonly<Record<OwnerKind, UpdateMode>> = {
  person: 'auto',
  compose: 'auto',
  swarm: 'tell',
  cluster: 'ignore',
  editor: 'tell',
  devstack: 'tell',
  ephemeral: 'ignore',
  builder: 'ignore',
  platform: 'ignore',
  updater: 'ignore',
  systemd: 'tell',
};

/**
 * The most that an owner lets Careen do. What Compose builds is built anew by it, and a stack of
 * Portainer's has no file on this host.
 *
 * @param image the one that the container was made from, as far as the engine still has it
 */
export function ceilingOf({ kind, tool, proof }: Owner, image: ImageFacts | null): UpdateMode {
  // A service is updated by Swarm, which Careen asks; its tasks are Swarm's alone.
  if (proof === serviceProof) return 'auto';
  const isBuilt = image?.labels['com.docker.compose.service'] !== undefined;
  if (kind === 'compose' && (tool === 'Portainer' || isBuilt)) return 'tell';
  return kind === 'builder' && tool === 'buildx' ? 'tell' : ceilings[kind];
}

/**
 * The most that a person may choose for this one container: `tell` can be raised to `notify`. Swarm
 * alone would put another task beside the copy at once.
 */
export function ceilingByName(owner: Owner, image: ImageFacts | null): UpdateMode {
  const ceiling = ceilingOf(owner, image);
  return ceiling === 'tell' && owner.kind !== 'swarm' ? 'notify' : ceiling;
}

const order: readonly UpdateMode[] = ['auto', 'notify', 'tell', 'ignore'];

/** Whether one mode does less than another. */
export const isLower = (mode: UpdateMode, than: UpdateMode) =>
  order.indexOf(mode) > order.indexOf(than);
