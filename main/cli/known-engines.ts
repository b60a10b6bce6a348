import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { firstEngine } from '../contract/first-engine.js';
import { engineNamed } from '../domain/engine-name.js';
import { storedFleet } from '../services/fleet/stored.js';

const file = z.object({ version: z.literal(1), value: storedFleet });

/** What is known of the first engine beforehand: it stands in no list. */
const first = { key: firstEngine, name: null, context: null, endpoint: null, aliases: [] };

/**
 * The key of the engine that `--engine` names, where the data home's list has it; null where it does
 * not, or cannot be read: its owner sets it aside then, and says so.
 *
 * @throws CareenError `engine-several`: it may be one or another
 */
export async function knownEngine(home: string, text: string): Promise<string | null> {
  return engineNamed(await enginesIn(home), text)?.key ?? null;
}

async function enginesIn(home: string) {
  try {
    const text = await readFile(join(home, 'engines.json'), 'utf8');
    const { engines, aliases } = file.parse(JSON.parse(text)).value;
    const addressesOf = (key: string) =>
      aliases.flatMap(({ of, endpoint }) => (of === key ? [endpoint] : []));
    return [
      { ...first, aliases: addressesOf(firstEngine) },
      ...engines.map((one) => ({ ...one, aliases: addressesOf(one.key) })),
    ];
  } catch {
    return [first];
  }
}
