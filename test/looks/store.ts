import type { ImageRow } from '../../main/contract/slices.js';
import type { EngineFacts, ImageFacts } from '../../main/domain/facts.js';
import { LayerIndex } from '../../main/domain/layers.js';
import { outlookOf } from '../../main/domain/plan/outlook.js';
import { nothing } from '../../main/domain/plan/sum.js';
import type { PlanItem, Untick } from '../../main/domain/plan/types.js';
import { waitOf } from '../../main/domain/plan/untick.js';
import { readPolicy } from '../../main/domain/policy/read.js';
import type { Policy } from '../../main/domain/policy/types.js';
import type { Ground } from '../../main/domain/suggestions/types.js';
import type { JudgedImage, Reclaimable } from '../../main/domain/verdict/types.js';
import { imageRow } from '../../main/services/state/rows.js';
import { standardThresholds } from '../../main/services/suggestions/index.js';
import { inventory } from '../unit/domain/arbitrary.js';
import { NOW } from './base.js';

/**
 * What the pictures' images are judged by: the built-in policy, and what a person protected.
 *
 * @param toggled the image that was protected by its toggle
 */
export const policyOf = (toggled: string) =>
  readPolicy(
    'policy.yaml',
    `version: 1
protect:
  - { match: [postgres] }
  - { match: [redis, "${toggled}"] }
  - { labels: { careen.keep: "true" } }
keep:
  - { id: recent, match: "**", last: 3, usedWithin: 90d }
  - { id: lately, match: "**", usedWithin: 30d }
remove:
  - { id: untagged, untagged: true, unusedFor: 3d }
  - { id: stale, match: "**", origin: pulled, unusedFor: 60d }
  - { id: stale-builds, match: "**", origin: [built, loaded, unknown], unusedFor: 60d, mode: confirm }
grace: 24h
`,
  );

/** What main knows of a picture's image beside its row. */
interface Known {
  facts: ImageFacts;
  /** The whole store that the image is in, and what sets its bytes free. */
  store: readonly ImageFacts[];
  index: LayerIndex;
  /** Null: its row says something else than what it was judged. */
  judged: JudgedImage | null;
  /** Null: no plan holds it. */
  item: PlanItem | null;
  untick: Untick | null;
}
const known = new WeakMap<ImageRow, Known>();
const grounds = new WeakMap<readonly ImageRow[], Ground>();

/** What the domain made of a row; null for rows that were made by hand. */
export const knownOf = (row: ImageRow): Known | null => known.get(row) ?? null;

/** Notes what a row that was made by hand is of. */
export function noteRow(
  row: ImageRow,
  { facts, store, index }: Pick<Known, 'facts' | 'store' | 'index'>,
): void {
  known.set(row, { facts, store, index, judged: null, item: null, untick: null });
}

/** Images that a keep rule keeps. */
export const keptBy = (rows: readonly ImageRow[], rule: string) =>
  rows.filter((row) => row.decidedBy === 'keep' && row.rule === rule);

/** What suggestions are found in, of rows that were judged together. */
export function groundOf(rows: readonly ImageRow[]): Ground {
  const ground = grounds.get(rows);
  if (!ground) throw new Error('these rows were not judged together');
  return ground;
}

/** A row that says something else of the same image. */
export function changed(row: ImageRow, change: Partial<ImageRow>): ImageRow {
  const other = { ...row, ...change };
  const made = known.get(row);
  if (made) noteRow(other, made);
  return other;
}

/** What images of a store free together; those that no store knows are left out. */
export function freedBy(rows: readonly ImageRow[]): Reclaimable {
  const index = rows.map((row) => known.get(row)?.index).find((one) => one !== undefined);
  return index?.of(rows.map(({ id }) => id)) ?? nothing;
}

/** Rows as main makes them of these facts: no picture shows what the program never says. */
export function judgedRows(
  engine: EngineFacts,
  facts: readonly ImageFacts[],
  policy: Policy,
): ImageRow[] {
  const taken = inventory([...facts], { takenAt: NOW, engine });
  const index = new LayerIndex(taken);
  const { judged, others, plan, going } = outlookOf(taken, policy, NOW, index);
  const items = new Map(plan.items.map((item) => [item.id, item]));
  const rows = judged.map((one) => {
    const row = imageRow(one, policy, going);
    const item = items.get(one.id) ?? null;
    const untick = item && waitOf(item, going);
    known.set(row, { facts: one.facts, store: facts, index, judged: one, item, untick });
    return row;
  });
  grounds.set(rows, {
    now: NOW,
    inventory: taken,
    policy,
    judged,
    others,
    plan,
    index,
    projects: [],
    vm: null,
    forecast: null,
    nextRun: null,
    logs: new Map(),
    thresholds: standardThresholds,
  });
  return rows;
}
