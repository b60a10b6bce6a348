import { isAnyGoing } from '../../contract/going.js';
import type { AskedBy } from '../../contract/runs.js';
import type { ImagesSlice } from '../../contract/slices.js';
import type { EngineFacts } from '../../domain/facts.js';
import type { Apart } from '../../domain/plan/lost.js';
import type { FreeGoal, ItemKind, Plan } from '../../domain/plan/types.js';
import type { ReasonKind, Reclaimable } from '../../domain/verdict/types.js';
import type { ThingCounts } from '../types.js';
import { cliEngines } from './cli-engines.js';
import { cliSuggest } from './cli-suggest.js';
import { cliUpdates } from './cli-updates.js';
import { capital, plural, type format } from './format.js';
import { things } from './things.js';
import { cleanUpScreen } from './window/clean-up.js';

const { group } = cleanUpScreen.cleanup;

type ModeLowered = NonNullable<ImagesSlice['totals']['policy']['modeLowered']>;

const keptAs: Record<ReasonKind, string> = {
  hold: 'in use or needed',
  protect: 'protected',
  grace: 'new here',
  keep: 'kept by a rule',
  remove: 'kept with another name',
  default: 'named by no rule',
};

/** What only the command line says. */
export function cli(f: ReturnType<typeof format>) {
  const images = (n: number) => plural(n, 'image');
  return {
    /** Column headings. */
    heading: {
      verdict: 'VERDICT',
      size: 'SIZE',
      id: 'ID',
      image: 'IMAGE',
      why: 'WHY',
      created: 'CREATED',
      used: 'LAST USED',
      usedBy: 'USED BY',
      when: 'WHEN',
      outcome: 'OUTCOME',
      removed: 'ITEMS',
      freed: 'FREED',
      run: 'RUN',
      kind: 'KIND',
      by: 'ASKED BY',
    },
    never: 'unknown',
    untagged: (id: string) => `<untagged> ${id}`,
    status: {
      engine: 'Engine',
      found: 'Found as',
      engineDisk: 'Engine disk',
      hostDisk: 'Host disk',
      images: 'Images',
      policy: 'Policy',
      lastRun: 'Last clean-up',
      home: 'Data folder',
      paused: 'Paused',
      byItself: 'By itself',
      next: 'Next',
    },
    /** What triggers may do now, and what one waits for. */
    byItself: {
      paused: 'nothing, while it is paused',
      suggest: 'only shows what could go',
      confirm: 'asks before it removes anything',
      auto: 'removes what can be brought back',
      gap: (cause: string) => `${cause}: waits until it has watched for 24 hours again`,
      offline: (cause: string) => `${cause}: waits for the registries`,
      battery: (cause: string) => `${cause}: waits until this computer is plugged in`,
    },
    engine: (e: EngineFacts) => `${e.name} ${e.version} at ${e.endpoint}, ${e.store} image store`,
    noEngine: 'none',
    /** No engine answers: what to do, and above the places that were looked at. */
    notFound: (start: string) =>
      `No Docker engine was found. Start one, such as with "${start}", or name its socket with --engine.`,
    looked: 'Looked at:',
    onDisk: (n: number, bytes: number) => `${images(n)}, ${f.bytes(bytes)} on disk`,
    /** The answer that a person came for; `of` is what the images free of it. */
    canGo: (r: Reclaimable, n: number, of: Reclaimable) => {
      if (!isAnyGoing(r, n)) return 'Nothing has to go.';
      const part = r.max === of.max ? images(n) : `${f.reclaimable(of)} of it in ${images(n)}`;
      return `${capital(f.reclaimable(r))} can go${n === 0 ? '' : `, ${part}`}.`;
    },
    couldGo: (n: number) => `${images(n)} more can go if you take ${n === 1 ? 'it' : 'them'} in.`,
    policyDefault: (file: string) => `the default, since there is no ${file}`,
    pausedUntil: (when: string) => `until: ${when}`,
    /** Why triggers may only suggest, and how to change that. */
    modeLowered: ({ why, path, from }: ModeLowered) =>
      why === 'writable-by-others'
        ? `Triggers only suggest, though the policy says ${from}: others may write ${path}. "chmod go-w" on it changes that.`
        : `Triggers only suggest, though the policy says ${from}: ${path} belongs to another user. Make it your own to change that.`,
    movedAside: (file: string, to: string) =>
      `${file} could not be read; it was moved to ${to} and the defaults are used.`,
    running: 'A clean-up is under way.',
    contextMoved: (name: string) =>
      `Docker's current context is now "${name}"; Careen stays where it is until you choose.`,
    none: 'none yet',
    plan: {
      head: (planId: string) => `Plan ${planId}, good for an hour.`,
      goes: 'Goes:',
      /** The window's own titles of what waits for a tick, with what takes it in; `sure`: none can come back. */
      needsTick: (apart: Apart, sure: boolean) =>
        ({
          unrecoverable: `${group.unrecoverable(sure)}; goes only with --also unrecoverable:`,
          left: `${group.left}; goes only with --also unrecoverable:`,
          estimates: `${group.estimates}; goes only with --also estimates:`,
        })[apart],
      leftOut: 'Left out:',
      unticked: 'Goes only when named, with --also, and cannot be brought back:',
      kept: (kept: Plan['kept']) =>
        `Stays: ${kept.map(({ kind, images: n }) => `${f.count(n)} ${keptAs[kind]}`).join(', ')}.`,
      total: (what: ThingCounts, r: Reclaimable) =>
        `${capital(things(what))} to remove, ${f.reclaimable(r)}.`,
      /** What a plan that was to free so much comes to. */
      free: ({ wanted, shortfall }: FreeGoal) =>
        shortfall === 0
          ? `Enough to free ${f.bytes(wanted)}; nothing in it can be left out.`
          : `Not enough to free ${f.bytes(wanted)}: ${f.bytes(shortfall)} are missing, and no rule gives more.`,
      belongsTo: (name: string) => `of ${name}`,
      nothing: 'Nothing to clean up.',
      run: (planId: string) => `To remove exactly this: careen clean --plan ${planId}`,
      offline: 'Judged from files; no engine was asked and nothing can be run.',
    },
    keptAs,
    confirm: (what: ThingCounts, r: Reclaimable) =>
      `Remove ${things(what)}, ${f.reclaimable(r)}? [y/N] `,
    /** Counted beside the question: what a yes gives up for good. */
    lost: (what: ThingCounts, sure: boolean) =>
      sure
        ? `Of these, ${things(what)} cannot be brought back.`
        : `Of these, ${things(what)} may not come back.`,
    /** Answers that mean yes, in lower case. */
    yes: ['y', 'yes'],
    progress: (done: number, total: number, what: string) => `${done} of ${total}: ${what}`,
    checking: 'Checking what has changed since the plan…',
    measuring: 'Asking the engine what became free…',
    cancelling: 'Cancelling after what is at work…',
    staying: 'Done. Staying while other careen commands work through this one…',
    endsAll: 'Other careen commands still work through this one; interrupt again to end them too.',
    state: { removed: 'removed', restored: 'pulled again', skipped: 'skipped', failed: 'failed' },
    /** What is no image, before its name. */
    kind: {
      image: 'image',
      container: 'container',
      network: 'network',
      volume: 'volume',
      buildCache: 'build cache',
    } as Record<ItemKind, string>,
    removedHead: 'Removed:',
    skippedHead: 'Skipped:',
    failedHead: 'Failed:',
    outcome: {
      done: 'done',
      cancelled: 'cancelled',
      'engine-lost': 'Docker went away',
      interrupted: 'interrupted',
      failed: 'failed',
      unhealthy: 'stopped, not well',
      running: 'under way',
    },
    protect: {
      changed: (file: string, until: string | null) =>
        `Protected${until === null ? '' : ` until ${until}`}, in ${file}:`,
      taken: (file: string) => `No longer protected, in ${file}:`,
      already: 'Protected already:',
      absent: 'No entry names:',
    },
    slowed: {
      battery: 'slower, on battery',
      'engine-busy': 'slower, since Docker answers slowly',
    },
    history: {
      empty: 'No clean-up yet.',
      none: 'No run fits that. "careen history" lists them all.',
      kind: {
        clean: 'clean-up',
        undo: 'undo',
        update: 'update',
        rollback: 'rollback',
        release: 'release',
      },
    },
    /** Who asked for a run, in a column. */
    by: {
      window: 'window',
      tray: 'tray',
      cli: 'command line',
      schedule: 'schedule',
      'after-update': 'update',
      pressure: 'full disk',
      'image-budget': 'image budget',
      check: 'check',
    } as Record<AskedBy, string>,
    undo: {
      restoredHead: 'Pulled again:',
      back: 'Can be pulled again:',
      lost: 'Cannot be brought back:',
      nothing: 'Nothing of that run can be brought back.',
      confirm: (n: number) => `Pull ${images(n)} again? [y/N] `,
      done: (n: number) =>
        n === 0 ? 'Nothing was pulled again.' : `${capital(images(n))} pulled again.`,
    },
    space: {
      images: 'Images, every layer once',
      containers: 'Containers, what they wrote',
      volumes: 'Volumes',
      buildCache: 'Build cache, what only it holds',
      otherStore: 'The other image store',
      rest: 'Not Docker’s, or not told by it',
      explained: (explained: number, used: number | null) =>
        used === null
          ? `${f.bytes(explained)} explained; how much is used in all is not known.`
          : `${f.bytes(explained)} of ${f.bytes(used)} explained.`,
      incomplete: 'Docker did not count everything in time; what is missing stands under the rest.',
    },
    engines: cliEngines(),
    suggest: cliSuggest(f),
    updates: cliUpdates(f),
    policy: {
      valid: (file: string) => `${file} is a valid policy.`,
      warning: (place: string, sentence: string) => `${place}: warning: ${sentence}`,
      stoodIn: 'Not written there, so these hold:',
      written: (file: string) => `Wrote ${file}. "careen policy check" checks it after an edit.`,
    },
  };
}
