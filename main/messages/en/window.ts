import { day, passed } from '../time.js';
import { count, plural } from './format.js';
import { cleanUpScreen } from './window/clean-up.js';
import { historyScreen } from './window/history.js';
import { imagesScreen } from './window/images.js';
import { overviewScreen } from './window/overview.js';
import { settingsScreen } from './window/settings.js';

const images = (n: number) => plural(n, 'image');

/** What only the window says. Figures of bytes and times come in as text, already with their certainty. */
export const window = {
  nav: {
    label: 'Screens',
    overview: 'Overview',
    images: 'Images',
    cleanup: 'Clean up',
    history: 'History',
    settings: 'Settings',
  },
  common: {
    close: 'Close',
    copy: 'Copy',
    copied: 'Copied',
    cancel: 'Cancel',
    done: 'Done',
    why: 'Why',
    none: '–',
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
    cleanUp: 'Clean up…',
    asOf: (when: string) => `as of ${when}`,
    untagged: 'untagged',
  },
  ...cleanUpScreen,
  ...historyScreen,
  ...imagesScreen,
  ...overviewScreen,
  ...settingsScreen,
};
