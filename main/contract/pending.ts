import { versionKey } from '../domain/update/version-key.js';
import type { UpdateRow } from './updates.js';

type HeldBackCode = NonNullable<UpdateRow['heldBack']>['code'];

/** Whether a row is an update that a person can take now. */
export function isPending(row: UpdateRow): boolean {
  return (
    row.verdict.state === 'available' &&
    row.mode !== 'ignore' &&
    row.heldBack?.code !== 'skipped' &&
    row.heldBack?.code !== 'rolled-back' &&
    row.heldBack?.code !== 'snoozed' &&
    row.heldBack?.code !== 'job'
  );
}

/**
 * Whether `--all` and "Update all" take a row: it is a service, or a container of a person's or
 * Compose's, and it runs. Another tool's is taken by name alone, though a person raised its mode.
 */
export function isForAll(row: UpdateRow): boolean {
  const { kind, owner } = row;
  return (
    isPending(row) &&
    (row.mode === 'auto' || row.mode === 'notify') &&
    (kind === 'service' || owner.kind === 'person' || owner.kind === 'compose') &&
    row.state === 'running' &&
    row.verdict.state === 'available' &&
    row.verdict.source !== 'built' &&
    row.heldBack?.code !== 'built-here' &&
    row.heldBack?.code !== 'never-starts'
  );
}

/** What keeps `auto` from an update until a person does something about it: no time ends it. */
const forPerson: ReadonlySet<HeldBackCode> = new Set([
  'major-with-data',
  'never-starts',
  'too-large',
  'not-running',
  'paused',
  'built-here',
]);

/**
 * Whether a person is to decide on a new version: it neither goes by itself nor is its owner's. What
 * `auto` leaves for good is a person's too, or nobody would hear of it.
 */
export function isForPerson({ mode, heldBack }: UpdateRow): boolean {
  if (mode !== 'auto') return mode === 'notify';
  return heldBack !== null && forPerson.has(heldBack.code);
}

/** Names of those that a rollback would not bring back as they were: said before all are taken. */
export const majorsOf = (rows: readonly UpdateRow[]): string[] =>
  rows.filter(({ majorWithData }) => majorWithData).map(({ container }) => container);

/** A row of a list of all as `update.run` takes it: as it was shown, and not otherwise. */
export function asShown({ container, verdict }: UpdateRow): { container: string; shown: string } {
  return { container, shown: verdict.state === 'available' ? versionKey(verdict.to) : '' };
}
