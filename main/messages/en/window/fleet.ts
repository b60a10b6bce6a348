import type { EngineRow } from '../../../contract/fleet.js';
import { count } from '../../count.js';
import { capital, list, plural } from '../format.js';
import { runs } from '../runs.js';

/** What the list of all engines says, and the menu that leads to them. */
export const fleetScreen = {
  fleet: {
    /** What is said of an engine that is not in view. */
    of: (engine: string, sentence: string) => `${engine}: ${sentence}`,
    menu: 'Engines',
    switch: (name: string) => `Engine: ${name}`,
    lead: (engines: number, left: number) =>
      [
        `${plural(engines, 'engine')}.`,
        ...(left === 0
          ? []
          : [`${count(left)} cannot be read now and ${left === 1 ? 'is' : 'are'} left out.`]),
      ].join(' '),
    looking: 'The engines are being asked.',
    unreadable: 'No engine can be read now. Each says below why, and what helps.',
    only: 'Careen looks after one engine. Others, such as another Docker context, can be added.',
    standing: {
      looking: 'Asking it…',
      found: 'Connected',
      lost: 'Does not answer',
      changed: 'Another engine',
      twice: 'Twice in the list',
      failed: 'Could not be opened',
      waiting: 'Waits',
      asks: 'Waits for your answer',
    } satisfies Record<EngineRow['state'] | 'waiting' | 'asks', string>,
    run: ({ kind, done, total }: NonNullable<EngineRow['run']>) =>
      `${capital(runs[kind])}: ${count(done)} of ${count(total)}`,
    since: (state: string, when: string) => `${state}, since ${when}`,
    waitsFor: (name: string) => `Waits for ${name}`,
    queued: (n: number) => `${plural(n, 'more run')} ${n === 1 ? 'waits' : 'wait'}`,
    version: (version: string) => `version ${version}`,
    canGo: 'Can go',
    updates: 'Updates',
    policy: 'Policy',
    inView: 'in view',
    cutOff: 'a run was cut off, and is finished once it answers',
    open: 'Open',
    openNamed: (name: string) => `Open ${name}`,
    more: (name: string) => `More for ${name}`,
    rename: 'Rename…',
    remove: 'Remove from the list…',
    settings: 'Choose another engine here…',
    same: 'It is the same engine, upgraded or reset',
    another: 'It is another engine',
    /** One of those with the same ID. */
    twin: (other: string) =>
      `It has the same ID as ${other}: one engine at two addresses, or a copy of it. Until you say which, they are never worked on at the same moment.`,
    alsoAt: (addresses: string[]) => `also at ${list(addresses)}`,
    policyOf: { own: 'its own', shared: "the first engine's" } satisfies Record<
      EngineRow['policy'],
      string
    >,
    together: 'Work on several engines at the same moment',
    togetherWhy:
      'Off, one engine waits until another is done, so that disk, network and registries serve one at a time.',
    askRename: {
      title: (name: string) => `Rename ${name}`,
      effect: 'Careen calls it so in this list, in the tray and in notifications.',
      name: 'Name',
      act: 'Rename',
    },
    askRemove: {
      title: (name: string) => `Remove ${name} from the list?`,
      effect:
        'Nothing on it is changed. Careen looks after it no more; its policy and history are taken up when it is added again.',
      /** Added where a run was cut off there. */
      unfinished:
        'A run on it was cut off in the middle and is not finished yet. What is half done stays so until it is added again and answers.',
      act: 'Remove from the list',
    },
    askJoin: {
      title: (name: string, other: string) => `Are ${name} and ${other} one engine?`,
      effect: (name: string, other: string, address: string | null) =>
        `${name} stays, with its policy, history and kept versions${address === null ? '' : `, and ${address} is remembered as another address of it`}. ${other} goes off the list: its own policy, history and kept versions are taken up when that address is added again.`,
      act: 'It is one engine',
    },
    askPart: {
      title: (name: string, other: string) => `Are ${name} and ${other} two engines?`,
      effect:
        "For example one with a copy of the other's data. They then need not be worked on one after the other, and neither keeps images that the other needs to roll back. Where they are one engine after all, that can cost a way back.",
      act: 'They are two engines',
    },
    askSame: {
      title: (name: string) => `Is it ${name}, upgraded or reset?`,
      effect:
        'What is known of it, its kept versions and what you dismissed go on with the engine that answers there now, and a run that was cut off is finished on it. Clean-ups from before cannot be undone any more.',
    },
    askAnother: {
      title: (name: string) => `Is it another engine than ${name}?`,
      effect:
        'It is added in the place of the one that was there, with a policy and a history of its own; nothing is done on it until its policy says so or you do. What is kept of the other one is taken up when that is added again.',
      /** For the first one, whose place stays. */
      first:
        'It begins with nothing known: no kept versions, nothing dismissed, no observed use. The policy and the list of past runs stay those of this place, and what the policy does by itself it may do on that engine, too. What is kept of the other one stays for it.',
      /** Added where a run was cut off on the former one. */
      unfinished:
        'A run on the former one was cut off in the middle and is not finished. What is half done there stays so until it answers here again.',
    },
    /** Said where an engine goes off the list. */
    draftLost: 'Its policy was changed here and not saved; that change is lost.',
    adding: {
      title: 'Add an engine',
      lead: 'It has to answer now. It gets a policy and a history of its own, and nothing is done on it until its policy says so or you do.',
      contexts: 'Docker contexts',
      asking: 'Docker contexts are being looked for.',
      noContexts: 'There are no Docker contexts that are not in the list.',
      unread: 'The Docker contexts could not be read.',
      inList: 'in the list',
      use: (name: string) => `Add ${name}`,
      add: 'Add',
      busy: 'Asking it…',
      address: 'Address',
      addressHint:
        'For example unix:///run/user/1000/docker.sock or ssh://ada@build-box. tcp:// to another machine needs a Docker context with TLS certificates.',
      name: 'Name (if it is to have another)',
      byAddress: 'By its address',
    },
  },
};
