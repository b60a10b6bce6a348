import { describe, expect, it } from 'vitest';
import { accountOf } from '../../../main/domain/account.js';
import { container, image, inventory } from './arbitrary.js';

const layer = (chainId: string, size: number) => ({ chainId, size });
const volume = (name: string, size: number | null) => ({
  name,
  driver: 'local',
  created: null,
  labels: {},
  anonymous: false,
  size,
  usedBy: [],
  lastUsed: null,
  mountedAt: null,
  project: null,
});
const record = (size: number, shared: boolean) => ({
  id: `${size}`,
  size,
  shared,
  inUse: false,
  created: null,
  lastUsed: null,
});

const taken = inventory(
  [
    image(1, { layers: [layer('a', 100)] }),
    image(2, { layers: [layer('a', 100), layer('ab', 20)] }),
  ],
  {
    containers: [container(1, 1, { sizeRw: 7 }), container(2, 2)],
    volumes: [volume('data', 3), volume('nfs', null)],
  },
);

describe('the account of a disk', () => {
  it('counts each layer once, leaves shared cache to the images, and adds up', () => {
    const account = accountOf(
      taken,
      {
        layers: 125,
        containers: new Map([[container(1, 1).id, 8]]),
        volumes: new Map([['data', 4]]),
        cache: [record(40, false), record(50, true)],
      },
      1_000,
      300,
    );
    expect(account).toEqual({
      parts: [
        { kind: 'images', bytes: 125, count: 2, certainty: 'exact' },
        { kind: 'containers', bytes: 8, count: 2, certainty: 'at-least' },
        { kind: 'volumes', bytes: 4, count: 2, certainty: 'at-least' },
        { kind: 'buildCache', bytes: 40, count: 1, certainty: 'exact' },
        { kind: 'otherStore', bytes: 300, count: null, certainty: 'exact' },
        { kind: 'rest', bytes: 523, count: null, certainty: 'at-most' },
      ],
      explained: 477,
      used: 1_000,
      complete: true,
    });
    expect(account.parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(1_000);
  });

  it('goes by what is known where the engine does not answer in time', () => {
    const account = accountOf(taken, null, null);
    expect(account.parts.map(({ kind, bytes }) => [kind, bytes])).toEqual([
      ['images', 120],
      ['containers', 7],
      ['volumes', 3],
    ]);
    expect(account).toMatchObject({ explained: 130, used: null, complete: false });
  });

  it('has no rest where less is used than is explained', () => {
    expect(accountOf(taken, null, 100).parts.map(({ kind }) => kind)).not.toContain('rest');
  });
});
