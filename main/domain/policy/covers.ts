import { repositoryOfName, splitReference } from '../reference.js';
import { isLiteral, matchesVersion, parsePattern } from './pattern.js';
import type { KeepRule, Mode, ProtectRule, RemoveRule, Selector } from './types.js';

/** Whether a rule selects whatever another selects, as far as their texts alone tell. */
export function selectsAll(wider: Selector, narrower: Selector): boolean {
  return (
    holdsFor(wider.match, narrower.match, (one, other) =>
      other.every((text) => one.some((pattern) => matchesAll(pattern, text))),
    ) &&
    holdsFor(wider.labels, narrower.labels, (one, other) =>
      Object.entries(one).every(([key, value]) => other[key] === value),
    ) &&
    holdsFor(wider.platform, narrower.platform, (one, other) =>
      other.every((text) => one.some((some) => text === some || text.startsWith(`${some}/`))),
    ) &&
    holdsFor(wider.origin, narrower.origin, includesAll) &&
    holdsFor(wider.project, narrower.project, includesAll) &&
    holdsFor(wider.largerThan, narrower.largerThan, (one, other) => one <= other) &&
    holdsFor(wider.untagged, narrower.untagged, (one, other) => one === other)
  );
}

/** A condition that is not there always holds. */
export function holdsFor<T>(
  one: T | null,
  other: T | null,
  holds: (one: T, other: T) => boolean,
): boolean {
  return one === null || (other !== null && holds(one, other));
}

const includesAll = <T>(one: readonly T[], other: readonly T[]) =>
  other.every((value) => one.includes(value));

/** Whether a pattern matches whatever another one does, as far as their texts alone tell. */
export function matchesAll(wider: string, narrower: string): boolean {
  const [one, other] = [parsePattern(wider), parsePattern(narrower)];
  if (wider === narrower) return true;
  // An ID reaches an untagged image, a pattern of names does not.
  if (one === null || other === null || other.kind === 'id') return false;
  if (one.kind === 'all') return true;
  if (one.kind === 'id' || other.kind === 'all') return false;
  const { name, tag, digest } = splitReference(narrower);
  if (splitReference(wider).name === name && one.tag === null && one.digest === null) return true;
  if (!isLiteral(narrower)) return false;
  return one.repository(repositoryOfName(name)) && matchesVersion(one, tag, digest);
}

/** Whether a protecting rule adds nothing to another. */
export function protectsAll(wider: ProtectRule, narrower: ProtectRule): boolean {
  return (
    selectsAll(wider, narrower) &&
    holdsFor(wider.until, narrower.until, (one, other) => one >= other)
  );
}

/** Whether a keep rule adds nothing to another. Counts compare only over the same selection. */
export function keepsAll(wider: KeepRule, narrower: KeepRule): boolean {
  return (
    selectsAll(wider, narrower) &&
    holdsFor(wider.usedWithin, narrower.usedWithin, (one, other) => one >= other) &&
    holdsFor(
      wider.last,
      narrower.last,
      (one, other) => one >= other && wider.per === narrower.per && selectsAll(narrower, wider),
    )
  );
}

/** Whether a remove rule adds nothing to another. */
export function removesAll(wider: RemoveRule, narrower: RemoveRule): boolean {
  return (
    selectsAll(wider, narrower) &&
    holdsFor(wider.unusedFor, narrower.unusedFor, (one, other) => one <= other) &&
    holdsFor(wider.mode, narrower.mode, (one, other) => !isStricter(one, other))
  );
}

const strictness: readonly Mode[] = ['auto', 'confirm', 'suggest'];

/** Whether one mode lets triggers do less than another. */
export function isStricter(one: Mode, than: Mode): boolean {
  return strictness.indexOf(one) > strictness.indexOf(than);
}

/** Whether a rule keeps what it selects whatever its age and rank. */
export function isUnconditional({ last, usedWithin }: KeepRule): boolean {
  return last === null && usedWithin === null;
}
