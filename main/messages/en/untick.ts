import type { Untick } from '../../domain/plan/types.js';
import { shortId } from '../short.js';
import { list } from './format.js';

const built = (names: readonly string[]) =>
  `${list(names)} ${names.length === 1 ? 'is' : 'are'} built on it`;

function why(untick: Untick, name: (id: string) => string): string {
  switch (untick.code) {
    case 'estimate':
      return 'its age is only estimated';
    case 'owner':
      return `${untick.tool}${untick.unit === null ? '' : ` (${untick.unit})`} may need it again`;
    case 'use-incomplete':
      return 'it was built here, and Docker does not show every container that may use it';
    case 'last-version':
      return `nothing else of ${list(untick.repositories)} would be left, and no registry has confirmed that it has it`;
    case 'newest-build':
      return `it was built here, and no newer version of ${list(untick.repositories)} stays`;
    case 'untagged-base':
      return `it is a build without a name, and ${built(untick.images.map(name))}`;
    case 'no-registry':
      return 'no registry is known to have it';
    case 'registry-lost':
      return 'no registry has it any more';
    case 'not-confirmed':
      return 'no registry has confirmed that it has it';
    case 'writable-layer':
      return 'what it wrote cannot be brought back';
    case 'by-name':
      return 'a volume goes only when you name it';
    case 'waits':
      return `${built(untick.images.map(name))}, which you have to choose first`;
  }
}

/** One whole sentence: why what may go does not go unless a person chooses it. */
export const untick = (of: Untick, name: (id: string) => string = shortId): string =>
  `Left to you: ${why(of, name)}.`;
