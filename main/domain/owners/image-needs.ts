import type { ImageFacts, Inventory, Millis } from '../facts.js';
import type { Presence } from './presence.js';
import { ImageHints } from './image-signs.js';
import { repositoriesOf, seeImage } from './seen.js';
import type { FoundImage, ImageTerm, OwnerTool } from './tool.js';
import type { OwnerHold } from './types.js';

interface Candidate {
  facts: ImageFacts;
  repositories: readonly string[];
  tool: OwnerTool;
  found: FoundImage;
  term: ImageTerm;
  /** When it was last seen to be used; null where nothing tells. */
  seenAt: Millis | null;
  /** The latest moment at which it may have been. */
  sign: Millis;
}

/** Images that owners need, by ID; of several needs the strongest. */
export function imageNeeds(
  inventory: Inventory,
  presence: Presence,
  now: Millis,
): Map<string, OwnerHold> {
  const candidates = candidatesOf(inventory);
  const current = currentOf(candidates);
  const latest = latestOf(candidates);
  const needs = new Map<string, OwnerHold>();
  for (const candidate of candidates) {
    const { facts, tool, found, term, sign } = candidate;
    let until: Millis | null;
    if (term.for === 'latest')
      until = isLatest(candidate, term, latest, presence) ? Infinity : null;
    else if (term.for === 'always' && !current.has(candidate)) until = null;
    else until = presence.until(tool, term, sign);
    if (until === null || until <= now) continue;
    const { unit, strength = 'hold' } = found;
    const need: OwnerHold = { kind: tool.kind, tool: tool.tool, unit, until, strength };
    const before = needs.get(facts.id);
    if (before === undefined || isStronger(need, before)) needs.set(facts.id, need);
  }
  return needs;
}

function isStronger(one: OwnerHold, other: OwnerHold): boolean {
  if (one.strength !== other.strength) return one.strength === 'hold';
  if (one.until !== other.until) return one.until > other.until;
  return one.unit !== null && other.unit === null;
}

function candidatesOf(inventory: Inventory): Candidate[] {
  const { images, engine, useIncomplete, firstMet, takenAt } = inventory;
  const candidates: Candidate[] = [];
  const hints = new ImageHints();
  for (const facts of images)
    for (const { tool, sign: by } of hints.of(facts)) {
      const seen = seeImage(facts, engine.product, useIncomplete !== null);
      const found = tool.images?.of(seen, by) ?? null;
      if (found === null) continue;
      const seenAt = signOf(facts);
      const sign = seenAt ?? firstMet ?? takenAt;
      const term = found.term ?? tool.needs.image;
      const repositories = repositoriesOf(facts);
      candidates.push({ facts, repositories, tool, found, term, seenAt, sign });
    }
  return candidates;
}

function signOf({ used, arrived, lastTagged }: ImageFacts): Millis | null {
  const sign = Math.max(used?.at ?? -Infinity, arrived?.at ?? -Infinity, lastTagged ?? -Infinity);
  return sign === -Infinity ? null : sign;
}

/**
 * What a tool that needs an image always would start: a tag, or a digest in whose repository nothing
 * has a tag. A digest beside a tag is what a pull superseded (ACCOUNTING, "After a pull moves the
 * tag").
 */
function currentOf(candidates: readonly Candidate[]): Set<Candidate> {
  const tagged = new Set<string>();
  for (const { facts, repositories } of candidates)
    if (facts.refs.length > 0) for (const name of repositories) tagged.add(name);
  return new Set(
    candidates.filter(
      ({ facts, repositories, found }) =>
        found.strength === 'untick' ||
        facts.refs.length > 0 ||
        !repositories.some((name) => tagged.has(name)),
    ),
  );
}

/**
 * For each family the signs of use of its images, latest first. One without a sign takes no other's
 * place, and may be the latest itself.
 */
function latestOf(candidates: readonly Candidate[]): Map<string, Millis[]> {
  const families = new Map<string, Millis[]>();
  for (const candidate of candidates) {
    if (candidate.term.for !== 'latest' || candidate.seenAt === null) continue;
    for (const key of familiesOf(candidate)) {
      const signs = families.get(key) ?? [];
      families.set(key, signs);
      signs.push(candidate.seenAt);
    }
  }
  for (const signs of families.values()) signs.sort((a, b) => b - a);
  return families;
}

function familiesOf({ tool, found, repositories }: Candidate): string[] {
  const names = found.family === undefined ? repositories : [found.family];
  return names.map((name) => JSON.stringify([tool.tool, found.unit, name]));
}

/** Images whose last use was at the same moment stand at the same place. */
function isLatest(
  candidate: Candidate,
  { count, while: during }: ImageTerm & { for: 'latest' },
  latest: ReadonlyMap<string, Millis[]>,
  presence: Presence,
): boolean {
  const unit = during === 'unit' ? candidate.found.unit : null;
  if (during !== 'always' && !presence.has(candidate.tool, unit)) return false;
  return familiesOf(candidate).some((key) => {
    const last = latest.get(key)?.[count - 1] ?? -Infinity;
    return candidate.sign >= last;
  });
}
