import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readyToGoBack, serviceWayBack } from '../../../../main/domain/swarm/way-back.js';
import { nodesThatRan } from '../../../../main/domain/swarm/tasks.js';
import { digest, nodes, service, task, three, web } from './support.js';

const intent = {
  image: web(2),
  before: { image: web(1), digest: digest(1) },
  backAsked: false,
};
const ours = service({ image: web(2), previousImage: web(1) });

describe("a service's way back", () => {
  it("is the engine's where PreviousSpec has the recorded digest", () => {
    expect(serviceWayBack(ours, intent, false)).toEqual({ by: 'engine' });
  });

  it('is a new update where the registry asks for a login, which none may be stored for', () => {
    const update = { by: 'update', image: web(1) };
    for (const byPerson of [true, false])
      expect(serviceWayBack(ours, intent, byPerson, true)).toEqual(update);
  });

  it('is a new update where a scale, a label or a deploy has replaced it, or there is none', () => {
    for (const previousImage of [web(2), web(3), null])
      expect(serviceWayBack({ ...ours, previousImage }, intent, false)).toEqual({
        by: 'update',
        image: web(1),
      });
  });

  it('is none once it is back: asked twice, it would bring the bad image again', () => {
    const swapped = { image: web(1), previousImage: web(2) };
    for (const byPerson of [true, false])
      expect(serviceWayBack(swapped, intent, byPerson)).toEqual({ by: 'none', why: 'is-back' });
  });

  it('is not asked for again by itself, only by a person', () => {
    const asked = { ...intent, backAsked: true };
    expect(serviceWayBack(ours, asked, false)).toEqual({ by: 'none', why: 'asked-before' });
    expect(serviceWayBack(ours, asked, true)).toEqual({ by: 'engine' });
  });

  it('leaves what someone else put there since, whoever asked for it', () => {
    const theirs = { image: web(3), previousImage: web(2) };
    for (const byPerson of [true, false])
      expect(serviceWayBack(theirs, intent, byPerson)).toEqual({
        by: 'none',
        why: 'someone-else-acted',
      });
  });

  it('of a Spec without a digest leads to the digest that its tasks were seen to run', () => {
    const seen = { ...intent, before: { image: 'web:1', digest: digest(1) } };
    const update = { by: 'update', image: `web:1@${digest(1)}` };
    expect(serviceWayBack({ image: web(2), previousImage: 'web:1' }, seen, false)).toEqual(update);
    // Swarm went back by itself, to what the tag shows now.
    expect(serviceWayBack({ image: 'web:1', previousImage: null }, seen, false)).toEqual(update);
  });

  it('is none where nothing says which digest it ran', () => {
    const unknown = { ...intent, before: { image: 'web:1', digest: null } };
    const none = { by: 'none', why: 'no-digest' };
    expect(serviceWayBack({ image: web(2), previousImage: 'web:1' }, unknown, false)).toEqual(none);
    const byId = { ...intent, before: { image: digest(7), digest: digest(1) } };
    expect(serviceWayBack({ image: web(2), previousImage: null }, byId, false)).toEqual(none);
  });

  it('never swaps unless that brings the recorded digest', () => {
    const images = fc.constantFrom(web(1), web(2), web(3), 'web:1');
    fc.assert(
      fc.property(
        images,
        fc.option(images),
        fc.boolean(),
        fc.boolean(),
        (image, previousImage, backAsked, byPerson) => {
          const way = serviceWayBack({ image, previousImage }, { ...intent, backAsked }, byPerson);
          if (way.by === 'engine')
            expect([image === web(1), previousImage]).toEqual([false, web(1)]);
          if (way.by === 'update') expect(way.image).toBe(web(1));
        },
      ),
    );
  });
});

describe('before a service goes back', () => {
  const has = (answers: Record<string, boolean | null>) => (id: string) => answers[id] ?? null;

  it('the registry gives the old image', () => {
    expect(readyToGoBack(nodes, true, () => false)).toEqual({ state: 'ready' });
  });

  it('or every node has it by its digest', () => {
    expect(readyToGoBack(nodes, false, () => true)).toEqual({ state: 'ready' });
    expect(readyToGoBack(nodes, false, has({ node1: true, node2: false }))).toEqual({
      state: 'missing',
      without: ['node2'],
      unknown: ['node3'],
    });
  });

  it('which a task that has run it there tells', () => {
    const gone = three(web(1), { state: 'shutdown', desired: 'shutdown' });
    const never = task('never', 4, { state: 'rejected' });
    const waits = task('waits', 5, { nodeId: null, state: 'pending' });
    const ran = nodesThatRan([...gone, ...three(web(2)), never, waits], web(1));
    expect([...ran]).toEqual(['node1', 'node2', 'node3']);
    expect(readyToGoBack(nodes, false, (id) => ran.has(id) || null)).toEqual({ state: 'ready' });
  });

  it('of nodes that take tasks, and there are some', () => {
    const drained = nodes.map((one) =>
      one.id === 'node1' ? one : { ...one, availability: 'drain' as const },
    );
    expect(readyToGoBack(drained, false, has({ node1: true }))).toEqual({ state: 'ready' });
    expect(readyToGoBack([], false, () => true).state).toBe('missing');
  });
});
