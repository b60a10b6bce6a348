import { describe, expect, it } from 'vitest';
import type { ContainerFacts, Inventory } from '../../../main/domain/facts.js';
import { gate, unwellIn } from '../../../main/services/cleaner/health.js';

const container = (name: string, change: Partial<ContainerFacts> = {}): ContainerFacts => ({
  id: name,
  name,
  imageId: `sha256:${'a'.repeat(64)}`,
  reference: 'myorg/api:1',
  state: 'running',
  health: 'healthy',
  created: null,
  started: null,
  finished: null,
  labels: {},
  sizeRw: null,
  networks: [],
  volumes: [],
  mountsSocket: false,
  log: null,
  ...change,
});

const updated = (name: string, proven: boolean): Inventory['retained'][number] => {
  return { container: name, imageId: `sha256:${'b'.repeat(64)}`, replacedAt: 0, proven };
};

const unwell = { health: 'unhealthy' } as const;

describe('the health gate', () => {
  it('mentions containers that are not well, and blocks nothing', () => {
    const containers = [container('a'), container('b', unwell), container('c', { state: 'dead' })];
    expect(gate({ containers, retained: [] })).toEqual(['b', 'c']);
  });

  it('is shut while an update that is not proven is not well', () => {
    const containers = [container('web', unwell), container('api', unwell)];
    const retained = [updated('web', false), updated('api', true)];
    expect(unwellIn({ containers, retained })).toEqual({ unproven: ['web'], others: ['api'] });
    expect(() => gate({ containers, retained })).toThrowError(
      expect.objectContaining({ code: 'update-unwell', details: { containers: ['web'] } }),
    );
  });

  it('is open beside an unproven update that is well', () => {
    const containers = [container('web'), container('db', { health: 'starting' })];
    expect(gate({ containers, retained: [updated('web', false), updated('db', false)] })).toEqual(
      [],
    );
  });
});
