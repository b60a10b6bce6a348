import { count } from '../../count.js';
import { capital, list, plural } from '../format.js';

const images = (n: number) => plural(n, 'image');
const stand = (n: number) => `${images(n)} ${n === 1 ? 'stands' : 'stand'} on it`;

/** What the layers view of the overview says. Figures of bytes come in as text, with their certainty. */
export const layersScreen = {
  layers: {
    title: 'Layers',
    answer: (n: number, sum: string, disk: string) =>
      `${capital(images(n))} ${n === 1 ? 'adds' : 'add'} up to ${sum} and ${n === 1 ? 'takes' : 'take'} ${disk}.`,
    how: 'A block’s length is its bytes, drawn once. Its height is how many images stand on it.',
    key: { own: 'only this image', shared: 'shared with others' },
    drawing: 'Layers of all images',
    keys: 'Arrow keys move, Enter opens, Esc goes back, / searches.',
    waiting: 'The layers of all images are being read.',
    search: 'Find an image',
    found: (n: number) => (n === 0 ? 'none found' : `${count(n)} found`),
    place: 'Where the drawing begins',
    all: 'All images',
    run: (n: number) => plural(n, 'layer'),
    unknown: (size: string) => `layers not known, ${size}`,
    gone: 'gone',
    /** A run of layers by its name, its bytes and who stands on it. */
    shared: (name: string, amount: string, n: number, of: { go: number; could: number }) => {
      const number = (some: number) => (some === n ? 'all' : count(some));
      const parts = [
        ...(of.go > 0 ? [`${number(of.go)} will go`] : []),
        ...(of.could > 0 ? [`${number(of.could)} could go`] : []),
      ];
      const which = parts.length === 0 ? 'none will go' : parts.join(', ');
      return `${name}: ${amount}; ${stand(n)}, ${which}`;
    },
    own: (name: string, amount: string, verdict: string) =>
      `${name}: ${amount} that only this image stands on; ${verdict}`,
    image: (name: string, size: string, alone: string, verdict: string) =>
      `${name}: ${size}, frees ${alone} alone; ${verdict}`,
    column: { layers: 'Layers and images', images: 'Images', go: 'Will go', bytes: 'Bytes' },
    panel: {
      label: (name: string) => `Layers of ${name}`,
      alone: 'comes free if it goes alone',
      stays: 'stays, other images need it',
      staysNone: 'stays; it shares no layer',
      layers: 'Layers',
      sharedBy: 'shared by',
      onlyThis: 'only this',
      together: 'Goes further together',
      with: (names: readonly string[], amount: string) => `With ${list(names)} it frees ${amount}.`,
      staysFor: (amount: string, names: readonly string[], below: 'it' | 'them') =>
        `The ${amount} below ${below} stays for ${list(names)}.`,
      whyGoes: 'Why it goes',
      whyCould: 'Why it could go',
      whyStays: 'Why it stays',
      protect: 'Protect',
      unprotect: 'Take the protection off',
      byRule: 'Protected by a rule',
      figure: 'Figure',
      range: (range: string) =>
        `${capital(range)}. A range, since this engine keeps a compressed copy of each layer as well.`,
      atMost: (amount: string) =>
        `${capital(amount)}: the build cache or an image of unknown layers may hold some of it.`,
      atLeast: (amount: string) =>
        `${capital(amount)}: the engine does not tell the sizes of all its layers.`,
    },
  },
};
