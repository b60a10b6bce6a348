import { container, image, layers, on } from './facts.mjs';

/** @typedef {import('./facts.mjs').Story} Story */

const debian = layers(['debian 12', 124]);

/**
 * Three newest versions of each repository, whatever their age.
 * @returns {Story}
 */
export function keepThreePerRepository() {
  const api = [1, 2, 3, 4, 5].map((n) =>
    image({
      refs: n === 5 ? ['myorg/api:1.5', 'myorg/api:latest'] : [`myorg/api:1.${n}`],
      came: 60 - 10 * n,
      layers: on(debian, `api ${n}`, 80 + n),
      says: n === 1 ? 'goes rest' : n === 2 ? 'used' : 'kept newest',
      plan: 'ticked',
    }),
  );
  const images = [
    ...api,
    // The tag moved on; what it was is a version of the repository all the same.
    image({
      key: 'web before',
      digest: 'ghcr.io/acme/web',
      came: 50,
      size: 140,
      says: 'goes rest',
      plan: 'ticked',
    }),
    ...[3, 2, 1].map((n) =>
      image({ refs: [`ghcr.io/acme/web:${4 - n}`], came: 10 * n, size: 150, says: 'kept newest' }),
    ),
    image({ refs: ['postgres:16'], came: 200, size: 430, says: 'kept newest' }),
    image({ refs: ['postgres:17'], came: 150, size: 440, says: 'kept newest' }),
    image({ refs: ['redis:8'], came: 0.5, size: 115, says: 'new' }),
  ];
  return {
    images,
    containers: [container({ name: 'api-old', of: 'myorg/api:1.2' })],
    byItself: ['myorg/api:1.1', 'web before'],
  };
}

/**
 * What was not used for thirty days goes.
 * @returns {Story}
 */
export function thirtyDays() {
  return {
    images: [
      image({ refs: ['nightly:1'], came: 200, used: [29, 'job'], says: 'no rule' }),
      image({
        refs: ['weekly:1'],
        came: 200,
        used: [31, 'job'],
        says: 'goes old',
        plan: 'unrecoverable',
        again: 'likely',
      }),
      image({ refs: ['arrived:31'], came: 31, says: 'goes old', plan: 'ticked' }),
      image({ refs: ['tagged:10'], came: 300, tagged: 10, says: 'no rule' }),
      image({ refs: ['found:there'], made: 90, says: 'goes old', plan: 'estimates' }),
      image({ refs: ['reproducible:build'], made: 20_000, says: 'no rule' }),
      image({ refs: ['running:old'], came: 400, used: [390, 'always-on'], says: 'used' }),
      image({ key: 'a build', origin: 'built', made: 31, says: 'goes old-builds', plan: 'ticked' }),
      image({ key: 'a young build', origin: 'built', made: 29, says: 'no rule' }),
    ],
    containers: [container({ name: 'always-on', of: 'running:old', made: 390 })],
    byItself: ['arrived:31', 'a build'],
  };
}

/**
 * Five ways to say that an image stays.
 * @returns {Story}
 */
export function protectList() {
  const golden = { came: 300, size: 700 };
  return {
    images: [
      image({ refs: ['postgres:12'], came: 900, size: 370, says: 'protected databases' }),
      image({
        refs: ['docker.io/bitnami/postgres:16'],
        came: 900,
        says: 'goes all',
        plan: 'ticked',
      }),
      image({ ...golden, refs: ['myorg/golden:2.1'], says: 'protected audit' }),
      image({ ...golden, refs: ['myorg/golden:2.0'], says: 'goes all', plan: 'ticked' }),
      image({ refs: ['myorg/old:1'], came: 300, says: 'goes all', plan: 'ticked' }),
      image({ refs: ['ghcr.io/acme/tools/fmt:3'], came: 300, says: 'protected acme' }),
      image({
        refs: ['lab/model:7'],
        came: 300,
        size: 4_200,
        labels: { 'careen.keep': 'true' },
        says: 'protected labelled',
      }),
      image({ refs: ['dev/box:1'], came: 300, size: 900, says: 'used' }),
    ],
    containers: [
      container({
        name: 'box',
        of: 'dev/box:1',
        state: 'exited',
        ended: 90,
        labels: { 'careen.keep': 'true' },
      }),
    ],
    byItself: ['docker.io/bitnami/postgres:16', 'myorg/golden:2.0', 'myorg/old:1'],
  };
}

/**
 * A base goes after everything that is built on it, and stays while any of it does.
 * @returns {Story}
 */
export function baseImages() {
  const node = on(debian, 'node 22', 190);
  const python = layers(['alpine 3', 8], ['python 3.13', 45]);
  return {
    images: [
      image({ refs: ['debian:12'], came: 300, layers: debian, says: 'base-of' }),
      image({ refs: ['node:22'], came: 250, layers: node, says: 'base-of' }),
      image({
        refs: ['myorg/shop:7'],
        origin: 'built',
        came: 5,
        layers: on(node, 'shop', 60),
        says: 'no rule',
      }),
      image({
        refs: ['python:3.13-alpine'],
        came: 200,
        layers: python,
        says: 'goes old',
        plan: 'ticked',
      }),
      image({
        refs: ['myorg/report:1'],
        came: 190,
        layers: on(python, 'report', 20),
        says: 'goes old',
        plan: 'ticked',
      }),
    ],
    byItself: ['python:3.13-alpine', 'myorg/report:1'],
  };
}
