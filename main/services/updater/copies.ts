import type { FolderRead } from '../../adapters/docker/archive.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import { CareenError } from '../../domain/errors.js';
import type { ContainerFacts } from '../../domain/facts.js';
import type { JsonObject } from '../../domain/recreate/types.js';
import { copyLabels, copyName } from '../../domain/update/data.js';
import { labelsOf, objectOf } from '../../domain/update/labels.js';
import type { VolumeCopy } from '../versions/stored.js';
import { platformOf } from './recreation.js';
import type { CopiedFor, VolumeCopies } from './types.js';

/** Milliseconds that the engine may take to count its volumes. */
const sizesDeadline = 60_000;

/** Where a volume is mounted in a container of Careen's own. */
const folder = '/.careen';
const mounted = `${folder}/volume`;

/**
 * Copies of volumes and the way back, by containers that are never started: so it needs no image
 * but the container's own, nor any program in it. A copy is read again and compared with what was
 * read of the volume, and is none if it differs. What an archive does not keep, see `Archives`.
 */
export class Copies implements VolumeCopies {
  constructor(
    /** Bytes free on the engine's disk; null where that is not known. */
    private readonly available: () => Promise<number | null>,
  ) {}

  async assertReady(
    engine: DockerEngine,
    volumes: readonly string[],
    container: string,
  ): Promise<void> {
    for (const volume of volumes) await forbidUsers(engine, { volume, copy: '' }, container);
    const [sizes, available] = await Promise.all([
      engine.volumeSizes(sizesDeadline),
      this.available(),
    ]);
    const needed = volumes.reduce((sum, volume) => sum + (sizes?.get(volume) ?? 0), 0);
    if (available !== null && needed > available)
      throw new CareenError('no-room', { needed, available });
  }

  async copy(
    engine: DockerEngine,
    volumes: readonly string[],
    by: CopiedFor,
  ): Promise<VolumeCopy[]> {
    await this.clear(engine, by);
    const taken = new Set((await engine.volumes()).map(({ name }) => name));
    const copies: VolumeCopy[] = [];
    try {
      for (const volume of volumes) {
        const copy = copyName(volume, taken);
        taken.add(copy);
        await forbidUsers(engine, { volume, copy });
        await engine.createVolume(copy, labelsFor(volume, by));
        const pair = { volume, copy, from: volume, into: copy };
        const { bytes } = await poured(engine, pair, 'differs', by);
        copies.push({ volume, copy, bytes });
      }
      return copies;
    } catch (e) {
      await this.#giveUp(engine, by, e);
      throw e;
    }
  }

  async giveBack(
    engine: DockerEngine,
    copies: readonly VolumeCopy[],
    by: CopiedFor,
  ): Promise<void> {
    for (const { volume, copy } of copies) {
      if (!(await engine.hasVolume(copy)))
        throw new CareenError('copy-failed', { volume, copy, why: 'gone', by: [] });
      await forbidUsers(engine, { volume, copy });
      await poured(engine, { volume, copy, from: copy, into: volume }, 'not-put-back', by);
    }
  }

  async clear(engine: DockerEngine, by: Pick<CopiedFor, 'runId' | 'container'>): Promise<void> {
    const isOurs = ({ labels }: { labels: Record<string, string> }) =>
      labels[copyLabels.run] === by.runId && labels[copyLabels.container] === by.container;
    for (const { id } of (await engine.containersNow()).filter(isOurs))
      await engine.removeOwnContainer(id);
    for (const { name } of (await engine.volumes()).filter(isOurs)) await engine.removeVolume(name);
  }

  async remove(engine: DockerEngine, copies: readonly VolumeCopy[]): Promise<void> {
    if (copies.length === 0) return;
    const own = (await engine.volumes()).filter(
      ({ labels }) => labels[copyLabels.of] !== undefined,
    );
    for (const { copy } of copies)
      // One that a container mounts the engine keeps: someone else has found a use for it.
      if (own.some(({ name }) => name === copy)) await engine.removeVolume(copy);
  }

