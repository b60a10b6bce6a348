import type { ImageRow } from '../../main/contract/slices.js';
import type { EngineFacts, ImageFacts } from '../../main/domain/facts.js';
import { outlookOf } from '../../main/domain/plan/outlook.js';
import type { PlanItem, Untick } from '../../main/domain/plan/types.js';
import { waitOf } from '../../main/domain/plan/untick.js';
import { readPolicy } from '../../main/domain/policy/read.js';
import type { Policy } from '../../main/domain/policy/types.js';
import type { JudgedImage } from '../../main/domain/verdict/types.js';
import { imageRow } from '../../main/services/state/rows.js';
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
  judged: JudgedImage;
  /** Null: no plan holds it. */
  item: PlanItem | null;
  untick: Untick | null;
}
const known = new WeakMap<ImageRow, Known>();

/** What the domain made of a row; null for rows that were made by hand. */
export const knownOf = (row: ImageRow): Known | null => known.get(row) ?? null;

/** Rows as main makes them of these facts: no picture shows what the program never says. */
export function judgedRows(
  engine: EngineFacts,
  facts: readonly ImageFacts[],
  policy: Policy,
): ImageRow[] {
  const taken = inventory([...facts], { takenAt: NOW, engine });
  const { judged, plan, going } = outlookOf(taken, policy, NOW);
  const items = new Map(plan.items.map((item) => [item.id, item]));
  return judged.map((one) => {
    const row = imageRow(one, policy, going);
    const item = items.get(one.id) ?? null;
    known.set(row, { judged: one, item, untick: item && waitOf(item, going) });
    return row;
  });
}
