import { createHash } from 'node:crypto';
import { Readable, Transform, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { extract, pack } from 'tar-stream';
import { CareenError } from '../../domain/errors.js';
import { inPath } from './names.js';
import { hasStatus, type Requests } from './requests.js';

/** A folder in a container, by its ID or name; the container need not run, nor ever have run. */
export interface Place {
  container: string;
  /** Absolute. */
  path: string;
}

/** What was read of a folder: all that an archive tells of it. */
export interface FolderRead {
  /** Of the archive, which is the same for the same content on one engine. */
  digest: string;
  /** Of the archive: a little more than what the files hold. */
  bytes: number;
}

/**
 * Folders of containers through the engine's archives. An archive keeps owners, modes, times to the
 * second, symbolic and hard links, devices, pipes and capabilities. It leaves out sockets, other
 * extended attributes and ACLs, fills the holes of sparse files, and loses the setuid bit of a file
 * with several hard links (tried on 20.10 and 26.1).
 *
 * Each throws `run-cancelled` when aborted, `engine-error` with the engine's own words, and
 * `engine-silent` where nothing moves for five minutes.
 */
export interface Archives {
  /** Puts a folder, with all that is in it, into another folder under its own name. */
  copyFolder(from: Place, into: Place, signal: AbortSignal): Promise<FolderRead>;
  readFolder(place: Place, signal: AbortSignal): Promise<FolderRead>;
  /** Takes all that is in it out of a folder that something is mounted on; tells whether it is empty. */
  emptyMount(place: Place, signal: AbortSignal): Promise<boolean>;
}

/** Them, of one engine. */
export function archivesOf(requests: Requests): Archives {
  return {
    copyFolder: (from, into, signal) => copyFolder(requests, from, into, signal),
    readFolder: (place, signal) => readFolder(requests, place, signal),
    emptyMount: (place, signal) => emptyMount(requests, place, signal),
  };
}

/** Milliseconds until the engine has mounted what it is to read. */
const headDeadline = 120_000;
/** Milliseconds without a byte, after which a copy counts as stuck. */
const patience = 300_000;
/** Milliseconds that a whole copy may take at most. */
const longest = 24 * 3_600_000;

async function copyFolder(
  requests: Requests,
  from: Place,
  into: Place,
  signal: AbortSignal,
): Promise<FolderRead> {
  return reading(requests, from, signal, async (archive, ending) => {
    const meter = new Meter();
    await Promise.all([
      pipeline(archive, meter),
      requests.text({ ...putCall(into), content: meter, deadline: longest, signal: ending }),
    ]);
    return meter.total();
  });
}

async function readFolder(
  requests: Requests,
  place: Place,
  signal: AbortSignal,
): Promise<FolderRead> {
  return reading(requests, place, signal, async (archive) => {
    const meter = new Meter();
    await pipeline(archive, meter, nowhere());
    return meter.total();
  });
}

/**
 * An archive in which the folder is a file: unpacking replaces the one by the other (`noOverwriteDirNonDir`
 * in the engine's API), so all that is in it goes; the folder itself, being a mount, stays, and the
 * engine says that it is busy. Whether it is empty then is looked at, not taken for granted.
 */
async function emptyMount(requests: Requests, place: Place, signal: AbortSignal): Promise<boolean> {
  const at = place.path.lastIndexOf('/');
  const archive = pack();
  archive.entry({ name: place.path.slice(at + 1), type: 'file' }, 'x');
  archive.finalize();
  const content = await buffer(Readable.from(archive));
  const folder = { container: place.container, path: place.path.slice(0, at) || '/' };
  try {
    await requests.text({ ...putCall(folder), content, deadline: longest, signal });
  } catch (e) {
    if (signal.aborted) throw new CareenError('run-cancelled', {}, { cause: e });
    if (!hasStatus(e, 500)) throw e;
  }
  return reading(requests, place, signal, isEmptyFolder);
}

/** Whether an archive is of a folder with nothing in it. */
async function isEmptyFolder(archive: Readable): Promise<boolean> {
  const types: string[] = [];
  const entries = extract();
  entries.on('entry', ({ type }, content, next) => {
    types.push(type ?? 'file');
    content.on('end', next);
    content.resume();
  });
  await pipeline(archive, entries as unknown as Writable);
  return types.length === 1 && types[0] === 'directory';
}

const putCall = ({ container, path }: Place) =>
  ({ method: 'PUT', path: `/containers/${inPath(container)}/archive`, query: { path } }) as const;

/** Reads a folder's archive for `use`, which is ended by `ending` where it is stuck or aborted. */
async function reading<T>(
  requests: Requests,
  { container, path }: Place,
  signal: AbortSignal,
  use: (archive: Readable, ending: AbortSignal) => Promise<T>,
): Promise<T> {
  const stuck = new AbortController();
  const ending = AbortSignal.any([signal, stuck.signal]);
  let timer: NodeJS.Timeout | undefined;
  try {
    const { stream, end } = await requests.stream({
      path: `/containers/${inPath(container)}/archive`,
      query: { path },
      deadline: headDeadline,
      signal: ending,
    });
    timer = setTimeout(() => stuck.abort(), patience);
    stream.on('data', () => timer?.refresh());
    try {
      return await use(stream, ending);
    } finally {
      end();
    }
  } catch (e) {
    if (signal.aborted) throw new CareenError('run-cancelled', {}, { cause: e });
    if (stuck.signal.aborted) {
      const details = { endpoint: requests.url, seconds: patience / 1000 };
      throw new CareenError('engine-silent', details, { cause: e });
    }
    throw requests.failure(e);
  } finally {
    clearTimeout(timer);
  }
}

/** Passes on what it is given, and knows afterwards what that was. */
class Meter extends Transform {
  readonly #hash = createHash('sha256');
  #bytes = 0;

  override _transform(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    this.push(chunk);
    done();
  }

  /** Once, at its end. */
  total(): FolderRead {
    return { digest: `sha256:${this.#hash.digest('hex')}`, bytes: this.#bytes };
  }
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
