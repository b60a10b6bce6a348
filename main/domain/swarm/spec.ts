import type { Json, JsonObject } from '../recreate/types.js';

/** A JSON object, or null: it is none. */
export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : null;
}

/** What stands at a place in a Spec; undefined: nothing does. */
export function at(spec: unknown, path: readonly string[]): Json | undefined {
  let here: unknown = spec;
  for (const key of path) {
    const object = asObject(here);
    if (object === null || !Object.hasOwn(object, key)) return undefined;
    here = object[key];
  }
  return here as Json | undefined;
}

/**
 * A Spec with one value put in its place, all else as it is: an update sends the whole Spec, so
 * what is not known here must pass through (FLEET, Swarm). Null and nothing on the way become objects.
 *
 * @throws TypeError where something else stands in the way, which would be lost
 */
export function withAt(spec: unknown, path: readonly string[], value: Json): JsonObject {
  const object = asObject(spec ?? {});
  const [key, ...rest] = path;
  if (object === null || key === undefined) throw new TypeError('a spec has a value in the way');
  const below = Object.hasOwn(object, key) ? object[key] : undefined;
  return { ...object, [key]: rest.length === 0 ? value : withAt(below, rest, value) };
}

/**
 * Where a Spec has numbers that JavaScript does not hold exactly, e.g. `a.b.0`: sent back, they would
 * be others. Such a service is not updated.
 */
export function inexactNumbers(spec: unknown): string[] {
  if (typeof spec === 'number')
    return Number.isInteger(spec) && !Number.isSafeInteger(spec) ? [''] : [];
  if (typeof spec !== 'object' || spec === null) return [];
  return Object.entries(spec).flatMap(([key, value]) =>
    inexactNumbers(value).map((below) => (below === '' ? key : `${key}.${below}`)),
  );
}
