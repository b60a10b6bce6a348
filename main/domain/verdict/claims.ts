import type { Millis } from '../facts.js';
import type { Reason } from './types.js';

/** The order of what decides (JUDGING §4): the first that holds. */
const strengths: Record<Reason['kind'], number> = {
  hold: 0,
  protect: 1,
  grace: 2,
  keep: 3,
  default: 4,
  remove: 5,
};

/**
 * One thing that speaks for or against an image, from a moment until another. Time only ever ends
 * what keeps and starts what removes, so a verdict moves one way until a fact changes.
 */
export interface Claim {
  kind: Reason['kind'];
  /** Among claims of one kind: which decides. */
  order: number;
  /** What it is the same claim by, whichever name it is made for. */
  key: string;
  from: Millis;
  until: Millis;
  /** False when a removal rests on an estimated fact. */
  certain: boolean;
  reason: () => Reason;
}

const always = { from: -Infinity, until: Infinity, certain: true } as const;

/** A claim that holds at all times but for what `but` says. */
export function claim(
  reason: () => Reason,
  kind: Reason['kind'],
  order: number,
  key: string,
  but: Partial<Pick<Claim, 'from' | 'until' | 'certain'>> = {},
): Claim {
  return { ...always, kind, order, key: `${kind} ${key}`, reason, ...but };
}

const noRule: Reason = { kind: 'default', code: 'no-rule' };
/** What no rule matches is kept. */
const byDefault: Claim = claim(() => noRule, 'default', 0, '');

const holdsAt = (one: Claim, t: Millis) => one.from <= t && t < one.until;

function isStronger(one: Claim, other: Claim): boolean {
  const by = strengths[one.kind] - strengths[other.kind];
  if (by !== 0) return by < 0;
  if (one.certain !== other.certain) return one.certain;
  return one.order < other.order;
}

/** What decides over one name at a moment. A removal that is certain goes before an estimate. */
export function decideName(shared: readonly Claim[], own: readonly Claim[], t: Millis): Claim {
  let strongest: Claim | null = null;
  let removal: Claim | null = null;
  for (const claims of [shared, own])
    for (const one of claims) {
      if (!holdsAt(one, t)) continue;
      if (one.kind === 'remove') {
        if (removal === null || isStronger(one, removal)) removal = one;
      } else if (strongest === null || isStronger(one, strongest)) strongest = one;
    }
  return strongest ?? removal ?? byDefault;
}

/** Everything that is claimed of one image: of it as a whole, and of each of its names. */
export interface Claims {
  shared: Claim[];
  names: Claim[][];
}

/** What decides over an image at a moment: the strongest over any of its names. */
export function decide({ shared, names }: Claims, t: Millis): Claim {
  let decided: Claim | null = null;
  for (const own of names) {
    const one = decideName(shared, own, t);
    const isFirst = decided === null || strengths[one.kind] < strengths[decided.kind];
    if (isFirst || (decided !== null && decided.kind === one.kind && one.order < decided.order))
      decided = one;
  }
  return decided ?? byDefault;
}

/** Moments after `t` at which a claim begins or ends, in order. */
export function momentsAfter({ shared, names }: Claims, t: Millis): Millis[] {
  const moments = new Set<Millis>();
  const add = (claims: readonly Claim[]) => {
    for (const { from, until } of claims) {
      if (from > t && from !== Infinity) moments.add(from);
      if (until > t && until !== Infinity) moments.add(until);
    }
  };
  add(shared);
  names.forEach(add);
  return [...moments].sort((a, b) => a - b);
}

/** The first moment after `t` at which something else decides; Infinity when none does. */
export function nextDecision(claims: Claims, t: Millis): Millis {
  const now = decide(claims, t).key;
  return momentsAfter(claims, t).find((at) => decide(claims, at).key !== now) ?? Infinity;
}

/** From when on an image goes, were it not for what is built on it; Infinity for never. */
export function leaves(claims: Claims, t: Millis): Millis {
  if (decide(claims, t).kind === 'remove') return t;
  return momentsAfter(claims, t).find((at) => decide(claims, at).kind === 'remove') ?? Infinity;
}

/** Everything that holds at a moment, each claim once, the strongest first. */
export function allAt({ shared, names }: Claims, t: Millis): Claim[] {
  const found = new Map<string, Claim>();
  for (const claims of [shared, ...names])
    for (const one of claims) if (holdsAt(one, t) && !found.has(one.key)) found.set(one.key, one);
  return [...found.values()].sort(
    (a, b) => strengths[a.kind] - strengths[b.kind] || a.order - b.order,
  );
}
