import { count } from '../../count.js';
import { list, plural } from '../format.js';

const images = (n: number) => plural(n, 'image');
/** The first of `n` by their names, the others counted. */
const firstOf = (n: number, first: readonly string[]) =>
  n > first.length
    ? list([...first, `${count(n - first.length)} more`], first.length + 1)
    : list(first);

/** What is said of several images at once, of the commands for them, and of an image's layers. */
export const imageActs = {
  selection: {
    label: 'The selected images',
    clear: 'Clear the selection',
    selected: (n: number) => `${count(n)} selected`,
    together: (amount: string, n: number) => (n === 1 ? `${amount} alone` : `${amount} together`),
    protect: 'Protect',
    unprotect: 'Unprotect',
    copyNames: 'Copy names',
    commands: 'Docker commands',
    cleanUp: (n: number) => `Clean up ${count(n)}…`,
    someStay: (n: number, of: number) => `${n} of ${of} stay. Each image says why.`,
    noneGoes: (n: number) =>
      n === 1
        ? 'This image cannot go now. Press Enter on it to see why.'
        : `None of these ${images(n)} can go now. Press Enter on one to see why.`,
    commandsTitle: (n: number) => `Docker commands for ${images(n)}`,
    commandsEffect: 'What you would type in a terminal. Careen runs none of it from here.',
  },
  dockerCommands: {
    look: 'Look',
    remove: 'Remove',
    back: 'Pull again afterwards',
    copyAll: (n: number) => `Copy all ${count(n)}`,
    more: (n: number) => `${count(n)} more; they are copied too.`,
    lost: (n: number, first: readonly string[], of: number) =>
      of === 1
        ? 'No registry is known to have it: once removed, no pull brings it back.'
        : `No registry is known to have ${firstOf(n, first)}: once removed, no pull brings ${n === 1 ? 'it' : 'them'} back.`,
    held: (n: number, first: readonly string[], of: number) =>
      of === 1
        ? 'No command to remove it: a container uses it, or it is protected.'
        : `No command removes ${firstOf(n, first)}: in use by a container, or protected.`,
    unforced:
      'None of this forces, and neither does Careen. Where an image has several names, docker may take some of them off before it refuses.',
  },
  imageLayers: {
    waiting: 'Docker is telling how it was made.',
    heading: (n: number) => plural(n, 'layer'),
    sharedBy: 'shared by',
    own: 'only in this image',
    stays: 'shared, other images need it',
    onlyThis: 'only this',
    onlyThisLong: 'No other image stands on this layer.',
    sharers: (names: readonly string[], more: number) =>
      `Shared with ${more > 0 ? `${names.join(', ')} and ${count(more)} more` : list(names, 5)}.`,
    made: (when: string) => `Made ${when}.`,
    noCommand: 'What made this layer is not recorded.',
    unjoined: {
      'no-history':
        'The image carries no history, so what made each layer is not known. The sizes are right.',
      mismatch:
        'Its history does not fit all of its layers, as after squashing. Where it does not, no command is shown.',
      doubt: 'Docker leaves open which size is whose: layers without one may hold bytes.',
    },
    others: (n: number, unjoined: boolean) =>
      unjoined ? `${plural(n, 'step')} of its history` : `${plural(n, 'step')} without a layer`,
  },
};
