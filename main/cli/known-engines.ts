import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { firstEngine } from '../contract/fleet.js';
import { engineNamed } from '../domain/engine-name.js';
import { storedFleet } from '../services/fleet/stored.js';

const file = z.object({ version: z.literal(1), value: storedFleet });

/**
 * The key of the engine that `--engine` names, where the data home's list has it; null where it does
 * not, or cannot be read: its owner sets it aside then, and says so.
 */
export async function knownEngine(home: string, text: string): Promise<string | null> {
  if (text === firstEngine) return firstEngine;
  try {
    const { value } = file.parse(JSON.parse(await readFile(join(home, 'engines.json'), 'utf8')));
    return engineNamed(value.engines, text)?.key ?? null;
  } catch {
    return null;
  }
}
