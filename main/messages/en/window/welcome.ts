import { count } from '../../count.js';
import { plural } from '../format.js';

const images = (n: number) => plural(n, 'image');

/** What the first run says. */
export const welcomeScreen = {
  welcome: {
    label: 'First run',
    step: (n: number, of: number) => `${count(n)} of ${count(of)}`,
    back: 'Back',
    next: 'Next',
    skip: 'Skip',
    start: (level: string) => `Start with ${level}`,
    skipped: (level: string) =>
      `The built-in policy is in force: it is ${level}, and asks before anything goes. Nothing was written.`,
    found: {
      title: (engine: string) => `Careen has found ${engine}.`,
      lead: 'What it holds was read, and nothing was changed. Nothing goes until you say so.',
      reading: 'Docker is being asked what it holds.',
      engine: 'Engine',
      address: 'Address',
      there: 'What is there',
      images: (n: string, bytes: string) => `${n}, ${bytes} on disk`,
      containers: (n: number) => plural(n, 'container'),
      next: 'Next: how much may go',
    },
    much: {
      title: 'How much may go?',
      lead: (n: number, engine: string) =>
        `Careen has read the ${images(n)} on ${engine}. Pick where to begin; each figure is what could go today. Nothing goes now, and you can change every rule later.`,
      leadWithout:
        'No engine answers yet, so there are no figures. Pick where to begin; you can change every rule later.',
      choices: 'Where to begin',
      level: { careful: 'Careful', balanced: 'Balanced', tight: 'Tight' },
      stays: (last: number, within: string | null, lately: string) =>
        `The newest ${last === 1 ? 'version' : `${count(last)} versions`} of each repository ${last === 1 ? 'stays' : 'stay'}${within === null ? '' : ` while used within ${within}`}, and all used within ${lately}.`,
      images,
      ofThem: (n: number) => `${count(n)} only if ticked`,
      unsure:
        'Of some images Careen does not know yet when they were last used, or whether they could be pulled again. They are offered, and go only when you tick them.',
      never: {
        used: 'What a container uses stays, running or not',
        replaced: (span: string) => `What an update replaced stays for ${span}`,
        volumes: 'Volumes go only when you name each one',
        rest: 'What no rule names stays',
      },
      would: (level: string) => `What ${level} would take today`,
      next: 'Next: when it runs, and whether it asks',
    },
    when: {
      title: 'When does it run, and does it ask?',
      lead: 'An automatic clean-up begins when one of these happens, and at no other time.',
      runs: 'When it runs',
      schedule: 'By the clock',
      scheduleHint: 'At noon, in local time',
      schedules: { daily: 'Every day', weekly: 'Every Monday', never: 'Never' },
      pressure: 'When the disk fills up',
      pressureHint: (high: string, images: string | null) =>
        `Over ${high} of the engine's disk${images === null ? '' : `, or over ${images} of images`}`,
      asks: 'Whether it asks',
      auto: 'Without asking is a choice for later, in the policy.',
      around: 'Beside it',
      check: 'Look for updates',
      checkHint: 'Registries are asked with your own credentials; nothing is updated without you',
      checks: { '6h': 'Every 6 hours', '24h': 'Every day', '7d': 'Every week' },
    },
  },
};
