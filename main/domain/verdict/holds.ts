import type { ImageFacts, Inventory, Millis } from '../facts.js';
import { ownerNeeds } from '../owners/needs.js';
import type { OwnerHold } from '../owners/types.js';
import type { Policy } from '../policy/types.js';
import { serviceHolds, type ServiceHold } from '../swarm/holds.js';
import { claim, claimant, type Claim } from './claims.js';
import { isKeptByLabel } from './keep-label.js';

const none: readonly Claim[] = [];
const unknownUse = claim(
  claimant('hold', 1, 'unknown', () => ({ kind: 'hold', code: 'fact-unknown', fact: 'usedBy' })),
);
const unknownServices = claim(
  claimant('hold', 3.6, 'service-unknown', () => ({ kind: 'hold', code: 'service-unknown' })),
);

/** What holds an image whatever the policy says (JUDGING §4.1), and containers' labels. */
export class Holds {
  readonly #users = new Map<string, Map<string, string>>();
  readonly #labelled = new Map<string, string[]>();
  readonly #retained = new Map<string, Claim[]>();
  readonly #owners: ReadonlyMap<string, OwnerHold>;
  readonly #services: ReadonlyMap<string, ServiceHold>;

  constructor(
    inventory: Inventory,
    private readonly rollback: Policy['rollback'],
    private readonly now: Millis,
  ) {
    const { images, containers, retained, swarm } = inventory;
    this.#owners = ownerNeeds(inventory, now).images;
    this.#services = swarm === null ? new Map() : serviceHolds(images, swarm);
    const used = new Set(containers.map(({ imageId }) => imageId));
    const byId = new Map(images.flatMap((one) => (used.has(one.id) ? [[one.id, one]] : [])));
    for (const container of containers) {
      const users = this.#users.get(container.imageId) ?? new Map<string, string>();
      this.#users.set(container.imageId, users.set(container.id, container.name));
      if (!isKeptByLabel(container, byId.get(container.imageId) ?? null)) continue;
      const labelled = this.#labelled.get(container.imageId) ?? [];
      this.#labelled.set(container.imageId, [...labelled, container.name]);
    }
    this.#retain(retained);
  }

  /** Every hold and label of an image. */
  of(facts: ImageFacts): readonly Claim[] {
    const listed = this.#users.get(facts.id);
    const retained = this.#retained.get(facts.id);
    const owner = this.#owners.get(facts.id);
    const service = this.#services.get(facts.id);
    if (!listed && !retained && !owner && !service && facts.usedBy?.length === 0) return none;
    const claims: Claim[] = [];
    const users = new Map(listed);
    for (const { id, name } of facts.usedBy ?? []) users.set(id, name);
    if (users.size > 0) {
      const containers = [...new Set(users.values())].sort();
      const used = claimant('hold', 0, 'used', () => ({ kind: 'hold', code: 'used', containers }));
      claims.push(claim(used));
    }
    if (facts.usedBy === null) claims.push(unknownUse);
    if (retained) claims.push(...retained);
    if (service) claims.push(...heldForServices(service));
    // What a person may tick after all is no hold: the plan asks for it (OWNERS §5, compose).
    if (owner?.strength === 'hold') claims.push(heldFor(owner));
    for (const container of this.#labelled.get(facts.id)?.sort() ?? []) {
      const reason = () => ({ kind: 'protect', code: 'container-label', container }) as const;
      claims.push(claim(claimant('protect', -1, `label ${container}`, reason)));
    }
    return claims;
  }

  /**
   * Until when an image is held for a rollback and by nothing else, so that it uses up no count of
   * a `last` rule; -Infinity when it is not.
   */
  rollbackOnly(facts: ImageFacts): Millis {
    const retained = this.#retained.get(facts.id);
    if (retained === undefined) return -Infinity;
    const owner = this.#owners.get(facts.id);
    // An owner's hold that ends counts as none: the older versions stay the longer for it.
    const isOwned = owner?.strength === 'hold' && owner.until === Infinity;
    // Where use is not known it counts for nobody, so that nothing goes for it.
    const isUsed = (facts.usedBy?.length ?? 0) > 0 || this.#users.has(facts.id);
    const isHeldOtherwise = isUsed || isOwned || this.#services.has(facts.id);
    return isHeldOtherwise ? -Infinity : Math.max(...retained.map(({ until }) => until));
  }

  /** The last versions replaced for each container, and updates that are not proven yet. */
  #retain(retained: Inventory['retained']): void {
    const kept = new Map<string, number>();
    for (const { container, imageId, replacedAt, proven } of retained.toSorted(
      (a, b) => b.replacedAt - a.replacedAt || (a.imageId < b.imageId ? -1 : 1),
    )) {
      const add = (code: 'unproven' | 'rollback', order: number, until: Millis) => {
        const key = `${code} ${container}`;
        const by = claimant('hold', order, key, () => ({ kind: 'hold', code, container }));
        this.#retained.set(imageId, [...(this.#retained.get(imageId) ?? []), claim(by, until)]);
      };
      const count = kept.get(container) ?? 0;
      kept.set(container, count + 1);
      if (!proven) add('unproven', 2, Infinity);
      const until = replacedAt + this.rollback.for;
      if (count < this.rollback.versions && until > this.now) add('rollback', 3, until);
    }
  }
}

function heldFor({ kind: owner, tool, unit, until }: OwnerHold): Claim {
  const reason = () => ({ kind: 'hold', code: 'owner', owner, tool, unit }) as const;
  return claim(claimant('hold', 4, `owner ${tool}`, reason), until);
}

/** Before what owners need: it says more, and rests on a manager's word where there is one. */
function heldForServices({ needs, mayBe }: ServiceHold): Claim[] {
  const claims: Claim[] = [];
  if (needs.length > 0)
    claims.push(
      claim(claimant('hold', 3.5, 'service', () => ({ kind: 'hold', code: 'service', needs }))),
    );
  if (mayBe) claims.push(unknownServices);
  return claims;
}
