import fc from 'fast-check';
import { expect, it } from 'vitest';
import { same } from '../../../../main/domain/recreate/json.js';
import type { Json } from '../../../../main/domain/recreate/types.js';

/** The same JSON with the keys of every object the other way round. */
function reversed(json: Json): Json {
  if (Array.isArray(json)) return json.map(reversed);
  if (json === null || typeof json !== 'object') return json;
  return Object.fromEntries(
    Object.entries(json)
      .toReversed()
      .map(([key, value]) => [key, reversed(value)]),
  );
}

const json = fc.jsonValue() as fc.Arbitrary<Json>;

it('two pieces of JSON are the same whatever the order of their keys', () => {
  fc.assert(fc.property(json, (a) => same(a, reversed(a))));
});

it('two pieces of JSON are the same only if they say the same', () => {
  const sorted = (a: Json): string =>
    JSON.stringify(a, (_, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
        : value,
    );
  fc.assert(fc.property(json, json, (a, b) => same(a, b) === (sorted(a) === sorted(b))));
  expect(same({ a: undefined as unknown as Json }, { b: 1 })).toBe(false);
  expect(same([], {})).toBe(false);
  expect(same(null, {})).toBe(false);
});
