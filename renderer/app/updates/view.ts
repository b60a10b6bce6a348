import type { UpdateRun } from '../../../main/contract/runs.js';
import type { HistoryRun } from '../../../main/contract/runs.js';
import { isForAll, isPending } from '../../../main/contract/pending.js';
import type { KeptVersion, UpdateRow, UpdatesSlice } from '../../../main/contract/updates.js';
import type {
  StepTold,
  UpdatedContainer,
  UpdateProgress,
} from '../../../main/contract/update-steps.js';
import type { UpdateMode } from '../../../main/domain/policy/types.js';
import { ceilingByName } from '../../../main/domain/update/ceilings.js';

/** What the last cell of a row says, and what of it a person can do there. */
export type Standing =
  | 'under-way'
  | 'update'
  | 'owner'
  | 'tell'
  | 'rolled-back'
  | 'failed'
  | 'gone'
  | 'snoozed'
  | 'skipped'
  | 'paused'
  | 'unproven'
  | 'elsewhere'
  | 'current'
  | 'unchecked'
  | 'not-checked';

/** How long (ms) a row says that something else put another image under its name. */
const LATELY = 86_400_000;
/** Builds that are the same every time carry a date of 1970 or 1980: they tell no age. */
const FIRST_REGISTRY = Date.UTC(2013, 2, 20);

/** Whether the policy or its owner leaves a container to the tool that made it. */
export const isOwners = ({ reason, mode }: UpdateRow) =>
  reason.by === 'owner' && (mode === 'tell' || mode === 'ignore');

/** The steps of one container in a run under way. */
export function stepsOf(progress: UpdateProgress | null, container: string): StepTold[] {
  return progress?.steps.filter((step) => step.container === container) ?? [];
}

const isOpen = ({ state }: StepTold) => state === 'waiting' || state === 'working';

/** Containers of a run that are not done with. */
export function underWayOf(progress: UpdateProgress | null): ReadonlySet<string> {
  return new Set(progress?.steps.filter(isOpen).map(({ container }) => container));
}

export function standingOf(row: UpdateRow, underWay: ReadonlySet<string>, now: number): Standing {
  const { verdict, heldBack } = row;
  if (underWay.has(row.container)) return 'under-way';
  if (isOwners(row)) return 'owner';
  if (verdict.state === 'available') {
    if (heldBack?.code === 'rolled-back') return 'rolled-back';
    if (heldBack?.code === 'snoozed' || heldBack?.code === 'skipped') return heldBack.code;
    if (row.state === 'paused') return 'paused';
    if (row.mode === 'tell' || heldBack?.code === 'job') return 'tell';
    if (row.mode !== 'ignore') return 'update';
  }
  if (row.error !== null) return 'failed';
  if (verdict.state === 'gone') return 'gone';
  if (row.unproven !== null) return 'unproven';
  if (row.recreatedAt !== null && now - row.recreatedAt < LATELY) return 'elsewhere';
  if (verdict.state === 'current' || verdict.state === 'unchecked') return verdict.state;
  return 'not-checked';
}

const order: readonly Standing[] = [
  'under-way',
  'update',
  'tell',
  'rolled-back',
  'failed',
  'gone',
  'paused',
  'snoozed',
  'skipped',
  'unproven',
  'elsewhere',
  'current',
  'unchecked',
  'owner',
  'not-checked',
];

/** What needs a person first, then what is well, then what is nobody's here; inside each as they come. */
export function sorted(
  rows: readonly UpdateRow[],
  underWay: ReadonlySet<string>,
  now: number,
): UpdateRow[] {
  const place = (row: UpdateRow) => {
    const standing = standingOf(row, underWay, now);
    // Of what belongs to others, what has something new stands with what is told.
    if (standing === 'owner' && isPending(row)) return order.indexOf('tell');
    return order.indexOf(standing);
  };
  return rows
    .map((row) => ({ row, place: place(row) }))
    .sort((a, b) => a.place - b.place)
    .map(({ row }) => row);
}

export interface Counts {
  /** Updates that a person can take, or that are under way. */
  waiting: number;
  underWay: number;
  /** Containers that "Update all" would take now. */
  forAll: string[];
  /** Updates that wait, and that it would leave: to their owner, or to a person by name. */
  others: UpdateRow[];
  /** Those whose last check failed. */
  failed: number;
  /** Those whose new version is left alone: skipped, snoozed, or rolled back from. */
  left: number;
}

