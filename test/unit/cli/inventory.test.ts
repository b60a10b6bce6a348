import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeInventory, inventoryDocument } from '../../../main/contract/documents/inventory.js';
import { inventories } from '../domain/arbitrary.js';

const fixture = async () =>
  JSON.parse(await readFile('test/fixtures/cli/inventory.json', 'utf8')) as object;

const time = fc.integer({ min: 0, max: Date.UTC(2027, 0, 1) });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const named = { driver: fc.constantFrom('bridge', 'local'), labels: fc.constant({ a: 'b' }) };
const usage = {
  created: maybe(time),
  usedBy: maybe(fc.array(fc.constantFrom('web', 'db'))),
  lastUsed: maybe(fc.record({ at: time, by: fc.constantFrom('web', 'db') })),
  project: maybe(fc.constant('acme')),
};
const size = fc.nat();

const network = fc.record({
  ...named,
  ...usage,
  id: fc.string(),
  name: fc.string(),
  builtIn: fc.boolean(),
});
const volume = fc.record({
  ...named,
  ...usage,
  name: fc.string(),
  anonymous: fc.boolean(),
  size: maybe(size),
  mountedAt: maybe(fc.constant('/var/lib/data')),
});
const cached = fc.record({
  id: fc.string(),
  size,
  shared: fc.boolean(),
  inUse: fc.boolean(),
  created: maybe(time),
  lastUsed: maybe(time),
});
const others = fc.record({
  networks: fc.array(network),
  volumes: fc.array(volume),
  cacheRecords: maybe(fc.array(cached)),
  hoursSinceGap: maybe(fc.nat({ max: 100 })),
  observedOn: fc.subarray(['2026-11-20', '2026-11-22', '2026-11-23']),
});

describe("an inventory's document", () => {
  it('gives back exactly what was put in, also by way of a file', () => {
    fc.assert(
      fc.property(inventories(), others, (images, more) => {
        const inventory = { ...images, ...more };
        const document: unknown = JSON.parse(JSON.stringify(encodeInventory(inventory)));
        expect(inventoryDocument.parse(document)).toEqual(inventory);
        expect(encodeInventory(inventoryDocument.parse(document))).toEqual(document);
      }),
    );
  });

  it('has its times in ISO 8601, UTC, and its bytes as integers', async () => {
    const document = await fixture();
    const inventory = inventoryDocument.parse(document);
    expect(inventory.takenAt).toBe(Date.UTC(2026, 10, 24, 10));
    expect(encodeInventory(inventory)).toMatchObject(document);
    const used = { at: inventory.takenAt, by: 'web' };
    const volume = {
      name: 'data',
      driver: 'local',
      created: used.at,
      labels: {},
      anonymous: false,
      size: 12,
      usedBy: [],
      lastUsed: used,
      mountedAt: '/data',
      project: null,
    };
    expect(encodeInventory({ ...inventory, volumes: [volume] }).volumes).toEqual([
      {
        ...volume,
        created: '2026-11-24T10:00:00.000Z',
        lastUsed: { at: '2026-11-24T10:00:00.000Z', by: 'web' },
      },
    ]);
  });

  it('is read as the first version wrote it, which knew of images and containers alone', async () => {
    const { networks, volumes, cacheRecords, containers } = inventoryDocument.parse(
      await fixture(),
    );
    expect([networks, volumes, cacheRecords]).toEqual([[], [], null]);
    expect(containers[0]).toMatchObject({ networks: [], volumes: [], mountsSocket: false });
  });

  it('takes what a later version adds', async () => {
    const document = { ...(await fixture()), later: [] };
    expect(inventoryDocument.safeParse(document).success).toBe(true);
  });
});
