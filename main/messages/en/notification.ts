import type { CleanRun } from '../../contract/runs.js';
import type { GaugesSlice, Question } from '../../contract/slices.js';
import type { LostImages } from '../../domain/plan/lost.js';
import type { Reclaimable } from '../../domain/verdict/types.js';
import { thingsOf, type Note } from '../types.js';
import { capital, plural, type format } from './format.js';
import { gauge } from './gauge.js';
import { lost } from './lost.js';
import { things } from './things.js';

type Gauge = GaugesSlice['engine'];

export function notification(f: ReturnType<typeof format>) {
  const { full, returns } = gauge(f);

  const freed = (run: CleanRun) =>
    run.measured === null
      ? `${capital(f.reclaimable(run.estimated))} by the plan; the engine's own figure is not known.`
      : `${f.bytes(run.measured)} freed, as the engine counts; the plan said ${f.reclaimable(run.estimated)}.`;

  const rest = (run: CleanRun) => {
    const parts = [
      ...(run.skipped.length > 0 ? [`${things(thingsOf(run.skipped))} skipped`] : []),
      ...(run.failed.length > 0 ? [`${things(thingsOf(run.failed))} failed`] : []),
    ];
    return parts.length === 0 ? '' : ` ${capital(parts.join(', '))}.`;
  };

  const also = (of: LostImages) => {
    const said = lost.sentence(of);
    return said === null ? '' : ` ${said}`;
  };

  const now = (disk: Gauge | null) => {
    const isFull = disk && full('engine', disk);
    return isFull === null ? '' : ` ${isFull} now.`;
  };

  const headline = (run: CleanRun): string => {
    const n = things(thingsOf(run.removed));
    switch (run.outcome) {
      case 'done':
      case null:
        return run.removed.length === 0 ? 'Nothing was removed' : `${capital(n)} removed`;
      case 'cancelled':
        return `Clean-up cancelled, ${n} removed`;
      case 'engine-lost':
        return `Docker went away, ${n} removed`;
      case 'interrupted':
        return `Clean-up was interrupted, ${n} removed`;
      case 'failed':
        return `Clean-up failed, ${n} removed`;
      case 'unhealthy':
        return `Clean-up stopped, since Docker was not well; ${n} removed`;
    }
  };

  const why: Record<Question['why'], string> = {
    mode: '',
    'estimated-disk': ' How full it is can only be estimated.',
    'many-items': ' That is more than the policy lets go at once.',
    'many-bytes': ' That is more space than the policy lets go at once.',
    'large-share': ' That is over 30 % of all images.',
    'new-policy': ' It is the first automatic one of this policy.',
    'nothing-can-go':
      'Everything is in use or kept by the policy. The window shows what takes the space.',
    gap: 'Automatic clean-ups wait until Careen has watched for 24 hours again.',
    offline: 'Automatic clean-ups wait until the registries can be reached.',
  };

  return {
    /** The same, where there are several engines. */
    ofEngine: (name: string, { title, body }: Note): Note => ({ title: `${name}: ${title}`, body }),
    /** A clean-up that waits for a person, or a full disk without one; a click opens the plan or the overview. */
    question: (
      { planId, by, why: reason, items, reclaimable, lost: of }: Question,
      disk: Gauge,
    ): Note => {
      const isFull = full('engine', disk) ?? "Docker's disk is nearly full";
      if (planId === null)
        return {
          title:
            reason === 'nothing-can-go' ? `${isFull}, and nothing can go by the policy` : isFull,
          body: why[reason],
        };
      return {
        title:
          by === 'pressure'
            ? `${isFull}${items === 0 ? '' : `; ${f.reclaimable(reclaimable)} can go`}`
            : 'A clean-up waits for your answer',
        body:
          items === 0
            ? 'What could go needs your choice. Nothing has been removed.'
            : `${plural(items, 'item')} can go, ${f.reclaimable(reclaimable)}.${also(of)}${why[reason]} Nothing has been removed.`,
      };
    },
    /** The end of a clean-up, however it ended; with the disk where a full one started it. */
    cleaned: (run: CleanRun, disk: Gauge | null = null): Note => ({
      title: headline(run),
      body: `${run.removed.length === 0 ? 'The engine is as it was.' : freed(run)}${rest(run)}${now(disk)}`,
    }),
    /** A clean-up from the tray; `why` is the error's own sentence. */
    cleanFailed: (why: string): Note => ({ title: 'The clean-up failed', body: why }),
    /** The disk of the computer itself is over the mark of `hostNotice`. */
    hostFull: (host: Gauge, engine: Gauge, canGo: Reclaimable, of: LostImages): Note => ({
      title: full('host', host) ?? "This computer's disk is nearly full",
      body: [
        canGo.max === 0
          ? 'By your policy, Docker has nothing to clean up.'
          : `In Docker, ${f.reclaimable(canGo)} can go.${also(of)}`,
        ...[returns(engine)].filter((sentence) => sentence !== null),
      ].join(' '),
    }),
    /** Shown on a person's wish, to see whether notifications come. */
    test: {
      title: 'A notification from Careen',
      body: 'Notifications arrive. This one says nothing else.',
    },
    /** Said once, at the first close of the window, where no tray host exists. */
    trayMissing: {
      title: 'Careen has no tray icon here',
      body: 'This desktop shows no tray. GNOME needs the AppIndicator extension. Start Careen again to open its window; it goes on until then.',
    },
    /** Said once, at the first close of the window, where the tray shows the icon. */
    staysInTray: {
      title: 'Careen stays in the tray',
      body: 'Open it or quit it from its tray menu.',
    },
  };
}
