import { parseReference } from '../reference.js';
import { isImageId, isLiteral } from './pattern.js';
import type { Selector } from './types.js';

/** What an entry of `protect` matches, and how it is called when it is told. */
export interface Match {
  name: string;
  match: string[];
}

/** Whether a rule selects by its names or patterns, if it has any, and by nothing else. */
export function isByNamesAlone(rule: Selector): boolean {
  const { labels, platform, origin, largerThan, untagged, project } = rule;
  return [labels, platform, origin, largerThan, untagged, project].every((one) => one === null);
}

/** Whether names of a rule are those of one image, as the toggle writes them. */
export function isOneImage(match: readonly string[]): boolean {
  const ids = match.filter(isImageId);
  return ids.length === 1 && match.every((name) => isImageId(name) || isLiteral(name));
}

/**
 * What `careen protect REF` writes: a reference or an image ID, as it was given. Throws
 * CareenError 'reference-invalid'.
 */
export function matchOfReference(text: string): Match {
  if (!isImageId(text)) parseReference(text);
  return { name: text, match: [text] };
}

/**
 * What the toggle writes: a tagged image by its names and its ID, so that it holds when a tag
 * moves; an untagged one by its ID alone (JUDGING §4.2).
 */
export function matchOfImage({ id, refs }: { id: string; refs: readonly string[] }): Match {
  return { name: refs[0] ?? id, match: [...refs, id] };
}
