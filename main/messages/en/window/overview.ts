import { count } from '../../count.js';
import { capital, plural } from '../format.js';

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
    used: (used: string) => `${used} used`,
    atMost: (figure: string) => `at most ${figure}`,
    atLeast: (figure: string) => `at least ${figure}`,
    free: (free: string) => `${free} free`,
    quality: { measured: 'measured', estimated: 'estimated', unknown: 'unknown' },
    freeUnknown: 'what is free is unknown',
    mark: { low: (at: string) => `low ${at}`, high: (at: string) => `high ${at}` },
    past: (at: string) => `past high ${at}`,
    label: (disk: string, value: string) => `${disk}: ${value}`,
    why: 'How this is known',
    agree: 'Let Careen read them…',
    agreeHint: (name: string) =>
      `Careen can tell how full the disk is from the settings and the disk file of ${name}. It reads nothing else there. macOS will then ask whether Careen may access data from other apps.`,
    again: 'Try again',
    limitFirst: 'its size limit comes first',
    hostFirst: 'the host’s disk fills first',
  },
  overview: {
    canGo: (amount: string) => `${capital(amount)} can go.`,
    nothing: 'Nothing has to go.',
    policyError: 'Nothing goes: the policy has an error.',
    policyErrorWhy: 'Everything is kept until it is mended.',
    updatesWait: (n: number) => `${plural(n, 'update')} ${n === 1 ? 'waits' : 'wait'}.`,
    updates: 'Updates',
    looking: 'Docker is being asked what it holds.',
    lookingLong: 'Docker holds a lot, or is busy. Its answer appears here as soon as it comes.',
    judged: (when: string) => `Judged ${when} by the policy.`,
    /** Where no trigger takes anything. */
    untilConfirmed: 'Nothing goes until you confirm.',
    byItself: (next: string | null) =>
      next === null
        ? 'Clean-ups also run by themselves, as the policy says.'
        : `Clean-ups also run by themselves, the next ${next}.`,
    could: (n: number) =>
      `${capital(plural(n, 'more image'))} ${n === 1 ? 'goes' : 'go'} if ticked.`,
    space: 'Where the space is',
    map: 'Space map',
    table: 'Table',
    view: 'How the space is shown',
    trend: { month: 'Last 30 days', year: 'Last 12 months' },
    trendSpan: { label: 'How far back', month: '30 days', year: 'Year' },
    trendCleanUps: (n: number, freed: string) => `${plural(n, 'clean-up')} freed ${freed}`,
    trendCleanUp: (date: string, freed: string | null) =>
      freed === null
        ? `Clean-up of ${date}; what it freed is not known`
        : `Clean-up of ${date} freed ${freed}`,
    trendFreed: (amount: string) => `−${amount}`,
    trendFull: (total: string) => `full ${total}`,
    trendNow: 'today',
    trendNone:
      'How full the disk is gets noted once an hour. The line begins with the second note.',
    trendSummary: (span: 'month' | 'year', n: number, freed: string, full: string | null) =>
      [
        `How full the engine’s disk was in the last ${span === 'month' ? '30 days' : '12 months'}.`,
        ...(n === 0 ? [] : [`${plural(n, 'clean-up')} freed ${freed}.`]),
        ...(full === null ? [] : [`${full}.`]),
      ].join(' '),
    mapLater: 'The map is drawn here once Docker has told of all its images.',
    emptySpace: 'The engine holds no images.',
    next: {
      title: 'Next',
      none: 'Nothing runs by itself.',
      cleanUp: { confirm: 'Clean-up, asks first', auto: 'Clean-up' },
      /** Clean-ups without a time of their own. */
      cause: {
        pressure: 'Once the disk fills up',
        images: 'Images over budget',
        afterUpdate: 'After an update',
      },
      does: { confirm: 'asks first', auto: 'cleans up' },
      check: 'Check for updates',
      last: 'Last clean-up',
      freed: (amount: string) => `Last one freed ${amount}`,
    },
    reasons: 'What could go, and why',
    kept: 'What stays',
    keptBy: {
      inUse: 'in use by a container',
      protected: 'protected',
      keep: 'kept by a rule or needed',
      unknown: 'not known whether used',
    },
    ruleUnused: (rule: string) => `by ${rule}`,
    last: 'Last changes',
    noRuns: 'None yet.',
    all: 'See all',
    policy: 'Policy',
    policyDefault: 'The built-in policy is in force. There is no policy file.',
    policyFile: (file: string) => `In force: ${file}`,
    policyBroken: 'The policy file cannot be used, so nothing can be cleaned up.',
    paused: (when: string) => `Careen is paused; it resumes ${when}.`,
  },
  account: {
    title: 'What takes the disk',
    count: 'Count',
    again: 'Count again',
    counting: 'Docker is adding it up. That can take minutes.',
    why: 'Images, containers, volumes and build cache, added up and held against what the disk has used.',
    explained: (part: string, whole: string) => `${part} of ${whole} explained, `,
    explainedOnly: (part: string) => `${part} explained, `,
    part: {
      images: 'Images',
      containers: 'Containers',
      volumes: 'Volumes',
      buildCache: 'Build cache',
      otherStore: 'The other image store',
      rest: 'Not explained',
    },
    canGo: (n: number) => `${count(n)} can go`,
    canGoSome: 'some can go',
    unused: (n: number) => `${count(n)} unused`,
    beside: (things: string) => `Beside images, ${things} can go.`,
    incomplete: 'Docker did not answer in time for all of it.',
  },
};
