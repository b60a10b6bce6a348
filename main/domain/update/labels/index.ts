import { careenLabels } from './careen.js';
import { drydockLabels } from './drydock.js';
import { otherLabels } from './others.js';
import type { LabelAsks, LabelReader, OwnLabels } from './types.js';
import { watchtowerLabels } from './watchtower.js';
import { whatsUpDockerLabels } from './whats-up-docker.js';

const readers: readonly LabelReader[] = [
  careenLabels,
  watchtowerLabels,
  whatsUpDockerLabels,
  drydockLabels,
  ...otherLabels,
];

/** What a container's own labels ask for, by every tool's that is known (OWNERS §4). */
export function labelAsks(own: OwnLabels): LabelAsks[] {
  return readers.flatMap((read) => read(own));
}
