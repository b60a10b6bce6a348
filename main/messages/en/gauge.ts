import type { Gauge, Missing } from '../../domain/disk/types.js';
import { shareOf } from '../../domain/disk/share.js';
import type { format } from './format.js';

/** How full disks are, how that is known, and why it is not. */
export function gauge(f: ReturnType<typeof format>) {
  const why = ({ why: code, about }: Missing): string => {
    const it = about ?? 'its disk file';
    switch (code) {
      case 'no-engine':
        return 'No engine is connected.';
      case 'some-vm':
        return 'The engine runs in a VM of a product that Careen does not know.';
      case 'outside-wsl':
        return 'The disk belongs to Windows and cannot be seen from this distribution.';
      case 'not-agreed':
        return 'macOS asks before one app reads the files of another, and you have not agreed to that yet: it is in Settings.';
      case 'refused':
        return `The system does not let Careen read ${it}.`;
      case 'no-file':
        return about === null ? 'Its disk file was not found.' : `There is no ${about}.`;
      case 'no-volume':
        return `The volume ${it} is not mounted.`;
      case 'silent':
        return `The file system of ${it} does not answer.`;
      case 'unreadable':
        return `Reading ${it} failed.`;
      case 'damaged':
        return `What ${it} says cannot be right.`;
      case 'elsewhere':
        return about === null
          ? 'The engine is on another machine, and how full its disk is cannot be seen from here.'
          : `${it} is on another machine, which is not asked.`;
      case 'ambiguous':
        return 'It could be the disk of more than one machine.';
      case 'no-limit':
        return 'How far the disk may grow is not known.';
    }
  };
  const how = ({ how: by, of, bound }: Gauge): string[] => {
    const at = of ?? 'its disk file';
    if (by === 'file-system') return [`Measured at ${at}.`];
    if (by === 'engine') return ['What is used is as the engine itself tells.'];
    if (bound === null) return [];
    return [
      `Estimated from what ${at} takes on this computer: no more than that is used${bound === 'close' ? ', and about that.' : '; what became free inside may still count.'}`,
    ];
  };
  const limit = ({ limit: most }: Gauge): string[] => {
    if (most === null) return [];
    const bytes = f.bytes(most.bytes);
    if (most.from === 'settings') return [`Its settings let it grow to ${bytes}.`];
    if (most.from === 'assumed') return [`It is assumed that it can grow to ${bytes}.`];
    return [`It can grow to ${bytes}.`];
  };
  const binds = {
    limit: 'That would be reached before this computer’s own disk is full.',
    host: 'This computer’s own disk would be full first.',
  };
  const returns = {
    shortly: 'What becomes free inside usually comes back to this computer shortly.',
    restart:
      'What becomes free inside comes back to this computer when the VM starts next, or after a trim in it.',
    no: 'What becomes free inside does not come back to this computer, but can be used again inside.',
  };
  return {
    /** Why a figure is unknown. */
    unknown: why,
    /** How the figures were got, what ends first, and what comes back; a sentence each. */
    details: (g: Gauge): string[] => [
      ...how(g),
      ...limit(g),
      ...(g.binds ? [binds[g.binds]] : []),
      ...(g.returns ? [returns[g.returns]] : []),
      ...(g.oddity
        ? [`${g.oddity.file} has a size in bytes where MiB are meant; it is not gone by.`]
        : []),
      ...(g.missing ? [why(g.missing)] : []),
    ],
    /** `Docker's disk is 88 % full`; null where that is not known. */
    full: (whose: 'engine' | 'host', g: Gauge): string | null => {
      const share = shareOf(g);
      const disk = { engine: "Docker's disk", host: "This computer's disk" }[whose];
      return share === null
        ? null
        : `${disk} is ${g.bound === null ? '' : 'at most '}${share} % full`;
    },
    /** What becomes of space that is freed inside a VM; null where the disk is no VM's. */
    returns: (g: Gauge): string | null => g.returns && returns[g.returns],
    /** The gauge in one line. */
    line(g: Gauge): string {
      if (g.used === null) return g.missing ? `unknown: ${why(g.missing)}` : 'unknown';
      const atMost = g.bound === null ? '' : 'at most ';
      if (g.available === null) {
        const reason = g.missing ? `: ${why(g.missing)}` : '';
        return `${atMost}${f.bytes(g.used)} used, what is free is unknown${reason}`;
      }
      const percent = Math.round((100 * g.used) / Math.max(1, g.used + g.available));
      const atLeast = g.qualityOf.available === 'estimated' ? 'at least ' : '';
      return `${atMost}${percent} % used, ${atLeast}${f.bytes(g.available)} free${g.quality === 'estimated' ? ', estimated' : ''}${g.of === null ? '' : ` (${g.of})`}`;
    },
  };
}
