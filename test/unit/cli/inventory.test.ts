import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeInventory, inventoryDocument } from '../../../main/contract/documents/inventory.js';
import { inventories } from '../domain/arbitrary.js';

describe("an inventory's document", () => {
  it('gives back exactly what was put in, also by way of a file', () => {
    fc.assert(
      fc.property(inventories(), (inventory) => {
        const document: unknown = JSON.parse(JSON.stringify(encodeInventory(inventory)));
        expect(inventoryDocument.parse(document)).toEqual(inventory);
      }),
    );
  });

  it('has its times in ISO 8601, UTC, and its bytes as integers', async () => {
    const text = await readFile('test/fixtures/cli/inventory.json', 'utf8');
    const inventory = inventoryDocument.parse(JSON.parse(text));
    expect(inventory.takenAt).toBe(Date.UTC(2026, 10, 24, 10));
    expect(encodeInventory(inventory)).toEqual(JSON.parse(text));
  });

  it('takes what a later version adds', async () => {
    const text = await readFile('test/fixtures/cli/inventory.json', 'utf8');
    const document = { ...(JSON.parse(text) as object), volumes: [] };
    expect(inventoryDocument.safeParse(document).success).toBe(true);
  });
});
