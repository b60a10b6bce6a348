import { describe, expect, it } from 'vitest';
import { Changes, type ImageEvent } from '../../../main/services/inventory/changes.js';
import { arrivalOf, replayedOf, tagsOf } from '../../../main/services/inventory/sightings.js';
import { imageId } from '../domain/arbitrary.js';

const [a, b] = [imageId(1), imageId(2)];
const row = (id: string, ...refs: string[]) => ({
  id,
  refs,
  digests: [],
  size: 1,
  parent: null,
  ownRefs: [],
});
const event = (
  action: ImageEvent['action'],
  at: number,
  named: { id?: string; ref?: string },
): ImageEvent => ({ kind: 'image', action, at, id: named.id ?? null, ref: named.ref ?? null });
const images = (...rows: ReturnType<typeof row>[]) => new Map(rows.map((one) => [one.id, one]));
const came = (id: string, at: number, how: string) => ({ kind: 'arrived', id, at, how });

describe('how an image came', () => {
  it('is told by the surest of its events', () => {
    const tag = event('tag', 3, { id: a, ref: 'x:1' });
    const load = event('load', 2, { id: a });
    const pull = event('pull', 1, { ref: 'x:1' });
    expect(arrivalOf(a, [pull, load, tag], 9)).toEqual(came(a, 1, 'pulled'));
    expect(arrivalOf(a, [tag, load], 9)).toEqual(came(a, 2, 'loaded'));
    expect(arrivalOf(a, [tag], 9)).toEqual(came(a, 3, 'built'));
    expect(arrivalOf(a, [], 9)).toEqual(came(a, 9, 'seen'));
  });

  it('tells of a name given anew, also by a pull or load of what is there', () => {
    const given = [event('load', 2, { id: a }), event('tag', 3, { id: a }), event('pull', 4, {})];
    expect(tagsOf(a, [...given, event('untag', 5, { id: a })])).toEqual(
      [2, 3, 4].map((at) => ({ kind: 'tagged', id: a, at })),
    );
  });

  it('is told by a load or import that names nothing but an ID', () => {
    const events = [event('load', 1, { id: a }), event('import', 2, { id: b })];
    expect(replayedOf(events, images(row(a), row(b)))).toEqual([
      came(a, 1, 'loaded'),
      came(b, 2, 'loaded'),
    ]);
  });

  it('is not told by a name that was given before anybody watched', () => {
    const events = [event('tag', 1, { id: a, ref: 'x:1' }), event('create', 2, { id: a })];
    expect(replayedOf(events, images(row(a, 'x:1')))).toEqual([
      { kind: 'tagged', id: a, at: 1 },
      { kind: 'tagged', id: a, at: 2 },
    ]);
  });

  it('is told by the latest event about a reference', () => {
    const twice = [event('pull', 1, { ref: 'x:1' }), event('pull', 5, { ref: 'x:1' })];
    expect(replayedOf(twice, images(row(a, 'x:1')))).toEqual([came(a, 5, 'pulled')]);
    const pushed = [...twice, event('other', 6, { ref: 'x:1' })];
    expect(replayedOf(pushed, images(row(a, 'x:1')))).toEqual([came(a, 5, 'pulled')]);
    // The name moved to a build since: the pull brought another image.
    const moved = [...twice, event('tag', 7, { id: b, ref: 'x:1' })];
    expect(replayedOf(moved, images(row(a), row(b, 'x:1')))).toEqual([
      { kind: 'tagged', id: b, at: 7 },
    ]);
    const loaded = [event('pull', 1, { ref: 'x:1' }), event('load', 2, { id: a })];
    expect(replayedOf(loaded, images(row(a, 'x:1')))).toEqual([came(a, 2, 'loaded')]);
  });
});

describe('what is due', () => {
  it('keeps all events about an image and a reference', () => {
    const changes = new Changes();
    const load = event('load', 1, { id: a });
    const tag = event('tag', 2, { id: a, ref: 'x:1' });
    const [pull, push] = [event('pull', 3, { ref: 'x:1' }), event('other', 4, { ref: 'x:1' })];
    for (const one of [load, tag, pull, push]) changes.mark(one, [row(b, 'x:1')]);
    const due = changes.take();
    expect(due.all).toBe(false);
    expect([...due.images]).toEqual([
      [a, [load, tag]],
      [b, []],
    ]);
    expect([...due.refs]).toEqual([['x:1', [pull, push]]]);
    changes.mark(tag, []);
    changes.untake(due);
    const again = changes.take();
    expect([again.all, again.images.get(a)]).toEqual([true, [load, tag, tag]]);
  });

  it('is everything where a name that was pulled moved on at once', () => {
    const changes = new Changes();
    changes.mark(event('pull', 1, { ref: 'x:1' }), []);
    changes.mark(event('tag', 2, { id: b, ref: 'x:1' }), []);
    const due = changes.take();
    expect([due.all, due.refs.size]).toEqual([true, 0]);
  });
});
