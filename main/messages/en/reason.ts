import type { ContainerState, Recoverable } from '../../domain/facts.js';
import type { ServiceNeed } from '../../domain/swarm/holds.js';
import type { Age, ChangesWhen, Reason, ReasonKind } from '../../domain/verdict/types.js';
import { servicesOf } from '../services.js';
import { shortId } from '../short.js';
import type { ReasonContext, RecoverableState, VerdictOf } from '../types.js';
import { day } from '../time.js';
import { list, ordinal, plural, type format } from './format.js';
import { ownerSentence } from './owner.js';
import { rule, theRule } from './rule.js';

type Keep = Extract<Reason, { kind: 'keep'; code: 'rule' }>;
type Remove = Extract<Reason, { kind: 'remove'; code: 'rule' }>;
type Young = Extract<Reason, { code: 'young' }>;
type Part = Extract<Reason, { code: 'part' }>;

const state: Record<ContainerState, string> = {
  created: 'not started yet',
  running: 'running',
  paused: 'paused',
  restarting: 'restarting',
  removing: 'being removed',
  exited: 'exited',
  dead: 'dead',
  unknown: 'in a state that Careen does not know',
};

export function reason(f: ReturnType<typeof format>) {
  const named = ({ name = shortId }: ReasonContext, ids: readonly string[]) => list(ids.map(name));

  const containers = (names: readonly string[]) =>
    names.length === 1 ? `container ${names[0]} uses it` : `containers ${list(names)} use it`;

  const services = (needs: readonly ServiceNeed[]) => {
    const runs = servicesOf(needs, 'spec');
    const names = runs.length > 0 ? runs : servicesOf(needs);
    const verb = runs.length === 0 ? 'can go back to' : names.length === 1 ? 'runs' : 'run';
    return `${names.length === 1 ? 'service' : 'services'} ${list(names)} ${verb} it`;
  };

  /** How an age is told by what it was counted from. */
  const aged = (age: Age, now: number) => {
    const ago = f.age(age.since, now);
    switch (age.from) {
      case 'used':
        return `last used ${ago} ago`;
      case 'arrived':
        return `not used since it arrived ${ago} ago`;
      case 'lastTagged':
        return `not used since it was tagged ${ago} ago`;
      case 'created':
        return `made ${ago} ago, with no use of it known`;
      case 'finished':
        return `ended ${ago} ago`;
    }
  };

  const young = (r: Young, now: number) =>
    r.age === null
      ? 'Kept: how long it has been unused is not known.'
      : `Kept: ${aged(r.age, now)}, within the ${f.duration(r.unusedFor)} of ${r.part}.`;

  /** What happens, before the colon. */
  const fate = ({ going = true, gone = false }: ReasonContext) => {
    if (gone) return 'Removed';
    return going ? 'Goes' : 'Could go if you choose it';
  };

  const part = (r: Part, context: ReasonContext) => {
    const { now } = context;
    if (r.keep !== null)
      return `${fate(context)}: what was not used for ${f.duration(r.unusedFor)}, down to ${f.bytes(r.keep)} (${r.part}).`;
    return r.age === null
      ? `${fate(context)}: ${r.part} takes it.`
      : `${fate(context)}: ${aged(r.age, now)}, longer than the ${f.duration(r.unusedFor)} of ${r.part}.`;
  };

  const keep = (r: Keep, now: number) => {
    const parts: string[] = [];
    if (r.rank !== null && r.last !== null)
      parts.push(
        `${r.rank === 1 ? 'newest' : `${ordinal(r.rank)} newest`} of the ${r.last} to keep`,
      );
    if (r.usedWithin !== null)
      parts.push(
        r.age === null
          ? `no time of use is known, which counts as within ${f.duration(r.usedWithin)}`
          : `${aged(r.age, now)}, within ${f.duration(r.usedWithin)}`,
      );
    return parts.length === 0
      ? `Kept: ${theRule(r)} matches it.`
      : `Kept: ${parts.join('; ')} (${rule(r)}).`;
  };

  const remove = (r: Remove, context: ReasonContext) => {
    const { now } = context;
    if (r.age === null) return `${fate(context)}: ${theRule(r)} matches it.`;
    const ago = f.age(r.age.since, now);
    const why = r.age.from === 'used' ? `not used for ${ago}` : aged(r.age, now);
    return `${fate(context)}${r.age.estimated ? ', on an estimate' : ''}: ${why} (${rule(r)}).`;
  };

  const sentence = (r: Reason, context: ReasonContext): string => {
    switch (r.kind) {
      case 'hold':
        switch (r.code) {
          case 'used':
            return `Kept: ${containers(r.containers)}.`;
          case 'base-of':
            return `Kept: ${named(context, r.images)} ${r.images.length === 1 ? 'stays and is' : 'stay and are'} built on it.`;
          case 'rollback':
            return `Kept: needed to roll container ${r.container} back.`;
          case 'unproven':
            return `Kept: the update of container ${r.container} is not proven yet.`;
          case 'fact-unknown':
            return 'Kept: Docker did not tell which containers use it.';
          case 'service':
            return `Kept: ${services(r.needs)}.`;
          case 'service-unknown':
            return 'Kept: no manager of the swarm answers, and a service may need it. Once a manager is in the list of engines, it is asked.';
          case 'owner':
            return ownerSentence(r);
          case 'project':
            return `Kept: it belongs to the project ${r.project}.`;
          case 'state':
            return `Kept: the container is ${state[r.state]}.`;
          case 'built-in':
            return "Kept: it is one of Docker's own.";
        }
        break;
      case 'protect':
        if (r.code === 'container-label')
          return `Protected: a label of container ${r.container} asks for it.`;
        return `Protected by ${rule(r)}${r.until === null ? '' : `, until ${f.date(r.until - 1, context.now)}`}${r.note === null ? '' : ` (${r.note})`}.`;
      case 'grace':
        return `Kept: it arrived or was tagged ${f.age(r.since, context.now)} ago; its grace ends ${at(r.until, context.now)}.`;
      case 'keep':
        if (r.code === 'young') return young(r, context.now);
        if (r.code === 'small') return `Kept: it is within the ${f.bytes(r.keep)} of ${r.part}.`;
        return keep(r, context.now);
      case 'remove':
        if (r.code === 'named') return `${fate({ ...context, going: true })}: you named it.`;
        return r.code === 'part' ? part(r, context) : remove(r, context);
      case 'default':
        switch (r.code) {
          case 'no-rule':
            return 'Kept: no rule says that it may go.';
          case 'not-enabled':
            return `Kept: ${r.part} is switched off in the policy.`;
          case 'by-name-only':
            return 'Kept: a volume goes only when you name it.';
        }
    }
  };

  const short = (r: Reason, context: ReasonContext): string => {
    switch (r.kind) {
      case 'hold':
        switch (r.code) {
          case 'used':
            return `used by ${list(r.containers, 2)}`;
          case 'base-of':
            return `base of ${plural(r.images.length, 'image')}`;
          case 'rollback':
            return `rollback of ${r.container}`;
          case 'unproven':
            return `update of ${r.container} not proven`;
          case 'fact-unknown':
            return 'use unknown';
          case 'service':
            return `needed by ${list(servicesOf(r.needs), 2)}`;
          case 'service-unknown':
            return 'services unknown';
          case 'owner':
            return r.unit === null ? `needed by ${r.tool}` : `needed by ${r.tool} ${r.unit}`;
          case 'project':
            return `of project ${r.project}`;
          case 'state':
            return state[r.state];
          case 'built-in':
            return "one of Docker's own";
        }
        break;
      case 'protect':
        return r.code === 'rule' ? `by ${rule(r)}` : `label of ${r.container}`;
      case 'grace':
        return `new, until ${f.when(r.until, context.now)}`;
      case 'keep':
        if (r.code === 'young') return r.age === null ? 'age unknown' : aged(r.age, context.now);
        if (r.code === 'small') return `within ${f.bytes(r.keep)}`;
        if (r.rank !== null && r.last !== null)
          return r.rank === 1 ? 'newest version' : `${ordinal(r.rank)} newest of ${r.last}`;
        return r.age === null ? rule(r) : `used ${f.age(r.age.since, context.now)} ago`;
      case 'remove':
        if (r.code === 'named') return 'named';
        if (r.code === 'part')
          return r.age === null ? r.part : `unused for ${f.age(r.age.since, context.now)}`;
        if (r.age === null) return rule(r);
        return r.age.from === 'created'
          ? `made ${f.age(r.age.since, context.now)} ago`
          : `unused for ${f.age(r.age.since, context.now)}`;
      case 'default':
        switch (r.code) {
          case 'no-rule':
            return 'no rule';
          case 'not-enabled':
            return `${r.part} is off`;
          case 'by-name-only':
            return 'only by name';
        }
    }
  };

  const verdict = ({ verdict: v, going, decidedBy, code }: VerdictOf): string => {
    if (v === 'remove') return going ? 'Will go' : 'Could go';
    const holds: Record<string, string> = {
      used: 'In use',
      'base-of': 'Base',
      rollback: 'For rollback',
      unproven: 'Update unproven',
      'fact-unknown': 'Unknown',
      service: 'Needed',
      'service-unknown': 'Unknown',
      owner: 'Needed',
      project: 'Of a project',
      state: 'In use',
      'built-in': 'Built in',
    };
    const kinds: Record<ReasonKind, string> = {
      hold: holds[code] ?? 'Held',
      protect: 'Protected',
      grace: 'New',
      keep: 'Kept',
      remove: 'Kept',
      default: 'Kept',
    };
    return kinds[decidedBy];
  };

  const at = (ms: number, now: number) =>
    `${Math.abs(ms - now) >= day ? 'on ' : ''}${f.when(ms, now)}`;

  const changesOn = {
    newerVersion: 'when a newer version arrives',
    containerGone: 'when no container uses it any more',
    ruleChange: 'when the policy changes',
    fact: 'once Careen knows more about it',
  } as const;

  const recoverable: Record<RecoverableState, string> = {
    verified: 'the registry still has it',
    likely: 'can probably be pulled again',
    no: 'cannot be brought back',
    unknown: 'not known whether it can be brought back',
  };

  return {
    /** One whole sentence: what happens to the image, why, and by which rule. */
    reason: sentence,
    /** The same in a few words, for a column. */
    reasonShort: short,
    /** The word of a verdict's badge. */
    verdict,
    /** One sentence: when the verdict would change. */
    changesWhen(changes: readonly ChangesWhen[], now: number): string {
      if (changes.length === 0) return 'Nothing foreseeable changes this.';
      return `May change ${changes.map((c) => ('at' in c ? at(c.at, now) : changesOn[c.on])).join(', or ')}.`;
    },
    /** Whether an image can be had again, to stand in a sentence or a column. */
    recoverable: (r: Recoverable | RecoverableState) =>
      recoverable[typeof r === 'string' ? r : r.state],
    /** What a reason of each kind does, as a heading of a group. */
    kind: {
      hold: 'In use or needed',
      protect: 'Protected',
      grace: 'New here',
      keep: 'Kept by a rule',
      remove: 'Will go',
      default: 'No rule',
    } as Record<ReasonKind, string>,
    /** Groups of a plan that a person has to tick. */
    group: {
      unrecoverable: 'Cannot be brought back',
      estimates: 'On an estimate',
    } as Record<'unrecoverable' | 'estimates', string>,
  };
}
