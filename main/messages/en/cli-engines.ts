import type { EngineRow } from '../../contract/fleet.js';
import { list } from './format.js';
import { runs } from './runs.js';

const state: Record<EngineRow['state'], (since: string) => string> = {
  looking: () => 'looking for it',
  found: () => 'connected',
  lost: (since) => `not there: ${since}`,
  changed: () => 'another engine',
  twice: () => 'twice in the list',
  failed: () => 'not opened',
};

/** What `careen engines` says. */
export function cliEngines() {
  return {
    heading: {
      key: 'KEY',
      name: 'NAME',
      state: 'STATE',
      canGo: 'CAN GO',
      updates: 'UPDATES',
      at: 'ADDRESS',
    },
    nameless: '(none found)',
    state: ({ state: is, run }: EngineRow, since: string) =>
      run ? `${runs[run.kind]}, ${run.done} of ${run.total}` : state[is](since),
    twins: (name: string, others: string[]) =>
      `${name} has the same ID as ${list(others)}: one engine at two addresses, or a copy of it. They are never worked on at the same time; "careen engines join" or "careen engines part" says which it is.`,
    also: (name: string, at: string[]) => `${name} is reached at ${list(at)} too.`,
    waits: (name: string, other: string) => `${name} waits until ${other} is done.`,
    unfinished: (name: string) =>
      `A run on ${name} was cut off in the middle; it is finished once ${name} answers.`,
    ask: (question: string) => `${question} [y/N] `,
    inTurn:
      'One engine waits for another; "careen engines together on" lets them be worked on at the same time.',
    together: 'Engines are worked on at the same time; "careen engines together off" ends that.',
    nowTogether:
      'Several engines may now be worked on at the same time; "careen engines together off" ends that.',
    nowInTurn: 'From now on one engine waits for another.',
    contexts: 'Docker contexts that are not in the list ("careen engines add NAME"):',
  };
}
