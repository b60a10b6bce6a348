import type { Plain } from '../../../../main/domain/policy/edit/text.js';
import { labelsOfLine, lineOfLabels, lineOfNames, namesOfLine } from './model.js';

/** How a value is entered. */
export type FieldKind =
  | 'names'
  | 'labels'
  | 'number'
  | 'duration'
  | 'size'
  | 'percent'
  | 'date'
  | 'time'
  | 'text'
  | 'code'
  | 'choice'
  | 'many';

export const fieldKinds = {
  match: 'names',
  image: 'names',
  platform: 'names',
  labels: 'labels',
  last: 'number',
  versions: 'number',
  maxItems: 'number',
  usedWithin: 'duration',
  unusedFor: 'duration',
  exitedFor: 'duration',
  grace: 'duration',
  for: 'duration',
  every: 'duration',
  minAge: 'duration',
  pause: 'duration',
  largerThan: 'size',
  keep: 'size',
  free: 'size',
  to: 'size',
  max: 'size',
  maxBytes: 'size',
  high: 'percent',
  low: 'percent',
  hostNotice: 'percent',
  until: 'date',
  time: 'time',
  note: 'text',
  schedule: 'code',
  per: 'choice',
  project: 'choice',
  untagged: 'choice',
  mode: 'choice',
  tags: 'choice',
  way: 'choice',
  origin: 'many',
} satisfies Record<string, FieldKind>;

export type FieldName = keyof typeof fieldKinds;

export const isField = (name: string): name is FieldName => Object.hasOwn(fieldKinds, name);

/** A value as one line; null where the form cannot show it without a loss. */
export function lineOf(kind: FieldKind, value: Plain | undefined): string | null {
  switch (kind) {
    case 'names':
      return lineOfNames(value);
    case 'labels':
      return lineOfLabels(value);
    case 'percent':
      return typeof value === 'string' ? value.replace(/%$/, '') : null;
    case 'date':
      return typeof value === 'string' ? value : null;
    default:
      return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  }
}

/** What is entered, as a policy writes it. What it may be, the policy's own schema decides. */
export function plainOfLine(kind: FieldKind, line: string): Plain {
  switch (kind) {
    case 'names':
      return namesOfLine(line);
    case 'labels':
      return labelsOfLine(line);
    case 'percent':
      return `${line}%`;
    case 'number':
      return line === '' ? line : Number(line);
    default:
      return line;
  }
}
