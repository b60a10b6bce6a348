import { plural } from '../format.js';

/** What the command palette and the list of keys say. */
export const paletteScreen = {
  palette: {
    title: 'Commands',
    search: 'Screen, image, container or command',
    list: 'What was found',
    found: (n: number) => `${plural(n, 'entry', 'entries')} found.`,
    nothing: 'Nothing has that name.',
    shortcuts: 'Keys',
    group: {
      go: 'Go to',
      do: 'Do',
      look: 'Look and language',
      help: 'Help',
      engines: 'Engines',
      images: 'Images',
      containers: 'Updates of containers',
      view: 'View',
      place: 'In lists, the plan and the map',
    },
    act: {
      search: 'Search on this screen',
      'clean-up': 'Clean up by the policy…',
      free: 'Free an amount…',
      check: 'Check for updates',
      'update-all': 'Update all…',
      pause: 'Pause for an hour',
      resume: 'Resume',
      look: 'Look again for an engine',
      'add-engine': 'Add an engine…',
      'theme-system': 'Appearance as the system has it',
      'theme-light': 'Light appearance',
      'theme-dark': 'Dark appearance',
      'language-system': 'Language of the system',
      'language-en': 'English',
      'language-zh': '简体中文',
      commands: 'Commands',
      shortcuts: 'Keys',
    },
    /** What keys do wherever the focus is in a list, the plan, the map or the layers. */
    place: {
      move: 'Move',
      ends: 'To the first or the last',
      open: 'Open or close a group',
      tick: 'Tick',
      protect: 'Protect an image',
      why: 'Say why, open details',
      back: 'Close, and go back to where you were',
    },
    /** What the keys of the zoom do; on macOS also the items of the menu "View". */
    zoom: { in: 'Zoom in', out: 'Zoom out', reset: 'Actual size' },
    space: 'Space',
    or: 'or',
    resumed: 'Resumed.',
    skip: 'Skip to the content',
  },
};
