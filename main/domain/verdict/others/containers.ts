import type { ContainerFacts, ContainerState, Inventory } from '../../facts.js';
import type { Owner, OwnerHold, OwnerNeeds } from '../../owners/types.js';
import type { Policy } from '../../policy/types.js';
import { GoneProjects } from '../../projects.js';
import { isKeptByLabel } from '../keep-label.js';
import type { Age, JudgedOther, Reclaimable } from '../types.js';
import { byAge, heldFor, kept, unitOf, type Timing } from './decide.js';

/** States in which a container does nothing and nothing waits for it. */
const ended: ReadonlySet<ContainerState> = new Set(['created', 'exited', 'dead']);

const projectLabel = 'com.docker.compose.project';

/**
 * Owners of whose containers nothing but a hold is asked; what any other owner made it removes by
 * itself, or makes again.
 */
const asksHoldOnly: ReadonlySet<Owner['kind']> = new Set(['person', 'ephemeral']);

/**
 * Containers that ended longer ago than `containers.exitedFor`: never one that a label of its own
 * keeps, nor an owner's, nor one of a project that stands (JUDGING §6; OWNERS §5).
 */
export function judgeContainers(
  inventory: Inventory,
  policy: Policy,
  needs: OwnerNeeds,
  timing: Timing,
): JudgedOther[] {
  const images = new Map(inventory.images.map((image) => [image.id, image]));
  const gone = new GoneProjects(inventory.images.flatMap(({ projects }) => projects));
  const { enabled, exitedFor: unusedFor } = policy.containers;
  const rule = { enabled, unusedFor };
  return inventory.containers.map((facts): JudgedOther => {
    const hold = holdOf(facts, needs, gone);
    const age = ageOf(facts);
    const decision = () => {
      const { state, name } = facts;
      if (!ended.has(state)) return kept({ kind: 'hold', code: 'state', state });
      if (isKeptByLabel(facts, images.get(facts.imageId) ?? null))
        return kept({ kind: 'protect', code: 'container-label', container: name });
      return heldFor(hold, null) ?? byAge(facts.id, 'containers', rule, age, timing);
    };
    return {
      kind: 'container',
      id: facts.id,
      name: facts.name,
      nameable: false,
      ...decision(),
      reclaimable: writableLayer(facts.sizeRw),
      lastUsed: age === null ? null : { at: age.since, by: facts.name },
      project: (hold && unitOf(hold)) ?? facts.labels[projectLabel] ?? null,
    };
  });
}

/** Since when it has done nothing; null where the engine does not tell, which keeps it. */
function ageOf({ finished, created }: ContainerFacts): Age | null {
  if (finished !== null) return { since: finished, from: 'finished', estimated: false };
  return created === null ? null : { since: created, from: 'created', estimated: false };
}

function holdOf(facts: ContainerFacts, needs: OwnerNeeds, gone: GoneProjects): OwnerHold | null {
  const held = needs.containerHolds.get(facts.id);
  if (held) return held;
  const owner = needs.containers.get(facts.id);
  if (!owner || asksHoldOnly.has(owner.kind)) return null;
  const { kind, tool, unit } = owner;
  const folder = facts.labels['com.docker.compose.project.working_dir'];
  if (kind === 'compose' && unit !== null && gone.has(unit, { kind, folder })) return null;
  return { kind, tool, unit, until: Infinity, strength: 'hold' };
}

/** Its log goes too, so its writable layer is the least. */
function writableLayer(sizeRw: number | null): Reclaimable {
  const bytes = sizeRw ?? 0;
  return { min: bytes, max: bytes, certainty: 'at-least' };
}
