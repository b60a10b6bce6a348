import type { Inventory, NetworkFacts } from '../../facts.js';
import type { OwnerHold, OwnerNeeds } from '../../owners/types.js';
import type { Policy } from '../../policy/types.js';
import type { Age, JudgedOther } from '../types.js';
import { byAge, heldByUse, heldFor, kept, unitOf, type Timing } from './decide.js';

/**
 * Networks that nothing was attached to for longer than `networks.unusedFor`; never the engine's
 * own, nor one of a project or an owner (OWNERS §5). They free nothing.
 */
export function judgeNetworks(
  { networks }: Inventory,
  policy: Policy,
  needs: OwnerNeeds,
  timing: Timing,
): JudgedOther[] {
  return networks.map((facts): JudgedOther => {
    const hold = needs.networks.get(facts.name) ?? null;
    const decision = () =>
      facts.builtIn
        ? kept({ kind: 'hold', code: 'built-in' })
        : (heldByUse(facts.usedBy) ??
          heldUnlessNamed(facts, hold, timing) ??
          byAge(facts.id, 'networks', policy.networks, ageOf(facts), timing));
    return {
      kind: 'network',
      id: facts.id,
      name: facts.name,
      nameable: false,
      ...decision(),
      reclaimable: { min: 0, max: 0, certainty: 'exact' },
      lastUsed: facts.lastUsed,
      project: (hold && unitOf(hold)) ?? facts.project,
    };
  });
}

/** A project's network is a person's to give up, an owner's is not. */
function heldUnlessNamed({ id, project }: NetworkFacts, hold: OwnerHold | null, timing: Timing) {
  const held = heldFor(hold, project);
  const isProject = held?.decidedBy.kind === 'hold' && held.decidedBy.code === 'project';
  return isProject && timing.named.has(id) ? null : held;
}

/** From its last use or its making, whichever is later; null where neither is known. */
function ageOf({ lastUsed, created }: NetworkFacts): Age | null {
  if (lastUsed !== null && lastUsed.at >= (created ?? -Infinity))
    return { since: lastUsed.at, from: 'used', estimated: false };
  return created === null ? null : { since: created, from: 'created', estimated: false };
}
