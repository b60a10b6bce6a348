import type { ImageFacts, Inventory, Millis } from '../facts.js';
import { day } from '../policy/units.js';
import { claim, type Claim } from './claims.js';

/** What applies while the policy cannot say otherwise (JUDGING §3, `rollback`). */
const rollback = { versions: 1, for: 7 * day };

const keepLabel = 'careen.keep';

/** Of one image: what holds it whatever the policy says (JUDGING §4.1), and containers' labels. */
export class Holds {
  readonly #users = new Map<string, Map<string, string>>();
  readonly #labelled = new Map<string, string[]>();
  readonly #retained = new Map<string, Claim[]>();

  constructor(
    { images, containers, retained }: Inventory,
    private readonly now: Millis,
  ) {
    const byId = new Map(images.map((image) => [image.id, image]));
    for (const container of containers) {
      const users = this.#users.get(container.imageId) ?? new Map<string, string>();
      this.#users.set(container.imageId, users.set(container.id, container.name));
      // A container inherits its image's labels: those are the image's request, not a person's.
      const inherited = byId.get(container.imageId)?.labels[keepLabel] === 'true';
      if (container.labels[keepLabel] !== 'true' || inherited) continue;
      const labelled = this.#labelled.get(container.imageId) ?? [];
      this.#labelled.set(container.imageId, [...labelled, container.name]);
    }
    this.#retain(retained);
  }

  /** Every hold and label of an image. */
  of(facts: ImageFacts): Claim[] {
    const claims: Claim[] = [];
    const users = new Map(this.#users.get(facts.id));
    for (const { id, name } of facts.usedBy ?? []) users.set(id, name);
    if (users.size > 0) {
      const containers = [...new Set(users.values())].sort();
      claims.push(claim(() => ({ kind: 'hold', code: 'used', containers }), 'hold', 0, 'used'));
    }
    if (facts.usedBy === null)
      claims.push(
        claim(() => ({ kind: 'hold', code: 'fact-unknown', fact: 'usedBy' }), 'hold', 1, 'unknown'),
      );
    claims.push(...(this.#retained.get(facts.id) ?? []));
    for (const container of this.#labelled.get(facts.id)?.sort() ?? [])
      claims.push(
        claim(
          () => ({ kind: 'protect', code: 'container-label', container }),
          'protect',
          -1,
          container,
        ),
      );
    return claims;
  }

  /**
   * Until when an image is held for a rollback and by nothing else, so that it uses up no count of
   * a `last` rule; -Infinity when it is not.
   */
  rollbackOnly(facts: ImageFacts): Millis {
    const retained = this.#retained.get(facts.id);
    const isHeldOtherwise =
      facts.usedBy === null || facts.usedBy.length > 0 || this.#users.has(facts.id);
    if (retained === undefined || isHeldOtherwise) return -Infinity;
    return Math.max(...retained.map(({ until }) => until));
  }

  /** The last versions replaced for each container, and updates that are not proven yet. */
  #retain(retained: Inventory['retained']): void {
    const add = (imageId: string, one: Claim) =>
      this.#retained.set(imageId, [...(this.#retained.get(imageId) ?? []), one]);
    const kept = new Map<string, number>();
    for (const { container, imageId, replacedAt, proven } of retained.toSorted(
      (a, b) => b.replacedAt - a.replacedAt || (a.imageId < b.imageId ? -1 : 1),
    )) {
      const count = kept.get(container) ?? 0;
      kept.set(container, count + 1);
      if (!proven)
        add(
          imageId,
          claim(() => ({ kind: 'hold', code: 'unproven', container }), 'hold', 2, `u ${container}`),
        );
      const until = replacedAt + rollback.for;
      if (count < rollback.versions && until > this.now)
        add(
          imageId,
          claim(
            () => ({ kind: 'hold', code: 'rollback', container }),
            'hold',
            3,
            `r ${container}`,
            { until },
          ),
        );
    }
  }
}
