import type { WireError } from '../../contract/wire.js';
import type { UpdatePreview, UpdateRefusal } from '../../contract/update-preview.js';
import type {
  ProofFailure,
  StepKind,
  TakenOverBy,
  UpdatedContainer,
  UpdateResult,
} from '../../contract/update-steps.js';
import { isNotBack } from '../../contract/update-outcome.js';
import type { Owner } from '../../domain/owners/types.js';
import type { Change } from '../../domain/recreate/types.js';
import type { UpdateMode } from '../../domain/policy/types.js';
import type { OnItsWay } from '../../domain/swarm/tasks.js';
import type { CheckVerdict, HeldBack, ModeReason, NotChecked } from '../../domain/update/types.js';
import { count } from '../count.js';
import { shortName } from '../short.js';
import { day } from '../time.js';
import { versionName, versionPair } from '../version.js';
import { capital, list, plural, type format } from './format.js';
import { ownerUpdates } from './owner.js';
import { serviceLines } from './service.js';

type Skipped = Extract<UpdateResult, { state: 'skipped' }>['why'];

const notChecked: Record<NotChecked, string> = {
  pinned: 'Pinned by digest: it stays at exactly this version.',
  'local-build': 'Built here: no registry knows it.',
  ignored: 'Not checked, since its mode is Ignore.',
  'owner-pulls': 'Not checked: the tool that made it pulls its image itself.',
  'no-reference': 'It was made from an image without a name, so there is nothing to ask for.',
};

const steps: Record<StepKind, (from: string) => string> = {
  retain: (from) => `Keep ${from} for going back`,
  pull: () => 'Pull',
  'hook-before': () => 'Run its hook before the update',
  create: () => 'Create the new one beside it',
  'copy-volumes': () => 'Copy its volumes',
  'restart-policy-off': () => 'Keep the old one from starting again',
  stop: () => 'Stop the old one',
  rename: () => 'Give the new one its name',
  start: () => 'Start the new one',
  prove: () => 'Prove it',
  'hook-after': () => 'Run its hook after the update',
  dependants: () => 'Restart it with what it depends on',
  retire: () => 'Retire the old one',
  tag: () => 'Put its tag on the wanted image',
  'clean-up': () => 'Clean up by policy',
  restore: () => 'Bring the copies of its volumes back',
  'roll-out': () => 'Have Swarm replace its tasks',
};

const takenOver: Record<TakenOverBy, string> = {
  removed: 'removed it',
  renamed: 'renamed it',
  stopped: 'stopped it',
  restarted: 'restarted it',
  recreated: 'made it anew',
  image: 'gave it another image',
  written: 'changed its settings',
  'rolled-back': 'asked Swarm to roll it back',
};

/** What a task that stood still did not come to. */
const standstill: Record<OnItsWay, string> = {
  assigned: 'The node of its new task did not take it up',
  accepted: 'The node of its new task did not begin with it',
  preparing: 'The node of its new task did not get its image ready',
  ready: 'Its new task was not started',
  starting: 'Its new task did not get healthy',
};

