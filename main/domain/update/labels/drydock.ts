import { day } from '../../policy/units.js';
import type { LabelAsks, LabelReader, OwnLabels } from './types.js';
import { triggerLabels } from './triggers.js';
import { listOf, tagLabels } from './values.js';
import { watchLabel } from './whats-up-docker.js';

const policy = 'dd.updatePolicy.';

/** drydock's, a fork of What's Up Docker (CodesWhat/drydock:app/watchers/providers/docker). */
export const drydockLabels: LabelReader = (own) => [
  ...watchLabel(own, 'dd.watch'),
  ...tagLabels(own, 'dd'),
  ...triggerLabels(own, 'dd.action.include', 'dd.action.exclude'),
  ...(own['dd.action.auto']?.trim().toLowerCase() === 'false'
    ? [{ label: 'dd.action.auto', mode: 'notify' as const }]
    : []),
  ...skipped(own),
  ...maturity(own),
];

/** Tags that are passed over. */
function skipped(own: OwnLabels): LabelAsks[] {
  const label = `${policy}skipTags`;
  const tags = listOf(own[label]).map((tag) => tag.replace(/[^\w-]/g, '\\$&'));
  if (tags.length === 0) return [];
  const exclude = `^(?:${tags.join('|')})$`;
  return [{ label, tags: { level: 'pattern', include: null, exclude, transform: null } }];
}

/** `mature`: no version that is younger than so many days, 7 where none are said. */
function maturity(own: OwnLabels): LabelAsks[] {
  const label = `${policy}maturityMode`;
  if (own[label]?.trim().toLowerCase() !== 'mature') return [];
  const days = own[`${policy}maturityMinAgeDays`]?.trim() ?? '';
  return [{ label, minAge: (/^\d{1,4}$/.test(days) ? Number(days) : 7) * day }];
}
