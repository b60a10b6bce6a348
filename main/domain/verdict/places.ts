import type { ImageFacts, Millis } from '../facts.js';
import type { KeepRule } from '../policy/types.js';
import type { Name, Names, Repository } from './names.js';
import type { CompiledRule } from './rules.js';

/** Where a `last` rule counts a name, and how long it stays among the newest. */
export interface Places {
  /** By the name's place; from 1, and 0 for what the rule does not select. */
  rank: Int32Array;
  /** By the name's place: within `last` until then; -Infinity for never. */
  within: Float64Array;
  /** By the name's place: 1 where only an arrival that nobody saw keeps it from a place. */
  unsure: Uint8Array;
}

/**
 * Counts the newest N selected versions of each repository, or of each tag family in it (JUDGING
 * §3, "Order inside a rule"). `released` gives the moment from which an image uses up a count: an
 * image whose only hold is a rollback does not, until that hold ends (JUDGING §4).
 */
export function placesOf(
  compiled: CompiledRule<KeepRule>,
  last: number,
  images: readonly ImageFacts[],
  names: Names,
  released: (place: number) => Millis,
): Places {
  const rank = new Int32Array(names.count);
  const within = new Float64Array(names.count).fill(-Infinity);
  const unsure = new Uint8Array(names.count);
  const perFamily = compiled.rule.per === 'family';
  names.repositories.forEach((repository, number) => {
    const counts = new Map<string, Count>();
    for (const version of repository.versions) {
      const facts = images[version];
      if (facts === undefined) continue;
      const selected = compiled.selectsImage(facts);
      if (selected === 'no') continue;
      const own = (names.ofImage[version] ?? []).filter(
        (name) => name.repository === number && compiled.selectsName(name, facts.id),
      );
      const families = new Set(own.map((name) => (perFamily ? familyOf(name) : '')));
      for (const family of families) {
        const count = counts.get(family) ?? { selected: 0, counted: 0, ends: [] };
        counts.set(family, count);
        // Where it would stand is asked of one that only perhaps is selected; it counts for nobody.
        if (selected === 'yes') count.selected += 1;
        const until = isTied(repository, version) ? Infinity : endOf(count, last);
        for (const name of own)
          if (!perFamily || familyOf(name) === family) {
            rank[name.place] = count.selected;
            within[name.place] = until;
            unsure[name.place] = repository.unplaced.has(version) ? 1 : 0;
          }
        if (selected !== 'yes') continue;
        const end = released(version);
        if (end === -Infinity) count.counted += 1;
        else count.ends.push(end);
      }
    }
  });
  return { rank, within, unsure };
}

interface Count {
  selected: number;
  counted: number;
  ends: Millis[];
}

const isTied = (repository: Repository, version: number) => repository.tied.has(version);

/** When those before it have used up all counts. */
function endOf({ counted, ends }: Count, last: number): Millis {
  if (counted >= last) return -Infinity;
  if (ends.length === 0) return Infinity;
  return ends.toSorted((a, b) => a - b)[last - counted - 1] ?? Infinity;
}

/**
 * A tag's family is what follows its version number: `-alpine` of `16-alpine`, nothing of `17`. A
 * tag without a number is a family of its own, and versions without a tag are one.
 */
export function familyOf({ tag }: Pick<Name, 'tag'>): string {
  if (tag === null) return '@';
  const rest = /^v?\d+(?:\.\d+)*(.*)$/.exec(tag)?.[1];
  return rest === undefined ? `=${tag}` : rest;
}
