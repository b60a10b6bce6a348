import { existsSync } from 'node:fs';
import { enginePath } from '../../scripts/lib/engines.mjs';

const always = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

const matrix = [
  { version: '28.5', store: 'classic' },
  { version: '28.5', store: 'containerd' },
] as const;

/** Whether this is `npm run test:matrix`, which runs everything on every store. */
export const isMatrix = process.env['CAREEN_MATRIX'] !== undefined;

/** The engines that tests tagged `@store` run on; in the matrix the newest too, where it can be had. */
export const stores =
  isMatrix && existsSync(enginePath('28.5', 'usr/sbin/dockerd')) ? [...always, ...matrix] : always;
