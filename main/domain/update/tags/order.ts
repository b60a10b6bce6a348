import type { TagVersion } from './parse.js';

/** Orders versions, the older first; a total order over all that `parseTag` reads. */
export function compareVersions(a: TagVersion, b: TagVersion): number {
  return compareContent(a, b) || (a.tag < b.tag ? -1 : a.tag > b.tag ? 1 : 0);
}

const kinds: readonly TagVersion['kind'][] = ['version', 'calendar', 'date'];

/** The same, `1.27` and `v1.27.0` being equal. */
export function compareContent(a: TagVersion, b: TagVersion): number {
  return (
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
    compareNumbers(a.numbers, b.numbers) ||
    comparePre(a.pre, b.pre) ||
    compareNumbers(a.builds, b.builds)
  );
}

/** A release comes after its pre-releases. */
function comparePre(a: number[] | null, b: number[] | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return compareNumbers(a, b);
}

/** What is not there counts as 0. */
function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a distribution that both name is not an older one. */
export function keepsDistribution(current: TagVersion, next: TagVersion): boolean {
  return compareNumbers(current.distribution, next.distribution) <= 0;
}

export type Step = 'patch' | 'minor' | 'major';

const steps: readonly Step[] = ['patch', 'minor', 'major'];

/** Whether a step is no larger than another. */
export const isWithin = (step: Step, most: Step) => steps.indexOf(step) <= steps.indexOf(most);

/**
 * How far it is from one version to a newer one: by the first part that differs. A calendar's year
 * and month, and a date, tell nothing of what changed: they count as minor.
 */
export function stepBetween(current: TagVersion, next: TagVersion): Step {
  const place = next.numbers.findIndex((number, i) => number !== (current.numbers[i] ?? 0));
  if (place < 0) return 'patch';
  if (current.kind === 'date') return 'minor';
  if (place >= 2) return 'patch';
  return place === 1 || current.kind === 'calendar' ? 'minor' : 'major';
}
