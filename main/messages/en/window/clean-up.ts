import { count } from '../../count.js';
import { capital, list, plural } from '../format.js';

const images = (n: number) => plural(n, 'image');

const froms = {
  pulled: 'Pulled',
  built: 'Built here',
  loaded: 'Loaded',
  unknown: 'Of unknown origin',
  /** Built here, loaded or unknown: whatever is not known to be pulled. */
  notPulled: 'Builds and others',
  untagged: 'Untagged',
};
type From = keyof typeof froms;

/** What a clean-up says: its plan, its run and its end. */
export const cleanUpScreen = {
  cleanup: {
    making: 'The plan is being made.',
    makingWhy: 'Everything is judged by the policy; nothing is changed.',
    way: {
      label: 'What to clean up by',
      policy: 'By the policy',
      free: 'Free space',
      kind: 'One kind',
    },
    kinds: 'Which kind',
    kind: {
      image: 'Images',
      container: 'Containers',
      network: 'Networks',
      buildCache: 'Build cache',
      volume: 'Volumes',
    },
    freeLabel: 'How much to free',
    freeSlider: 'Amount to free',
    freeHint: 'For example 10 GB or 500 MB',
    freeWrong: 'Not an amount, as 10 GB or 500 MB would be.',
    freeOf: (most: string) => `of ${most}`,
    freeLead: (wanted: string) =>
      `To free ${wanted}: least recently used first, and no more than is needed.`,
    shortfall: (wanted: string, missing: string) =>
      `Not enough for ${wanted}: ${missing} are missing. Nothing more may go by the policy.`,
    shortfallWays: { policy: 'Change the policy', suggestions: 'See suggestions' },
    opened: { asked: 'This plan waits for your answer.', named: 'Only what you chose.' },
    inForce: {
      default: 'The built-in policy is in force.',
      file: 'Your policy is in force.',
    },
    policyEdit: 'Change',
    title: (amount: string) => `${capital(amount)} will come free.`,
    titleNone: 'Nothing is ticked.',
    titleByName: 'Volumes go only one by one.',
    /** The figure is without volumes that nobody has ticked: `all`, or `others` than are ticked. */
    more: (amount: string, without: 'all' | 'others' | null) =>
      ({
        all: `Up to ${amount} can come free if everything but volumes goes.`,
        others: `Up to ${amount} can come free if everything but other volumes goes.`,
        none: `Up to ${amount} can come free if all of it goes.`,
      })[without ?? 'none'],
    lead: (things: string) => `${capital(things)}. While it runs the plan can shrink, never grow.`,
    empty: (n: number) =>
      `${capital(images(n))} ${n === 1 ? 'is' : 'are'} kept, each for a reason.`,
    showReasons: 'Show the images',
    emptyKind: {
      container: 'No container can go.',
      network: 'No network can go.',
      buildCache: 'No build cache can go.',
      volume: 'No volume can go: containers use them all, or there is none.',
    },
    off: {
      containers: 'The policy leaves containers alone.',
      networks: 'The policy leaves networks alone.',
      buildCache: 'The policy leaves the build cache alone.',
    },
    switchOn: 'Change it in the policy',
    stays: 'What stays, and why',
    ofKind: {
      container: 'Clean up containers…',
      network: 'Clean up networks…',
      volume: 'Clean up volumes…',
      buildCache: 'Clean up the build cache…',
    },
    staysNone: 'Nothing of this kind stays.',
    sideLabel: 'Beside the plan',
    side: { map: 'Space map', rules: 'Rules' },
    again: 'Plan again',
    failedTitle: 'There is no plan.',
    unanswered:
      'Docker does not answer. A plan is made once it does; nothing is removed meanwhile.',
    failed: 'It could not be made; nothing was changed.',
    stale: 'Something has changed since this plan was made.',
    list: 'What goes',
    group: {
      unused: (span: string, from: From | null) =>
        from === null ? `Not used for ${span}` : `${froms[from]}, not used for ${span}`,
      rule: (rule: string) => `Matched by ${rule}`,
      /** Of two groups that would be called the same. */
      byRule: (rule: string, span: string) => `${capital(rule)}: not used for ${span}`,
      named: 'Picked out by name',
      estimates: 'On an estimate',
      unrecoverable: (sure: boolean): string =>
        sure ? 'Cannot be brought back' : 'May not come back',
      left: 'Left to you',
      containers: (span: string) => `Containers that ended over ${span} ago`,
      networks: (span: string) => `Networks not used for ${span}`,
      buildCache: (span: string) => `Build cache not used for ${span}`,
      volumes: 'Volumes, one by one',
    },
    groupHint: {
      containers: 'What they wrote inside themselves goes with them; their volumes stay.',
      networks: 'They take no space; whoever needs one makes it again.',
      buildCache:
        'Docker chooses again when it runs, so the figure is only an estimate. Builds fill it again.',
      volumes: 'The data in a volume cannot be brought back. Nothing else ticks one.',
      estimates: 'Their age is only estimated, so they stay unless you tick them.',
      /** Of those that wait for a tick for one reason: why. */
      apart: {
        newest: 'Built here, and no newer version stays; so they stay unless you tick them.',
        registry:
          'Not known to be built here, and no registry is known to have them; so they stay unless you tick them.',
        last: 'Nothing else of their repositories would be left, and no registry has confirmed that it has them; so they stay unless you tick them.',
        owner:
          'The project or tool that they belong to may need them again; so they stay unless you tick them.',
        hidden:
          'Built here, and Docker does not show every container that may use them; so they stay unless you tick them.',
        several: 'Each stays unless you tick it; “Why” says for what reason.',
      },
      /** Of what goes ticked and cannot be brought back. */
      newerStays: 'Builds that cannot be brought back are ticked only where a newer version stays.',
      unnamed: 'Builds without a name are ticked, as nothing is built on them.',
    },
    belongsTo: (project: string) => `of ${project}`,
    lastUsed: (when: string, by: string) => `last used ${when} by ${by}`,
    neverUsed: 'no use of it is known',
    anonymous: 'without a name',
    whyOf: (name: string) => `Why ${name}`,
    of: (n: number, all: number) => (n === all ? count(all) : `${count(n)} of ${count(all)}`),
    tick: (name: string) => `Remove ${name}`,
    tickGroup: (name: string) => `All of: ${name}`,
    back: {
      no: 'cannot be brought back',
      unknown: 'may not come back',
      files: 'cannot be brought back',
    },
    waits: (names: string) => `stays, as ${names} built on it stays`,
    rangeWhy:
      'This engine keeps compressed copies, whose layers may be shared; the true figure lies between.',
    boundWhy: 'Build cache may hold on to layers, so it can be less.',
    cannot: (n: number, sure: boolean) =>
      sure
        ? `${count(n)} of them cannot be brought back.`
        : `${count(n)} of them ${n === 1 ? 'is' : 'are'} not known to come back.`,
    act: (things: string, amount: string) => `Remove ${things}, ${amount}`,
    actPlain: (things: string) => `Remove ${things}`,
    actNone: 'Nothing ticked',
    confirmTitle: (things: string, amount: string) => `Remove ${things}, ${amount}?`,
    confirmPlain: (things: string) => `Remove ${things}?`,
    /** Of images alone: all of them, and those whose registry was not asked whether it has them. */
    confirmAll: (all: number, unasked: number) => {
      if (unasked === 0)
        return all === 1
          ? 'The image can be pulled again from where it came.'
          : 'All of the images can be pulled again from where they came.';
      if (all === 1)
        return 'The image came from a registry; whether it is still there was not asked.';
      return unasked < all
        ? `The images came from a registry; whether ${count(unasked)} of them ${unasked === 1 ? 'is' : 'are'} still there was not asked.`
        : 'The images came from a registry; whether they are still there was not asked.';
    },
    confirmHarmless: 'What goes is made again where it is needed.',
    confirmFiles: (n: number) =>
      n === 1
        ? 'What was written inside this container is gone for good:'
        : `What was written inside these ${count(n)} containers is gone for good:`,
    confirmVolumes: (n: number) =>
      n === 1
        ? 'The data in this volume is gone for good:'
        : `The data in these ${count(n)} volumes is gone for good:`,
    confirmSome: (n: number, sure: boolean) => {
      if (sure)
        return n === 1
          ? 'This one cannot be brought back once it is gone:'
          : `These ${count(n)} cannot be brought back once they are gone:`;
      return n === 1
        ? 'This one is not known to come back once it is gone:'
        : `These ${count(n)} are not known to come back once they are gone:`;
    },
    confirmMore: (n: number) => `and ${count(n)} more`,
    confirm: (things: string) => `Remove ${things}`,
    starting: 'Starting…',
    engineAway: 'Removing waits until Docker answers.',
  },
  rules: {
    table: 'The rules of the policy, and over how much each decides',
    rule: 'Rule',
    decides: 'Decides over',
    frees: 'Frees',
    freesTip: 'What the rule’s images in this plan free, unticked ones too',
    freesNone: 'Nothing in this plan goes by it',
    kind: { protect: 'Protect', keep: 'Keep', remove: 'Remove' },
    idle: 'decides nothing now',
    show: (rule: string) => `Show the images that ${rule} decides over`,
    none: 'The policy has no rules, so nothing goes.',
    order: 'Protect comes before keep, and keep before remove. What no rule matches stays.',
  },
  run: {
    title: {
      clean: (done: number, total: number) => `Cleaning up: ${count(done)} of ${count(total)}.`,
      undo: (done: number, total: number) => `Bringing back: ${count(done)} of ${images(total)}.`,
    },
    lead: 'You can close the window, it goes on. Stopping leaves the rest as it is.',
    slowed: {
      battery: 'slower, since this computer runs on battery',
      'engine-busy': 'slower, since Docker answers slowly',
    },
    phase: {
      checking: 'Checking that Docker answers and what is in use',
      removing: 'Removing, one after another',
      pulling: 'Pulling, one image after another',
      measuring: 'Asking Docker how much came free',
    },
    working: { clean: 'being removed', undo: 'being pulled' },
    state: {
      waiting: 'waiting',
      removed: 'removed',
      restored: 'brought back',
      skipped: 'skipped',
      failed: 'failed',
    },
    cancel: 'Stop after this one',
    cancelling: 'Stopping…',
    progress: 'Progress',
    list: 'What this run is about',
    queued: (n: number) => `${count(n)} more waiting`,
  },
  result: {
    freed: (amount: string) => `${amount} came free.`,
    nothing: 'Nothing was removed.',
    unmeasured: (things: string) => `${capital(things)} removed.`,
    skipped: (n: number) => ` ${count(n)} skipped.`,
    failed: (n: number) => ` ${count(n)} failed.`,
    outcome: {
      done: '',
      cancelled: 'Stopped by you; the rest is as it was.',
      'engine-lost':
        'Docker stopped answering in the middle; what is not listed as removed was not touched.',
      interrupted: 'Careen ended in the middle; what is not listed as removed was not touched.',
      failed: 'It could not be carried to its end.',
      unhealthy: 'Stopped, since Docker was not well; the rest is as it was.',
    },
    lead: (things: string, time: string) => `${capital(things)} removed in ${time}.`,
    sick: (names: readonly string[]) =>
      names.length === 1
        ? `Container ${list(names)} was not healthy before, too; that blocked nothing.`
        : `Containers ${list(names)} were not healthy before, too; that blocked nothing.`,
    skippedHead: 'Skipped',
    failedHead: 'Failed',
    removedHead: 'Removed',
    said: 'Said and measured',
    saidFigure: (amount: string) => `said ${amount}`,
    measuredFigure: (amount: string) => `measured ${amount}`,
    notMeasured: 'Docker could not be asked for its own figure.',
    pullAgain: 'copy docker pull',
    pullTip: (command: string) => `Copy: ${command}`,
    noBack: 'cannot be brought back',
    madeAgain: 'made again when needed',
    noBackKnown: 'no way back is known',
    history: 'Show in history',
    undo: 'Undo…',
    before: 'before',
    now: 'now',
    still: 'Still possible',
    plan: 'Plan it',
  },
};
