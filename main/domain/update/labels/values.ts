import { compileExpression, compileTransform } from '../../policy/expressions.js';
import type { Tags } from '../../policy/types.js';
import type { LabelAsks, OwnLabels } from './types.js';

/** A boolean as Go's `strconv.ParseBool` reads it; null for anything else, the empty text too. */
export function goBool(text: string | undefined): boolean | null {
  if (text === undefined) return null;
  if (/^(?:1|[tT]|TRUE|true|True)$/.test(text)) return true;
  return /^(?:0|[fF]|FALSE|false|False)$/.test(text) ? false : null;
}

/** Parts of a comma list, as people write them. */
export const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/**
 * `PREFIX.tag.include`, `.exclude` and `.transform`, of What's Up Docker and drydock. What cannot be
 * read here, such as look-around, leaves the tag where it is: it was to hold something back.
 */
export function tagLabels(own: OwnLabels, prefix: string): LabelAsks[] {
  const [include, exclude, transform] = ['include', 'exclude', 'transform'].map(
    (name) => own[`${prefix}.tag.${name}`]?.trim() || null,
  );
  const label = [include && 'include', exclude && 'exclude', transform && 'transform'].find(
    Boolean,
  );
  if (include === undefined || exclude === undefined || transform === undefined || !label)
    return [];
  const isRead =
    (include === null || compileExpression(include) !== null) &&
    (exclude === null || compileExpression(exclude) !== null) &&
    (transform === null || compileTransform(transform) !== null);
  const tags: Tags = isRead ? { level: 'pattern', include, exclude, transform } : { level: 'same' };
  return [{ label: `${prefix}.tag.${label}`, tags }];
}
