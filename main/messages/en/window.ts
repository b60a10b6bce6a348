import { count } from '../count.js';
import { day, passed } from '../time.js';
import { plural } from './format.js';
import { cleanUpScreen } from './window/clean-up.js';
import { fleetScreen } from './window/fleet.js';
import { historyScreen } from './window/history.js';
import { imageActs } from './window/image-acts.js';
import { imagesScreen } from './window/images.js';
import { layersScreen } from './window/layers.js';
import { mapWords } from './window/map.js';
import { overviewScreen } from './window/overview.js';
import { paletteScreen } from './window/palette.js';
import { policyForm } from './window/policy-form.js';
import { policyScreen } from './window/policy.js';
import { settingsScreen } from './window/settings.js';
import { updatesScreen } from './window/updates.js';
import { welcomeScreen } from './window/welcome.js';

const images = (n: number) => plural(n, 'image');

/** What only the window says. Figures of bytes and times come in as text, already with their certainty. */
export const window = {
  nav: {
    label: 'Screens',
    overview: 'Overview',
    images: 'Images',
    updates: 'Updates',
    cleanup: 'Clean up',
    policy: 'Policy',
    history: 'History',
    settings: 'Settings',
    engines: 'All engines',
  },
  common: {
    close: 'Close',
    copy: 'Copy',
    copied: 'Copied',
    notCopied: 'The clipboard did not take it. Select the text and copy it by hand.',
    cancel: 'Cancel',
    done: 'Done',
    why: 'Why',
    none: '–',
    /** Of a part of a date or time, where nothing stands in it. */
    emptyPart: 'empty',
    comma: ', ',
    /** What has no full stop of its own. */
    sentence: (text: string) => `${text}.`,
    /** What stands between two sentences, or a sentence and the link to act on it. */
    between: ' ',
    /** Whole sentences one after another. */
    sentences: (all: readonly string[]) => all.join(' '),
    unknown: 'unknown',
    notices: 'Notices',
    dismiss: 'Dismiss',
    /** A short age for a column: `3 d`, `5 h`, `4 mo`. */
    shortAge: (ms: number) => {
      if (ms >= 730 * day) return `${count(Math.floor(ms / (365 * day)))} y`;
      if (ms >= 60 * day) return `${count(Math.floor(ms / (30 * day)))} mo`;
      const { n, unit } = passed(ms);
      return `${n} ${{ second: 's', minute: 'min', hour: 'h', day: 'd' }[unit]}`;
    },
    percent: (p: number) => `${count(p)} %`,
    now: 'now',
    images,
    items: (n: number) => plural(n, 'item'),
    cleanUp: 'Clean up…',
    openPolicy: 'Open the policy',
    asOf: (when: string) => `as of ${when}`,
    untagged: 'untagged',
    /** What one thing of a kind is, to stand beside its name. */
    oneOf: {
      container: 'container',
      network: 'network',
      volume: 'volume',
      buildCache: 'Build cache',
    },
  },
  /** A clean-up that something else than a person began, and that waits for an answer. */
  question: {
    waits: {
      window: (n: string, amount: string) => `A clean-up waits for your answer: ${n}, ${amount}.`,
      tray: (n: string, amount: string) => `A clean-up waits for your answer: ${n}, ${amount}.`,
      cli: (n: string, amount: string) => `A clean-up waits for your answer: ${n}, ${amount}.`,
      schedule: (n: string, amount: string) =>
        `A clean-up by schedule waits for your answer: ${n}, ${amount}.`,
      'after-update': (n: string, amount: string) =>
        `A clean-up after an update waits for your answer: ${n}, ${amount}.`,
      pressure: (n: string, amount: string) =>
        `The engine's disk is filling up. A clean-up waits for your answer: ${n}, ${amount}.`,
      check: (n: string, amount: string) =>
        `A clean-up after an update waits for your answer: ${n}, ${amount}.`,
      'image-budget': (n: string, amount: string) =>
        `Images take more than their budget. A clean-up waits for your answer: ${n}, ${amount}.`,
    },
    why: {
      mode: 'The policy says to ask first.',
      'estimated-disk':
        'How full the disk is can only be estimated, and it may hold free space already.',
      'many-items': 'It is unusual: that is more items than the policy lets go unasked.',
      'many-bytes': 'It is unusual: that is more bytes than the policy lets go unasked.',
      'large-share': 'It is unusual: that is over 30 % of the images.',
      'new-policy': 'It is the first one since the policy changed.',
      'nothing-can-go': 'Everything is in use or kept by the policy.',
      gap: 'Automatic clean-ups wait until Careen has watched for 24 hours again.',
      offline: 'Automatic clean-ups wait until the registries can be reached.',
    },
    /** A full disk without a plan to answer. */
    withoutPlan: "The engine's disk is filling up, and no clean-up is planned for it.",
    open: 'Open the plan',
    later: 'Not now',
  },
  ...cleanUpScreen,
  ...fleetScreen,
  ...historyScreen,
  ...imageActs,
  ...imagesScreen,
  ...layersScreen,
  ...mapWords,
  ...overviewScreen,
  ...paletteScreen,
  ...policyForm,
  ...policyScreen,
  ...settingsScreen,
  ...updatesScreen,
  ...welcomeScreen,
};
