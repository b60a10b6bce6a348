import { z } from 'zod';

/** A value inside a parsed document, by keys and indices from its root. */
export type Path = (string | number)[];

const unwrapped = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema;

/** The keys that a mapping may have, in any of its forms; none where a schema is no mapping. */
export function keysAt(schema: z.ZodType, path: Path): string[] {
  const here = unwrapped(schema);
  if (here instanceof z.ZodUnion)
    return [...new Set(here.options.flatMap((form) => keysAt(form as z.ZodType, path)))];
  const [step, ...rest] = path;
  if (step === undefined) return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
  if (here instanceof z.ZodArray) return keysAt(here.element as z.ZodType, rest);
  if (!(here instanceof z.ZodObject)) return [];
  const shape = here.shape as Record<string, z.ZodType>;
  const next = Object.hasOwn(shape, step) ? shape[step] : undefined;
  return next === undefined ? [] : keysAt(next, rest);
}
