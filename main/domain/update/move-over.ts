import type { ContainerFacts, ImageFacts } from '../facts.js';
import type { Owner } from '../owners/types.js';
import { setContainerMode } from '../policy/edit/update.js';
import { setValue } from '../policy/edit/value.js';
import { sectionOf } from '../policy/edit/text.js';
import { shortestUsualCheck } from '../policy/parts.js';
import type { Duration, UpdateMode, UpdatePolicy } from '../policy/types.js';
import { writeDuration } from '../policy/units.js';
import { ceilingOf, isLower } from './ceilings.js';
import { watchtowerLabel } from './labels/watchtower.js';
import { goBool } from './labels/values.js';
import { modeOf } from './modes.js';
import { everyOf } from './move-over/every.js';
import { watchtowerOptions, type Started, type WatchtowerOptions } from './move-over/options.js';

/** A container, with all that its mode depends on. */
export interface Candidate {
  container: ContainerFacts;
  image: ImageFacts | null;
  owner: Owner;
}

/** What Watchtower leaves a container to, and what would without an entry of its own. */
interface MovedEntry {
  container: string;
  wanted: UpdateMode;
  without: UpdateMode;
  /** Labels and options that say so, as they are written. */
  because: string[];
}

/** What moving over from Watchtower would write into the policy (UPDATING §3). */
export interface MoveOver {
  updater: { tool: string; container: string } | null;
  default: { mode: UpdateMode | null; every: Duration | null; hooks: boolean | null };
  entries: MovedEntry[];
  /** Options and labels that have no counterpart, without their values. */
  left: string[];
  /** The `update` section that would stand in the policy. */
  yaml: string;
}

export interface MoveOverQuestion {
  /** The container that Watchtower runs in, and how it was started; null: only labels are read. */
  updater: { tool: string; container: string; started: Started } | null;
  candidates: readonly Candidate[];
  policy: UpdatePolicy;
  /** The policy's text. */
  text: string;
}

/**
 * What Watchtower does on this engine, as Careen's own policy. Its options become the default; a
 * container that labels and options leave to something else gets an entry with its very name, which
 * alone may raise a mode. No owner's ceiling is lifted.
 */
export function moveOver(question: MoveOverQuestion): {
  proposal: MoveOver;
  /** Writes it into a policy text, comments kept. */
  edit: (text: string) => string;
} {
  const { updater, candidates, policy, text } = question;
  const options = watchtowerOptions(updater?.started ?? { args: [], env: {} });
  const isFound = updater !== null;
  const every = everyIn(options);
  const defaults = {
    mode: isFound ? defaultMode(options) : null,
    every: isFound ? every : null,
    hooks: isFound && options.hooks ? true : null,
  };
  const then = {
    ...policy,
    default: { ...policy.default, mode: defaults.mode ?? policy.default.mode },
  };
  const entries = candidates
    .filter(({ container }) => container.name !== updater?.container)
    .flatMap((one) => entryOf(one, then, options, isFound));
  const edit = (before: string) => {
    const made = new Map(candidates.map(({ container }) => [container.name, container]));
    const written = withDefaults(before, defaults);
    return entries.reduce(
      (so, { container, wanted }) => setContainerMode(so, container, wanted, made.get(container)),
      written,
    );
  };
  return {
    proposal: {
      updater: updater && { tool: updater.tool, container: updater.container },
      default: defaults,
      entries,
      left: [...options.left, ...labelsLeft(candidates)],
      yaml: sectionOf(edit(text), 'update'),
    },
    edit,
  };
}

/** A check here is never more often than registries like it. */
function everyIn({ interval, schedule }: WatchtowerOptions): Duration | null {
  const scheduled = schedule === null ? null : everyOf(schedule);
  const every = interval === null ? scheduled : interval * 1_000;
  return every === null ? null : Math.max(every, shortestUsualCheck);
}

