import { count } from '../count.js';
import { clip } from '../short.js';
import type { CleanRun, UpdateRun } from '../../contract/runs.js';
import type { EngineRow } from '../../contract/fleet.js';
import { isAnyGoing } from '../../contract/going.js';
import type { GaugesSlice, Question } from '../../contract/slices.js';
import type { LostImages } from '../../domain/plan/lost.js';
import type { Reclaimable } from '../../domain/verdict/types.js';
import type { TrayStatus } from '../types.js';
import { gauge } from './gauge.js';
import { notification } from './notification.js';
import { lost } from './lost.js';
import { runs } from './runs.js';
import { capital, plural, type format } from './format.js';
import type { update } from './update.js';
import { updateNote } from './update-note.js';

export function tray(f: ReturnType<typeof format>, updateWords: ReturnType<typeof update>) {
  const { full } = gauge(f);
  const { cleaned } = notification(f);
  const { headline } = updateNote(updateWords);

  const updating = ({ kind, done, total }: Extract<TrayStatus, { state: 'updating' }>): string => {
    const of = total === 1 ? '' : `: ${count(done)} of ${count(total)}`;
    return { update: `Updating${of}`, rollback: 'Rolling back', release: 'Releasing' }[kind];
  };

  /** What can go, and what of it is lost then. */
  const going = (canGo: Reclaimable, of: LostImages): string =>
    [`${f.reclaimable(canGo)} can go`, lost.part(of)].filter((said) => said !== null).join('; ');

  const onEngine = ({
    state,
    run,
    waitsFor,
    asks,
    canGo,
    canGoImages,
    canGoLost,
    updates,
  }: EngineRow): string => {
    if (state === 'looking') return 'looking for it…';
    if (state === 'changed') return 'another engine answers there…';
    if (state === 'twice') return 'twice in the list';
    if (state === 'failed') return 'could not be opened…';
    if (state !== 'found') return 'does not answer';
    if (run) return `${runs[run.kind]}: ${count(run.done)} of ${count(run.total)}`;
    if (waitsFor !== null) return 'waits for another engine';
    if (asks) return 'waits for your answer…';
    if (canGo === null) return 'reading the images…';
    const pending = updates === 0 ? [] : [plural(updates, 'update')];
    const free = isAnyGoing(canGo, canGoImages) ? [going(canGo, canGoLost)] : [];
    return [...free, ...pending].join(', ') || 'nothing to do';
  };
  /** One of several engines: how it is, and what can be done there. */
  const engine = (row: EngineRow) => `${row.name || 'Docker'}: ${onEngine(row)}`;

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
      case 'busy':
        return engine(s.row);
      case 'paused':
        return `Paused; resumes ${f.when(s.until, now)}`;
      case 'ready':
        return isAnyGoing(s.canGo, s.images)
          ? capital(going(s.canGo, s.lost))
          : 'Nothing to clean up';
    }
  };
  return {
    open: 'Open Careen',
    /** Shows in the window what could go. */
    cleanUp: 'See what can go',
    /** Asks, and then removes what goes without a further tick. */
    cleanNow: 'Clean up now…',
    /** A line each; nothing of what is not known. Where both are one disk, one. */
    gauges: ({ engine, host, same }: GaugesSlice): string[] =>
      [full('engine', engine), same ? null : full('host', host)].filter((line) => line !== null),
    /** How the last run ended; opens it in the history. */
    last: (run: CleanRun | UpdateRun, now: number) => {
      const title = run.kind === 'clean' ? cleaned(run).title : headline(run.containers);
      return `Last: ${title}, ${f.when(run.endedAt ?? run.startedAt, now)}`;
    },
    /** Leads to the updates that there are. */
    updates: (n: number) => plural(n, 'update'),
    updateAll: 'Update all…',
    engine,
    /** Opens the window on one of several engines. */
    openEngine: 'Open',
    /** Opens the plan that a trigger asks about; of a full disk without one the overview. */
    question: (
      { planId, by, items, reclaimable, lost: of }: Question,
      disk: GaugesSlice['engine'] | null,
    ) => {
      const isFull = by === 'pressure' && disk !== null ? full('engine', disk) : null;
      if (planId === null)
        return `${isFull ?? "Docker's disk is nearly full"}, and nothing can go by the policy…`;
      if (isFull !== null)
        return items === 0 ? `${isFull}…` : `${isFull}; ${going(reclaimable, of)}…`;
      if (items === 0) return 'Clean-up waits for your choice…';
      const what = `${plural(items, 'item')}, ${f.reclaimable(reclaimable)}`;
      const said = [`Clean-up waits for your answer: ${what}`, lost.part(of)];
      return `${said.filter((one) => one !== null).join('; ')}…`;
    },
    pauseHour: 'Pause for an hour',
    pauseTomorrow: 'Pause until tomorrow',
    pauseDays: 'Pause for some days',
    days: (n: number) => `${n} days`,
    resume: 'Resume',
    quit: 'Quit Careen',
    status,
    /** Windows shows at most 127 characters. */
    tooltip: (s: TrayStatus, now: number) => clip(`Careen: ${status(s, now)}`, 127),
  };
}
