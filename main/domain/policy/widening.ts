import { protectsAll } from './covers.js';
import { isByNamesAlone, isOneImage } from './match.js';
import { absentParts } from './parts.js';
import type { Policy, Probe, ProtectRule, UpdatePolicy } from './types.js';

/** What a policy has Careen do that the one before did not; a person agrees to it first (DESIGN §6). */
export interface PolicyWidening {
  /** Keys that change while the mode is `auto`, empty where it only now becomes so; null: not wider. */
  cleansItself: string[] | null;
  /** Names of containers, or patterns for them, that are updated by themselves; `all`, or nobody. */
  updatesItself: string[] | 'all' | null;
  /** Rules of `protect` that no rule stands for any more, by what they select. */
  unprotects: string[];
  /** Whether they are more than the names of one image, which is what a toggle takes off. */
  unprotectsMany: boolean;
  /** Addresses that Careen connects to after an update. */
  probes: string[];
  /** Whether commands that containers' labels name run before an update. */
  hooks: boolean;
}

/** What says nothing of removing. */
const apart: ReadonlySet<string> = new Set(['version', 'mode', 'update']);

/**
 * What a policy that takes another's place widens; null where it does not.
 *
 * @param before null: it could not be read
 */
export function wideningOf(before: Policy | null, after: Policy): PolicyWidening | null {
  const unprotected = (before?.protect ?? []).filter(
    (rule) => !after.protect.some((other) => protectsAll(other, rule)),
  );
  const [first] = unprotected;
  const widening: PolicyWidening = {
    cleansItself: cleansItself(before, after),
    updatesItself: updatesItself(before?.update ?? null, after.update),
    unprotects: unprotected.map(
      ({ id, match, labels }) => match?.join(', ') ?? labelled(labels) ?? id,
    ),
    unprotectsMany: unprotected.length > 1 || (first !== undefined && !isToggled(first)),
    probes: newProbes(before, after),
    hooks: widensHooks(before?.update ?? absentParts.update, after.update),
  };
  const { unprotects, probes, hooks } = widening;
  const isWider =
    widening.cleansItself !== null ||
    widening.updatesItself !== null ||
    unprotects.length > 0 ||
    probes.length > 0 ||
    hooks;
  return isWider ? widening : null;
}

function cleansItself(before: Policy | null, after: Policy): string[] | null {
  if (after.mode !== 'auto') return null;
  if (before?.mode !== 'auto') return [];
  const keys = Object.keys(after) as (keyof Policy)[];
  const changed = keys.filter((key) => !apart.has(key) && !isSame(before[key], after[key]));
  return changed.length === 0 ? null : changed;
}

/** An entry's order decides too: whatever of the updates changes beside one that is `auto` counts. */
function updatesItself(before: UpdatePolicy | null, after: UpdatePolicy) {
  if (before !== null && isSame(before, after)) return null;
  if (after.default.mode === 'auto') return 'all';
  const auto = after.containers.filter(({ rules }) => rules.mode === 'auto');
  if (auto.length === 0) return null;
  return auto.flatMap(({ id, match, image }) => match ?? image ?? [id]);
}

/** A rule that selects one image by its names and by nothing else. */
const isToggled = (rule: ProtectRule) =>
  rule.match !== null && isOneImage(rule.match) && isByNamesAlone(rule);

function newProbes(before: Policy | null, after: Policy): string[] {
  const all = ({ update }: Pick<Policy, 'update'>) =>
    [update.default, ...update.containers.map(({ rules }) => rules)].flatMap(({ probe = null }) =>
      probe ? [addressOf(probe)] : [],
    );
  const known = new Set(all(before ?? absentParts));
  return [...new Set(all(after))].filter((one) => !known.has(one));
}

/**
 * Whether commands of labels run for containers for which they did not: an entry's order decides
 * too, so all that may change beside fewer of them is more that is held from it.
 */
function widensHooks(before: UpdatePolicy, after: UpdatePolicy): boolean {
  const said = (update: UpdatePolicy) =>
    [{ match: null, image: null, rules: update.default }, ...update.containers].flatMap(
      ({ match, image, rules: { hooks } }) =>
        hooks === undefined ? [] : [{ match, image, hooks }],
    );
  const [old, now] = [said(before), said(after)];
  const isIn = (list: typeof old, one: (typeof old)[number]) =>
    list.some((other) => isSame(one, other));
  const kept = old.filter((one) => !one.hooks || isIn(now, one));
  const news = now.filter((one) => one.hooks || isIn(old, one));
  return now.some(({ hooks }) => hooks) && !isSame(kept, news);
}

const addressOf = (probe: Probe) => ('http' in probe ? probe.http : `tcp://${probe.tcp}`);

const labelled = (labels: Record<string, string> | null) =>
  labels &&
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
