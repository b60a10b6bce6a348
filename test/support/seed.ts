import { createHash } from 'node:crypto';

const seed = process.env['CAREEN_SEED'] ?? '1';

/** One number of the run's seed, below `most`: the same for the same `what`. */
export function picked(what: string, most: number): number {
  return createHash('sha256').update(`${seed}/${what}`).digest().readUInt32BE(0) % most;
}
