import type { DataKind } from '../../../contract/own.js';
import type { SeenRegistry } from '../../../contract/registries.js';
import { plural } from '../format.js';

/** What the groups of the settings say; bytes, times and spans come in as text. */
export const settingsGroups = {
  details: 'Details',
  engines: {
    choose: 'Engine',
    itself: 'As found by itself',
    noOther: 'No other engine was found.',
    disk: 'Disk of the engine',
    diskFile: (set: string | null, takes: string | null, measured: boolean) => {
      const file =
        takes && `its file takes ${takes} on this computer, ${measured ? 'measured' : 'estimated'}`;
      return [set && `${set} as set`, file].filter(Boolean).join('; ');
    },
  },
  updates: {
    title: 'Updates',
    check: 'Check',
    checkHint: 'Only registries of images that containers here use are asked.',
    fresh: 'Containers without an entry',
    freshHint: (mode: string, means: string) =>
      `${mode}: ${means}. Labels of Watchtower and What’s Up Docker are honoured.`,
    wait: 'Wait before an automatic update',
    waitHint: 'From when a version was first seen here.',
    noWait: 'no wait',
    entries: (n: number) => `${plural(n, 'container rule says', 'container rules say')} otherwise.`,
    each: 'Each container',
  },
  cleanUps: {
    title: 'Automatic clean-ups',
    schedule: 'By the clock',
    off: 'never',
    daily: 'every day',
    weekly: 'every week',
    own: 'cron expression',
    at: 'Time of day',
    on: 'Day of the week',
    cron: 'Cron expression in local time',
    save: 'Set',
    noNext: 'None is planned.',
    pressure: 'When the engine’s disk fills up',
    pressureHint: 'Begins above the first mark, and goes no further than the second.',
    pressureFree: (free: string, to: string) => `Below ${free} free, until ${to} are free.`,
    high: 'Begin above',
    low: 'until below',
    percent: '%',
    badMarks: 'The first mark has to be above the second, both from 1 to 99.',
    battery: 'On battery',
    batteryFact:
      'Automatic clean-ups wait until this computer is plugged in, and pauses between items are longer.',
    rules: 'What goes and what stays',
  },
  notify: {
    title: 'Tell me',
    lead: 'As notifications. The window and the tray always tell all of it.',
    disk: 'When a disk is nearly full',
    diskAt: (high: string) =>
      `When the engine’s is above ${high}: once, and not again until it has been below.`,
    diskHint: 'Once, and not again until it has become clearly emptier.',
    failed: 'When something failed or was rolled back',
    runs: 'When something was done by itself',
    runsHint: 'Or when a clean-up waits for your answer.',
    updates: 'When updates are there',
    how: { never: 'never', daily: 'once a day', always: 'at every check' },
    test: 'Test',
    testRow: 'Show a notification now',
    testHint: 'The system may hold notifications back; this shows whether they come.',
  },
  registries: {
    title: 'Registries',
    none: 'No registry was met yet.',
    access: {
      anonymous: 'asked without signing in',
      'signed-in': 'signed in',
      refused: 'refused',
      unknown: 'not asked since Careen started',
    } satisfies Record<SeenRegistry['access'], string>,
    by: {
      helper: (helper: string) => `signed in through ${helper}`,
      config: 'signed in by docker’s settings',
    },
    /** Where it refused, and nothing was found to say to it. */
    nowhere: 'no credentials were found for it',
    asked: (how: string, when: string) => `${how}, ${when}`,
    failed: 'did not answer',
    images: (n: number) => (n === 0 ? 'no image here' : `${plural(n, 'image')} here`),
    looked: 'Where credentials are looked for',
    lookedHint: (config: string, folders: number) =>
      `${config}, and credential helpers in ${plural(folders, 'folder')}. They stay where they are: Careen keeps none.`,
  },
  folder: {
    open: 'Open folder',
    holds: 'What is in it',
    kind: {
      history: 'History',
      knowledge: 'What was seen when',
      listings: 'What engines listed last',
      plans: 'Plans of clean-ups',
      samples: 'How full disks were',
      checks: 'What registries said',
      versions: 'Versions kept for going back',
      policy: 'Policy',
      settings: 'Settings',
      memory: 'What triggers and notices remember',
      reserve: 'Reserve for a full disk',
      window: 'The window’s own files',
      damaged: 'Files that could not be read',
      other: 'Other files',
    } satisfies Record<DataKind, string>,
    files: (n: number) => plural(n, 'file'),
  },
  diagnostics: {
    title: 'Diagnostics',
    hint: 'One archive for somebody who helps you: versions, settings, policy, counts and recent errors. No credentials, no values of variables or labels, and your home folder is written as ~.',
    names: 'Include the names of images, containers and registries',
    namesHint: 'Otherwise stand-ins take their place.',
    preview: 'What is in it',
    of: (files: string, bytes: string) => `${files}, ${bytes} before packing`,
    save: 'Save…',
    saved: (file: string) => `Saved as ${file}`,
  },
  version: (version: string) =>
    `Careen ${version} · nothing is sent anywhere but to your engine and your registries`,
};
