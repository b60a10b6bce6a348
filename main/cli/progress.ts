import type { RunSlice } from '../contract/slices.js';
import type { Messages } from '../messages/index.js';
import { nameOf } from './lines.js';
import type { Terminal } from './terminal.js';

/** Writes a line to stderr for each phase of a run and each item that is done with. */
export function progressTo(terminal: Terminal, m: Messages): (run: RunSlice) => void {
  const told = new Set<string>();
  const once = (key: string, line: () => string) => {
    if (told.has(key)) return;
    told.add(key);
    terminal.note(line());
  };
  return ({ current }) => {
    if (!current) return;
    if (current.phase === 'checking') once('checking', () => m.cli.checking);
    let done = 0;
    for (const item of current.items) {
      const { state } = item;
      if (state === 'waiting' || state === 'working') continue;
      done += 1;
      const at = done;
      once(item.id, () => {
        const why = item.skip && m.skip(item.skip, { now: current.startedAt });
        const what = `${m.cli.state[state]} ${nameOf(m, item)}${why === null ? '' : `. ${why}`}`;
        return m.cli.progress(at, current.total, what);
      });
    }
    if (current.phase === 'measuring') once('measuring', () => m.cli.measuring);
  };
}
