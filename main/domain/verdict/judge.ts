import type { Bases } from '../bases.js';
import type { ImageFacts, Inventory, Millis } from '../facts.js';
import { LayerIndex } from '../layers.js';
import type { Policy } from '../policy/types.js';
import { atOnce, eachInSteps, type Steps } from '../steps.js';
import { ageOf, arrivalSeen, completeFacts, reachesBy } from './age.js';
import { holdBases } from './base-holds.js';
import { changesWhen } from './changes.js';
import {
  claim,
  claimant,
  decide,
  decideName,
  othersAt,
  type Claim,
  type Claims,
} from './claims.js';
import { groundworkOf } from './groundwork.js';
import { Holds } from './holds.js';
import type { Name } from './names.js';
import { PolicyClaims } from './policy-claims.js';
import type { Age, JudgedImage, Removed } from './types.js';

export interface JudgeOptions {
  now: Millis;
  /** Runs that a person confirms count calendar days, automatic ones observed days (JUDGING §2). */
  ages: 'calendar' | 'observed';
  /**
   * IDs of what a person named: that is as explicit as a rule of `remove`, and no stronger. What is
   * held, protected, in its grace or kept by a rule stays.
   */
  named?: ReadonlySet<string>;
}

const asked = claim(
  claimant('remove', Infinity, 'named', () => ({ kind: 'remove', code: 'named' })),
);

interface Judged {
  facts: ImageFacts;
  names: Name[];
  claims: Claims;
  age: Age | null;
  /** The decision to remove it, if it is one, rests on what is estimated or unknown. */
  shaky: boolean;
}

/**
 * Judges every image by a policy (JUDGING §1–§4): what decides, what else matched, the facts used
 * and when the verdict would change. In the order of the inventory. Grows as n log n.
 */
export function judge(
  inventory: Inventory,
  policy: Policy,
  options: JudgeOptions,
  index: LayerIndex = new LayerIndex(inventory),
): JudgedImage[] {
  return atOnce(judgeInSteps(inventory, policy, options, index));
}

/** As `judge`, in steps. */
export function* judgeInSteps(
  inventory: Inventory,
  policy: Policy,
  options: JudgeOptions,
  index: LayerIndex,
): Steps<JudgedImage[]> {
  const { images, bases, judged, held } = yield* weighInSteps(inventory, policy, options, index);
  return yield* eachInSteps(judged, (one, place) =>
    told(withHold(one, held[place] ?? null), options.now, {
      baseOf: idsOf(bases, place, images),
      reclaimable: index.ofOne(place),
    }),
  );
}

/**
 * What may go of an inventory by a policy, by ID and in the order of the inventory: the images whose
 * verdict is `remove` with what their order is told by, without reasons. In steps.
 */
export function* removedInSteps(
  inventory: Inventory,
  policy: Policy,
  options: JudgeOptions,
  index: LayerIndex,
): Steps<Map<string, Removed>> {
  const { images, bases, judged, held } = yield* weighInSteps(inventory, policy, options, index);
  const removed = new Map<string, Removed>();
  yield* eachInSteps(judged, (one, place) => {
    const { claims, facts } = withHold(one, held[place] ?? null);
    if (decide(claims, options.now).by.kind === 'remove')
      removed.set(facts.id, { id: facts.id, facts, baseOf: idsOf(bases, place, images) });
  });
  return removed;
}

interface Weighed {
  images: readonly ImageFacts[];
  bases: Bases;
  judged: Judged[];
  /** By what each is held as a base of what stays. */
  held: (Claim | null)[];
}

/** Everything that is claimed of every image, before anything is decided by it. */
function* weighInSteps(
  inventory: Inventory,
  policy: Policy,
  { now, ages, named }: JudgeOptions,
  index: LayerIndex,
): Steps<Weighed> {
  const { bases, names } = groundworkOf(inventory, index);
  const images = completeFacts(inventory, bases);
  yield;
  const holds = new Holds(inventory, policy.rollback, now);
  yield;
  const reaches = reachesBy(ages, inventory, now);
  const released = (place: number) => holds.rollbackOnly(images[place] as ImageFacts);
  const rules = new PolicyClaims(policy, images, names, reaches, now, released);

  yield;

  const judged = yield* eachInSteps(images, (facts, place): Judged => {
    const age = ageOf(facts, inventory.takenAt);
    const said = rules.of(place, facts, age);
    const held = holds.of(facts);
    const grace = graceOf(facts, policy.grace, now);
    const claims = grace === null ? held : [...held, grace];
    return {
      facts,
      names: names.ofImage[place] ?? [],
      claims: { shared: named?.has(facts.id) ? [...claims, asked] : claims, names: said.names },
      age,
      shaky: said.shaky || isUnknown(facts, inventory, { now, ages }, policy.grace),
    };
  });
  yield;
  return { images, bases, judged, held: holdBases(images, judged, bases, now) };
}

function withHold(one: Judged, hold: Claim | null): Judged {
  if (hold === null) return one;
  const { shared, names } = one.claims;
  return { ...one, claims: { shared: [...shared, hold], names } };
}

/** Whether a fact is not known that any decision to remove depends on. */
function isUnknown(
  { layers, origin, refs, digests, formerRefs, arrived, lastTagged }: ImageFacts,
  { firstMet }: Inventory,
  { now, ages }: JudgeOptions,
  grace: number,
): boolean {
  // What it is built on is not known, nor whether its names are those that it was pulled by.
  if (layers === null) return true;
  if (origin === 'unknown' && formerRefs.length > 0 && refs.length + digests.length === 0)
    return true;
  // With neither time grace has passed; in `auto` only once it was there for so long.
  // A build that claims an old date may have come a moment ago.
  const isSeen = arrivalSeen({ arrived }) !== null || lastTagged !== null;
  return ages === 'observed' && !isSeen && now - (firstMet ?? now) < grace;
}

function graceOf(facts: ImageFacts, grace: number, now: Millis): Claim | null {
  const since = Math.max(facts.arrived?.at ?? -Infinity, facts.lastTagged ?? -Infinity);
  const until = since + grace;
  // With neither time grace has passed (JUDGING §2).
  if (until <= now) return null;
  const by = claimant('grace', 0, '', () => ({ kind: 'grace', code: 'grace', since, until }));
  return claim(by, until);
}

/** What stands on an image. */
function idsOf(bases: Bases, place: number, images: readonly ImageFacts[]): string[] {
  return (bases.above[place] ?? []).map((other) => images[other]?.id ?? '').sort();
}

function told(
  { facts, names, claims, age, shaky }: Judged,
  now: Millis,
  { baseOf, reclaimable }: Pick<JudgedImage, 'baseOf' | 'reclaimable'>,
): JudgedImage {
  const decided = decide(claims, now);
  const verdict = decided.by.kind === 'remove' ? 'remove' : 'keep';
  const decidedBy = decided.by.reason(decided);
  let certain = true;
  const references = names.map(({ text, kind }, i) => {
    const one = decideName(claims.shared, claims.names[i] ?? [], now);
    certain &&= one.certain;
    return { ref: text, kind, decidedBy: one === decided ? decidedBy : one.by.reason(one) };
  });
  return {
    id: facts.id,
    refs: facts.refs,
    verdict,
    decidedBy,
    references,
    alsoMatched: othersAt(claims, decided, now).map((other) => other.by.reason(other)),
    baseOf,
    estimate: verdict === 'remove' && (shaky || !certain),
    reclaimable,
    changesWhen: changesWhen(claims, decided, decidedBy, now, age),
    facts,
  };
}
