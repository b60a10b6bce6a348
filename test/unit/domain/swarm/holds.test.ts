import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageFacts, ServiceImages } from '../../../../main/domain/facts.js';
import { serviceHolds } from '../../../../main/domain/swarm/holds.js';
import { image, imageId } from '../arbitrary.js';
import { digest, web } from './support.js';

const repository = '10.210.0.254:5000/web';
const byDigest = (n: number) => `${repository}@${digest(n)}`;

const needs = (change: Partial<ServiceImages> = {}): ServiceImages => ({
  id: 'svc',
  name: 'web',
  labels: {},
  runs: true,
  image: web(2),
  previousImage: web(1),
  kept: [],
  volumes: [],
  hasData: false,
  isJob: false,
  neverStarts: false,
  platform: null,
  ...change,
});
const held = (images: ImageFacts[], services: ServiceImages[], answered = true) =>
  serviceHolds(images, { answered, elsewhere: false, services });

describe("services' images on a node", () => {
  it('are those of Spec and PreviousSpec, on a classic store without a tag', () => {
    const images = [2, 1, 3].map((n) => image(n + 10, { digests: [byDigest(n)] }));
    expect([...held(images, [needs()])]).toEqual([
      [imageId(12), { needs: [{ service: 'web', as: 'spec' }], mayBe: false }],
      [imageId(11), { needs: [{ service: 'web', as: 'previous' }], mayBe: false }],
    ]);
  });

  it('are known by their ID on a containerd store, whose image may have lost every name', () => {
    expect(imageId(1)).toBe(digest(1));
    expect([...held([image(1)], [needs()]).keys()]).toEqual([digest(1)]);
    const superseded = image(9, { formerRefs: [byDigest(1)] });
    expect([...held([superseded], [needs()]).keys()]).toEqual([imageId(9)]);
  });

  it('are known under another repository, too', () => {
    const mirrored = image(9, { digests: [`mirror/web@${digest(2)}`] });
    expect(held([mirrored], [needs()]).has(imageId(9))).toBe(true);
  });

  it('are not what the bare tag leads to, unless nothing tells what that is', () => {
    const moved = image(8, { refs: [`${repository}:1`], digests: [byDigest(5)] });
    expect(held([moved], [needs()]).size).toBe(0);
    const letGo = image(9, { refs: [`${repository}:1`] });
    expect(held([letGo], [needs()]).has(imageId(9))).toBe(true);
  });

  it('of a Spec without a digest are what the tag leads to', () => {
    const tagged = image(8, { refs: ['web:latest'], digests: [`web@${digest(5)}`] });
    expect(held([tagged], [needs({ image: 'web' })]).has(imageId(8))).toBe(true);
    expect(held([tagged], [needs({ image: imageId(8) })]).has(imageId(8))).toBe(true);
  });

  it("are those of Careen's kept versions, and one may be needed by several", () => {
    const kept = image(9, { digests: [byDigest(3)] });
    const services = [needs({ kept: [web(3)] }), needs({ name: 'api', image: web(3) })];
    expect(held([kept], services).get(imageId(9))?.needs).toEqual([
      { service: 'web', as: 'kept' },
      { service: 'api', as: 'spec' },
    ]);
  });
});

describe('with no manager that answers', () => {
  const id = (n: number) => imageId(n);
  const used = (by: string) => ({ at: 0, by, source: 'container-started' as const });

  it('nothing goes that has the digest of a registry, tagged or not', () => {
    const images = [
      image(1, { digests: [byDigest(7)] }),
      image(2, { formerRefs: [byDigest(7)] }),
      image(3),
      image(4, { refs: ['web:1'], digests: [byDigest(7)] }),
      image(5, { refs: ['mine:1'], digests: [`mine@${digest(8)}`], origin: 'built' }),
      image(6, { digests: [`mine@${digest(8)}`], origin: 'built' }),
    ];
    const holds = held(images, [], false);
    expect([...holds.keys()]).toEqual([1, 2, 4, 6].map(id));
    expect(holds.get(id(1))).toEqual({ needs: [], mayBe: true });
    expect(held(images, []).size).toBe(0);
  });

  it('another engine that is a manager is taken at its word', () => {
    const images = [image(11, { digests: [byDigest(7)] }), image(12, { digests: [byDigest(2)] })];
    const told = serviceHolds(images, { answered: false, elsewhere: true, services: [needs()] });
    expect([...told.keys()]).toEqual([id(12)]);
  });

  it('nothing goes that a task has used, or that is remembered as needed', () => {
    const task = `web.1.${'a'.repeat(25)}`;
    const images = [
      image(5, { refs: ['a:1'], used: used(task) }),
      image(6, { refs: ['b:1'], used: used('web') }),
      image(8, { refs: ['d:1'], used: { ...used(task), source: 'base' } }),
      image(7, { refs: ['c:1'], digests: [byDigest(1)] }),
    ];
    expect([...held(images, [needs()], false).keys()].sort()).toEqual([id(5), id(7)]);
  });
});

describe('the holds', () => {
  const one = fc.record({
    digests: fc.subarray([byDigest(1), byDigest(2), byDigest(3)]),
    refs: fc.subarray([`${repository}:1`]),
    formerRefs: fc.subarray([byDigest(1)]),
  });
  const images = fc.array(one, { maxLength: 8 }).map((all) => all.map((f, n) => image(n + 50, f)));
  const wanted = fc.constantFrom(web(1), web(2), web(3), `${repository}:1`);
  const services = fc.array(
    fc
      .record({
        name: fc.constantFrom('a', 'b'),
        image: wanted,
        previousImage: fc.option(wanted),
        kept: fc.subarray([web(1), web(3)]),
      })
      .map(needs),
    { maxLength: 3 },
  );

  it('have every image that bears a digest which any service means', () => {
    fc.assert(
      fc.property(images, services, fc.boolean(), (all, some, answered) => {
        const holds = held(all, some, answered);
        const meant = some
          .flatMap((s) => [s.image, s.previousImage ?? '', ...s.kept])
          .map((text) => text.split('@')[1] ?? 'none');
        for (const { id, digests, formerRefs } of all) {
          const own = [...digests, ...formerRefs].map((text) => text.split('@')[1] ?? '');
          if (own.some((d) => meant.includes(d))) expect(holds.has(id)).toBe(true);
        }
      }),
    );
  });

  it('are only more with one service more, or without a manager', () => {
    fc.assert(
      fc.property(images, services, services, (all, some, more) => {
        const few = [...held(all, some).keys()];
        const many = held(all, [...some, ...more]);
        const blind = held(all, some, false);
        for (const id of few) expect([many.has(id), blind.has(id)]).toEqual([true, true]);
      }),
    );
  });
});
