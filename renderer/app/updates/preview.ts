import type { UpdatePreview } from '../../../main/contract/update-preview.js';

/** Paths in the writable layer that go with the old container; empty: none, or not known. */
export const lostBy = ({ writable }: Pick<UpdatePreview, 'writable'>): readonly string[] =>
  writable?.paths ?? [];

/** Names of the containers that stop and start along with it. */
export const restartsOf = ({ dependants }: Pick<UpdatePreview, 'dependants'>): string[] =>
  dependants.filter(({ act }) => act !== 'none').map(({ container }) => container);
