import { describe, expect, it } from 'vitest';
import type { DockerEngine, Removal } from '../../../main/adapters/docker/types.js';
import { removeImage } from '../../../main/services/cleaner/image.js';
import { nowKept } from '../../../main/services/cleaner/kept.js';
import { imageId } from '../domain/arbitrary.js';

const id = imageId(1);
const other = imageId(2);

/** Names and what they mean, as an engine keeps them; `before` happens ahead of the n-th untag. */
function names(refs: string[], before: (n: number, held: Map<string, string>) => void) {
  const held = new Map(refs.map((ref) => [ref, id]));
  let untags = 0;
  const listed = () => [...held].flatMap(([ref, image]) => (image === id ? [ref] : []));
  const engine = {
    resolve: (ref: string) => {
      const found = held.get(ref) ?? null;
      before(++untags, held);
      return Promise.resolve(found);
    },
    untag: (ref: string): Promise<Removal> => {
      const done = held.delete(ref);
      return Promise.resolve(
        done ? { done } : { done: false, status: 404, message: 'No such image' },
      );
    },
    tag: (image: string, ref: string) => {
      held.set(ref, image);
      return Promise.resolve();
    },
    usersOf: () => Promise.resolve([]),
    listImage: () =>
      Promise.resolve({ id, refs: listed(), digests: [], size: 1, parent: null, ownRefs: [] }),
    removeImage: (): Promise<Removal> => Promise.resolve({ done: true }),
  } as unknown as DockerEngine;
  return { engine, held, listed };
}

describe('an image with several names', () => {
  it('gets its names back when one of them went by another hand', async () => {
    const { engine, listed } = names(['a:1', 'b:1', 'c:1'], (n, held) => {
      if (n === 2) held.delete('b:1');
    });
    expect(await removeImage(engine, id, ['a:1', 'b:1', 'c:1'])).toEqual({
      state: 'skipped',
      skip: { code: 'tag-moved', ref: 'b:1' },
    });
    expect(listed().sort()).toEqual(['a:1', 'c:1']);
  });

  it('never takes a name off another image', async () => {
    const { engine, held } = names(['a:1', 'b:1', 'c:1'], (n, now) => {
      if (n === 1) now.set('b:1', other);
    });
    expect(await removeImage(engine, id, ['a:1', 'b:1', 'c:1'])).toMatchObject({
      skip: { code: 'tag-moved', ref: 'b:1' },
    });
    expect([...held].sort()).toEqual([
      ['a:1', id],
      ['b:1', other],
      ['c:1', id],
    ]);
  });
});

describe('a volume that a person named', () => {
  const item = {
    kind: 'volume' as const,
    id: 'volume:data',
    refs: ['data'],
    reclaimable: { min: 0, max: 0, certainty: 'at-least' as const },
    reason: { kind: 'default' as const, code: 'by-name-only' as const },
    recoverable: { state: 'no' as const },
    ticked: false,
    group: null,
    after: [],
    belongsTo: null,
  };
  const judged = { verdict: 'keep' as const, decidedBy: item.reason };

  it.each([
    ['never used', null, null],
    ['used before the plan', 900, null],
    ['used since', 1_100, { code: 'state-changed', state: 'used' }],
  ])('%s', (_, at, skip) => {
    const lastUsed = at === null ? null : { at, by: 'db' };
    expect(nowKept(item, { ...judged, lastUsed }, 1_000)).toEqual(skip);
  });
});
