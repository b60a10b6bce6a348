import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { ContainerFacts, ImageFacts, Inventory } from '../../../../main/domain/facts.js';
import { ownerNeeds } from '../../../../main/domain/owners/needs.js';
import { makePlan } from '../../../../main/domain/plan/make.js';
import { judge } from '../../../../main/domain/verdict/judge.js';
import { container, inventories, now, policies } from '../arbitrary.js';
import { day, folder, usedAgo, volume } from './support.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const task = `web.1.${'0a'.repeat(12)}x`;

/** A container of each kind of owner, and an image that such an owner may need. */
const owners: { its: Partial<ContainerFacts>; image: Partial<ImageFacts> }[] = [
  {
    its: { labels: { 'io.x-k8s.kind.cluster': 'dev' }, name: 'dev-control-plane' },
    image: { refs: ['kindest/node:v1'], ...usedAgo(90 * day, 'dev-control-plane') },
  },
  {
    its: { labels: { 'com.ddev.site-name': 'shop' } },
    image: { refs: ['ddev/ddev-webserver:v1.24.0'], ...usedAgo(90 * day) },
  },
  {
    its: { labels: { 'org.testcontainers': 'true' }, state: 'running' },
    image: { refs: ['localhost/built:1'], labels: { 'org.testcontainers': 'true' } },
  },
  {
    its: { labels: { 'com.docker.swarm.task': '', 'com.docker.swarm.service.name': 'web' } },
    image: { refs: ['acme/web:1'], ...usedAgo(40 * day, task) },
  },
  {
    its: { labels: { 'com.docker.compose.config-hash': 'x' } },
    image: { refs: ['shop/web:1'], projects: [folder('compose', { latestOf: ['web'] })] },
  },
  { its: { name: 'buildx_buildkit_b0' }, image: { refs: ['moby/buildkit:x'] } },
  {
    its: { labels: { 'devcontainer.local_folder': '/home/ada/shop' } },
    image: { refs: ['vsc-shop-1:latest'] },
  },
  {
    its: { name: 'docker-model-runner' },
    image: { refs: ['mcp/github:latest'] },
  },
];
const owner = fc.constantFrom(...owners);

/** Inventories in which owners' images stand beside others; nothing is kept for a rollback. */
const owned: fc.Arbitrary<Inventory> = fc
  .record({
    inventory: inventories(),
    chosen: fc.array(
      fc.record({ place: fc.nat(), which: owner, age: fc.integer({ max: 200, min: 0 }) }),
      {
        maxLength: 6,
      },
    ),
    hasDatabase: fc.boolean(),
  })
  .map(({ inventory, chosen, hasDatabase }) => {
    const database = volume('shop-mariadb', { labels: { 'com.ddev.site-name': 'shop' } });
    const images = [...inventory.images];
    for (const { place, which, age } of chosen) {
      const at = place % images.length;
      const before = images[at];
      if (before === undefined) continue;
      const { refs = [], ...rest } = which.image;
      const arrived = { at: now - age * day, source: 'event' as const };
      images[at] = { ...before, arrived, ...rest, refs: [...new Set([...refs, ...before.refs])] };
    }
    return { ...inventory, images, volumes: hasDatabase ? [database] : [], retained: [] };
  });

const going = (inventory: Inventory, policy: Parameters<typeof judge>[1]) => {
  const judged = judge(inventory, policy, { now, ages: 'calendar' });
  const plan = makePlan(judged, inventory, now);
  return {
    judged: new Set(judged.flatMap(({ id, verdict }) => (verdict === 'remove' ? [id] : []))),
    ticked: new Set(plan.items.flatMap(({ id, ticked }) => (ticked ? [id] : []))),
  };
};

describe('whatever the inventory and the policy', () => {
  it('one more container of an owner never makes an image go', () => {
    fc.assert(
      fc.property(owned, policies(), owner, fc.nat(), (inventory, policy, { its }, at) => {
        const more = container(999, (at % inventory.images.length) + 1, its);
        const before = going(inventory, policy);
        const after = going({ ...inventory, containers: [...inventory.containers, more] }, policy);
        for (const id of after.judged) expect(before.judged.has(id)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('what an owner holds is in no plan, and what a project uses is never ticked', () => {
    let held = 0;
    let unticked = 0;
    fc.assert(
      fc.property(owned, policies(), (inventory, policy) => {
        const { images } = ownerNeeds(inventory, now);
        const { judged, ticked } = going(inventory, policy);
        for (const [id, { strength, until }] of images) {
          expect(until).toBeGreaterThan(now);
          expect(ticked.has(id)).toBe(false);
          if (strength === 'hold') expect(judged.has(id)).toBe(false);
          if (strength === 'hold') held += 1;
          else unticked += 1;
        }
      }),
      { numRuns: 300 },
    );
    expect(held).toBeGreaterThan(50);
    expect(unticked).toBeGreaterThan(50);
  });

  it('time only ever ends a need', () => {
    const keys = (inventory: Inventory, at: number) => {
      const { images, volumes, networks } = ownerNeeds(inventory, at);
      return [images, volumes, networks].flatMap((needs) => [...needs.keys()]);
    };
    fc.assert(
      fc.property(owned, fc.integer({ min: 0, max: 60 }), (inventory, days) => {
        const before = new Set(keys(inventory, now));
        for (const key of keys(inventory, now + days * day)) expect(before.has(key)).toBe(true);
      }),
    );
  });
});
