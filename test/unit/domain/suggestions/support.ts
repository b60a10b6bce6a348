import type {
  Inventory,
  NetworkFacts,
  Project,
  VolumeFacts,
} from '../../../../main/domain/facts.js';
import { LayerIndex } from '../../../../main/domain/layers.js';
import { makePlan } from '../../../../main/domain/plan/make.js';
import { readPolicy } from '../../../../main/domain/policy/read.js';
import type { Policy } from '../../../../main/domain/policy/types.js';
import { suggest } from '../../../../main/domain/suggestions/suggest.js';
import type {
  Ground,
  Suggestion,
  SuggestionId,
} from '../../../../main/domain/suggestions/types.js';
import { judge } from '../../../../main/domain/verdict/judge.js';
import { judgeOthers } from '../../../../main/domain/verdict/others/index.js';
import { inventory, now } from '../arbitrary.js';

export const day = 86_400_000;
export const ago = (days: number) => now - days * day;

/** Keeps nothing and removes nothing by itself that tests make. */
export const plainPolicy = 'grace: 0s\nremove: [{ id: none, match: nothing-of-that-name }]\n';

/** What suggestions are made of, where 100 bytes are worth a word. */
export function groundOf(
  taken: Inventory,
  policy: Policy | string = plainPolicy,
  more: Partial<Ground> = {},
): Ground {
  const rules = typeof policy === 'string' ? readPolicy('', `version: 1\n${policy}`) : policy;
  const index = new LayerIndex(taken);
  const options = { now, ages: 'calendar' } as const;
  const judged = judge(taken, rules, options, index);
  const others = judgeOthers(taken, rules, options);
  return {
    now,
    inventory: taken,
    policy: rules,
    judged,
    others,
    plan: makePlan(judged, taken, now, { others, index }),
    index,
    projects: taken.images.flatMap(({ projects }) => projects),
    vm: null,
    forecast: null,
    nextRun: null,
    logs: new Map(),
    thresholds: { bytes: 100, idle: 30 * day },
    ...more,
  };
}

/** Suggestions of one kind. */
export function suggested(id: SuggestionId, ground: Ground): Suggestion[] {
  return suggest(ground).filter(({ evidence }) => evidence.id === id);
}

/** The items that a suggestion would plan. */
export function namedBy(suggestion: Suggestion | undefined): string[] {
  return suggestion?.action.kind === 'plan' ? suggestion.action.named : [];
}

export const withParts = (more: Partial<Inventory>) => inventory([], more);

export function volume(name: string, facts: Partial<VolumeFacts> = {}): VolumeFacts {
  return {
    name,
    driver: 'local',
    created: ago(90),
    labels: {},
    anonymous: false,
    size: 1_000,
    usedBy: [],
    lastUsed: null,
    mountedAt: null,
    project: null,
    ...facts,
  };
}

export function network(name: string, facts: Partial<NetworkFacts> = {}): NetworkFacts {
  return {
    id: `network-${name}`,
    name,
    driver: 'bridge',
    created: ago(90),
    labels: {},
    builtIn: false,
    usedBy: [],
    lastUsed: null,
    project: null,
    ...facts,
  };
}

export function project(name: string, present: boolean | null): Project {
  return {
    kind: 'compose',
    name,
    folder: `/home/ada/${name}`,
    files: [],
    lastUsed: ago(60),
    present,
    latestOf: [],
  };
}
