import { count } from '../../count.js';
import { list, plural } from '../format.js';

/** What the space map and its table say. */
export const mapWords = {
  map: {
    willGo: 'will go',
    goesNow: 'goes now',
    couldGo: 'could go',
    gone: 'gone',
    inUse: 'in use',
    protected: 'protected',
    stays: 'stays',
    partGoes: (amount: string) => `${amount} of it will go`,
    kind: {
      images: 'Images',
      buildCache: 'Build cache',
      volumes: 'Volumes',
      containers: 'Containers',
      other: 'Other',
    },
    summary: (total: string, parts: readonly string[]) =>
      `What takes the disk, ${total}: ${list(parts, 6)}. Each byte is counted once.`,
    help: 'Arrow keys move, Enter opens, Escape goes back.',
    sharedBy: (n: number) => `shared by ${count(n)}`,
    shared: 'shared layers',
    sharedTip: 'Layers that more than one image stands on, counted once.',
    standing: (names: readonly string[]) => `Layers that ${list(names)} stand on, counted once.`,
    bases: 'shared bases',
    alone: 'Layers that only this image stands on.',
    oldCache: 'unused',
    cache: 'stays',
    cacheAll: 'build cache',
    untold: 'not told apart',
    pending: 'not counted yet',
    rest: 'not explained',
    smaller: (n: number) => `${count(n)} smaller`,
    fill: 'Enter fills the map with it.',
    all: 'All',
    /** Of tiles that have no verdict of their own. */
    about: {
      shared: (n: number) => (n === 0 ? 'Shared layers' : `Layers of ${plural(n, 'image')}`),
      untold: (kind: string) => `${kind} not told apart`,
      pending: 'Not counted yet',
      sharedAny:
        'Layers that more than one image stands on, counted once. They go only when all of their images have gone.',
      say: {
        shared:
          'Layers that these images stand on, counted once. They go only when all of these images have gone.',
        untold: 'Docker counts this much more of the kind than it lists by name.',
        pending:
          'Used on Docker’s disk beside images. Docker has not yet counted how much of it containers, volumes and build cache take.',
        otherStore:
          'Images in the store that Docker does not use now. They are there again once Docker is set back to it.',
        rest: 'Used on the disk, and in nothing that Docker gives a size for: logs of containers, Docker’s own files, and whatever else is on a disk that Docker shares.',
      },
      logs: (measure: string) =>
        `Careen frees none of it. “${measure}”, under the Overview’s suggestions, finds logs that grow without a limit.`,
      held: (n: number, all: number) =>
        n === all ? 'All of them stay.' : `${count(n)} of them ${n === 1 ? 'stays' : 'stay'}.`,
      allGo: 'All of them will go.',
      /** `n` of them wait for a choice. */
      allCould: (n: number, all: number) =>
        n === all
          ? 'All of them could go, if you choose them.'
          : `All of them can go, ${count(n)} only if you choose ${n === 1 ? 'it' : 'them'}.`,
      images: 'Images on them',
      more: (n: number) => `and ${count(n)} more`,
    },
    path: 'What fills the map',
    search: 'Find',
    found: (n: number, amount: string) => (n === 0 ? 'nothing found' : `${count(n)}, ${amount}`),
    aside: (what: string, amount: string) => `Not drawn: ${what}, ${amount}`,
    column: { kind: 'Kind', name: 'Name', bytes: 'Bytes', verdict: 'Verdict' },
    table: 'What takes the disk',
    sum: 'In all',
    waiting:
      'Docker is counting volumes, containers and build cache. On a large disk that takes minutes.',
    nothingFound: 'Nothing is called so.',
  },
};
