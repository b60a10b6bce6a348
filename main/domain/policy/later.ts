import { z } from 'zod';

const later = new WeakSet<z.ZodType>();

/** A value inside a parsed document, by keys and indices from its root. */
export type Path = (string | number)[];

/** The keys of the schema whose work comes in a later version. */
export const laterKeys = {
  /** Marks a key's schema; the key is optional. */
  add<T extends z.ZodType>(schema: T): z.ZodOptional<T> {
    const optional = schema.optional();
    later.add(optional);
    return optional;
  },

  has: (schema: z.ZodType): boolean => later.has(schema),

  /** Takes every marked key out of a document and tells where each stood. */
  takeOut(document: unknown, schema: z.ZodType): { rest: unknown; found: Path[] } {
    const found: Path[] = [];
    const rest = without(document, schema, [], found);
    return { rest, found };
  },
};

const unwrapped = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema;

/** The keys that a mapping may have now, in any of its forms; none where a schema is no mapping. */
export function keysAt(schema: z.ZodType, path: Path): string[] {
  const here = unwrapped(schema);
  if (here instanceof z.ZodUnion)
    return [...new Set(here.options.flatMap((form) => keysAt(form as z.ZodType, path)))];
  const [step, ...rest] = path;
  if (step === undefined) return here instanceof z.ZodObject ? keysNow(here.shape) : [];
  if (here instanceof z.ZodArray) return keysAt(here.element as z.ZodType, rest);
  if (!(here instanceof z.ZodObject)) return [];
  const shape = here.shape as Record<string, z.ZodType>;
  const next = Object.hasOwn(shape, step) ? shape[step] : undefined;
  return next === undefined ? [] : keysAt(next, rest);
}

const keysNow = (shape: Record<string, z.ZodType>) =>
  Object.keys(shape).filter((key) => !later.has(shape[key] as z.ZodType));

function without(value: unknown, schema: z.ZodType, at: Path, found: Path[]): unknown {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    const element = inner.element as z.ZodType;
    return value.map((item, i) => without(item, element, [...at, i], found));
  }
  if (!(inner instanceof z.ZodObject) || !isMapping(value)) return value;
  const shape = inner.shape as Record<string, z.ZodType>;
  const kept: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value)) {
    const known = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (known !== undefined && later.has(known)) found.push([...at, key]);
    else kept.push([key, known === undefined ? item : without(item, known, [...at, key], found)]);
  }
  return Object.fromEntries(kept);
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
