import type { GaugesSlice } from '../../contract/slices.js';
import type { EngineFacts } from '../../domain/facts.js';
import type { Plan } from '../../domain/plan/types.js';
import type { ReasonKind, Reclaimable } from '../../domain/verdict/types.js';
import { capital, plural, type format } from './format.js';

type Gauge = GaugesSlice['engine'];

const keptAs: Record<ReasonKind, string> = {
  hold: 'in use or needed',
  protect: 'protected',
  grace: 'new here',
  keep: 'kept by a rule',
  remove: 'kept with another name',
  default: 'named by no rule',
};

/** What only the command line says. */
export function cli(f: ReturnType<typeof format>) {
  const images = (n: number) => plural(n, 'image');
  return {
    images,
    /** Column headings. */
    heading: {
      verdict: 'VERDICT',
      size: 'SIZE',
      frees: 'FREES',
      id: 'ID',
      image: 'IMAGE',
      why: 'WHY',
      created: 'CREATED',
      used: 'LAST USED',
      usedBy: 'USED BY',
      when: 'WHEN',
      outcome: 'OUTCOME',
      removed: 'REMOVED',
      freed: 'FREED',
      run: 'RUN',
    },
    never: 'unknown',
    untagged: (id: string) => `<untagged> ${id}`,
    status: {
      engine: 'Engine',
      found: 'Found as',
      engineDisk: "Engine's disk",
      hostDisk: "Host's disk",
      images: 'Images',
      policy: 'Policy',
      lastRun: 'Last clean-up',
      home: 'Data folder',
      paused: 'Paused',
    },
    engine: (e: EngineFacts) => `${e.name} ${e.version} at ${e.endpoint}, ${e.store} image store`,
    noEngine: 'none',
    gauge(g: Gauge): string {
      if (g.quality === 'unknown' || g.used === null || g.available === null)
        return g.available === null ? 'unknown' : `${f.bytes(g.available)} free`;
      const percent = Math.round((100 * g.used) / Math.max(1, g.used + g.available));
      return `${percent} % used, ${f.bytes(g.available)} free${g.quality === 'estimated' ? ', estimated' : ''}${g.of === null ? '' : ` (${g.of})`}`;
    },
    onDisk: (n: number, bytes: number) => `${images(n)}, ${f.bytes(bytes)} on disk`,
    /** The answer that a person came for. */
    canGo: (r: Reclaimable, n: number) =>
      n === 0 ? 'Nothing has to go.' : `${capital(f.reclaimable(r))} can go safely, ${images(n)}.`,
    couldGo: (n: number) => `${images(n)} more can go if you take ${n === 1 ? 'it' : 'them'} in.`,
    policyDefault: (file: string) => `the default, since there is no ${file}`,
    pausedUntil: (when: string) => `until: ${when}`,
    movedAside: (file: string, to: string) =>
      `${file} could not be read; it was moved to ${to} and the defaults are used.`,
    running: 'A clean-up is under way.',
    contextMoved: (name: string) =>
      `Docker's current context is now "${name}"; Careen stays where it is until you choose.`,
    none: 'none yet',
    plan: {
      head: (planId: string) => `Plan ${planId}, good for an hour.`,
      goes: 'Goes:',
      needsTick: {
        unrecoverable: 'Cannot be brought back; goes only with --also unrecoverable:',
        estimates: 'Rests on an estimate; goes only with --also estimates:',
      } as Record<'unrecoverable' | 'estimates', string>,
      unticked: 'Goes only with --also:',
      kept: (kept: Plan['kept']) =>
        `Stays: ${kept.map(({ kind, images: n }) => `${f.count(n)} ${keptAs[kind]}`).join(', ')}.`,
      total: (n: number, r: Reclaimable) => `${images(n)} to remove, ${f.reclaimable(r)}.`,
      nothing: 'Nothing to clean up.',
      run: (planId: string) => `To remove exactly this: careen clean --plan ${planId}`,
      offline: 'Judged from files; no engine was asked and nothing can be run.',
    },
    keptAs,
    confirm: (n: number, r: Reclaimable) => `Remove ${images(n)}, ${f.reclaimable(r)}? [y/N] `,
    /** Answers that mean yes, in lower case. */
    yes: ['y', 'yes'],
    progress: (done: number, total: number, what: string) => `${done} of ${total}: ${what}`,
    checking: 'Checking what has changed since the plan…',
    measuring: 'Asking the engine what became free…',
    cancelling: 'Cancelling after the image at work…',
    staying: 'Done. Staying while other careen commands work through this one…',
    endsAll: 'Other careen commands still work through this one; interrupt again to end them too.',
    state: { removed: 'removed', restored: 'pulled again', skipped: 'skipped', failed: 'failed' },
    skippedHead: 'Skipped:',
    failedHead: 'Failed:',
    outcome: {
      done: 'done',
      cancelled: 'cancelled',
      'engine-lost': 'Docker went away',
      interrupted: 'interrupted',
      failed: 'failed',
      unhealthy: 'stopped, not well',
      running: 'under way',
    },
    protect: {
      changed: (file: string) => `Protected, in ${file}:`,
      taken: (file: string) => `No longer protected, in ${file}:`,
      already: 'Protected already:',
      absent: 'No entry names:',
    },
    history: { empty: 'No clean-up yet.' },
    policy: {
      valid: (file: string) => `${file} is a valid policy.`,
      stoodIn: 'Not written there, so these hold:',
      written: (file: string) => `Wrote ${file}. "careen policy check" checks it after an edit.`,
    },
  };
}
