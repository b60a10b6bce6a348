import { compileExpression, compileTransform } from '../policy/expressions.js';
import type { Tags } from '../policy/types.js';
import {
  compareContent,
  compareVersions,
  isWithin,
  keepsDistribution,
  stepBetween,
  type Step,
} from './tags/order.js';
import { parseTag, type TagVersion } from './tags/parse.js';

type Pattern = Extract<Tags, { level: 'pattern' }>;

/**
 * Tags that a rule allows and that are newer than the current one, the newest first (UPDATING §2).
 * A suffix, the number of parts and what stands in front are kept, and a release never moves to a
 * pre-release. A tag without an order only ever stays the same.
 *
 * @param all the repository's tags, in any order
 */
export function newerTags(current: string, all: readonly string[], tags: Tags): string[] {
  if (tags.level !== 'pattern') return newestFirst(current, all, levelled(tags.level));
  const read = readerOf(tags);
  const isWanted = filterOf(tags);
  if (read === null || isWanted === null) return [];
  const within = tags.within === undefined ? null : new Set(newerTags(current, all, tags.within));
  const wanted = all.filter((tag) => isWanted(tag) && (within?.has(tag) ?? true));
  return newestFirst(current, wanted, {
    read,
    // What `include` names is a family of its own.
    isNext: (from, to) => tags.include !== null || isFamily(from, to),
  });
}

/** How a rule reads tags, and which of those that are newer it takes. */
interface Rule {
  read: (tag: string) => TagVersion | null;
  isNext: (current: TagVersion, next: TagVersion) => boolean;
}

const levelled = (level: 'same' | Step): Rule => ({
  read: parseTag,
  isNext: (from, to) =>
    level !== 'same' && isFamily(from, to) && isWithin(stepBetween(from, to), level),
});

function isFamily(current: TagVersion, next: TagVersion): boolean {
  return current.family === next.family && keepsDistribution(current, next);
}

function newestFirst(current: string, all: readonly string[], { read, isNext }: Rule): string[] {
  const from = read(current);
  if (from === null) return [];
  const isNewer = (to: TagVersion) =>
    to.kind === from.kind &&
    to.shape === from.shape &&
    (to.pre === null || from.pre !== null) &&
    compareContent(from, to) < 0 &&
    isNext(from, to);
  return [...new Set(all)]
    .flatMap((tag) => {
      const to = read(tag);
      // What a transform read it as orders it, and its own text what that leaves equal.
      return to !== null && isNewer(to) ? [{ ...to, tag }] : [];
    })
    .sort((a, b) => compareVersions(b, a))
    .map(({ tag }) => tag);
}

/** Null where an expression cannot be read: a label's are not checked before. */
function filterOf({ include, exclude }: Pattern): ((tag: string) => boolean) | null {
  const included = include === null ? null : compileExpression(include);
  const excluded = exclude === null ? null : compileExpression(exclude);
  if ((include !== null && included === null) || (exclude !== null && excluded === null))
    return null;
  return (tag) => (included?.test(tag) ?? true) && !(excluded?.test(tag) ?? false);
}

function readerOf({ transform }: Pattern): Rule['read'] | null {
  if (transform === null) return parseTag;
  const become = compileTransform(transform);
  return become === null ? null : (tag) => parseTag(become(tag) ?? tag);
}

/**
 * How far it is from one tag to another; null where they have no order, or the other is no newer.
 *
 * @param tags the rule that led there, whose transform reads them
 */
export function step(current: string, next: string, tags?: Tags): Step | null {
  const read = tags?.level === 'pattern' ? readerOf(tags) : parseTag;
  const [from, to] = [read?.(current) ?? null, read?.(next) ?? null];
  if (from === null || to === null || from.kind !== to.kind) return null;
  return compareContent(from, to) < 0 ? stepBetween(from, to) : null;
}
