import type { Result } from '../../main/contract/commands.js';
import type { Slices } from '../../main/contract/slices.js';
import type { WireError } from '../../main/contract/wire.js';
import { parsePolicy } from '../../main/domain/policy/parse.js';
import {
  templateNames,
  templates,
  type TemplateName,
} from '../../main/domain/policy/templates/index.js';
import type { RuleSubject } from '../../main/domain/policy/rule-name.js';
import { exact } from './base.js';
import { HOME } from './synthetic.js';

type PolicyView = Result<'policy.get'>;
type Tried = Result<'policy.try'>;

/** What main says of the policy, its drafts and its templates. */
export interface PolicyAnswers {
  view: PolicyView;
  /** Of every draft but a template's text. */
  tried: Tried;
  templates: Record<string, { text: string; tried: Tried }>;
  /** Why saving is refused. */
  refused?: WireError;
}

/** A policy as somebody wrote it by hand, with rules in both forms. */
export const written = `# What stays on this machine, and what may go.
version: 1
mode: confirm   # suggest | confirm | auto
protect:
  - { match: ["registry.k8s.io/**", "postgres"] }
  - { labels: { careen.keep: "true" } }
keep:
  - { match: "myorg/**", last: 3 }
  - { match: "**", last: 1 }
  - { match: "**", usedWithin: 14d }
remove:
  - id: superseded
    match: "myorg/**"
    unusedFor: 14d
  - { id: stale, match: "**", origin: pulled, unusedFor: 30d }
  - { id: untagged, untagged: true, unusedFor: 3d }
grace: 24h
rollback: { versions: 1, for: 7d }
buildCache: { enabled: true, unusedFor: 7d, keep: 5GB }
triggers:
  schedule: "0 12 * * *"
  pressure: { high: 85%, low: 75% }
limits: { maxItems: 50, maxBytes: 20GB }
update:
  default: { mode: notify, tags: same }
  containers:
    - { match: "web-*", mode: auto, tags: minor, minAge: 3d, settle: 20s }
`;

/** What rules without an ID are called by. */
const subjects: Record<string, RuleSubject> = {
  'protect[0]': { by: 'name', of: ['registry.k8s.io/**', 'postgres'] },
  'protect[1]': { by: 'label', of: ['careen.keep=true'] },
  'keep[0]': { by: 'name', of: ['myorg/**'] },
  'keep[1]': { by: 'all', of: [] },
  'keep[2]': { by: 'all', of: [] },
};

const count = (
  kind: 'protect' | 'keep' | 'remove',
  rule: string,
  images: number,
): Tried['rules'][number] => ({
  kind,
  rule,
  subject: subjects[rule],
  images,
});

export const rules = [
  count('protect', 'protect[0]', 7),
  count('protect', 'protect[1]', 0),
  count('keep', 'keep[0]', 9),
  count('keep', 'keep[1]', 21),
  count('keep', 'keep[2]', 18),
  count('remove', 'superseded', 11),
  count('remove', 'stale', 8),
  count('remove', 'untagged', 4),
];

/** The same with other counts. */
const counted = (...changed: [string, number][]): Tried['rules'] =>
  rules.map((rule) => {
    const images = changed.find(([name]) => name === rule.rule)?.[1] ?? rule.images;
    return { ...rule, images };
  });

export function viewOf(text: string, more: Partial<PolicyView> = {}): PolicyView {
  const parsed = parsePolicy(text);
  return {
    source: 'file',
    file: `${HOME}/policy.yaml`,
    text,
    error: null,
    policy: 'policy' in parsed ? parsed.policy : null,
    modeLowered: null,
    lints: [],
    ...more,
  };
}

/** Items and bytes of containers, networks and the build cache. */
const parts = (...counts: [[number, number], [number, number], [number, number]]) =>
  (['containers', 'networks', 'buildCache'] as const).map((part, i) => ({
    part,
    items: counts[i]?.[0] ?? 0,
    reclaimable: exact(counts[i]?.[1] ?? 0),
  }));

const none: Tried = {
  error: null,
  rules,
  more: [],
  less: [],
  parts: parts([0, 0], [0, 0], [1, 2.1e9]),
  moreOthers: [],
  lessOthers: [],
  moreBytes: exact(0),
  lessBytes: exact(0),
  canGo: exact(14.2e9),
  canGoImages: 23,
  canGoOfImages: exact(14.2e9),
  canGoAll: exact(17.8e9),
  couldGoImages: 4,
};

const id = (digit: string) => `sha256:${digit.repeat(64)}`;

/** Two versions in place of three, and ten days in place of fourteen. */
export const tighter: Tried = {
  ...none,
  rules: counted(['keep[0]', 6], ['keep[2]', 15], ['superseded', 14]),
  more: [
    { id: id('a'), refs: ['myorg/api:1.13.1'], reclaimable: exact(1.4e9), ticked: true },
    { id: id('b'), refs: ['myorg/web:2.8.3'], reclaimable: exact(490e6), ticked: true },
    { id: id('c'), refs: ['myorg/worker:1.13.0'], reclaimable: exact(118e6), ticked: true },
  ],
  moreBytes: exact(2.008e9),
  canGo: exact(16.2e9),
  canGoImages: 26,
  canGoOfImages: exact(16.2e9),
};

/** Rules that hold more here and less there. */
export const mixed: Tried = {
  ...tighter,
  more: Array.from({ length: 9 }, (_, i) => ({
    id: id(String(i)),
    refs: [`ghcr.io/acme/service-${i + 1}:2026.11.${i + 1}`],
    reclaimable: exact((i + 1) * 61e6),
    ticked: i % 2 === 0,
  })),
  less: [
    { id: id('d'), refs: ['node:22-alpine'] },
    { id: id('e'), refs: [] },
  ],
  parts: parts([3, 48e6], [0, 0], [1, 2.1e9]),
  moreOthers: [
    ...['acme-migrate-1', 'acme-seed-1', 'quirky_darwin'].map((name, i) => ({
      kind: 'container' as const,
      id: name,
      name,
      reclaimable: exact((i + 1) * 8e6),
    })),
  ],
  moreBytes: exact(2.7e9),
  lessBytes: exact(640e6),
};

const outcomeOf = (images: number, gigabytes: number): Tried => ({
  ...none,
  canGo: exact(gigabytes * 1e9),
  canGoImages: images,
  canGoOfImages: exact(gigabytes * 1e9),
});

const outcomes: Record<TemplateName, Tried> = {
  careful: outcomeOf(6, 3.1),
  balanced: outcomeOf(23, 14.2),
  tight: outcomeOf(38, 21.7),
  'laptop-64gb': outcomeOf(31, 18.4),
  'ci-laptop': outcomeOf(35, 20.3),
  projects: outcomeOf(0, 0),
};

/** The templates with what each would do on this machine. */
export const templatesTried = Object.fromEntries(
  templateNames.map((name) => [name, { text: templates[name], tried: outcomes[name] }]),
);

export const answersOf = (more: Partial<PolicyAnswers> = {}): PolicyAnswers => ({
  view: viewOf(written),
  tried: tighter,
  templates: templatesTried,
  ...more,
});

/** The slices of a machine that the written policy is in force on. */
export const withPolicy = (slices: Slices): Slices => ({
  ...slices,
  images: {
    ...slices.images,
    totals: {
      ...slices.images.totals,
      canGo: exact(14.2e9),
      canGoImages: 23,
      canGoOfImages: exact(14.2e9),
      rules,
      parts: none.parts,
      policy: { ...slices.images.totals.policy, source: 'file' },
    },
  },
});
