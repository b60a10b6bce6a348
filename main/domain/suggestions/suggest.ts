import type { Inventory } from '../facts.js';
import type { PlanDraft } from '../plan/make.js';
import { narrowPlan } from '../plan/narrow.js';
import { planOfNamedInSteps } from '../plan/named.js';
import type { Bytes } from '../policy/types.js';
import { atOnce, eachInSteps, type Steps } from '../steps.js';
import { suggesters } from './all.js';
import { byRank } from './rank.js';
import type { Finding, Ground, Safety, Suggestion } from './types.js';

type Planned = Extract<Finding, { named: string[] }>;
type Known = Exclude<Finding, Planned>;

/** Findings that are planned in one step. */
const few = 5;

/**
 * Everything that is worth suggesting, what matters most first. Items are those that a plan of them
 * would hold, so that nothing is suggested which a hold, a protection, grace or a keep rule keeps.
 * Pure; a plan is made once for all of them.
 */
export function suggest(ground: Ground): Suggestion[] {
  return atOnce(suggestInSteps(ground));
}

/** The same in steps: of thousands of images all of it at once would hold up what a person does. */
export function* suggestInSteps(ground: Ground): Steps<Suggestion[]> {
  const found: { finding: Finding; key: string }[] = [];
  for (const suggester of suggesters) {
    const findings = suggester.find(ground);
    for (const finding of Array.isArray(findings) ? findings : yield* findings)
      found.push({ finding, key: `${suggester.id} ${finding.subject}` });
    yield;
  }
  const widest = yield* widestPlan(ground, found);
  yield;
  const suggestions = yield* eachInSteps(
    found,
    ({ finding, key }) =>
      'named' in finding ? planned(ground, widest, finding, key) : known(ground, finding, key),
    few,
  );
  return suggestions.flat().sort(byRank);
}

/** Of all that anything names: a part of it is what a plan of that part alone would hold. */
function* widestPlan(
  { inventory, policy, now, index, plan }: Ground,
  found: readonly { finding: Finding }[],
): Steps<PlanDraft> {
  const named = new Set(found.flatMap(({ finding }) => ('named' in finding ? finding.named : [])));
  if (named.size === 0 || policy === null) return { ...plan, items: [] };
  const options = { now, ages: 'calendar', named } as const;
  return yield* planOfNamedInSteps(inventory, policy, options, index);
}

function planned(ground: Ground, widest: PlanDraft, finding: Planned, key: string): Suggestion[] {
  const { inventory, index, thresholds } = ground;
  const wanted = new Set(finding.named);
  const part = { ...widest, items: widest.items.filter(({ id }) => wanted.has(id)) };
  const plan = narrowPlan(part, inventory, wanted, index);
  if (plan.items.length === 0) {
    const { otherwise } = finding;
    return otherwise ? known(ground, { ...finding, ...otherwise, bytes: null }, key) : [];
  }
  const bytes = plan.reclaimableAll;
  if (!finding.whateverBytes && bytes.max <= thresholds.bytes) return [];
  const evidence = finding.tell(plan);
  if (evidence === null) return [];
  const named = plan.items.map(({ id }) => id);
  return [
    told(ground, finding, {
      key,
      evidence,
      bytes,
      safety: safetyOf(plan),
      items: named.length,
      action: { kind: 'plan', named },
    }),
  ];
}

function known(ground: Ground, finding: Known, key: string): Suggestion[] {
  const { evidence, bytes, action } = finding;
  const { thresholds } = ground;
  if (bytes !== null && bytes.max <= thresholds.bytes && action.kind !== 'policy') return [];
  return [told(ground, finding, { key, evidence, bytes, safety: 'told', items: 0, action })];
}

function told(
  { inventory, thresholds }: Ground,
  { urgent = false, weighs }: Finding,
  what: Omit<Suggestion, 'urgent' | 'weight' | 'leastWeight'>,
): Suggestion {
  const { weight, least } = weighs ?? {
    weight: measured(what, inventory),
    least: thresholds.bytes,
  };
  return { ...what, urgent, weight, leastWeight: least };
}

/** What it frees at most; null while the size of a volume or of what a container wrote is not known. */
function measured(
  { bytes, action }: Pick<Suggestion, 'bytes' | 'action'>,
  { volumes, containers }: Inventory,
): Bytes | null {
  const going = new Set(action.kind === 'plan' ? action.named : []);
  const isUnknown =
    volumes.some(({ name, size }) => size === null && going.has(`volume:${name}`)) ||
    containers.some(({ id, sizeRw }) => sizeRw === null && going.has(id));
  return bytes === null || isUnknown ? null : bytes.max;
}

/** A plan is as safe as the least safe of its items. */
function safetyOf({ items }: PlanDraft): Safety {
  if (items.some(({ kind }) => kind === 'volume' || kind === 'container')) return 'data';
  return items.every(({ ticked }) => ticked) ? 'safe' : 'asks';
}