  async #giveUp(engine: DockerEngine, by: CopiedFor, why: unknown): Promise<void> {
    try {
      await this.clear(engine, by);
    } catch (e) {
      if (!(why instanceof CareenError)) throw e;
      throw new CareenError(why.code, why.details, {
        cause: new AggregateError([why, e], 'what was begun of copies is still there'),
      });
    }
  }
}

interface Pair {
  volume: string;
  copy: string;
}

function labelsFor(volume: string, { runId, container }: CopiedFor): Record<string, string> {
  const { of, run, container: forWhom } = copyLabels;
  return { [of]: volume, [run]: runId, [forWhom]: container };
}

/**
 * What is written while it is read is copied as it never was, and what is emptied must not be in use.
 *
 * @param except a container that is stopped before
 */
async function forbidUsers(
  engine: DockerEngine,
  { volume, copy }: Pair,
  except: string | null = null,
): Promise<void> {
  const by = usersOf(volume, await engine.containersNow()).filter((name) => name !== except);
  if (by.length > 0) throw new CareenError('copy-failed', { volume, copy, why: 'in-use', by });
}

/** Names of containers that may write to a volume now. */
export function usersOf(
  volume: string,
  containers: readonly Pick<ContainerFacts, 'name' | 'state' | 'volumes'>[],
): string[] {
  return containers
    .filter(({ volumes }) => volumes.includes(volume))
    .filter(({ state }) => state !== 'created' && state !== 'exited' && state !== 'dead')
    .map(({ name }) => name);
}

/** Empties a volume and fills it with the content of another, through two containers. */
async function poured(
  engine: DockerEngine,
  { volume, copy, from, into }: Pair & { from: string; into: string },
  why: 'differs' | 'not-put-back',
  by: CopiedFor,
): Promise<FolderRead> {
  const failed = new CareenError('copy-failed', { volume, copy, why, by: [] });
  const names = [`${copy}-reading`, `${copy}-writing`] as const;
  for (const name of names) await removeHelper(engine, name);
  try {
    await createHelper(engine, names[0], { volume: from, readOnly: true, of: volume }, by);
    await createHelper(engine, names[1], { volume: into, readOnly: false, of: volume }, by);
    const source = { container: names[0], path: mounted };
    const target = { container: names[1], path: mounted };
    if (!(await engine.emptyMount(target, by.signal))) throw failed;
    const read = await engine.copyFolder(source, { ...target, path: folder }, by.signal);
    const written = await engine.readFolder(target, by.signal);
    if (written.digest !== read.digest) throw failed;
    return read;
  } finally {
    for (const name of names) await removeHelper(engine, name);
  }
}

/** A container with one volume in it and no other: what the image would add is held off by tmpfs. */
async function createHelper(
  engine: DockerEngine,
  name: string,
  { volume, readOnly, of }: { volume: string; readOnly: boolean; of: string },
  by: CopiedFor,
): Promise<void> {
  const image = await engine.inspectImage(by.imageId);
  if (!image) throw new CareenError('image-gone', { id: by.imageId });
  const own = Object.keys(objectOf(image.defaults['Volumes'])).map((at) => at.replace(/\/+$/, ''));
  const mounts: JsonObject[] = [
    {
      Type: 'volume',
      Source: volume,
      Target: mounted,
      ReadOnly: readOnly,
      VolumeOptions: { NoCopy: true },
    },
    ...[...new Set(own)].filter((at) => at !== '').map((at) => ({ Type: 'tmpfs', Target: at })),
  ];
  const body: JsonObject = {
    Image: image.id,
    // An image need not say what it runs, and the engine wants to know.
    Cmd: ['none'],
    Labels: labelsFor(of, by),
    HostConfig: { NetworkMode: 'none', Mounts: mounts },
  };
  const platform = engine.facts.store === 'containerd' ? platformOf(image) : null;
  await engine.createContainer(name, { body, joins: [], offline: false, platform });
}

async function removeHelper(engine: DockerEngine, name: string): Promise<void> {
  const found = await engine.inspectContainer(name);
  if (found && labelsOf(found)[copyLabels.of] !== undefined)
    await engine.removeOwnContainer(found.Id);
}
