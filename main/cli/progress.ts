import type { RunProgress, RunSlice } from '../contract/slices.js';
import type { Messages } from '../messages/index.js';
import { nameOf } from './lines.js';
import type { Terminal } from './terminal.js';
import { updateTold } from './update-progress.js';

/** What tells how far a run is. */
export interface Progress {
  tell: (run: RunSlice) => void;
  end: () => void;
}

type Item = RunProgress['items'][number];

/**
 * Tells a run on stderr. On a terminal one line keeps its place and says what is at work; only what
 * went otherwise than planned gets lines of its own. Without one each phase, item and step is a line.
 *
 * @param versionOf what a container that is updated ran before
 */
export function progressTo(
  terminal: Terminal,
  m: Messages,
  versionOf: (container: string) => string,
): Progress {
  const told = new Set<string>();
  const once = (key: string, line: () => string) => {
    if (told.has(key)) return;
    told.add(key);
    terminal.note(line());
  };
  const live = terminal.status !== null;
  const phases: Partial<Record<RunProgress['phase'], string>> = {
    checking: m.cli.checking,
    measuring: m.cli.measuring,
  };

  let runId = '';
  // Several are at work side by side: they do not end in the order of the list.
  const settled = new Set<string>();
  const item = (run: RunProgress, one: Item) => {
    const { id, state, skip } = one;
    if (state === 'waiting' || state === 'working' || settled.has(id)) return;
    settled.add(id);
    if (live && (state === 'removed' || state === 'restored')) return;
    const why = skip && m.skip(skip, { now: run.startedAt });
    const what = `${m.cli.state[state]} ${nameOf(m, one)}${why === null ? '' : `. ${why}`}`;
    terminal.note(m.cli.progress(settled.size, run.total, what));
  };

  const status = (run: RunProgress): string => {
    const phase = phases[run.phase];
    if (phase !== undefined) return phase;
    const working = run.items.find(({ state }) => state === 'working');
    const what = working ? nameOf(m, working) : '';
    const slowed = run.slowed === null ? '' : ` (${m.cli.slowed[run.slowed]})`;
    return `${m.cli.progress(run.done, run.total, what)}${slowed}`;
  };

  return {
    tell: ({ current, update }) => {
      if (update) {
        const { lines, status: now } = updateTold(m, update, live, versionOf);
        for (const { key, line } of lines) once(key, () => line);
        terminal.status?.(now);
      }
      if (!current) return;
      // Of another's run while one's own waits for its turn, then of one's own.
      if (current.runId !== runId) settled.clear();
      runId = current.runId;
      for (const one of current.items) item(current, one);
      const phase = phases[current.phase];
      if (terminal.status !== null) terminal.status(status(current));
      else if (phase !== undefined) once(current.phase, () => phase);
    },
    end: () => terminal.status?.(null),
  };
}
