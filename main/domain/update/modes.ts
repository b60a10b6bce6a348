import type { ContainerFacts, ImageFacts } from '../facts.js';
import { seeContainer } from '../owners/seen.js';
import type { Owner } from '../owners/types.js';
import type { UpdateMode, UpdatePolicy } from '../policy/types.js';
import { ceilingByName, ceilingOf, isLower } from './ceilings.js';
import { entryFor } from './entries.js';
import { labelAsks } from './labels/index.js';
import { narrowTags } from './narrow.js';
import type { ModeInForce, ModeReason } from './types.js';

/** What decides a container's mode. */
export interface ModeQuestion {
  container: ContainerFacts;
  /** The one that it was made from; null when the engine does not have it any more. */
  image: ImageFacts | null;
  owner: Owner;
  policy: UpdatePolicy;
  /** Something else that updates containers on this engine (OWNERS §3). */
  otherUpdater: { tool: string } | null;
  /** Whether the engine is another machine's, where Careen does nothing by itself (DESIGN §1.7). */
  isElsewhere: boolean;
}

/**
 * What Careen may do about one container's updates (UPDATING §3): what the policy says, lowered by
 * labels of the container's own, by another updater at work, by its owner, and by where the engine is.
 * Only an entry that has its very name and a mode stands above labels and another updater, and raises
 * `tell` to `notify`.
 */
export function modeOf(question: ModeQuestion): ModeInForce {
  const { container, image, owner, policy, otherUpdater, isElsewhere } = question;
  const found = entryFor(policy.containers, container);
  const own = found?.entry.rules ?? {};
  const asked: ModeReason =
    found === null || own.mode === undefined
      ? { by: 'default', rule: 'update.default' }
      : {
          by: found.byName ? 'name' : 'entry',
          rule: found.entry.id,
          matches: found.entry.match ?? found.entry.image ?? undefined,
        };
  const byName = asked.by === 'name';
  const asks = labelAsks(seeContainer(container, image).own);
  const { mode, ...rules } = { ...policy.default, ...own };
  const decision = new Decision(mode, asked);

  for (const ask of asks)
    if (ask.mode !== undefined) decision.hear(ask.mode, { by: 'label', label: ask.label }, !byName);
  if (otherUpdater !== null)
    decision.hear('notify', { by: 'other-updater', tool: otherUpdater.tool }, !byName);
  const { kind, tool } = owner;
  const ceiling = ceilingOf(owner, image);
  const most = byName ? ceilingByName(owner, image) : ceiling;
  decision.hear(ceiling, { by: 'owner', kind, tool }, most === ceiling);
  if (most !== ceiling) decision.lowerTo(most, { by: 'owner', kind, tool });
  if (isElsewhere) decision.lowerTo('notify', { by: 'elsewhere' });

  // What the very name's entry says itself stands above labels; what it leaves open does not.
  const says = (key: 'tags' | 'minAge') => found?.byName === true && own[key] !== undefined;
  const tags = (says('tags') ? [] : asks).reduce(
    (allowed, ask) => (ask.tags === undefined ? allowed : narrowTags(allowed, ask.tags)),
    rules.tags,
  );
  const ages = says('minAge') ? [] : asks.map(({ minAge = 0 }) => minAge);
  return {
    mode: decision.mode,
    reason: decision.reason,
    also: decision.also,
    rules: { ...rules, tags, minAge: Math.max(rules.minAge, ...ages) },
    tags,
    asksRegistry: !asks.some(({ localOnly }) => localOnly),
  };
}

/** A mode with its reason, and what else was said of it. */
class Decision {
  readonly also: ModeInForce['also'] = [];

  constructor(
    public mode: UpdateMode,
    public reason: ModeReason,
  ) {}

  /** What asks for less is followed, or noted where it is overruled. */
  hear(mode: UpdateMode, reason: ModeReason, isFollowed: boolean): void {
    if (!isLower(mode, this.mode)) return;
    if (isFollowed) this.lowerTo(mode, reason);
    else this.also.push({ mode, reason });
  }

  lowerTo(mode: UpdateMode, reason: ModeReason): void {
    if (!isLower(mode, this.mode)) return;
    this.also.push({ mode: this.mode, reason: this.reason });
    this.mode = mode;
    this.reason = reason;
  }
}
