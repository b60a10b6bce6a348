import type { Layer, Millis } from './facts.js';

/** A step of an image's history as the engine tells it; it does not tell whether it made a layer. */
export interface HistoryStep {
  /** The command with what the builder put around it. */
  createdBy: string;
  comment: string;
  created: Millis | null;
  /** Bytes of the layer that it made; zero for none and for an empty one alike. */
  size: number;
}

/** Steps joined with layers; see `joinHistory`. */
export interface JoinedHistory {
  /** For each layer from the base up the place of the step that made it; null: not known. */
  steps: (number | null)[];
  unjoined: 'no-history' | 'mismatch' | 'doubt' | null;
}

/** Steps that make a layer even if it is empty; all others of a Dockerfile only set the config. */
export const makesLayer = /^(RUN|COPY|ADD)\b|^\/bin\/sh -c (?!#\(nop\))|#\(nop\) +(ADD|COPY)\b/;

/**
 * Which step made which layer. Steps of a size are the layers of a size, in the same order, or
 * nothing is said at all: a squashed image, or one that something else than a build made, has a
 * history of other layers. An empty layer is the step's that stands between the same neighbours,
 * where those are as many; else it is left open.
 *
 * @param layers from the base up
 * @param steps oldest first
 * @param inDoubt whether sizes of layers could not be told
 */
export function joinHistory(
  layers: readonly Layer[],
  steps: readonly HistoryStep[],
  inDoubt: boolean,
): JoinedHistory {
  const none = layers.map(() => null);
  if (layers.length === 0) return { steps: none, unjoined: null };
  if (steps.length === 0) return { steps: none, unjoined: 'no-history' };
  if (inDoubt) return { steps: none, unjoined: 'doubt' };
  const filled = steps.flatMap(({ size }, at) => (size > 0 ? [at] : []));
  const sized = layers.filter(({ size }) => size > 0);
  const same = sized.every(({ size }, i) => size === steps[filled[i] ?? -1]?.size);
  if (!same || filled.length !== sized.length) return { steps: none, unjoined: 'mismatch' };

  const joined: (number | null)[] = [];
  let before = -1;
  let gap = 0;
  let next = 0;
  const close = (until: number) => {
    joined.push(...emptySteps(steps, before + 1, until, gap));
    gap = 0;
  };
  for (const { size } of layers) {
    if (size === 0) {
      gap += 1;
      continue;
    }
    const at = filled[next++] ?? steps.length;
    close(at);
    joined.push(at);
    before = at;
  }
  close(steps.length);
  return { steps: joined, unjoined: joined.includes(null) ? 'mismatch' : null };
}

/** The steps from `from` to before `until`, all without a size, that made so many empty layers. */
function emptySteps(
  steps: readonly HistoryStep[],
  from: number,
  until: number,
  layers: number,
): (number | null)[] {
  if (layers === 0) return [];
  const places = Array.from({ length: until - from }, (_, i) => from + i);
  const makers = places.filter((at) => makesLayer.test(steps[at]?.createdBy ?? ''));
  for (const found of [makers, places]) if (found.length === layers) return found;
  return Array.from({ length: layers }, () => null);
}
