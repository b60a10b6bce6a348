import type { ImageLayers } from '../../../../main/contract/image-layers.js';

/**
 * What made each run of an image's layers, from the base up: the step of its largest layer.
 *
 * @param runs how many layers each run has
 * @returns null for a run of which no step is known
 */
export function stepsOf(
  { layers, steps }: ImageLayers,
  runs: readonly number[],
): (string | null)[] {
  let first = 0;
  return runs.map((count) => {
    const run = (layers ?? []).slice(first, first + count).filter(({ step }) => step !== null);
    first += count;
    const largest = run.reduce((a, b) => (a && a.size >= b.size ? a : b), run[0]);
    const step = steps[largest?.step ?? -1];
    return step ? [step.instruction, step.text].filter(Boolean).join(' ') || null : null;
  });
}
