import { capital, count, plural } from '../format.js';

const images = (n: number) => plural(n, 'image');

/** What the overview and the gauges say. */
export const overviewScreen = {
  gauge: {
    engine: 'engine',
    host: 'host',
    disk: 'disk',
    engineDisk: 'Engine disk',
    hostDisk: 'Host disk',
    oneDisk: 'Disk of engine and host',
    of: (used: string, total: string) => `${used} of ${total}`,
    free: (free: string) => `${free} free`,
    quality: { measured: 'measured', estimated: 'estimated', unknown: 'unknown' },
    unknownEngine: 'Docker has not said how large its disk is.',
    unknownHost: 'It could not be measured.',
    label: (what: string, value: string) => `${what} disk: ${value}`,
    measuredAt: (of: string) => `measured at ${of}`,
  },
  overview: {
    canGo: (amount: string) => `${capital(amount)} can go safely.`,
    nothing: 'Nothing has to go.',
    looking: 'Docker is being asked what it holds.',
    judged: (when: string) => `Judged ${when} by the policy. Nothing goes until you confirm.`,
    could: (n: number) =>
      `${capital(images(n))} more could go, if you tick ${n === 1 ? 'it' : 'them'}.`,
    space: 'Where the space is',
    onDisk: (amount: string) => `images ${amount} on disk`,
    map: 'Space map',
    table: 'Table',
    view: 'How the space is shown',
    shared: 'shared layers',
    sharedTip: 'layers that more than one image stands on, counted once',
    rest: (n: number) => `${count(n)} smaller`,
    spaceSummary: (total: string, alone: string, shared: string) =>
      `Images take ${total}: ${alone} in layers of one image alone, ${shared} in layers that images share. Each byte is counted once.`,
    emptySpace: 'The engine holds no images.',
    column: { repository: 'Repository', images: 'Images', alone: 'Alone', willGo: 'Will go' },
    reasons: 'What could go, and why',
    kept: 'What stays',
    keptBy: {
      inUse: 'in use by a container',
      protected: 'protected',
      keep: 'kept by a rule or needed',
      unknown: 'not known whether used',
    },
    ruleUnused: (rule: string) => `by rule ${rule}`,
    last: 'Last clean-ups',
    noRuns: 'None yet.',
    all: 'See all',
    policy: 'Policy',
    policyDefault: 'The built-in policy is in force. There is no policy file.',
    policyFile: (file: string) => `In force: ${file}`,
    policyBroken: 'The policy file cannot be used, so nothing can be cleaned up.',
    paused: (when: string) => `Careen is paused; it goes on ${when}.`,
  },
  map: {
    willGo: 'will go',
    goesNow: 'goes now',
    couldGo: 'could go',
    gone: 'gone',
    inUse: 'in use',
    protected: 'protected',
  },
};
