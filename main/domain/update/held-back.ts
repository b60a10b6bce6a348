import type { ContainerFacts, Millis } from '../facts.js';
import type { UpdateRules } from '../policy/types.js';
import { step } from './tags.js';
import type { Step } from './tags/order.js';
import type { CheckVerdict, HeldBack, Version } from './types.js';

type Available = Extract<CheckVerdict, { state: 'available' }>;

/** What may hold an available update back. */
export interface HeldBackQuestion {
  /** What would take it: `auto` by itself, `all` when a person says "all". */
  by: 'auto' | 'all';
  now: Millis;
  rules: Pick<UpdateRules, 'minAge' | 'askAbove' | 'tags'>;
  state: ContainerFacts['state'];
  /** What runs now. */
  from: Version;
  available: Pick<Available, 'to' | 'source'>;
  /** When this version was first seen; null: never before. */
  firstSeen: Millis | null;
  snoozedUntil: Millis | null;
  /** A person skips this very version. */
  skipped: boolean;
  /** When this very version was rolled back from. */
  rolledBackAt: Millis | null;
  /** Whether the image that runs is of a registry (`isOfRegistry`), or a registry has shown its digest. */
  ofRegistry: boolean;
  /** Whether it is a service that runs to its end. */
  isJob: boolean;
  /** Whether it is a service whose new task would wait for ever for a node with room beside the old one. */
  neverStarts: boolean;
  /** Whether it has a writable volume or bind. */
  hasData: boolean;
  /** To pull; null: not known, 0: it is here. */
  bytes: number | null;
}

/**
 * Why `auto` or "all" leaves an available update alone for now (UPDATING §3); null where it does not.
 * What a person said comes first.
 */
export function heldBackBy(question: HeldBackQuestion): HeldBack | null {
  const { by, now, rules, state, snoozedUntil, skipped, rolledBackAt } = question;
  const { available, firstSeen, ofRegistry, isJob, bytes } = question;
  if (isJob) return { code: 'job' };
  if (skipped) return { code: 'skipped' };
  if (rolledBackAt !== null) return { code: 'rolled-back', at: rolledBackAt };
  if (snoozedUntil !== null && snoozedUntil > now) return { code: 'snoozed', until: snoozedUntil };
  if (state === 'paused') return { code: 'paused' };
  if (state !== 'running') return { code: 'not-running' };
  if (available.source === 'built' || !ofRegistry) return { code: 'built-here' };
  if (question.neverStarts) return { code: 'never-starts' };
  if (by === 'all') return null;
  if (isMajorWithData(question)) return { code: 'major-with-data' };
  const old = (firstSeen ?? now) + rules.minAge;
  if (old > now) return { code: 'min-age', until: old };
  if (bytes !== null && bytes > rules.askAbove)
    return { code: 'too-large', bytes, most: rules.askAbove };
  return null;
}

/**
 * Whether an update is a major step of a container that has data: what the new version writes there
 * stays when it is rolled back (UPDATING §3). A step to another tag that has no order may be any.
 */
export function isMajorWithData(
  step: Pick<HeldBackQuestion, 'from' | 'rules' | 'hasData'> & { available: Pick<Available, 'to'> },
): boolean {
  return step.hasData && isMajor(step);
}

function isMajor({
  from,
  available: { to },
  rules,
}: Parameters<typeof isMajorWithData>[0]): boolean {
  const far = stepOf(from, to, rules.tags);
  return far === 'major' || (far === null && isOtherTag(from, to));
}

const isOtherTag = (from: Version, to: Version) =>
  from.tag !== null && to.tag !== null && from.tag !== to.tag;

/**
 * How far an update goes: by its tags, else by what the images call themselves, for a tag such as
 * `latest` hides it. Null where neither tells.
 */
function stepOf(from: Version, to: Version, tags: UpdateRules['tags']): Step | null {
  if (from.tag !== null && to.tag !== null && from.tag !== to.tag)
    return step(from.tag, to.tag, tags);
  return from.label === null || to.label === null ? null : step(from.label, to.label);
}
