import { basesOf, type Bases } from '../bases.js';
import type { ImageFacts, Inventory, Millis } from '../facts.js';
import { LayerIndex } from '../layers.js';
import type { Policy } from '../policy/types.js';
import { ageOf, calendar, completeFacts, observed } from './age.js';
import { changesWhen } from './changes.js';
import { allAt, claim, decide, decideName, leaves, type Claim, type Claims } from './claims.js';
import { Holds } from './holds.js';
import { namesOf, type Name } from './names.js';
import { PolicyClaims } from './policy-claims.js';
import type { Age, JudgedImage, Reason } from './types.js';

export interface JudgeOptions {
  now: Millis;
  /** Runs that a person confirms count calendar days, automatic ones observed days (JUDGING §2). */
  ages: 'calendar' | 'observed';
}

interface Judged {
  facts: ImageFacts;
  names: Name[];
  claims: Claims;
  decided: Claim;
  age: Age | null;
  shaky: boolean;
}

/**
 * Judges every image by a policy (JUDGING §1–§4): what decides, what else matched, the facts used
 * and when the verdict would change. In the order of the inventory. Grows as n log n.
 */
export function judge(
  inventory: Inventory,
  policy: Policy,
  { now, ages }: JudgeOptions,
  index: LayerIndex = new LayerIndex(inventory),
): JudgedImage[] {
  const bases = basesOf(inventory.images, index.chains);
  const images = completeFacts(inventory, bases);
  const names = namesOf(images, inventory.takenAt);
  const holds = new Holds(inventory, now);
  const reaches = ages === 'calendar' ? calendar : observed(inventory, now);
  const released = (place: number) => holds.rollbackOnly(images[place] as ImageFacts);
  const rules = new PolicyClaims(policy, images, names, reaches, now, released);

  const judged = images.map((facts, place): Judged => {
    const age = ageOf(facts, inventory.takenAt);
    const said = rules.of(place, facts, age);
    const shared = [...holds.of(facts), ...graceOf(facts, policy.grace)];
    const claims = { shared, names: said.names };
    const decided = decide(claims, now);
    // Layers that are not known may be what something else is built on.
    const shaky = said.shaky || facts.layers === null;
    return { facts, names: names.ofImage[place] ?? [], claims, decided, age, shaky };
  });
  const held = holdBases(judged, bases, now);
  return judged.map((one, place) =>
    told(one, held[place] ?? null, place, { now, bases, images, index }),
  );
}

function graceOf(facts: ImageFacts, grace: number): Claim[] {
  const since = Math.max(facts.arrived?.at ?? -Infinity, facts.lastTagged ?? -Infinity);
  // With neither time grace has passed (JUDGING §2).
  if (since === -Infinity || grace === 0) return [];
  const until = since + grace;
  return [claim(() => ({ kind: 'grace', code: 'grace', since, until }), 'grace', 0, '', { until })];
}

/** For each base of what stays: until when, and by what. Derived last; it changes no count. */
function holdBases(judged: readonly Judged[], bases: Bases, now: Millis): (Claim | null)[] {
  const stays = judged.map(({ decided }) => decided.kind !== 'remove');
  const open = stays.flatMap((staying, place) => (staying ? [place] : []));
  for (let place = open.pop(); place !== undefined; place = open.pop())
    for (const base of bases.below[place] ?? [])
      if (!stays[base]) {
        stays[base] = true;
        open.push(base);
      }
  const memo = new Map<number, Millis>();
  const leavesAt = (place: number): Millis => {
    const known = memo.get(place);
    if (known !== undefined) return known;
    memo.set(place, Infinity);
    let at = leaves((judged[place] as Judged).claims, now);
    for (const other of bases.above[place] ?? []) {
      if (at === Infinity) break;
      at = Math.max(at, leavesAt(other));
    }
    memo.set(place, at);
    return at;
  };
  return judged.map((_, place) => {
    const staying = (bases.above[place] ?? []).filter((other) => stays[other]);
    if (staying.length === 0) return null;
    const reason = (): Reason => ({
      kind: 'hold',
      code: 'base-of',
      images: staying.map((other) => judged[other]?.facts.id ?? '').sort(),
    });
    const until = staying.reduce((latest, other) => Math.max(latest, leavesAt(other)), -Infinity);
    return claim(reason, 'hold', 4, 'base-of', { until });
  });
}

interface Context {
  now: Millis;
  bases: Bases;
  images: readonly ImageFacts[];
  index: LayerIndex;
}

function told(one: Judged, heldAsBase: Claim | null, place: number, context: Context): JudgedImage {
  const { now, bases, images, index } = context;
  const { facts, age } = one;
  const claims = heldAsBase
    ? { ...one.claims, shared: [...one.claims.shared, heldAsBase] }
    : one.claims;
  const byName = claims.names.map((own) => decideName(claims.shared, own, now));
  const decided = heldAsBase ? decide(claims, now) : one.decided;
  const reasons = new Map<string, Reason>();
  const reasonOf = (claimed: Claim): Reason => {
    const known = reasons.get(claimed.key);
    if (known !== undefined) return known;
    const reason = claimed.reason();
    reasons.set(claimed.key, reason);
    return reason;
  };
  const verdict = decided.kind === 'remove' ? 'remove' : 'keep';
  return {
    id: facts.id,
    refs: facts.refs,
    verdict,
    decidedBy: decided.reason(),
    references: one.names.map(({ text, kind }, i) => ({
      ref: text,
      kind,
      decidedBy: reasonOf(byName[i] ?? decided),
    })),
    alsoMatched: allAt(claims, now)
      .filter(({ key }) => key !== decided.key)
      .map(reasonOf),
    baseOf: (bases.above[place] ?? []).map((other) => images[other]?.id ?? '').sort(),
    estimate: verdict === 'remove' && (one.shaky || byName.some(({ certain }) => !certain)),
    reclaimable: index.ofOne(place),
    changesWhen: changesWhen(claims, decided, now, age),
    facts,
  };
}
