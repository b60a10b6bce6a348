import { count, plural } from '../format.js';

const images = (n: number) => plural(n, 'image');

/** What the history says. */
export const historyScreen = {
  history: {
    title: (amount: string) => `${amount} freed so far.`,
    titleNone: 'No clean-up yet.',
    lead: 'Every change Careen made, and the way back where there is one.',
    empty: 'What Careen removes is listed here, with the way back.',
    list: 'Clean-ups',
    by: { window: 'from the window', tray: 'from the tray', cli: 'from the command line' },
    removed: (n: number) => `${images(n)} removed`,
    skipped: (n: number) => `${count(n)} skipped`,
    failed: (n: number) => `${count(n)} failed`,
    outcome: {
      done: 'done',
      cancelled: 'stopped by you',
      'engine-lost': 'Docker went away',
      interrupted: 'interrupted',
      failed: 'failed',
      running: 'under way',
    },
    figures: (said: string, measured: string) => `said ${said}, measured ${measured}`,
    canPull: (n: number) => `${count(n)} can be pulled again`,
    older: 'Show older ones',
    rule: (rule: string) => `rule ${rule}`,
  },
};