export function countsOf(rows: readonly UpdateRow[], progress: UpdateProgress | null): Counts {
  const open = progress?.kind === 'update' ? underWayOf(progress) : new Set<string>();
  const rest = rows.filter(({ container }) => !open.has(container));
  return {
    waiting: open.size + rest.filter(isPending).length,
    underWay: open.size,
    forAll: rest.filter(isForAll).map(({ container }) => container),
    others: rest.filter((row) => isPending(row) && !isForAll(row)),
    failed: rest.filter(({ error }) => error !== null).length,
    left: rest.filter((row) => row.verdict.state === 'available' && !isPending(row)).length,
  };
}

/** Since when the new version is out: as its image says, else since Careen first saw it. */
export function outSince(row: UpdateRow): number | null {
  if (row.verdict.state !== 'available') return null;
  const { created } = row.verdict.to;
  if (created === null || created < FIRST_REGISTRY) return row.firstSeen;
  return row.firstSeen === null ? created : Math.min(created, row.firstSeen);
}

/** Whether a person can choose a mode for a container at all. */
export function hasMode({ verdict }: UpdateRow): boolean {
  return !(
    verdict.state === 'not-checked' &&
    (verdict.why === 'pinned' || verdict.why === 'local-build' || verdict.why === 'no-reference')
  );
}

/** The modes, the most first (UPDATING §3). */
export const modes: readonly UpdateMode[] = ['auto', 'notify', 'tell', 'ignore'];

/**
 * The most that a person may choose for this one container. What Compose builds shows only by whose
 * word its mode is.
 */
export function ceilingFor({ owner, reason }: UpdateRow): UpdateMode {
  if (owner.kind === 'compose' && reason.by === 'owner') return 'notify';
  return ceilingByName(owner, null);
}

/** Whether choosing a mode has Careen recreate what another tool made, and would make otherwise. */
export const isRaised = (row: UpdateRow, mode: UpdateMode) =>
  mode === 'notify' && ceilingFor(row) === 'notify';

/** The newest run in which a container was updated, rolled back or released; null: none is known. */
export function lastRunOf(
  runs: readonly HistoryRun[],
  container: string,
): { run: UpdateRun; told: UpdatedContainer } | null {
  let last: { run: UpdateRun; told: UpdatedContainer } | null = null;
  for (const run of runs) {
    if (run.kind === 'clean' || run.kind === 'undo') continue;
    const told = run.containers.find((one) => one.container === container);
    if (told && (last === null || run.startedAt > last.run.startedAt)) last = { run, told };
  }
  return last;
}

/**
 * The kept version that its new one is: it ran it before, and was rolled back from it. One with copies of
 * data is not: only a way back gives them back. Null: none is.
 */
export function keptAsNew({ kept, verdict, heldBack }: UpdateRow): KeptVersion | null {
  if (verdict.state !== 'available' || heldBack?.code !== 'rolled-back') return null;
  const { digest, imageId } = verdict.to;
  const isIt = (version: KeptVersion) =>
    version.copies.length === 0 &&
    (version.imageId === imageId || (digest !== null && version.digest === digest));
  return kept.find(isIt) ?? null;
}

/** Bytes that giving up what is kept frees at least; null where that is not known, or nothing. */
export function freedBy(kept: UpdateRow['kept']): number | null {
  let sum = 0;
  for (const { bytes } of kept) {
    if (bytes === null) return null;
    sum += bytes;
  }
  return sum === 0 ? null : sum;
}

/** Whether anything of a row is on record to be given up, held by the policy or not. */
export function canRelease(
  { kind, container, kept }: Pick<UpdateRow, 'kind' | 'container' | 'kept'>,
  slice: Pick<UpdatesSlice, 'recorded'> | null,
): boolean {
  if (kept.length > 0) return true;
  return kind === 'container' && (slice?.recorded ?? []).some((one) => one.container === container);
}

/** Whether a row is one that a search text speaks of. */
export function matches(row: UpdateRow, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return (
    wanted === '' ||
    [row.container, row.reference, row.owner.tool, row.owner.unit ?? ''].some((part) =>
      part.toLowerCase().includes(wanted),
    )
  );
}

export type Dot =
  'running' | 'unhealthy' | 'starting' | 'paused' | 'restarting' | 'off' | 'unknown';

/** The shape that a container's state is shown by. */
export function dotOf({ state, health }: Pick<UpdateRow, 'state' | 'health'>): Dot {
  switch (state) {
    case 'running':
      if (health === 'unhealthy' || health === 'starting') return health;
      return 'running';
    case 'paused':
    case 'restarting':
    case 'unknown':
      return state;
    case 'created':
    case 'removing':
    case 'exited':
    case 'dead':
      return 'off';
  }
}
