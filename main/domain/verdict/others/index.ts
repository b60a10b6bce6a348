import type { Inventory } from '../../facts.js';
import { ownerNeeds } from '../../owners/needs.js';
import type { Policy } from '../../policy/types.js';
import { reachesBy } from '../age.js';
import type { JudgeOptions } from '../judge.js';
import type { JudgedOther } from '../types.js';
import { judgeCache } from './cache.js';
import { judgeContainers } from './containers.js';
import { judgeNetworks } from './networks.js';
import { judgeVolumes } from './volumes.js';

/**
 * Judges what takes space beside images (issue 10): containers, networks, volumes, and the build
 * cache as one thing, each in the inventory's order.
 */
export function judgeOthers(
  inventory: Inventory,
  policy: Policy,
  { now, ages, named = new Set() }: JudgeOptions,
): JudgedOther[] {
  const needs = ownerNeeds(inventory, now);
  const timing = { now, reaches: reachesBy(ages, inventory, now), named };
  return [
    ...judgeContainers(inventory, policy, needs, timing),
    ...judgeNetworks(inventory, policy, needs, timing),
    ...judgeVolumes(inventory, needs),
    ...judgeCache(inventory, policy, timing),
  ];
}
