import type { HeldBack, Version } from '../domain/update/types.js';
import { majorsOf } from './pending.js';
import type { UpdatePreview, UpdateRefusal } from './update-preview.js';
import type { UpdateRow } from './updates.js';
import type { WireError } from './wire.js';

/** What looking at an update beforehand brought; with an error of null it took too long. Null: nothing yet. */
export type Looked = { preview: UpdatePreview } | { error: WireError | null } | null;

/** What a person is told of one container before they agree to take all. */
export type Beforehand =
  /** It is left after all: the engine's own word is newer than the list. */
  | { code: 'refused'; why: UpdateRefusal }
  /** What stands in no volume, and goes with the old container. */
  | { code: 'lost'; paths: readonly string[] }
  /** What it would lose is not known; `error`: why, where that is. */
  | { code: 'unknown'; error: WireError | null }
  /** Why `auto` would leave it for now, such as that it is too new. */
  | { code: 'held'; by: HeldBack }
  /** Others that stop and start along with it. */
  | { code: 'restarts'; containers: readonly string[] };

/** Paths in the writable layer that go with the old container; empty: none, or not known. */
export const lostBy = ({ writable }: Pick<UpdatePreview, 'writable'>): readonly string[] =>
  writable?.paths ?? [];

/** Names of the containers that stop and start along with it. */
export const restartsOf = ({ dependants }: Pick<UpdatePreview, 'dependants'>): string[] =>
  dependants.filter(({ act }) => act !== 'none').map(({ container }) => container);

/** What is told of one that "all" takes; major steps with data are told of all at once. */
export function beforehandOf(row: UpdateRow, looked: Looked): Beforehand[] {
  const preview = looked && 'preview' in looked ? looked.preview : null;
  if (preview?.refused) return [{ code: 'refused', why: preview.refused }];
  const held = preview?.heldBack ?? row.heldBack;
  const lost = preview ? lostBy(preview) : [];
  const restarts = preview ? restartsOf(preview) : [];
  // What tasks of a service write goes with every one of them anyway.
  const isUnread = preview !== null && preview.service === null && preview.writable === null;
  return [
    ...(lost.length > 0 ? [{ code: 'lost' as const, paths: lost }] : []),
    ...(held && held.code !== 'major-with-data' ? [{ code: 'held' as const, by: held }] : []),
    ...(restarts.length > 0 ? [{ code: 'restarts' as const, containers: restarts }] : []),
    ...(looked && 'error' in looked ? [{ code: 'unknown' as const, error: looked.error }] : []),
    ...(isUnread ? [{ code: 'unknown' as const, error: null }] : []),
  ];
}

/** From what to what: a look knows the new version's own name, which a check does not. */
interface Step {
  from: Version;
  /** Null: a check found none, and it was not looked at. */
  to: Version | null;
}

function stepOf({ now, verdict }: UpdateRow, looked: Looked): Step {
  if (looked && 'preview' in looked) return looked.preview;
  return { from: now, to: verdict.state === 'available' ? verdict.to : null };
}

/** All that a person is told before all updates are taken, in the window, the tray and a terminal. */
export interface AskedOfAll {
  each: (Step & { row: UpdateRow; notes: Beforehand[] })[];
  /** Without those that are refused. */
  taken: UpdateRow[];
  /** Names of those that lose data with the old container. */
  losing: string[];
  /** Names of those that a rollback would not bring back as they were. */
  majors: string[];
}

export function askedOfAll(
  rows: readonly UpdateRow[],
  lookedAt: (row: UpdateRow) => Looked,
): AskedOfAll {
  const each = rows.map((row) => {
    const looked = lookedAt(row);
    const { from, to } = stepOf(row, looked);
    return { row, from, to, notes: beforehandOf(row, looked) };
  });
  const has = (code: Beforehand['code']) => (one: (typeof each)[number]) =>
    one.notes.some((note) => note.code === code);
  const taken = each.filter((one) => !has('refused')(one)).map(({ row }) => row);
  const losing = each.filter(has('lost')).map(({ row }) => row.container);
  return { each, taken, losing, majors: majorsOf(taken) };
}