/** What is said of updates everywhere: in the window, the tray, notifications and the CLI. */
export function update(f: ReturnType<typeof format>, error: (e: WireError) => string) {
  /** A moment inside a sentence: `in 3 hours`, `on 27 November`. */
  const at = (ms: number, now: number) =>
    Math.abs(ms - now) < day ? f.when(ms, now) : `on ${f.date(ms, now)}`;
  const exited = (code: number | null) => (code === null ? '' : ` with code ${code}`);
  const said = (message: string) => (message === '' ? '' : `: ${message.replace(/[.\s]+$/, '')}`);

  /** Of a service that runs to its end. */
  const job = 'It is a job: an update would run it once more. "docker service update" does that.';

  /** Why `auto` and `--all` leave an update alone for now. */
  const heldBack = (held: HeldBack, now: number): string => {
    switch (held.code) {
      case 'min-age':
        return `Too new for the policy; old enough ${at(held.until, now)}.`;
      case 'snoozed':
        return `Snoozed by you; offered again ${at(held.until, now)}.`;
      case 'skipped':
        return 'You skip this version; the next one is offered again.';
      case 'rolled-back':
        return `Rolled back ${at(held.at, now)}; it is not taken again by itself.`;
      case 'too-large':
        return `It takes ${f.bytes(held.bytes)} to pull, more than the ${f.bytes(held.most)} that the policy lets go unasked.`;
      case 'major-with-data':
        return 'A major step, and it has data: by itself Careen does not take it.';
      case 'never-starts':
        return 'It starts its new task first, which would wait for ever: no node that could take it has room beside the old one (a port of the node, the memory and CPUs that it reserves, or the most tasks a node). It is updated only by name. "docker service update --update-order stop-first" changes that.';
      case 'not-running':
        return 'It does not run, so it is updated only by name, and is not started by that.';
      case 'paused':
        return 'It is paused. Unpause it first.';
      case 'job':
        return job;
      case 'built-here':
        return 'Built here under the same tag: it is applied only by name.';
    }
  };

  /** Why a version did not prove itself. */
  const proofFailure = (p: ProofFailure): string => {
    switch (p.code) {
      case 'unhealthy':
        return 'Its health check says that it is unhealthy.';
      case 'exited':
        return `It exited${exited(p.exitCode)}.`;
      case 'restarting':
        return `It did not stay up: it restarted ${p.restarts === 1 ? 'once' : `${count(p.restarts)} times`}.`;
      case 'not-started':
        return `It did not start${said(p.message)}.`;
      case 'not-healthy-in-time':
        return `It was not healthy within ${f.duration(p.ms)}.`;
      case 'probe':
        return `It did not answer its probe${said(p.message)}.`;
      case 'hook':
        return `Its hook after the update failed${exited(p.exitCode)}${said(p.message)}.`;
      case 'root-failed':
        return `${p.container}, which it goes with, failed.`;
      case 'swarm':
        return `Swarm went back by itself${said(p.message)}.`;
      case 'task-died':
        return `A task ended after Swarm had called it done${said(p.message)}.`;
      case 'tasks-replaced':
        return `Its tasks did not stay up: ${plural(p.times, 'task')} had to be replaced.`;
      case 'tasks-missing':
        return `Only ${p.running} of ${plural(p.wanted, 'task')} ran.`;
      case 'stuck':
        return {
          'host-port': `Its new task waited for a port that an old one has${said(p.message)}.`,
          pending: `Swarm found no node for its new task${said(p.message)}.`,
          'not-begun': 'Swarm did not begin; its managers may have no leader.',
        }[p.by];
      case 'standstill':
        return `${standstill[p.state]} within ${f.duration(p.ms)}${said(p.message)}.`;
      case 'cancelled':
        return 'You cancelled it.';
    }
  };

  /** Why Careen does not update a container, even by name. */
  const refusal = (r: UpdateRefusal): string => {
    switch (r.code) {
      case 'owned':
        return ownerUpdates(r.owner);
      case 'paused':
        return 'It is paused. Unpause it first.';
      case 'not-checked':
        return Object.hasOwn(notChecked, r.why)
          ? notChecked[r.why as NotChecked]
          : 'It was not checked, so nothing newer is known.';
      case 'nothing-new':
        return 'It is up to date.';
      case 'no-room':
        return `The pull needs ${f.bytes(r.needed)}, and ${f.bytes(r.available)} are free. Make room first.`;
      case 'service':
        return r.why === 'job' ? job : 'Swarm is at work on it already. Wait until that has ended.';
      case 'unreachable':
        return error(r.error);
    }
  };

  const skipped = (why: Skipped, now: number): string => {
    switch (why.code) {
      case 'held-back':
        return heldBack(why.held, now);
      case 'hook':
        return `Its hook before the update said not now${exited(why.exitCode)}.`;
      case 'cancelled':
        return 'Cancelled before its turn.';
      case 'engine-lost':
        return 'The connection to Docker broke off before its turn.';
      case 'interrupted':
        return 'The run ended before its turn.';
      case 'gone':
        return 'It was gone already.';
      case 'changed':
        return 'It is no longer as it was shown, and was left alone. Look again.';
      default:
        return refusal(why);
    }
  };

  /** What became of one container, as whole sentences; null is one that has not ended. */
  const result = (c: Pick<UpdatedContainer, 'from' | 'to' | 'result'>, now: number): string => {
    const { from, to } = versionPair(c.from, c.to);
    const r = c.result;
    switch (r?.state) {
      case undefined:
        return 'Under way.';
      case 'updated':
        return r.proven
          ? `Updated to ${to}, and proven.`
          : `Updated to ${to}; not proven yet, so ${from} is kept.`;
      case 'rolled-back':
        if (r.why.code === 'cancelled')
          return `You cancelled the update to ${to}; it is back on ${from}.`;
        return `Rolled back to ${from}: ${to} did not prove itself. ${proofFailure(r.why)}`;
      case 'restored':
        return `Back on ${to}.`;
      case 'released':
        return r.freed === null
          ? 'What was kept for going back is given up.'
          : `What was kept for going back is given up: ${f.bytes(r.freed)} freed.`;
      case 'restarted':
        return 'Restarted with what it depends on.';
      case 'skipped':
        return `Left alone. ${skipped(r.why, now)}`;
      case 'taken-over':
        return `In the middle, something else ${takenOver[r.by]}. Careen stopped, and left that as it is.`;
      case 'failed':
        // It is nowhere in between that could be told in one word.
        return isNotBack(r)
          ? error(r.error)
          : `Not changed: it is on ${from} as before. ${error(r.error)}`;
    }
  };

  return {
    versionName,
    versionPair,
    /** Of what "all" would take: containers that a rollback would not bring back as they were. */
    majors: (containers: readonly string[]) =>
      containers.length === 1
        ? `${list(containers, 12)} takes a major step and has data: what the new version writes there stays, also when it is rolled back.`
        : `${list(containers, 12)} take a major step and have data: what the new versions write there stays, also when they are rolled back.`,
    /** `16.4 → 16.6`, by what tells the two apart. */
    fromTo(c: Pick<UpdatedContainer, 'from' | 'to'>): string {
      const { from, to } = versionPair(c.from, c.to);
      return `${from} → ${to}`;
    },
    mode: { auto: 'Auto', notify: 'Ask me', tell: 'Only tell', ignore: 'Ignore' } satisfies Record<
      UpdateMode,
      string
    >,
    /** What a mode does, to stand beside its name. */
    modeMeans: {
      auto: 'updated by itself, and proven',
      notify: 'each waits for your yes',
      tell: 'you see how its owner updates it',
      ignore: 'not checked',
    } satisfies Record<UpdateMode, string>,
    /** What decided a mode. */
    modeReason(r: ModeReason): string {
      switch (r.by) {
        case 'name':
          return 'The policy names it.';
        case 'entry':
          return `The policy's entry${r.matches ? ` for ${list(r.matches.map(shortName))}` : ''} says so.`;
        case 'default':
          return `The policy's default (${r.rule}).`;
        case 'label':
          return `Its label ${r.label} says so.`;
        case 'owner':
          return `${r.tool} made it and would not know a copy, so Careen goes no further.`;
        case 'other-updater':
          return `${r.tool} also updates containers here, so nothing goes by itself.`;
        case 'elsewhere':
          return 'The engine is on another machine, where nothing goes by itself: you decide.';
        case 'recreated':
          return 'Something else updated it last, so Careen does not by itself until you do, or name it in the policy.';
      }
    },
    /** What a check says of a container. */
    verdict(v: CheckVerdict): string {
      switch (v.state) {
        case 'current':
          return 'It is up to date.';
        case 'available':
          return {
            registry: 'A newer version is in the registry.',
            pulled: 'A newer version was pulled, and is not applied yet.',
            built: 'A newer version was built here, and is not applied yet.',
          }[v.source];
        case 'not-checked':
          return notChecked[v.why];
        case 'gone':
          return 'Its tag is no longer in the registry. What runs goes on; choose another tag.';
        case 'unchecked':
          return 'It was not checked yet.';
      }
    },
    /** Whose a container is, and how it is updated. */
    owner: (owner: Owner): string => ownerUpdates(owner),
    /** What Swarm would do to update a service, a sentence each. */
    service: serviceLines(f),
    /** In a swarm, on a worker or with no manager that can be reached. */
    noManager:
      'This engine is a node of a swarm, and no manager of it answers here: services are not checked, and images that they may need are kept. Ask an engine that is a manager.',
    heldBack,
    proofFailure,
    refusal,
    skipped,
    result,
    step: (step: StepKind, from: string): string => steps[step](from),
    changeKind: {
      inherited: 'From the new image',
      dropped: 'Dropped',
      kept: 'Kept as you set it',
    } satisfies Record<Change['kind'], string>,
    /** What an update fetches. */
    pulls: ({ to, pull }: Pick<UpdatePreview, 'to' | 'pull'>): string => {
      if (to.imageId !== null) return 'The new image is here already.';
      if (pull === null) return 'How much it pulls is not known.';
      return pull === 0
        ? 'All of its layers are here: it pulls only what names them.'
        : `Pulls ${f.bytes(pull)} at most.`;
    },
    /** What a rollback leaves as it is; names of volumes and folders. */
    dataStays: (names: readonly string[]): string =>
      `A rollback does not undo what is written to ${list(names)}.`,
    downFor: (ms: number): string => `was down for ${f.seconds(ms)}`,
    /** Of what recovery finished at the next start. */
    recovered: {
      finished: 'Careen ended in the middle; at its next start it finished this.',
      'rolled-back': 'Careen ended in the middle; at its next start it rolled this back.',
    } satisfies Record<NonNullable<UpdatedContainer['recovered']>, string>,
    otherUpdated: (name: string, when: number, now: number): string =>
      `Something else updated ${name} ${at(when, now)}.`,
    updates: (n: number): string => plural(n, 'update'),
    /** How a run ended, in one line: `2 updated, 1 rolled back`; nothing for none. */
    summary(containers: readonly Pick<UpdatedContainer, 'result'>[]): string {
      const of = (...states: UpdateResult['state'][]) =>
        containers.filter(({ result: r }) => r !== null && states.includes(r.state)).length;
      const parts = [
        [of('updated'), 'updated'],
        [of('restored'), 'back on a kept version'],
        [of('released'), 'released'],
        [of('rolled-back'), 'rolled back'],
        [of('failed', 'taken-over'), 'failed'],
        [of('skipped'), 'left alone'],
      ] as const;
      return capital(
        parts
          .filter(([n]) => n > 0)
          .map(([n, word]) => `${count(n)} ${word}`)
          .join(', '),
      );
    },
  };
}
