import { parse } from 'yaml';
import { z } from 'zod';
import { type DiskFiles, Unreadable } from './files.js';

/** A product's settings as far as they could be read. */
export interface Settings {
  file: string;
  values: Record<string, unknown>;
}

const record = z.record(z.string(), z.unknown());

/** A JSON file of settings; null where none of these is there. Throws `Unreadable`. */
export function jsonSettings(files: DiskFiles, candidates: readonly string[]) {
  return settings(files, candidates, (text) => JSON.parse(text) as unknown);
}

/** The same of YAML. */
export function yamlSettings(files: DiskFiles, candidates: readonly string[]) {
  return settings(files, candidates, (text) => parse(text, { maxAliasCount: 20 }) as unknown);
}

async function settings(
  files: DiskFiles,
  candidates: readonly string[],
  read: (text: string) => unknown,
): Promise<Settings | null> {
  const found = await files.firstText(candidates);
  if (found === null) return null;
  try {
    return { file: found.file, values: record.parse(read(found.text)) };
  } catch (e) {
    throw new Unreadable('damaged', found.file, e);
  }
}

/** What is in a folder of settings, by the names on the way; undefined where one is not there. */
export function valueAt(values: unknown, ...names: string[]): unknown {
  let at: unknown = values;
  for (const name of names) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

/** Settings that only add to what is known: none where they cannot be read. */
export async function orNone(asked: Promise<Settings | null>): Promise<Settings | null> {
  try {
    return await asked;
  } catch (e) {
    if (e instanceof Unreadable) return null;
    throw e;
  }
}

/** A text that says something, else null. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
