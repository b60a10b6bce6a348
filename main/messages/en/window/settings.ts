import { capital, plural } from '../format.js';
import { settingsGroups } from './settings-groups.js';

const images = (n: number) => plural(n, 'image');

/** What the settings and what speaks of engines say. */
export const settingsScreen = {
  engine: {
    choose: 'Choose an engine',
    looking: 'Looking for Docker',
    none: 'No engine',
    store: { classic: 'classic store', containerd: 'containerd store' },
    version: (version: string, store: string) => `${version} · ${store}`,
    api: (version: string, api: string, store: string) => `${version}, API ${api} · ${store}`,
    chosenBy: {
      variable: (name: string) => `Taken from ${name}`,
      context: (name: string) => `Taken from Docker context ${name}`,
      socket: (name: string) => `Found at the socket of ${name}`,
      practice: () => 'The practice engine: nothing here is real',
      chosen: () => 'Chosen by you',
    },
    lookedFor: 'What was looked for',
    use: 'Use',
    useOf: (name: string) => `Use ${name}`,
    used: 'in use',
    automatic: 'Go by discovery again',
    lookAgain: 'Look again',
    chooseSocket: 'Choose a socket…',
    lost: (name: string, when: string) =>
      `${name} has not answered since ${when}. Nothing was changed. Careen goes on trying; what you see is as it was then.`,
    remembered: (when: string) =>
      `What is shown is remembered, as of ${when}. Docker is listing its images.`,
    otherUpdater: (tool: string, container: string) =>
      `${tool} (container ${container}) also changes what is on this engine. While it runs, Careen updates and removes nothing by itself and asks instead.`,
    contextMoved: (name: string) =>
      `Docker's current context is now ${name}. Careen stays with the engine it has.`,
    practice: 'This is the practice engine. Nothing here is real.',
    homeBusy: 'A careen command is at work on the data folder. Careen goes on when it ends.',
  },
  settings: {
    title: 'Settings',
    lead: 'Kept on this computer. What goes and what stays is in the ',
    leadPolicy: 'policy',
    leadEnd: '.',
    engine: 'Engine',
    app: 'App',
    appearance: 'Appearance',
    theme: { system: 'System', light: 'Light', dark: 'Dark' },
    language: 'Language',
    languages: { system: 'System', en: 'English', 'zh-CN': '简体中文' },
    otherAppsData: 'Disk of Docker Desktop and OrbStack',
    otherAppsDataHint:
      'Careen reads their settings and the size of their disk file, to tell how full the disk is. macOS asks whether Careen may access data from other apps.',
    launchAtLogin: 'Launch at login',
    launchAtLoginHint: 'Careen starts in the tray when you sign in, without its window.',
    pause: 'Pause',
    pauseHint: 'While paused Careen starts nothing by itself and asks nothing.',
    pausedUntil: (when: string) => `Paused; resumes ${when}.`,
    pauseFor: {
      hour: 'One hour',
      tomorrow: 'Until tomorrow',
      days: (n: number) => `For ${plural(n, 'day')}`,
    },
    pauseDays: 'For how many days',
    resume: 'Resume now',
    data: 'Data',
    home: 'Data folder',
    moved: (file: string, to: string) => `${file} was moved to ${to}; the defaults are used.`,
    ...settingsGroups,
  },
  policy: {
    byItself: 'By itself',
    mode: { suggest: 'Suggest', confirm: 'Ask first', auto: 'Automatic' },
    modeHint: {
      suggest: 'Careen shows what could go, and starts nothing.',
      confirm: 'Careen makes a plan at its time and waits for your answer.',
      auto: 'Careen removes what it can bring back, and what is plainly a by-product.',
    },
    containers: 'Containers',
    networks: 'Networks',
    buildCache: 'Build cache',
    afterUpdate: 'After an update',
    afterUpdateHint: 'Cleans up what an update replaced, once the new version is proven',
    lowered: {
      'writable-by-others': (path: string, mode: string) =>
        `The policy says “${mode}”, but others may write ${path}. Careen only suggests until that is mended.`,
      'owned-by-another': (path: string, mode: string) =>
        `The policy says “${mode}”, but ${path} belongs to another user. Careen only suggests until that is mended.`,
    },
  },
  noEngine: {
    title: 'No Docker engine answers.',
    lead: 'Nothing was changed. Careen goes on looking, and continues by itself when one answers.',
    /** One answers, but another than before. */
    replaced: 'Another engine answers than before.',
    replacedLead:
      'Nothing was changed. Careen looks at nothing there until you say which engine it is.',
    looking: 'Looking for a Docker engine.',
    lookingLead: 'The places where the docker command would look are asked, one after another.',
    start: 'Start one',
    contextNamed: (name: string) => `Docker context ${name}`,
    asItWas: 'As it was',
    remembered: (n: number) => `${capital(images(n))} ${n === 1 ? 'is' : 'are'} remembered.`,
    wasDisk: (of: string) => `Engine disk ${of}.`,
    /** What could go, null where nothing could, and how many updates there were. */
    waited: (canGo: string | null, updates: number) => {
      const parts = [
        ...(canGo === null ? [] : [`${canGo} could go`]),
        ...(updates === 0
          ? []
          : [`${plural(updates, 'update')} ${updates === 1 ? 'was' : 'were'} there`]),
      ];
      return parts.length === 0 ? [] : [`${capital(parts.join(', '))}.`];
    },
    lookAtImages: 'Look at the images',
    actingWaits: '; acting waits for the engine.',
    permission:
      'You may not open the Docker socket. This adds you to its group, which makes every program of yours as good as root; sign in again after it:',
  },
};
