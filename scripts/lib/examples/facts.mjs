import { createHash } from 'node:crypto';

/**
 * A short way to write the inventories of `docs/examples`: what a story does not say of an image is
 * what is usual. Times are days before the inventory was taken, sizes are MB.
 */

export const takenAt = Date.UTC(2026, 10, 24, 10);
const day = 86_400_000;
const megabyte = 1_000_000;

const hash = (text) => createHash('sha256').update(text).digest('hex');
const idOf = (text) => `sha256:${hash(text)}`;
export const ago = (days) =>
  days === null || days === undefined
    ? null
    : new Date(takenAt - Math.round(days * day)).toISOString();

/** Layers, each on the one before: `layers(['debian', 120], ['node', 180])`. */
export function layers(...steps) {
  let chain = '';
  return steps.map(([name, size]) => {
    chain = idOf(`${chain} ${name}`);
    return { chainId: chain, size: size * megabyte };
  });
}

/** What one more layer on these makes. */
export function on(below, name, size) {
  const chainId = idOf(`${below.at(-1)?.chainId ?? ''} ${name}`);
  return [...below, { chainId, size: size * megabyte }];
}

const repositoryOf = (ref) => ref.replace(/:[^/:]*$/, '');

/**
 * One image. `says` is the verdict that the example is to come to, `plan` where it stands in the
 * plan if it goes; both go to `expected.json`.
 *
 * @param {object} story
 * @param {string[]} [story.refs] its tags
 * @param {string} [story.key] what tells it from others; the first tag if not told
 * @param {string | null} [story.digest] the repository of its digest; that of a pulled image's tag
 * @param {number} [story.made] @param {number} [story.came] @param {number} [story.tagged]
 * @param {[number, string]} [story.used] when, and by which container
 */
export function image(story) {
  const { refs = [], says, plan = null } = story;
  const key = story.key ?? refs[0];
  const {
    origin = 'pulled',
    made = story.came,
    again = origin === 'pulled' ? 'verified' : 'no',
  } = story;
  const repository =
    story.digest === undefined && origin === 'pulled' && refs[0] ? repositoryOf(refs[0]) : null;
  const digestOf = story.digest ?? repository;
  const stack = story.layers ?? layers([key, story.size ?? 100]);
  const facts = {
    id: idOf(key),
    refs: [...refs].sort(),
    digests: digestOf === null ? [] : [`${digestOf}@${idOf(`manifest ${key}`)}`],
    formerRefs: story.formerRefs ?? [],
    created: ago(made),
    arrived: story.came === undefined ? null : { at: ago(story.came), source: 'event' },
    used: story.used
      ? { at: ago(story.used[0]), source: 'container-started', by: story.used[1] }
      : null,
    lastTagged: ago(story.tagged),
    size: stack.reduce((sum, { size }) => sum + size, 0),
    layers: stack,
    layersInDoubt: false,
    history: stack.map(({ chainId }) => chainId.slice(7, 19)),
    content: null,
    usedBy: [],
    labels: story.labels ?? {},
    platform: 'linux/amd64',
    origin,
    recoverable: again === 'verified' ? { state: again, at: ago(2 / 1_440) } : { state: again },
    projects: story.projects ?? [],
    parent: null,
  };
  return { key, facts, says, plan };
}

/** A container of an image of the story, by that image's first tag or key. */
export function container({ name, of, state = 'running', ...facts }) {
  return {
    id: hash(`container ${name}`),
    name,
    imageId: idOf(of),
    reference: of,
    state,
    health: 'none',
    created: ago(facts.made ?? 30),
    started: ago(facts.made ?? 30),
    finished: ago(facts.ended),
    labels: facts.labels ?? {},
    sizeRw: facts.writes === undefined ? null : facts.writes * megabyte,
    networks: facts.networks ?? ['bridge'],
    volumes: facts.volumes ?? [],
    mountsSocket: false,
  };
}

export function network({ name, usedBy = [], project = null, labels = {}, ...facts }) {
  return {
    id: hash(`network ${name}`),
    name,
    driver: 'bridge',
    created: ago(facts.made ?? 200),
    labels,
    builtIn: name === 'bridge',
    usedBy,
    lastUsed: facts.used ? { at: ago(facts.used[0]), by: facts.used[1] } : null,
    project,
  };
}

export function volume({ name, usedBy = [], project = null, labels = {}, ...facts }) {
  return {
    name,
    driver: 'local',
    created: ago(facts.made ?? 200),
    labels,
    anonymous: false,
    size: facts.size === undefined ? null : facts.size * megabyte,
    usedBy,
    lastUsed: facts.used ? { at: ago(facts.used[0]), by: facts.used[1] } : null,
    mountedAt: facts.at ?? null,
    project,
  };
}

export function cached({ size, used, shared = false, inUse = false }, n) {
  return {
    id: hash(`cache ${n}`).slice(0, 25),
    size: size * megabyte,
    shared,
    inUse,
    created: ago(used),
    lastUsed: ago(used),
  };
}

/** A Compose project as images remember it. */
export function composeProject({ name, present, used, latestOf = [] }) {
  const folder = `/home/ada/work/${name}`;
  return {
    kind: 'compose',
    name,
    folder,
    files: [`${folder}/compose.yaml`],
    lastUsed: ago(used),
    present,
    latestOf,
  };
}

/** The document that `careen judge --inventory` reads. */
export function inventoryOf({ images, containers = [], engine = {}, ...rest }) {
  const usersOf = (id) =>
    containers
      .filter((one) => one.imageId === id)
      .map(({ id: own, name, state }) => ({ id: own, name, state }));
  return {
    takenAt: ago(0),
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
    firstMet: ago(300),
    observedDays: 300,
    observedOn: [],
    hoursSinceGap: null,
    retained: [],
    networks: [],
    volumes: [],
    cacheRecords: null,
    ...rest,
  };
}