/** Where it takes only some, a container that comes later is none of them. */
function defaultMode(options: WatchtowerOptions): UpdateMode | null {
  if (options.monitorOnly) return 'notify';
  const { labelEnable, only, scope, isFiltered } = options;
  return labelEnable || only.length > 0 || scope !== null || isFiltered ? null : 'auto';
}

function withDefaults(text: string, { mode, every, hooks }: MoveOver['default']): string {
  let result = text;
  if (mode !== null) result = setValue(result, ['update', 'default', 'mode'], mode);
  if (every !== null) result = setValue(result, ['update', 'check', 'every'], writeDuration(every));
  if (hooks !== null) result = setValue(result, ['update', 'default', 'hooks'], hooks);
  return result;
}

function entryOf(
  one: Candidate,
  policy: UpdatePolicy,
  options: WatchtowerOptions,
  isFound: boolean,
): MovedEntry[] {
  const asked = isFound ? askedOf(one.container, options) : askedByLabels(one.container);
  if (asked === null) return [];
  const { mode: without, reason } = modeOf({
    ...one,
    policy,
    otherUpdater: null,
    isElsewhere: false,
  });
  // What a person wrote for this very container stays.
  if (reason.by === 'name') return [];
  const ceiling = ceilingOf(one.owner, one.image);
  const wanted = isLower(ceiling, asked.mode) ? ceiling : asked.mode;
  const { name: container } = one.container;
  return wanted === without ? [] : [{ container, wanted, without, because: asked.because }];
}

interface Asked {
  mode: UpdateMode;
  because: string[];
}

/** What Watchtower does with a container; null where it takes only others, and nothing was said of it. */
function askedOf({ name, labels }: ContainerFacts, options: WatchtowerOptions): Asked | null {
  const { labelEnable, monitorOnly, labelPrecedence, only, except, scope, written } = options;
  const label = watchtowerLabel;
  const enable = goBool(labels[label.enable]);
  if (except.includes(name)) return { mode: 'ignore', because: [written('disable-containers')] };
  if (enable === false) return { mode: 'ignore', because: [label.enable] };
  if (only.length > 0 && !only.includes(name)) return null;
  if (labelEnable && enable === null) return null;
  if (scope !== null && (labels[label.scope] || 'none') !== scope) return null;
  const monitor = goBool(labels[label.monitorOnly]);
  const isOnly = monitor !== null && (labelPrecedence || monitor) ? monitor : monitorOnly;
  const because = [
    ...(only.length > 0 ? [name] : []),
    ...(labelEnable ? [written('label-enable'), label.enable] : []),
    ...(scope === null ? [] : [written('scope'), label.scope]),
    ...(monitor === null || (!monitor && !labelPrecedence) ? [] : [label.monitorOnly]),
    ...(monitor === false && labelPrecedence ? [written('label-take-precedence')] : []),
  ];
  if (isOnly) return { mode: 'notify', because };
  // Which of the others it takes cannot be told.
  return options.isFiltered ? null : { mode: 'auto', because };
}

/** Without its options, only a label that is there says something. */
function askedByLabels({ labels }: ContainerFacts): Asked | null {
  const label = watchtowerLabel;
  const enable = goBool(labels[label.enable]);
  if (enable === false) return { mode: 'ignore', because: [label.enable] };
  if (goBool(labels[label.monitorOnly]) === true)
    return { mode: 'notify', because: [label.monitorOnly] };
  return enable === true ? { mode: 'auto', because: [label.enable] } : null;
}

const prefix = 'com.centurylinklabs.watchtower.';
const noCounterpart = [
  'stop-signal',
  'lifecycle.pre-check',
  'lifecycle.post-check',
  'lifecycle.uid',
  'lifecycle.gid',
];

function labelsLeft(candidates: readonly Candidate[]): string[] {
  const set = noCounterpart.map((name) => prefix + name);
  return set.filter((label) =>
    candidates.some(({ container }) => container.labels[label] !== undefined),
  );
}
