import type { Tags } from '../../policy/types.js';
import type { LabelAsks, OwnLabels } from './types.js';
import { listOf } from './values.js';

/** Triggers that update a container; all others only tell. */
const acting = /^(?:docker|docker-?compose)$/;

interface Trigger {
  type: string | null;
  threshold: string;
}

/** `type.name`, `name`, either with `:threshold`. */
function triggersOf(text: string | undefined): Trigger[] {
  return listOf(text).map((one) => {
    const [reference = '', threshold = 'all'] = one.toLowerCase().split(':');
    const [type, name] = reference.split('.');
    return { type: name === undefined ? null : (type ?? null), threshold: threshold.trim() };
  });
}

/** A name without a type may be that of any trigger. */
const mayAct = ({ type }: Trigger) => type === null || acting.test(type);

const levels: Readonly<Record<string, Tags>> = {
  minor: { level: 'minor' },
  'minor-only': { level: 'minor' },
  patch: { level: 'patch' },
};

/**
 * Lists of triggers, of What's Up Docker and drydock: a container for which none that updates is
 * left is only told about; a threshold of those that are left narrows the tags.
 */
export function triggerLabels(own: OwnLabels, include: string, exclude: string): LabelAsks[] {
  const included = triggersOf(own[include]).filter(mayAct);
  const asks: LabelAsks[] = [];
  if (own[include] !== undefined && listOf(own[include]).length > 0) {
    const tags = included.map(({ threshold }) => levels[threshold]);
    const [narrow] = tags;
    if (included.length === 0) asks.push({ label: include, mode: 'notify' });
    else if (tags.length === 1 && narrow !== undefined) asks.push({ label: include, tags: narrow });
  }
  if (triggersOf(own[exclude]).some(mayAct)) asks.push({ label: exclude, mode: 'notify' });
  return asks;
}
