import { versionKey } from '../domain/update/version-key.js';
import type { Version } from '../domain/update/types.js';
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

/** Why `--all` and "Update all" leave an update that waits; by name a person can take most of them. */
export type LeftWhy = 'owner' | 'tell' | 'by-name' | 'paused' | 'not-running' | 'built' | 'no-room';

/** Updates that "all" leaves for one reason; `tool`: whose they are. */
export interface LeftOut {
  why: LeftWhy;
  tool: string;
  n: number;
}

/**
 * Why "all" leaves a row that is pending; null: it takes it. It takes services, and containers of a
 * person's or Compose's, that run. Another tool's is taken by name alone, though a person raised its mode.
 */
export function leftWhy({
  kind,
  owner,
  mode,
  reason,
  state,
  verdict,
  heldBack: held,
}: UpdateRow): LeftWhy | null {
  if (mode === 'tell') return reason.by === 'owner' ? 'owner' : 'tell';
  if (kind === 'container' && owner.kind !== 'person' && owner.kind !== 'compose') return 'by-name';
  if (state !== 'running') return state === 'paused' ? 'paused' : 'not-running';
  if (held?.code === 'never-starts') return 'no-room';
  const isBuilt = verdict.state === 'available' && verdict.source === 'built';
  return isBuilt || held?.code === 'built-here' ? 'built' : null;
}

/** Whether `--all` and "Update all" take a row. */
export const isForAll = (row: UpdateRow): boolean => isPending(row) && leftWhy(row) === null;

/** Updates that wait and that "all" leaves, each with why. */
export function leftByAll(rows: readonly UpdateRow[]): { row: UpdateRow; why: LeftWhy }[] {
  return rows.filter(isPending).flatMap((row) => {
    const why = leftWhy(row);
    return why === null ? [] : [{ row, why }];
  });
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

/** A container that a person names, as `update.run` takes it: in the version that it showed, if it did. */
export function asNamed(
  container: string,
  to: string | null,
  shown: Version | null,
): { container: string; to: string | null; shown: string | null } {
  return { container, to, shown: shown && versionKey(shown) };
}

/** A row of a list of all as `update.run` takes it: as it was shown, and not otherwise. */
export function asShown({ container, verdict }: UpdateRow): {
  container: string;
  ofAll: true;
  shown: string;
} {
  const shown = verdict.state === 'available' ? versionKey(verdict.to) : '';
  return { container, ofAll: true, shown };
}
