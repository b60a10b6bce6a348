import { bytesText } from '../bytes.js';
import type { ErrorSentences } from '../known.js';
import { acts } from './terms.js';

/** Where the way on is a button, not a command or an option: in the window and what leads to it. */
export const inWindow = {
  'engine-not-found': () => 'No Docker engine was found. Start one, and look again.',
  'engine-unknown': () =>
    'That engine is not in the list any more. Choose another one in the list of engines.',
  'engine-unfinished': ({ name, act }) =>
    act === 'remove'
      ? `A run on ${name} was cut off in the middle and is finished once ${name} answers. Nothing was changed. Wait for that, or remove it all the same: what is half done then stays so until the engine is added again.`
      : `A run on the former engine of ${name} was cut off in the middle and is finished once that one answers again. Nothing was changed. Have that one answer there, or say that it is another all the same: what is half done then stays so.`,
  'engines-differ': ({ name, other }) =>
    `${name} and ${other} do not say the same ID, so nothing shows that they are one engine. Nothing was changed; the list of engines shows which may be one.`,
  'engine-replaced': ({ endpoint, name }) =>
    `Another engine than before answers at ${endpoint}, the address of ${name}. Nothing is done to it until you say which it is.`,
  'context-unreadable': ({ file }) =>
    `The Docker context file ${file} cannot be read. Mend it, or choose another engine.`,
  'endpoint-remote': ({ endpoint }) =>
    `${endpoint} is on another machine, where Careen goes only when you choose it. Choose it, or another one, among the places that were looked at.`,
  'plan-unknown': () => 'That plan is no longer kept. Open Clean up to have one made.',
  'plan-expired': () =>
    'The plan is more than an hour old. Nothing was changed; open Clean up anew to have it made again.',
  'plan-other-engine': () =>
    'The plan was made for another engine. Nothing was changed; open Clean up to have one made for this engine.',
  'suggestion-unknown': () => 'That is no longer suggested. The Overview shows what is.',
  'run-unknown': () => 'That clean-up is not in the history. History lists those there are.',
  'version-unknown': ({ container, wanted }) =>
    `"${wanted}" is no version that ${container} can go to. Check again for new versions in Updates.`,
  'no-room': ({ needed, available }) =>
    `The engine's disk has ${bytesText(available)} free, and ${bytesText(needed)} are needed. Nothing was changed; Clean up can free that much.`,
  'not-confirmed': ({ act }) => `Nothing was changed: ${acts[act] ?? act} needs your yes.`,
} satisfies Partial<ErrorSentences>;
