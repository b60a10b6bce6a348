import { list, plural } from './format.js';

interface PolicyReachWords {
  unprotected: readonly string[];
  probes: readonly string[];
  hooks: boolean;
}

/** What native dialogs ask, where no page could answer for a person. */
export const dialog = {
  cancel: 'Cancel',
  /** What is asked of one of several engines. */
  ofEngine: (name: string, title: string) => `${name}: ${title}`,
  /** Beneath what a policy would widen that several go by. */
  forEngines: (names: readonly string[]) =>
    `This policy is for several engines, and the change is for each: ${list(names, 12)}.`,
  keepRunning: 'Keep running',
  saveAs: (name: string) => `Save ${name}`,
  chooseSocket: "Choose a Docker engine's socket",
  /** Before Careen removes anything by itself, or with `change` before it removes other things so. */
  auto: (change: string | null) =>
    change === null
      ? {
          title: 'Let Careen clean up by itself?',
          body: 'If you agree, Careen removes what your policy selects, without asking, whenever one of its triggers fires. It takes only images that it has proved it can pull again, untagged builds that nothing is built on, and the other things that the policy switches on. Every removal is in the history.',
          agree: 'Clean up by itself',
        }
      : {
          title: 'Change what Careen removes by itself?',
          body: `The policy's mode is auto, so this takes effect without asking you again: ${change}`,
          agree: 'Change it',
        },
  /** Before Careen updates containers by itself; null: all. */
  autoUpdate: (containers: readonly string[] | null) => ({
    title:
      containers === null
        ? 'Let Careen update containers by itself?'
        : `Let Careen update ${list(containers)} by itself?`,
    body: 'If you agree, Careen takes new versions without asking: it recreates the container, waits until it proves itself, and otherwise goes back to what ran before. What a new version writes into volumes and folders stays. Every update is in the history.',
    agree: 'Update by itself',
  }),
  /** Before a whole policy is saved that protects less, connects to more, or runs what labels say. */
  policyReach: ({ unprotected, probes, hooks }: PolicyReachWords) => ({
    title: 'Save this policy?',
    body: [
      ...(unprotected.length > 0
        ? [`It no longer protects ${list(unprotected, 12)}. Other rules may then remove these.`]
        : []),
      ...(probes.length > 0
        ? [`After an update Careen connects to ${list(probes, 12)} to see whether all is well.`]
        : []),
      ...(hooks
        ? ['Before an update Careen runs the commands that labels of containers name.']
        : []),
    ].join('\n'),
    agree: 'Save the policy',
  }),
  /** Before the protection is taken off several images at once. */
  unprotect: (images: readonly string[]) => ({
    title: `Take the protection off ${plural(images.length, 'image')}?`,
    body: `${list(images, 12)}. Nothing is removed now; from then on the policy's other rules decide over them, and a clean-up may take them.`,
    agree: 'Take it off',
  }),
  /** Nothing goes without a further tick: said instead of asking. */
  nothingToClean: {
    title: 'Nothing to clean up',
    body: 'By your policy nothing goes right now unless you tick it. The window shows what stays, and why.',
  },
  openWindow: 'Open Careen',
  /** Before Careen uses an engine that it did not find by itself. */
  widen: (endpoint: string) => ({
    title: 'Use this Docker engine?',
    body: `Careen does not go to ${endpoint} by itself. If you agree, it reads the images and containers there, and cleans them up when you tell it to.`,
    agree: 'Use this engine',
  }),
};
