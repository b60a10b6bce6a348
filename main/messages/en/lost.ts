import type { LostImages } from '../../domain/plan/lost.js';
import { count } from '../count.js';
import { capital, plural } from './format.js';

/** Of images that go, how many are lost with that, within a sentence; null: all can be had again. */
function part({ images, lost, sure }: LostImages): string | null {
  if (lost === 0) return null;
  const all = images === 1 ? 'the image' : `the ${plural(images, 'image')}`;
  const which = lost < images ? `${count(lost)} of ${plural(images, 'image')}` : all;
  return sure
    ? `${which} cannot be brought back`
    : `${which} ${lost === 1 ? 'is' : 'are'} not known to come back`;
}

export const lost = {
  part,
  /** The same as a sentence of its own. */
  sentence: (of: LostImages): string | null => {
    const said = part(of);
    return said === null ? null : `${capital(said)}.`;
  },
};
