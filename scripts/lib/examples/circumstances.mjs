import { container, image, layers, on } from './facts.mjs';

/** @typedef {import('./facts.mjs').Story} Story */

/**
 * Releases come on a stick: no registry has them.
 * @returns {Story}
 */
export function airGapped() {
  const base = layers(['ubi 9', 210]);
  /**
   * @param {number} n
   * @param {string} says
   */
  const release = (n, says) =>
    image({
      refs: [`plant/control:${n}.0`],
      origin: 'loaded',
      came: 400 - 90 * n,
      made: 401 - 90 * n,
      layers: on(base, `control ${n}`, 500),
      says,
      plan: 'unrecoverable',
    });
  return {
    images: [
      release(1, 'goes old-loads'),
      release(2, 'goes old-loads'),
      release(3, 'kept releases'),
      release(4, 'used'),
      // Loaded under the tag of the one before, which then had none.
      image({
        key: 'console before',
        origin: 'loaded',
        came: 60,
        size: 310,
        says: 'goes untagged',
        plan: 'unrecoverable',
      }),
      image({
        refs: ['plant/console:live'],
        origin: 'loaded',
        came: 20,
        tagged: 20,
        size: 320,
        says: 'kept releases',
      }),
    ],
    containers: [container({ name: 'control', of: 'plant/control:4.0', made: 38 })],
  };
}

/**
 * The laptop was shut for three weeks: on the calendar everything is old.
 * @returns {Story}
 */
export function holiday() {
  /** @param {number} n */
  const days = (n) => 21 + n;
  return {
    images: [
      image({
        refs: ['myorg/api:1.9'],
        came: days(2),
        used: [days(1), 'api'],
        size: 310,
        says: 'goes stale',
        plan: 'ticked',
      }),
      image({
        refs: ['postgres:17'],
        came: 100,
        used: [days(1), 'db'],
        size: 440,
        says: 'goes stale',
        plan: 'ticked',
      }),
      image({
        refs: ['node:20'],
        came: 100,
        used: [days(30), 'build'],
        size: 1_100,
        says: 'goes stale',
        plan: 'ticked',
      }),
      image({
        key: 'a build',
        origin: 'built',
        came: days(0.5),
        size: 90,
        says: 'goes untagged',
        plan: 'ticked',
      }),
      image({ refs: ['nginx:1.29'], came: 0.02, size: 70, says: 'new' }),
    ],
    // Met 121 days ago, seen on 100 of them, and again for an hour.
    metDaysAgo: 121,
    facts: { observedDays: 100, hoursSinceGap: 1 },
    byItself: ['node:20'],
  };
}

/**
 * Kubernetes in Docker Desktop hides its containers: what it uses looks unused.
 * @returns {Story}
 */
export function kubernetes() {
  const old = { came: 90, size: 90 };
  return {
    images: [
      image({ ...old, refs: ['registry.k8s.io/kube-apiserver:v1.34.1'], says: 'owner' }),
      image({ ...old, refs: ['registry.k8s.io/pause:3.10'], says: 'owner' }),
      image({ ...old, refs: ['docker/desktop-storage-provisioner:v3.0'], says: 'owner' }),
      image({
        ...old,
        refs: ['myorg/api:2'],
        origin: 'built',
        says: 'goes old',
        plan: 'unrecoverable',
      }),
      image({ ...old, refs: ['redis:8'], says: 'goes old', plan: 'ticked' }),
      image({
        ...old,
        key: 'a build',
        origin: 'built',
        says: 'goes old-untagged',
        plan: 'unrecoverable',
      }),
    ],
    engine: {
      endpoint: 'unix:///Users/ada/.docker/run/docker.sock',
      store: 'containerd',
      name: 'Docker Desktop',
      product: 'docker-desktop',
    },
    facts: { useIncomplete: 'kubernetes' },
    byItself: ['a build'],
  };
}
