import type { Beforehand } from '../contract/beforehand.js';
import type { Messages } from './index.js';

/** What is told of one container before all updates are taken, as whole sentences. */
export function beforehandText(m: Messages, note: Beforehand, now: number): string {
  const words = m.window.updates;
  switch (note.code) {
    case 'refused':
      return m.update.refusal(note.why);
    case 'lost':
      return words.writable.lost(note.paths);
    case 'unknown':
      return m.window.common.sentences([
        words.askAll.unknown,
        ...(note.error === null ? [] : [m.error(note.error)]),
      ]);
    case 'held':
      return m.update.heldBack(note.by, now);
    case 'restarts':
      return words.dependants.restart(note.containers);
  }
}
