import { absentParts } from './parts.js';
import type { Policy } from './types.js';

/** A policy that removes nothing: what holds while the policy file cannot be read. */
export const keepAll: Policy = {
  version: 1,
  mode: 'suggest',
  protect: [],
  keep: [],
  remove: [],
  grace: 0,
  ...absentParts,
};
