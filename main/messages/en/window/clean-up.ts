import { capital, count, plural } from '../format.js';

const images = (n: number) => plural(n, 'image');

/** What a clean-up says: its plan, its run and its end. */
export const cleanUpScreen = {
  cleanup: {
    making: 'The plan is being made.',
    makingWhy: 'Each image is judged by the policy; nothing is changed.',
    title: (amount: string) => `${capital(amount)} will come free.`,
    titleNone: 'Nothing is ticked.',
    more: (amount: string) => ` Up to ${amount} if all of it goes.`,
    lead: (n: number) => `${capital(images(n))}. While it runs the plan can shrink, never grow.`,
    emptyTitle: 'Nothing can go.',
    empty: (n: number) =>
      `${capital(images(n))} ${n === 1 ? 'is' : 'are'} kept, each for a reason.`,
    showReasons: 'Show the images',
    again: 'Plan again',
    failedTitle: 'There is no plan.',
    failed: 'It could not be made; nothing was changed.',
    stale: 'Images have changed since this plan was made.',
    list: 'What goes',
    group: {
      unused: (span: string) => `Not used for ${span}`,
      rule: (rule: string) => `Matched by rule ${rule}`,
      estimates: 'On an estimate',
      unrecoverable: 'Cannot be brought back',
    },
    groupHint: {
      estimates: 'Their age is only estimated, so they stay unless you tick them.',
      unrecoverable: 'No registry is known to have them, so they stay unless you tick them.',
    },
    ruleName: (rule: string) => `rule ${rule}`,
    of: (n: number, all: number) => (n === all ? count(all) : `${count(n)} of ${count(all)}`),
    tick: (name: string) => `Remove ${name}`,
    tickGroup: (name: string) => `All of: ${name}`,
    back: {
      no: 'cannot be pulled again',
      unknown: 'may not come back',
    },
    waits: (names: string) => `stays, as ${names} built on it stays`,
    rangeWhy:
      'This engine keeps compressed copies, whose layers may be shared; the true figure lies between.',
    boundWhy: 'Build cache may hold on to layers, so it can be less.',
    cannot: (n: number, sure: boolean) =>
      sure
        ? `${count(n)} of them cannot be brought back.`
        : `${count(n)} of them ${n === 1 ? 'is' : 'are'} not known to come back.`,
    act: (n: number, amount: string) => `Remove ${images(n)}, ${amount}`,
    actNone: 'Nothing ticked',
    confirmTitle: (n: number, amount: string) => `Remove ${images(n)}, ${amount}?`,
    confirmAll: 'All of them can be pulled again from where they came.',
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
    confirm: (n: number) => `Remove ${images(n)}`,
    starting: 'Starting…',
    engineAway: 'Removing waits until Docker answers.',
  },
  run: {
    title: (done: number, total: number) => `Cleaning up: ${count(done)} of ${images(total)}.`,
    lead: 'You can close the window, it goes on. Stopping leaves the rest as it is.',
    phase: {
      checking: 'Checking that Docker answers and what is in use',
      removing: 'Removing, one image after another',
      measuring: 'Asking Docker how much came free',
    },
    state: {
      waiting: 'waiting',
      working: 'being removed',
      removed: 'removed',
      skipped: 'skipped',
      failed: 'failed',
    },
    cancel: 'Stop after this one',
    cancelling: 'Stopping…',
    progress: 'Progress of the clean-up',
    list: 'Images of this clean-up',
    queued: (n: number) => `${count(n)} more waiting`,
  },
  result: {
    freed: (amount: string) => `${amount} came free.`,
    nothing: 'Nothing was removed.',
    unmeasured: (n: number) => `${images(n)} removed.`,
    skipped: (n: number) => ` ${images(n)} ${n === 1 ? 'was' : 'were'} skipped.`,
    failed: (n: number) => ` ${images(n)} failed.`,
    outcome: {
      done: '',
      cancelled: 'Stopped by you; the rest is as it was.',
      'engine-lost':
        'Docker stopped answering in the middle; what is not listed as removed was not touched.',
      interrupted: 'Careen ended in the middle; what is not listed as removed was not touched.',
      failed: 'It could not be carried to its end.',
    },
    lead: (n: number, time: string) => `${capital(images(n))} removed in ${time}.`,
    skippedHead: 'Skipped',
    failedHead: 'Failed',
    removedHead: 'Removed',
    said: 'Said and measured',
    saidFigure: (amount: string) => `said ${amount}`,
    measuredFigure: (amount: string) => `measured ${amount}`,
    notMeasured: 'Docker could not be asked for its own figure.',
    pullAgain: 'Pull again',
    pullTip: (command: string) => `Copy: ${command}`,
    noBack: 'cannot be brought back',
    noBackKnown: 'no way back is known',
    history: 'Show in history',
    still: 'Still possible',
    plan: 'Plan it',
  },
};
