import { versionKey } from '../domain/update/version-key.js';
import type { UpdateRow } from './updates.js';

/** Whether a row is an update that a person can take now. */
export function isPending(row: UpdateRow): boolean {
  return (
    row.verdict.state === 'available' &&
    row.mode !== 'ignore' &&
    row.heldBack?.code !== 'skipped' &&
    row.heldBack?.code !== 'rolled-back' &&
    row.heldBack?.code !== 'snoozed'
  );
}

/**
 * Whether `--all` and "Update all" take a row: it is a person's or Compose's, and it runs. Another
 * tool's is taken by name alone, though a person raised its mode.
 */
export function isForAll(row: UpdateRow): boolean {
  return (
    isPending(row) &&
    (row.mode === 'auto' || row.mode === 'notify') &&
    (row.owner.kind === 'person' || row.owner.kind === 'compose') &&
    row.state === 'running' &&
    row.verdict.state === 'available' &&
    row.verdict.source !== 'built' &&
    row.heldBack?.code !== 'built-here'
  );
}

/** Names of those that a rollback would not bring back as they were: said before all are taken. */
export const majorsOf = (rows: readonly UpdateRow[]): string[] =>
  rows.filter(({ majorWithData }) => majorWithData).map(({ container }) => container);

/** A row of a list of all as `update.run` takes it: as it was shown, and not otherwise. */
export function asShown({ container, verdict }: UpdateRow): { container: string; shown: string } {
  return { container, shown: verdict.state === 'available' ? versionKey(verdict.to) : '' };
}
