import { describe, expect, it } from 'vitest';
import type { EngineDiskUse } from '../../../main/adapters/docker/types.js';
import type { CacheRecord } from '../../../main/domain/facts.js';
import { Held } from '../../../main/services/inventory/held.js';

const record: CacheRecord = {
  id: 'a',
  size: 3,
  shared: true,
  inUse: false,
  created: null,
  lastUsed: null,
};

/** What an engine counts, made anew each time as an answer of it is. */
const counted = (container: number, cache: CacheRecord[] = []): EngineDiskUse => ({
  layers: null,
  containers: new Map([['c', container]]),
  volumes: new Map([['data', 7]]),
  cache: structuredClone(cache),
});

describe('what an engine counts', () => {
  it('is news only where it is other than before', () => {
    const held = new Held();
    expect(held.takeDiskUse(counted(1))).toBe(true);
    expect(held.takeDiskUse(counted(1))).toBe(false);
    expect(held.takeDiskUse(counted(2))).toBe(true);
    expect(held.listed(9).sizes.containers.get('c')).toBe(2);
    expect(held.takeDiskUse(counted(2, [record]))).toBe(true);
    expect(held.takeDiskUse(counted(2, [record]))).toBe(false);
    expect(held.listed(9).buildCache).toBe('shared');
  });
});
