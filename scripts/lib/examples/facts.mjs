import { createHash } from 'node:crypto';

/**
 * A short way to write the inventories of `docs/examples`: what a story does not say of an image is
 * what is usual. Times are days before the inventory was taken, sizes are MB.
 */

/** @typedef {import('../../../main/contract/documents/inventory.js').InventoryDocument} Inventory */
/** @typedef {Inventory['images'][number]} Image */
/** @typedef {Inventory['containers'][number]} Container */
/** @typedef {NonNullable<Inventory['networks']>[number]} Network */
/** @typedef {NonNullable<Inventory['volumes']>[number]} Volume */
/** @typedef {Image['projects'][number]} Project */
/** @typedef {{ chainId: string, size: number }[]} Layers from the base up */
/** @typedef {[number, string]} Use when, and by which container */

/**
 * @typedef {object} ImageStory
 * @property {string[]} [refs] its tags
 * @property {string} [key] what tells it from others; its first tag if not told
 * @property {string | null} [digest] the repository of its digest; of a pulled image that of its tag
 * @property {number | undefined} [made]
 * @property {number} [came]
 * @property {number | undefined} [tagged]
 * @property {Use} [used]
 * @property {Layers} [layers]
 * @property {number} [size] of its one layer, where none are told
 * @property {Image['origin']} [origin]
 * @property {'verified' | 'likely' | 'no' | 'unknown'} [again] whether it can be had again
 * @property {string[]} [formerRefs]
 * @property {Record<string, string>} [labels]
 * @property {Project[]} [projects]
 * @property {string} says the verdict that it is to come to
 * @property {string} [plan] where it stands in the plan if it goes
 */

/** @typedef {{ key: string, facts: Image, says: string, plan: string | null }} Told */

/** @typedef {{ kind: string, id: string, refs: string[], plan: string }} OtherItem */

/**
 * @typedef {object} Story
 * @property {Told[]} images
 * @property {Container[]} [containers]
 * @property {Partial<Inventory['engine']>} [engine]
 * @property {OtherItem[]} [others] items of the plan that are no images
 * @property {string[]} [byItself] what a run by itself takes: names of images, or IDs
 * @property {number} [metDaysAgo] when Careen first met the engine
 * @property {Partial<Omit<Inventory, 'images' | 'containers' | 'engine'>>} [facts] all else
 */

export const takenAt = Date.UTC(2026, 10, 24, 10);
const day = 86_400_000;
const megabyte = 1_000_000;

/** @param {string} text */
const hash = (text) => createHash('sha256').update(text).digest('hex');
/** @param {string} text */
const idOf = (text) => `sha256:${hash(text)}`;
/** @param {number} days */
const before = (days) => new Date(takenAt - Math.round(days * day)).toISOString();

/** @param {number | undefined} days */
export const ago = (days) => (days === undefined ? null : before(days));

/** @param {Use | undefined} use */
const lastUse = (use) => (use ? { at: before(use[0]), by: use[1] } : null);

/**
 * Layers, each on the one before: `layers(['debian', 120], ['node', 180])`.
 * @param {[string, number][]} steps
 * @returns {Layers}
 */
export function layers(...steps) {
  let chain = '';
  return steps.map(([name, size]) => {
    chain = idOf(`${chain} ${name}`);
    return { chainId: chain, size: size * megabyte };
  });
}

/**
 * What one more layer on these makes.
 * @param {Layers} below
 * @param {string} name
 * @param {number} size
 * @returns {Layers}
 */
export function on(below, name, size) {
  const chainId = idOf(`${below.at(-1)?.chainId ?? ''} ${name}`);
  return [...below, { chainId, size: size * megabyte }];
}

/** @param {string} ref */
const repositoryOf = (ref) => ref.replace(/:[^/:]*$/, '');

/**
 * One image; what it says and its place in the plan go to `expected.json`.
 * @param {ImageStory} story
 * @returns {Told}
 */
export function image(story) {
  const { refs = [], says, plan = null } = story;
  const key = story.key ?? refs[0] ?? '';
  const {
    origin = 'pulled',
    made = story.came,
    again = origin === 'pulled' ? 'verified' : 'no',
  } = story;
  const repository =
    story.digest === undefined && origin === 'pulled' && refs[0] ? repositoryOf(refs[0]) : null;
  const digestOf = story.digest ?? repository;
  const stack = story.layers ?? layers([key, story.size ?? 100]);
  /** @type {Image} */
  const facts = {
    id: idOf(key),
    refs: [...refs].sort(),
    digests: digestOf === null ? [] : [`${digestOf}@${idOf(`manifest ${key}`)}`],
    formerRefs: story.formerRefs ?? [],
    created: ago(made),
    arrived: story.came === undefined ? null : { at: before(story.came), source: 'event' },
    used: story.used
      ? { at: before(story.used[0]), source: 'container-started', by: story.used[1] }
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
    recoverable: again === 'verified' ? { state: again, at: before(2 / 1_440) } : { state: again },
    projects: story.projects ?? [],
    parent: null,
  };
  return { key, facts, says, plan };
}

/**
 * A container of an image of the story, by that image's key.
 * @param {{ name: string, of: string, state?: Container['state'], made?: number, ended?: number,
 *   writes?: number, labels?: Record<string, string> }} story
 * @returns {Container}
 */
export function container({ name, of, state = 'running', made = 30, ended, writes, labels = {} }) {
  return {
    id: hash(`container ${name}`),
    name,
    imageId: idOf(of),
    reference: of,
    state,
    health: 'none',
    created: ago(made),
    started: ago(made),
    finished: ago(ended),
    labels,
    sizeRw: writes === undefined ? null : writes * megabyte,
    networks: ['bridge'],
    volumes: [],
    mountsSocket: false,
  };
}

/**
 * @param {{ name: string, used?: Use }} story
 * @returns {Network}
 */
export function network({ name, used }) {
  return {
    id: hash(`network ${name}`),
    name,
    driver: 'bridge',
    created: ago(200),
    labels: {},
    builtIn: name === 'bridge',
    usedBy: [],
    lastUsed: lastUse(used),
    project: null,
  };
}

/**
 * @param {{ name: string, used: Use, size: number, at: string, project?: string,
 *   labels?: Record<string, string> }} story
 * @returns {Volume}
 */
export function volume({ name, used, size, at, project, labels = {} }) {
  return {
    name,
    driver: 'local',
    created: ago(200),
    labels,
    anonymous: false,
    size: size * megabyte,
    usedBy: [],
    lastUsed: lastUse(used),
    mountedAt: at,
    project: project ?? null,
  };
}

/**
 * A record of the build cache.
 * @param {{ size: number, used: number, inUse?: boolean }} story
 * @param {number} n
 */
export function cached({ size, used, inUse = false }, n) {
  return {
    id: hash(`cache ${n}`).slice(0, 25),
    size: size * megabyte,
    shared: false,
    inUse,
    created: ago(used),
    lastUsed: ago(used),
  };
}

/**
 * A Compose project as images remember it.
 * @param {{ name: string, present: boolean, used: number, latestOf?: string[] }} story
 * @returns {Project}
 */
export function composeProject({ name, present, used, latestOf = [] }) {
  const folder = `/home/ada/work/${name}`;
  return {
    kind: 'compose',
    name,
    folder,
    files: [`${folder}/compose.yaml`],
    lastUsed: before(used),
    present,
    latestOf,
  };
}
