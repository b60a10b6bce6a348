import { count } from '../../count.js';
import { list, plural } from '../format.js';

const images = (n: number) => plural(n, 'image');
const would = (n: number, comparison: string) =>
  `${count(n)} ${comparison} ${n === 1 ? 'image' : 'images'} would go`;

/** What the Policy screen says: its answer, the editor and the list of what a draft changes. */
export const policyScreen = {
  policyPage: {
    unsaved: 'not saved',
    reading: 'The policy is being read.',
    unread: 'The policy could not be read.',
    saved: (n: number, amount: string) => `By this policy ${images(n)} can go, ${amount}.`,
    savedNone: 'By this policy no image has to go.',
    savedUnknown: 'What stays, and what may go.',
    draft: (more: number, moreBytes: string, less: number, lessBytes: string) => {
      if (more === 0 && less === 0) return 'With this draft the same images would go.';
      if (less === 0) return `With this draft ${would(more, 'more')}, ${moreBytes}.`;
      if (more === 0) return `With this draft ${would(less, 'fewer')}, ${lessBytes}.`;
      return `With this draft ${would(more, 'more')}, ${moreBytes}, and ${count(less)} fewer, ${lessBytes}.`;
    },
    judging: 'The draft is being judged.',
    notJudged: 'This draft is not saved.',
    broken: (line: number) => `Line ${count(line)} cannot be read. Nothing runs on this draft.`,
    draftLead:
      'The saved policy goes on deciding until you save. Form and file are one thing, change either.',
    savedLead: 'Form and file are one thing, change either.',
    startFrom: 'Start from…',
    templates: 'Start from a policy that is there',
    templatesLead:
      'Each is judged on this machine as it is now. The one you take becomes the draft; nothing is saved by it.',
    templateName: {
      careful: 'Careful',
      balanced: 'Balanced (the default)',
      tight: 'Tight',
      'laptop-64gb': 'Laptop with 64 GB',
      'ci-laptop': 'Laptop that builds all day',
      projects: 'Many projects',
    },
    wouldGo: (n: number, amount: string) =>
      n === 0 ? 'no image would go' : `${images(n)}, ${amount}`,
    takeTemplate: (name: string) => `Take ${name} as the draft`,
    discard: 'Discard',
    save: 'Save policy',
    /** Where other engines go by the policy of the one in view. */
    sharedBy: (names: readonly string[]) =>
      `${list(names, 12)} go by this policy; a change is for each of them. What is counted here is counted on the engine in view.`,
    overtaken: 'The file was changed by something else since you began.',
    takeTheirs: 'Take the file’s',
    keepMine: 'Keep mine',
    file: 'Policy as YAML',
    keys: 'F8 goes to the next problem, Control or Command and Space offers what may be written. Tab leaves the editor.',
    place: (line: number, column: number) => `Line ${count(line)}, column ${count(column)}:`,
    use: (text: string) => `Use ${text}`,
    decides: (n: number, was: number | null) =>
      was === null || was === n ? count(n) : `${count(n)}, was ${count(was)}`,
    absent: (value: string) => `Not written: ${value}`,
    examples: (values: readonly string[]) => `For example ${values.join(', ')}`,
    about: (_path: string, description: string) => description,
    completions: 'What may be written',
    moreGo: (n: number) => `${count(n)} more would go`,
    fewerGo: (n: number) => `${count(n)} would stay`,
    sameGo: 'No verdict changes.',
    countsReturn: (line: number) => `The counts return when line ${count(line)} can be read.`,
    seeReason: (name: string) => `Why ${name} is judged as it is`,
    all: (n: number) => `See all ${count(n)}`,
    fewer: 'See fewer',
  },
};
