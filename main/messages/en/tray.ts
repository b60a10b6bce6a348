import { clip } from '../short.js';
import type { Question } from '../../contract/slices.js';
import type { TrayStatus } from '../types.js';
import { capital, count, plural, type format } from './format.js';

export function tray(f: ReturnType<typeof format>) {
  const updating = ({ kind, done, total }: Extract<TrayStatus, { state: 'updating' }>): string => {
    const of = total === 1 ? '' : `: ${count(done)} of ${count(total)}`;
    return { update: `Updating${of}`, rollback: 'Rolling back', release: 'Releasing' }[kind];
  };

  /** The menu's first line. */
  const status = (s: TrayStatus, now: number): string => {
    switch (s.state) {
      case 'looking':
        return 'Looking for Docker…';
      case 'reading':
        return 'Reading the images…';
      case 'none':
        return 'No Docker engine found';
      case 'home-busy':
        return 'Waiting for a careen command to end';
      case 'lost':
        return `${s.name} does not answer`;
      case 'working':
        return `Cleaning up: ${count(s.done)} of ${count(s.total)}`;
      case 'updating':
        return updating(s);
      case 'paused':
        return `Paused; goes on ${f.when(s.until, now)}`;
      case 'ready':
        return s.images === 0
          ? 'Nothing to clean up'
          : `${capital(f.reclaimable(s.canGo))} can go safely`;
    }
  };
  return {
    open: 'Open Careen',
    cleanUp: 'Clean up…',
    /** Leads to the updates that there are. */
    updates: (n: number) => plural(n, 'update'),
    updateAll: 'Update all…',
    /** Opens the plan that a trigger asks about. */
    question: ({ items, reclaimable }: Question) =>
      items === 0
        ? 'Clean-up waits for your choice…'
        : `Clean-up waits for your answer: ${plural(items, 'item')}, ${f.reclaimable(reclaimable)}…`,
    pauseHour: 'Pause for an hour',
    pauseTomorrow: 'Pause until tomorrow',
    resume: 'Resume',
    quit: 'Quit Careen',
    status,
    /** Windows shows at most 127 characters. */
    tooltip: (s: TrayStatus, now: number) =>
      clip(
        s.state === 'ready' && s.images > 0
          ? `Careen: ${f.reclaimable(s.canGo)} can go safely, ${plural(s.images, 'image')}`
          : `Careen: ${status(s, now)}`,
        127,
      ),
  };
}
