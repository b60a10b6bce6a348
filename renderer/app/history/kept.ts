import type { KeptVersion, UpdateRow } from '../../../main/contract/updates.js';
import type { UpdatedContainer } from '../../../main/contract/update-steps.js';

/** The version that a run replaced, where its container can still go back to it. */
export function keptOf(
  { container, from, result }: Pick<UpdatedContainer, 'container' | 'from' | 'result'>,
  rows: readonly UpdateRow[],
): KeptVersion | null {
  if (result?.state !== 'updated' && result?.state !== 'restored') return null;
  const row = rows.find((one) => one.container === container);
  return row?.kept.find(({ imageId }) => imageId === from.imageId) ?? null;
}
