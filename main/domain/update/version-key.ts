import type { Version } from './types.js';

/** What tells one version from another: its digest, else its image, else its tag. */
export const versionKey = ({ digest, imageId, tag }: Version): string =>
  digest ?? imageId ?? tag ?? '';
