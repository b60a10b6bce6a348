import type { ContainerFacts, ImageFacts } from '../facts.js';

const label = 'careen.keep';

/**
 * Whether a label of the container's own asks to keep what it is or uses. A container inherits its
 * image's labels: those are the image's request, not a person's (DESIGN §6).
 */
export function isKeptByLabel(
  container: Pick<ContainerFacts, 'labels'>,
  image: Pick<ImageFacts, 'labels'> | null,
): boolean {
  return container.labels[label] === 'true' && image?.labels[label] !== 'true';
}
