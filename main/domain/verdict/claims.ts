import type { Millis } from '../facts.js';
import type { Age, Reason } from './types.js';

/** The order of what decides (JUDGING §4): the first that holds. */
const strengths: Record<Reason['kind'], number> = {
  hold: 0,
  protect: 1,
  grace: 2,
  keep: 3,
  default: 4,
  remove: 5,
};

/** Who claims something: a rule, a container, a fact. Made once, for many images. */
export interface Claimant {
  kind: Reason['kind'];
  strength: number;
  /** Among claimants of one kind: which decides. */
  order: number;
  /** What it is the same claimant by. */
  key: string;
  reason: (claim: Claim) => Reason;
}

/**
 * One thing that speaks for or against an image, from a moment until another. Time only ever ends
 * what keeps and starts what removes, so a verdict moves one way until a fact changes.
 */
export interface Claim {
  by: Claimant;
  from: Millis;
  until: Millis;
  /** False when a removal rests on an estimated fact. */
  certain: boolean;
  /** What a condition of time was held against. */
  age: Age | null;
  /** The place among the newest that a rule counts. */
  rank: number | null;
}

export function claimant(
  kind: Reason['kind'],
  order: number,
  key: string,
  reason: (claim: Claim) => Reason,
): Claimant {
  return { kind, strength: strengths[kind], order, key: `${kind} ${key}`, reason };
}

/** A claim that holds until a moment, or always. */
export function claim(by: Claimant, until: Millis = Infinity): Claim {
  return { by, from: -Infinity, until, certain: true, age: null, rank: null };
}

const noRule: Reason = { kind: 'default', code: 'no-rule' };
/** What no rule matches is kept. */
const byDefault: Claim = claim(claimant('default', 0, '', () => noRule));

/** Everything that is claimed of one image: of it as a whole, and of each of its names. */
export interface Claims {
  shared: readonly Claim[];
  /** At least one. */
  names: readonly (readonly Claim[])[];
}

/** A removal that is certain goes before an estimate. */
function isStronger(one: Claim, other: Claim): boolean {
  if (one.by.strength !== other.by.strength) return one.by.strength < other.by.strength;
  if (one.certain !== other.certain) return one.certain;
  return one.by.order < other.by.order;
}

/** What decides over one name at a moment. */
export function decideName(shared: readonly Claim[], own: readonly Claim[], t: Millis): Claim {
  let decided: Claim | null = null;
  for (const one of shared)
    if (one.from <= t && t < one.until && (decided === null || isStronger(one, decided)))
      decided = one;
  for (const one of own)
    if (one.from <= t && t < one.until && (decided === null || isStronger(one, decided)))
      decided = one;
  return decided ?? byDefault;
}

/** What decides over an image at a moment: the strongest over any of its names. */
export function decide({ shared, names }: Claims, t: Millis): Claim {
  let decided: Claim | null = null;
  for (const own of names) {
    const { by } = decideName(shared, own, t);
    const isFirst = decided === null || by.strength < decided.by.strength;
    if (isFirst || (by.strength === decided?.by.strength && by.order < decided.by.order))
      decided = decideName(shared, own, t);
  }
  return decided ?? byDefault;
}

/**
 * The first moment after `t` at which something else than `decided` decides; Infinity for never.
 * What keeps can only end, so only its own claims' ends are asked; else only what removes begins.
 */
export function nextDecision(claims: Claims, decided: Claim, t: Millis): Millis {
  const keeps = decided.by.kind !== 'remove' && decided !== byDefault;
  let next = Infinity;
  const consider = (list: readonly Claim[]) => {
    for (const one of list) {
      if (keeps !== (one.by.kind !== 'remove')) continue;
      if (keeps && one.by.key !== decided.by.key) continue;
      const moment = keeps ? one.until : one.from;
      if (moment > t && moment < next && decide(claims, moment).by.key !== decided.by.key)
        next = moment;
    }
  };
  consider(claims.shared);
  claims.names.forEach(consider);
  return next;
}

/** From when on an image goes, were it not for what is built on it; Infinity for never. */
export function leaves({ shared, names }: Claims, t: Millis): Millis {
  let last = t;
  for (const own of names) {
    let kept = -Infinity;
    let removed = Infinity;
    for (const list of [shared, own])
      for (const one of list)
        if (one.by.kind === 'remove') removed = Math.min(removed, one.from);
        else kept = Math.max(kept, one.until);
    last = Math.max(last, kept, removed);
  }
  return last;
}

/** Everything that holds at a moment but what decides, each claimant once, the strongest first. */
export function othersAt({ shared, names }: Claims, decided: Claim, t: Millis): Claim[] {
  const found: Claim[] = [];
  const isOther = (one: Claim) => one.from <= t && t < one.until && one.by.key !== decided.by.key;
  for (const one of shared) if (isOther(one)) found.push(one);
  for (const own of names)
    for (const one of own)
      // Only the names of one image can bring the same rule twice.
      if (isOther(one) && (names.length === 1 || !found.some(({ by }) => by.key === one.by.key)))
        found.push(one);
  return found.length < 2
    ? found
    : found.sort((a, b) => a.by.strength - b.by.strength || a.by.order - b.by.order);
}
