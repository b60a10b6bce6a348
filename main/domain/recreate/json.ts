import type { Json } from './types.js';

/** Whether two pieces of JSON say the same, in whatever order their keys stand. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((one, at) => same(one, b[at]))
    );
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  );
}

/** Whether a piece of JSON sets nothing: an engine writes what was left out in any of these ways. */
export function isNothing(json: Json | undefined): boolean {
  if (json === undefined || json === null || json === '' || json === 0 || json === false)
    return true;
  return typeof json === 'object' && Object.keys(json).length === 0;
}

/** A text, empty where it is none. */
export function textOf(json: Json | undefined): string {
  return typeof json === 'string' ? json : '';
}
