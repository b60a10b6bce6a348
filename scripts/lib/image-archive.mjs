import { createCipheriv, createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { busyboxPath } from './engines.mjs';

/**
 * @typedef {'busybox' | { key: string, kB: number, blank?: boolean, gzip?: boolean }} LayerSpec a
 *   runnable root file system, or one file of random bytes, or of zeros, which take next to no room
 *   where they are compressed; the same key and size is the same layer wherever it stands. `gzip`
 *   hands it over compressed, which makes another blob of the same layer
 *
 * @typedef {object} ImageSpec
 * @property {string[] | undefined} [refs] its tags; none makes a dangling image
 * @property {string | undefined} [created] ISO time; default 2026-01-01
 * @property {LayerSpec[] | undefined} [layers] default: busybox alone
 * @property {Record<string, string> | undefined} [labels]
 * @property {string[] | undefined} [cmd] default: sleep for ever
 * @property {string[] | undefined} [env]
 * @property {string | undefined} [architecture] default: this machine's
 * @property {{ created?: string, created_by?: string, empty_layer?: boolean }[] | undefined} [history]
 * @property {Record<string, unknown> | undefined} [config] more keys of the image's config, e.g. `ExposedPorts`
 *
 * @typedef {object} ArchivedImage
 * @property {string[]} refs
 * @property {string} configDigest the image's ID in a classic store
 * @property {string} created
 * @property {string[]} diffIds
 *
 * @typedef {object} ArchivedLayer
 * @property {string} diff the digest of what it holds, uncompressed
 * @property {string} name of its file in the archive
 */

const APPLETS = 'cat date echo false head httpd id ls mkdir nc ps rm sh sleep test touch true wget';

/**
 * Writes images as `docker save` would, each layer once, while the engine reads.
 * @param {ImageSpec[]} specs
 * @param {string} [seed] decides the random bytes
 * @returns {{ stream: Readable, images: Promise<ArchivedImage[]> }} the images are
 *   known when the stream has been read to its end
 */
export function imageArchive(specs, seed = 'careen') {
  const archive = pack();
  const images = write(archive, specs, seed);
  images.catch((error) => archive.destroy(error));
  // tar-stream has streams of its own make, which an HTTP request would not pipe from.
  return { stream: Readable.from(archive), images };
}

/**
 * @param {import('tar-stream').Pack} archive @param {ImageSpec[]} specs @param {string} seed
 * @returns {Promise<ArchivedImage[]>}
 */
async function write(archive, specs, seed) {
  /** @type {Map<string, ArchivedLayer>} */
  const written = new Map();
  const images = [];
  const manifest = [];
  for (const spec of specs) {
    const layers = [];
    for (const layer of spec.layers ?? ['busybox']) {
      const key = JSON.stringify(layer);
      const added = written.get(key) ?? (await addLayer(archive, layer, seed));
      written.set(key, added);
      layers.push(added);
    }
    const diffs = layers.map(({ diff }) => diff);
    const config = Buffer.from(JSON.stringify(configOf(spec, diffs)));
    const digest = sha256(config);
    await add(archive, { name: `${digest}.json` }, config);
    const refs = spec.refs ?? [];
    manifest.push({
      Config: `${digest}.json`,
      RepoTags: refs.length > 0 ? refs : null,
      Layers: layers.map(({ name }) => name),
    });
    images.push({
      refs,
      configDigest: `sha256:${digest}`,
      created: createdOf(spec),
      diffIds: diffs.map((diff) => `sha256:${diff}`),
    });
  }
  await add(archive, { name: 'manifest.json' }, Buffer.from(JSON.stringify(manifest)));
  archive.finalize();
  return images;
}

/** @param {ImageSpec} spec */
const createdOf = (spec) => spec.created ?? '2026-01-01T00:00:00Z';

/** @param {ImageSpec} spec @param {string[]} diffs */
function configOf(spec, diffs) {
  const created = createdOf(spec);
  return {
    architecture: spec.architecture ?? (process.arch === 'arm64' ? 'arm64' : 'amd64'),
    os: 'linux',
    created,
    config: {
      Cmd: spec.cmd ?? ['sleep', '1000000'],
      Env: ['PATH=/bin', ...(spec.env ?? [])],
      ...(spec.labels ? { Labels: spec.labels } : {}),
      ...spec.config,
    },
    rootfs: { type: 'layers', diff_ids: diffs.map((diff) => `sha256:${diff}`) },
    history:
      spec.history ??
      diffs.map((_, at) => ({ created, created_by: `/bin/sh -c #(nop) ADD layer ${at} in /` })),
  };
}

/**
 * @param {import('tar-stream').Pack} archive @param {LayerSpec} layer @param {string} seed
 * @returns {Promise<ArchivedLayer>}
 */
async function addLayer(archive, layer, seed) {
  const isBusybox = layer === 'busybox';
  const tar = isBusybox ? await busyboxLayer() : await fileLayer(layer, seed);
  const diff = sha256(tar);
  const gzip = !isBusybox && layer.gzip === true;
  const name = `${diff}/layer.tar${gzip ? '.gz' : ''}`;
  await add(archive, { name }, gzip ? gzipSync(tar) : tar);
  return { diff, name };
}

/** @returns {Promise<Buffer>} a root file system in which `sh`, `sleep` and `httpd` run */
async function busyboxLayer() {
  const layer = pack();
  for (const folder of ['bin', 'data', 'dev', 'etc', 'proc', 'sys', 'tmp', 'www'])
    await add(layer, { name: folder, type: 'directory', mode: 0o755 });
  const busybox = await readFile(busyboxPath());
  const rest = (async () => {
    await add(layer, { name: 'bin/busybox', mode: 0o755 }, busybox);
    for (const applet of APPLETS.split(' '))
      await add(layer, { name: `bin/${applet}`, type: 'symlink', linkname: 'busybox' });
    await add(layer, { name: 'etc/passwd' }, Buffer.from('root:x:0:0:root:/:/bin/sh\n'));
    await add(layer, { name: 'www/index.html' }, Buffer.from('careen\n'));
    layer.finalize();
  })();
  const [tar] = await Promise.all([buffer(layer), rest]);
  return tar;
}

/** @param {Exclude<LayerSpec, 'busybox'>} layer @param {string} seed */
async function fileLayer({ key, kB, blank }, seed) {
  const layer = pack();
  const rest = (async () => {
    const bytes = blank ? Buffer.alloc(kB * 1000) : seededBytes(`${seed}/${key}`, kB * 1000);
    await add(layer, { name: `opt/${key}.bin` }, bytes);
    layer.finalize();
  })();
  const [tar] = await Promise.all([buffer(layer), rest]);
  return tar;
}

/**
 * Bytes that do not compress and are the same for the same seed.
 * @param {string} seed
 * @param {number} length
 */
function seededBytes(seed, length) {
  const key = createHash('sha256').update(seed).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length));
}

/** @param {Buffer} data */
const sha256 = (data) => createHash('sha256').update(data).digest('hex');

/** A fixed time, else the same content would give another layer each time. */
const MTIME = new Date(0);

/**
 * @param {import('tar-stream').Pack} archive
 * @param {{ name: string, mode?: number, type?: 'directory' | 'symlink', linkname?: string }} header
 * @param {Buffer} [data]
 * @returns {Promise<void>}
 */
function add(archive, header, data) {
  return new Promise((resolve, reject) => {
    /** @param {Error | null} [error] */
    const done = (error) => (error ? reject(error) : resolve());
    if (data) archive.entry({ mtime: MTIME, ...header }, data, done);
    else archive.entry({ mtime: MTIME, ...header }, done);
  });
}
