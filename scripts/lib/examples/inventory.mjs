import { ago, takenAt } from './facts.mjs';

/** @typedef {import('./facts.mjs').Inventory} Inventory */
/** @typedef {import('./facts.mjs').Story} Story */

/**
 * The document that `careen judge --inventory` reads.
 * @param {Story} story
 * @returns {Inventory}
 */
export function inventoryOf({ images, containers = [], engine, metDaysAgo = 300, facts = {} }) {
  /** @param {string} id */
  const usersOf = (id) =>
    containers
      .filter((one) => one.imageId === id)
      .map(({ id: own, name, state }) => ({ id: own, name, state }));
  return {
    takenAt: new Date(takenAt).toISOString(),
    engine: {
      endpoint: 'unix:///var/run/docker.sock',
      id: '6f1c2f0e-3a55-4f0c-9b7e-1d2c3b4a5f60',
      store: 'classic',
      name: 'Docker Engine',
      product: 'docker-engine',
      version: '28.5.2',
      apiVersion: '1.51',
      ...engine,
    },
    images: images.map(({ facts }) => ({ ...facts, usedBy: usersOf(facts.id) })),
    containers,
    buildCache: 'none',
    useIncomplete: null,
    firstMet: ago(metDaysAgo),
    observedDays: 300,
    observedOn: [],
    hoursSinceGap: null,
    retained: [],
    networks: [],
    volumes: [],
    cacheRecords: null,
    ...facts,
  };
}
