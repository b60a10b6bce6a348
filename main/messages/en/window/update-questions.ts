import type { LeftOut, LeftWhy } from '../../../contract/pending.js';
import { count } from '../../count.js';
import { capital, list, plural } from '../format.js';

/** `who`: how many, the first of them with what they are. */
const leftOut: Record<LeftWhy, (of: LeftOut, who: string) => string> = {
  owner: ({ n, tool }, who) => `${who} ${n === 1 ? 'is' : 'are'} left to ${tool}`,
  tell: (_, who) => `you are only told about ${who}`,
  'by-name': ({ n }, who) => `${who} ${n === 1 ? 'is' : 'are'} taken by name only`,
  paused: ({ n }, who) => `${who} ${n === 1 ? 'is' : 'are'} paused`,
  'not-running': ({ n }, who) => `${who} ${n === 1 ? 'does' : 'do'} not run`,
  built: ({ n }, who) => `${who} ${n === 1 ? 'was' : 'were'} built here`,
  'no-room': (_, who) => `${who} would wait for a free node`,
};

/** What a person is asked before an update, a rollback or a release, and what each would do. */
export const updateQuestions = {
  askUpdate: {
    title: (container: string, from: string, to: string) =>
      `Update ${container} from ${from} to ${to}?`,
    effect: (from: string, to: string) =>
      `It stops and starts once; if ${to} does not prove itself, ${from} comes back by itself.`,
    stopped: (from: string, to: string) =>
      `It is recreated and stays stopped; ${from} is kept until ${to} has started well once.`,
    /** Of a service of a swarm. */
    service: (from: string, to: string) =>
      `Swarm replaces its tasks; if ${to} does not prove itself, ${from} comes back by itself.`,
    act: (container: string) => `Update ${container}`,
  },
  askAll: {
    title: (n: number) => `Take ${plural(n, 'update')}?`,
    effect:
      'Each may be down for a moment; one that does not prove itself is rolled back by itself. What a new version writes into volumes and folders stays.',
    act: (n: number) => `Take ${plural(n, 'update')}`,
    list: 'What is updated, and what is left',
    looking: (done: number, n: number) =>
      `Looking at what each would change: ${count(done)} of ${count(n)}.`,
    unknown: 'What it would lose is not known.',
    loses: (containers: readonly string[]) =>
      `${list(containers, 12)} ${containers.length === 1 ? 'loses' : 'lose'} data that stands in no volume.`,
    left: (n: number) => `${plural(n, 'other update')} ${n === 1 ? 'is' : 'are'} left:`,
    why: (why: LeftWhy, tool: string) =>
      ({
        owner: `left to ${tool}`,
        tell: 'you are only told',
        'by-name': `made by ${tool}: by name only`,
        paused: 'paused',
        'not-running': 'not running: by name only',
        built: 'built here: by name only',
        'no-room': 'would wait for a free node: by name only',
      })[why],
  },
  /** What "Update all" leaves, counted: `1 container is left to Supabase, 1 does not run.` */
  leftOut: (all: readonly LeftOut[]) =>
    `${capital(all.map((of, at) => leftOut[of.why](of, at === 0 ? plural(of.n, 'container') : count(of.n))).join(', '))}.`,
  askRollback: {
    title: (container: string, to: string) => `Roll ${container} back to ${to}?`,
    effect: (from: string, to: string) =>
      `${from} stops and ${to} starts, as it was configured; ${from} is not taken again by itself.`,
    /** Of a service of a swarm. */
    service: (from: string, to: string) =>
      `Swarm replaces its tasks by tasks of ${to}; ${from} is not taken again by itself.`,
    neverProven: (to: string) => `${to} never proved itself before it was replaced.`,
    data: (from: string) => `What ${from} wrote into volumes and folders stays, and is not undone.`,
    noData: 'It writes to no volume and no folder of yours.',
    copies: (volumes: readonly string[]) =>
      `Bring back the copy of ${list(volumes)} made before the update`,
    lost: (volumes: readonly string[]) =>
      `What was written to ${list(volumes)} since that copy is lost.`,
  },
  askRelease: {
    title: (container: string) => `Release what is kept of ${container}?`,
    effect: (names: readonly string[]) =>
      names.length === 0
        ? 'What is left of versions that are no longer kept is given up.'
        : `After that, no click goes back to ${list(names)}.`,
    act: 'Release',
    bytes: (bytes: string) =>
      `That frees at least ${bytes}, unless a rule, grace or another use keeps the images.`,
    unknown: 'How much that frees is not known beforehand.',
    copies: (volumes: readonly string[]) =>
      `The ${volumes.length === 1 ? 'copy' : 'copies'} of ${list(volumes)} ${volumes.length === 1 ? 'goes' : 'go'} too.`,
  },
  askSnooze: {
    title: (container: string) => `Snooze updates of ${container}?`,
    effect: 'Until that day it is neither updated by itself nor counted; by name it can be.',
    until: 'Until',
    act: 'Snooze',
  },
  moveOver: {
    menu: 'Move over from Watchtower…',
    link: 'Move over…',
    title: (tool: string | null) =>
      tool === null ? 'Move over from another updater' : `Move over from ${tool}`,
    effect: 'This stands in the policy afterwards, so that Careen does what was asked for there.',
    nothing: 'Nothing here asks for updates by the options or labels of another updater.',
    asking: 'Reading its options, and the labels of the containers.',
    act: 'Write into the policy',
    mode: (mode: string) => `Updates in general: ${mode}.`,
    every: (often: string) => `Checked ${often}.`,
    hooksOn: 'Hooks of containers run.',
    hooksOff: 'Hooks of containers do not run.',
    entries: 'Containers whose mode rises',
    left: 'Without a counterpart here, and left out: ',
    yaml: 'The policy’s part about updates',
    stays: (tool: string, container: string) =>
      `${tool} goes on in ${container} until you stop it; nothing goes by itself while both run.`,
    applied: 'The policy has it now.',
    appliedStop: (tool: string, command: string) =>
      `The policy has it now. Stop ${tool}, so that only one of the two updates: ${command}`,
  },
};
