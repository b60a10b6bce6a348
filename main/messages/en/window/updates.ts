import type { UpdateRun } from '../../../contract/runs.js';
import type { StepKind, StepTold } from '../../../contract/update-steps.js';
import type { NotChecked } from '../../../domain/update/types.js';
import { count } from '../../count.js';
import { list, plural } from '../format.js';
import { updateQuestions } from './update-questions.js';

/** What stands while a step is under way, in the narrow cell of a row. */
const doing: Record<StepKind, string> = {
  retain: 'keeping the old one',
  pull: 'pulling',
  'hook-before': 'running its hook',
  create: 'creating',
  'copy-volumes': 'copying volumes',
  'restart-policy-off': 'stopping',
  stop: 'stopping',
  rename: 'renaming',
  start: 'starting',
  prove: 'proving',
  'hook-after': 'running its hook',
  dependants: 'restarting',
  retire: 'retiring the old one',
  tag: 'tagging',
  'clean-up': 'cleaning up',
  restore: 'restoring volumes',
  'roll-out': 'Swarm replaces its tasks',
};

/** What the Updates screen says; sentences that are said elsewhere too stand in `update`. */
export const updatesScreen = {
  updates: {
    of: (container: string, sentence: string) => `${container}: ${sentence}`,
    looking: 'Looking at what runs.',
    waiting: 'Docker is being asked what containers and services there are.',
    none: 'No containers or services.',
    empty: 'Start a container or a service, and its updates are listed here.',
    title: (n: number, underWay: number) => {
      if (underWay === 0) return `${plural(n, 'update')}.`;
      if (underWay === n)
        return n === 1 ? '1 update, under way.' : `${count(n)} updates, all under way.`;
      return `${count(n)} updates, ${underWay === 1 ? 'one' : count(underWay)} of them under way.`;
    },
    busy: {
      update: 'An update is ending.',
      rollback: 'Rolling back.',
      release: 'Releasing what was kept.',
    } satisfies Record<UpdateRun['kind'], string>,
    checkingFirst: 'The registries are being asked.',
    never: 'Not checked yet.',
    nothing: 'Everything is up to date.',
    nothingLeft: (n: number) =>
      `Nothing to update; ${plural(n, 'new version')} ${n === 1 ? 'is' : 'are'} left alone.`,
    nothingKnown: (failed: number) =>
      `No updates known; for ${count(failed)} the registry could not be asked.`,
    checking: 'The registries are being asked.',
    checked: (when: string, next: string | null) =>
      next === null ? `Checked ${when}.` : `Checked ${when}; next ${next}.`,
    queued: (n: number) => `${plural(n, 'more run')} ${n === 1 ? 'waits' : 'wait'}.`,
    kept: (versions: number, span: string) =>
      versions === 0
        ? 'What an update replaces is kept until the new version is proven.'
        : versions === 1
          ? `What an update replaces is kept for ${span}, so each can be rolled back.`
          : `The last ${count(versions)} versions are kept for ${span}, so each can be rolled back.`,
    check: 'Check now',
    checkingNow: 'Checking…',
    updateAll: (n: number, waiting: number) =>
      n < waiting
        ? `Update ${plural(n, 'container')}`
        : n === 1
          ? 'Update it'
          : `Update all ${count(n)}`,
    /** Of those that are not under way: all of them, or some. */
    updateOther: (n: number, waiting: number) =>
      n < waiting
        ? `Update ${plural(n, 'more container')}`
        : n === 1
          ? 'Update the other one'
          : `Update the other ${count(n)}`,
    cancelRun: (kind: UpdateRun['kind'], containers: readonly string[]) => {
      const what = { update: 'update', rollback: 'rollback', release: 'release' }[kind];
      if (containers.length > 1) return `Cancel ${plural(containers.length, what)}`;
      return containers.length === 1
        ? `Cancel the ${what} of ${list(containers)}`
        : `Cancel the ${what}`;
    },
    limited: (
      registry: string,
      when: string | null,
      remaining: number | null,
      limit: number | null,
    ) =>
      [
        when === null
          ? `${registry} takes no more questions for now.`
          : `${registry} takes no more questions until ${when}.`,
        ...(remaining === null || limit === null
          ? []
          : [`${count(remaining)} of ${count(limit)} are left.`]),
      ].join(' '),
    search: 'Find by name or image',
    found: (n: number) => `${count(n)} found`,
    noMatch: 'Nothing matches.',
    moreAll: 'More',
    seeHistory: 'History of updates',
    seeSettings: 'Settings of updates',
    table: 'Containers and services, and their updates',
    column: {
      details: 'Details',
      container: 'Name',
      image: 'Image',
      now: 'Now → new',
      out: 'Out for',
      mode: 'Mode',
      act: 'Update or state',
    },
    detailsOf: (container: string) => `Details of ${container}`,
    versions: (now: string | null, to: string | null) =>
      [now, to].filter((digest) => digest !== null).join(' →\n'),
    becomes: ' becomes ',
    rolledBack: (version: string) => `${version} rolled back`,
    notAsked: 'Not checked',
    dot: {
      running: 'running',
      unhealthy: 'unhealthy',
      starting: 'running, not healthy yet',
      paused: 'paused',
      restarting: 'restarting',
      off: 'not running',
      unknown: 'state unknown',
    },
    modeOf: (container: string, mode: string) => `Mode of ${container}: ${mode}`,
    raises: (tool: string) => `you decide; ${tool} would not know the copy`,
    aboveOwner: (tool: string) => `not for what ${tool} made`,
    waits: (age: string) => `waits ${age}`,
    asks: (bytes: string) => `asks: ${bytes}`,
    major: 'major step',
    neverStarts: 'no node free',
    turn: 'waits its turn',
    doing,
    since: (doing: string, seconds: string) => `${doing}, ${seconds}`,
    snoozed: (age: string) => `snoozed for ${age}`,
    skipped: 'skipped',
    unproven: 'not proven yet',
    unprovenTip: 'What it ran before is kept until this version has started well.',
    elsewhere: 'changed elsewhere',
    current: 'up to date',
    unchecked: 'not checked yet',
    notChecked: {
      pinned: 'pinned by digest',
      'local-build': 'built here',
      ignored: 'ignored',
      'owner-pulls': 'its owner pulls it',
      'no-reference': 'has no tag',
    } satisfies Record<NotChecked, string>,
    leftTo: (tool: string) => `left to ${tool}`,
    newer: 'a newer one is out',
    failed: 'could not be asked',
    gone: 'its tag is gone',
    whyOf: (container: string, why: string) => `${why}: ${container}`,
    update: 'Update',
    updateOf: (container: string) => `Update ${container}`,
    more: (container: string) => `More for ${container}`,
    anyway: (version: string) => `Update to ${version} anyway…`,
    toTag: (tag: string) => `Update to ${tag}…`,
    skip: (version: string) => `Skip ${version}`,
    unskip: 'Offer this version again',
    unsnooze: 'End the snooze',
    snooze: { day: 'Snooze for a day', week: 'Snooze for a week', until: 'Snooze until…' },
    checkThis: 'Check this one now',
    release: 'Release what is kept…',
    copyName: 'Copy its name',
    diff: {
      label: 'What changes of its configuration',
      madeUp: 'made up by the old container',
      more: (n: number) => `${count(n)} more`,
      reveal: (name: string) => `Show the value of ${name}`,
      none: 'Nothing but the image changes.',
    },
    what: 'What changes',
    writable: {
      unknown: 'its writable layer could not be read',
      none: 'no data in the writable layer',
      some: 'data in the writable layer is lost',
      bytes: (bytes: string) => `${bytes} in the writable layer are lost`,
      lost: (paths: readonly string[]) =>
        `Lost with the old container, since it stands in no volume: ${list(paths, 4)}.`,
    },
    again: 'Try again',
    previewing: 'Asking the registry what it brings.',
    busyPreview: 'It is being replaced.',
    bySwarm:
      'Swarm replaces its tasks. Of its Spec the image is changed, and the platforms that the image is for; how Swarm updates it only where that is said here.',
    unread: 'What the new image changes is known once it is pulled.',
    dependants: {
      recreate: (names: readonly string[]) =>
        `${list(names)} ${names.length === 1 ? 'is' : 'are'} recreated with it.`,
      restart: (names: readonly string[]) =>
        `${list(names)} ${names.length === 1 ? 'restarts' : 'restart'} too.`,
      none: (names: readonly string[]) =>
        `${list(names)} ${names.length === 1 ? 'reconnects; it is' : 'reconnect; they are'} not restarted.`,
    },
    anonymous: (at: readonly string[]) =>
      `Its unnamed ${at.length === 1 ? 'volume' : 'volumes'} at ${list(at)} ${at.length === 1 ? 'comes' : 'come'} along.`,
    composeRecreates: 'The next docker compose up recreates it once more.',
    changelog: (host: string) => `What is new, on ${host}`,
    hook: {
      'pre-update': 'Before the update this runs in it:',
      'post-update': 'After the update this runs in it:',
    },
    copyFirst: (volumes: readonly string[], bytes: string | null) =>
      `Copy ${list(volumes)} first${bytes === null ? '' : ` (${bytes})`}, so that a rollback can bring the data back`,
    steps: 'Steps',
    prove: { health: 'Prove: health check', settle: 'Prove: stays up' },
    ofCount: (done: number, total: number) => `${count(done)} of ${count(total)}`,
    stepState: {
      waiting: 'to do',
      working: 'under way',
      done: 'done',
      skipped: 'left out',
      failed: 'failed',
      undone: 'taken back',
    } satisfies Record<StepTold['state'], string>,
    logOf: (container: string) => `Last lines that ${container} wrote`,
    copyLog: 'Copy the log',
    last: {
      update: 'Last update',
      rollback: 'Last rollback',
      release: 'Last release',
    } satisfies Record<UpdateRun['kind'], string>,
    ifFails: 'If it fails, the old one comes back.',
    ifRollbackFails: 'If it fails, what runs now stays.',
    inHistory: 'In the history',
    versionsTitle: 'Versions',
    comes: 'being put in place',
    leftAlone: 'rolled back, left alone',
    newVersion: 'new',
    outFor: (age: string) => `out for ${age}`,
    runsNow: 'runs now',
    nowFrom: (date: string) => `runs now, made ${date}`,
    provingSince: (time: string) => `being proven since ${time}`,
    steppedBack: 'kept until the new one is proven',
    unprovenFor: (age: string) => `being proven for ${age}`,
    keptUntil: (date: string) => `kept until ${date}`,
    neverProven: 'never proven',
    withCopies: (volumes: readonly string[]) => `with a copy of ${list(volumes)}`,
    rollback: 'Roll back',
    rollbackOf: (container: string, version: string) => `Roll back: ${container} to ${version}`,
    takeAgain: (version: string) => `Take ${version} again`,
    takeAgainOf: (container: string, version: string) => `Take ${version} again: ${container}`,
    releaseNow: 'Release now',
    releaseBytes: (bytes: string) => `Release now, at least ${bytes}`,
    nothingKept: 'No earlier version is kept.',
    tags: 'Newer tags',
    stands: 'How it stands',
    byOwner: (tool: string) => `Left to ${tool}`,
    checkAgain: 'Check again',
    fact: {
      owner: 'Owner',
      proof: 'Known by',
      checked: 'Checked',
      seen: 'New one first seen',
    },
    ...updateQuestions,
  },
};
