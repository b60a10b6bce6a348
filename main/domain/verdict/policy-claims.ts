import type { ImageFacts, Millis } from '../facts.js';
import type { KeepRule, Policy, ProtectRule, RemoveRule } from '../policy/types.js';
import type { Reaches } from './age.js';
import { claim, type Claim } from './claims.js';
import type { Name, Names } from './names.js';
import { placesOf, type Places } from './places.js';
import { CompiledRule, type Selected } from './rules.js';
import type { Age } from './types.js';

/** What the policy says of one image. */
interface Said {
  names: Claim[][];
  /** True when a fact that is only estimated, or not known, kept a rule from keeping it. */
  shaky: boolean;
}

/** A policy ready to be asked about every image of an inventory. */
export class PolicyClaims {
  readonly #protect: CompiledRule<ProtectRule>[];
  readonly #keep: { compiled: CompiledRule<KeepRule>; places: Places | null }[];
  readonly #remove: CompiledRule<RemoveRule>[];

  constructor(
    policy: Policy,
    images: readonly ImageFacts[],
    private readonly names: Names,
    private readonly reaches: Reaches,
    now: Millis,
    released: (place: number) => Millis,
  ) {
    const { repositories } = names;
    this.#protect = policy.protect
      .filter(({ until }) => until === null || until > now)
      .map((rule) => new CompiledRule(rule, repositories));
    this.#remove = policy.remove.map((rule) => new CompiledRule(rule, repositories));
    this.#keep = policy.keep.map((rule) => {
      const compiled = new CompiledRule(rule, repositories);
      const places =
        rule.last === null ? null : placesOf(compiled, rule.last, images, names, released);
      return { compiled, places };
    });
  }

  /** Everything that rules say of an image's names. */
  of(image: number, facts: ImageFacts, age: Age | null): Said {
    const own = this.names.ofImage[image] ?? [];
    const said: Said = { names: own.map(() => []), shaky: false };
    const each = <R extends ProtectRule | KeepRule | RemoveRule>(
      compiled: CompiledRule<R>,
      add: (claims: Claim[], name: Name, selected: Selected) => void,
    ) => {
      const selected = compiled.selectsImage(facts);
      if (selected === 'no') return;
      own.forEach((name, i) => {
        if (compiled.selectsName(name, facts.id)) add(said.names[i] ?? [], name, selected);
      });
    };
    this.#protect.forEach((compiled, order) =>
      each(compiled, (claims, _, selected) => {
        if (selected === 'yes') claims.push(protectClaim(compiled.rule, order));
        else said.shaky = true;
      }),
    );
    this.#keep.forEach(({ compiled, places }, order) =>
      each(compiled, (claims, name, selected) => {
        const within = places?.within[name.place] ?? Infinity;
        if (within === -Infinity) return;
        const rank = places?.rank[name.place] ?? null;
        const one = this.#keepClaim(compiled.rule, order, rank, within, age);
        if (selected === 'yes') claims.push(one.claim);
        if (selected === 'perhaps' || one.estimated) said.shaky = true;
      }),
    );
    this.#remove.forEach((compiled, order) =>
      each(compiled, (claims, _, selected) => {
        if (selected === 'yes') claims.push(this.#removeClaim(compiled.rule, order, age));
      }),
    );
    return said;
  }

  #keepClaim(
    { id: rule, last, usedWithin }: KeepRule,
    order: number,
    rank: number | null,
    within: Millis,
    age: Age | null,
  ): { claim: Claim; estimated: boolean } {
    // Without an age a condition of time is met in a keep rule (JUDGING §2).
    const used = usedWithin === null || age === null ? Infinity : this.reaches(age, usedWithin);
    const shownAge = usedWithin === null ? null : age;
    return {
      claim: claim(
        () => ({ kind: 'keep', code: 'rule', rule, rank, last, usedWithin, age: shownAge }),
        'keep',
        order,
        rule,
        { until: Math.min(within, used) },
      ),
      estimated: usedWithin !== null && age?.estimated === true,
    };
  }

  #removeClaim({ id: rule, unusedFor }: RemoveRule, order: number, age: Age | null): Claim {
    const timed = unusedFor !== null && unusedFor > 0;
    // Without an age a condition of time is unmet in a remove rule; `0s` needs no fact.
    const from = !timed ? -Infinity : age === null ? Infinity : this.reaches(age, unusedFor);
    const shownAge = timed ? age : null;
    return claim(
      () => ({ kind: 'remove', code: 'rule', rule, unusedFor, age: shownAge }),
      'remove',
      order,
      rule,
      { from, certain: !(timed && age?.estimated === true) },
    );
  }
}

function protectClaim({ id: rule, until, note }: ProtectRule, order: number): Claim {
  return claim(
    () => ({ kind: 'protect', code: 'rule', rule, until, note }),
    'protect',
    order,
    rule,
    {
      until: until ?? Infinity,
    },
  );
}
