import type { z } from 'zod';
import { spaceResult } from '../space.js';
import { isoTime } from './common.js';

/** What `careen space --json` prints: bytes on the engine's disk by what takes them. */
export const spaceDocument = spaceResult.extend({ at: isoTime });
export type SpaceDocument = z.input<typeof spaceDocument>;
