import type { ImageFacts, Millis } from '../facts.js';
import { subjectOf } from '../policy/rule-name.js';
import type { KeepRule, Policy, ProtectRule, RemoveRule } from '../policy/types.js';
import type { Reaches } from './age.js';
import { claim, claimant, type Claim } from './claims.js';
import type { Name, Names } from './names.js';
import { placesOf } from './places.js';
import { CompiledRule, type Selected } from './rules.js';
import type { Age } from './types.js';

/** What the policy says of one image. */
interface Said {
  names: Claim[][];
  /** True when a fact that is only estimated, or not known, kept a rule from keeping it. */
  shaky: boolean;
}

/** A rule's answer about one name of an image that it selects; null for none. */
type Answer = (name: Name, selected: Selected, age: Age | null, said: Said) => Claim | null;

/** A policy ready to be asked about every image of an inventory. */
export class PolicyClaims {
  readonly #rules: {
    compiled: CompiledRule<ProtectRule | KeepRule | RemoveRule>;
    answer: Answer;
  }[];

  constructor(
    policy: Policy,
    images: readonly ImageFacts[],
    private readonly names: Names,
    private readonly reaches: Reaches,
    private readonly now: Millis,
    released: (place: number) => Millis,
  ) {
    const compile = <R extends ProtectRule | KeepRule | RemoveRule>(rule: R) =>
      new CompiledRule(rule, names.repositories);
    this.#rules = [
      ...policy.protect
        .filter(({ until }) => until === null || until > now)
        .map((rule, order) => ({ compiled: compile(rule), answer: protects(rule, order) })),
      ...policy.keep.map((rule, order) => {
        const compiled = compile(rule);
        const places =
          rule.last === null ? null : placesOf(compiled, rule.last, images, names, released);
        return { compiled, answer: this.#keeps(rule, order, places) };
      }),
      ...policy.remove.map((rule, order) => ({
        compiled: compile(rule),
        answer: this.#removes(rule, order),
      })),
    ];
  }

  /** Everything that rules say of an image's names, protecting rules first, removing ones last. */
  of(image: number, facts: ImageFacts, age: Age | null): Said {
    const own = this.names.ofImage[image] ?? [];
    const said: Said = { names: own.map(() => []), shaky: false };
    for (const { compiled, answer } of this.#rules) {
      const selected = compiled.selectsImage(facts);
      if (selected === 'no') continue;
      for (let i = 0; i < own.length; i++) {
        const name = own[i];
        if (name === undefined || !compiled.selectsName(name, facts.id)) continue;
        const one = answer(name, selected, age, said);
        if (one !== null) said.names[i]?.push(one);
      }
    }
    return said;
  }

  #keeps(keep: KeepRule, order: number, places: ReturnType<typeof placesOf> | null): Answer {
    const { id: rule, last, usedWithin } = keep;
    const subject = subjectOf(keep);
    const by = claimant('keep', order, rule, ({ rank, age }) => {
      return { kind: 'keep', code: 'rule', rule, subject, rank, last, usedWithin, age };
    });
    const always = claim(by);
    return (name, selected, age, said) => {
      const timed = usedWithin !== null && age !== null;
      const youngUntil = timed ? this.reaches(age, usedWithin) : Infinity;
      // Too old for it in any case: nothing that is not known decides (JUDGING §1).
      if (timed && !age.estimated && youngUntil <= this.now) return null;
      const within = places?.within[name.place] ?? Infinity;
      if (within < Infinity && places?.unsure[name.place] === 1) said.shaky = true;
      if (within === -Infinity) return null;
      if (selected === 'perhaps' || (timed && age.estimated)) said.shaky = true;
      if (selected === 'perhaps') return null;
      if (places === null && !timed) return always;
      // Without an age a condition of time is met in a keep rule (JUDGING §2).
      const until = Math.min(within, youngUntil);
      const rank = places?.rank[name.place] ?? null;
      return { by, from: -Infinity, until, certain: true, age: timed ? age : null, rank };
    };
  }

  #removes(remove: RemoveRule, order: number): Answer {
    const { id: rule, unusedFor } = remove;
    const subject = subjectOf(remove);
    const by = claimant('remove', order, rule, ({ age }) => {
      return { kind: 'remove', code: 'rule', rule, subject, unusedFor, age };
    });
    const always = claim(by);
    return (_, selected, age) => {
      if (selected === 'perhaps') return null;
      // `0s` needs no fact; without an age any other is unmet in a remove rule.
      if (unusedFor === null || unusedFor === 0) return always;
      if (age === null) return null;
      const from = this.reaches(age, unusedFor);
      return { by, from, until: Infinity, certain: !age.estimated, age, rank: null };
    };
  }
}

function protects(protect: ProtectRule, order: number): Answer {
  const { id: rule, until, note } = protect;
  const subject = subjectOf(protect, true);
  const by = claimant('protect', order, rule, () => {
    return { kind: 'protect', code: 'rule', rule, subject, until, note };
  });
  const one = claim(by, until ?? Infinity);
  return (_, selected, __, said) => {
    if (selected === 'yes') return one;
    said.shaky = true;
    return null;
  };
}
