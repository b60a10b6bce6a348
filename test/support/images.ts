import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type Docker from 'dockerode';
import { imageArchive } from '../../scripts/lib/image-archive.mjs';
import type { ImageSpec } from '../../scripts/lib/image-archive.mjs';
import type { TestEngine } from './engine.js';

export type { ImageSpec };

export interface LoadedImage {
  /** The engine's ID: the config's digest in a classic store, the manifest's in a containerd one. */
  id: string;
  refs: string[];
  created: string;
  diffIds: string[];
}

/**
 * Puts images into an engine as `docker load` does.
 *
 * @param seed decides the random bytes of the layers: the same seed gives the same images.
 * @returns them in the order of `specs`, with the IDs that the engine gave them.
 */
export async function loadImages(
  engine: TestEngine,
  specs: ImageSpec[],
  seed?: string,
): Promise<LoadedImage[]> {
  const { stream, images } = imageArchive(specs, seed);
  const answer = (await engine.docker.loadImage(stream, { quiet: true })) as Readable;
  failOnError(await text(answer));
  const loaded: LoadedImage[] = [];
  for (const { refs, configDigest, created, diffIds } of await images) {
    const name = refs[0] ?? configDigest;
    const id =
      engine.store === 'classic' || refs[0]
        ? (await engine.docker.getImage(name).inspect()).Id
        : await findUntagged(engine.docker, diffIds, created);
    loaded.push({ id, refs, created, diffIds });
  }
  return loaded;
}

/** In a containerd store nothing about an untagged image names the config that it was loaded with. */
async function findUntagged(docker: Docker, diffIds: string[], created: string): Promise<string> {
  for (const { Id } of await docker.listImages({ filters: { dangling: ['true'] } })) {
    const image = await docker.getImage(Id).inspect();
    const same = image.RootFS.Layers?.join() === diffIds.join();
    if (same && Date.parse(image.Created) === Date.parse(created)) return image.Id;
  }
  throw new Error('The engine loaded an untagged image but does not list it.');
}

export interface RunOptions {
  image: string;
  name: string;
  /** Default running. */
  state?: 'running' | 'exited' | 'created';
  /** Anything else for `POST /containers/create`. */
  options?: Partial<Docker.ContainerCreateOptions>;
}

/** Creates a container from an image made here and brings it to that state. */
export async function runContainer(
  engine: TestEngine,
  { image, name, state = 'running', options = {} }: RunOptions,
): Promise<Docker.Container> {
  const container = await engine.docker.createContainer({
    Image: image,
    name,
    ...(state === 'exited' ? { Cmd: ['true'] } : {}),
    ...options,
    // As PID 1 busybox ignores SIGTERM, and every stop would take ten seconds.
    HostConfig: { Init: true, ...options.HostConfig },
  });
  if (state === 'created') return container;
  if (state === 'exited') await startAndEnd(engine, container);
  else await container.start();
  return container;
}

/**
 * The engine lets go of who waits for an end before it tells of it by an event, and 20.10 tells of
 * it before its list does.
 */
async function startAndEnd(engine: TestEngine, container: Docker.Container): Promise<void> {
  const filters = JSON.stringify({ container: [container.id], event: ['die'] });
  const events = (await engine.docker.getEvents({ filters })) as Readable;
  try {
    const told = once(events, 'data');
    await container.start();
    await told;
    const filters = { id: [container.id], status: ['exited'] };
    while ((await engine.docker.listContainers({ all: true, filters })).length === 0)
      await delay(10);
  } finally {
    events.destroy();
  }
}

/** Pulls as the engine does; `auth` as in the registry's support. Rejects when the pull failed. */
export async function pullImage(engine: TestEngine, ref: string, auth?: object): Promise<void> {
  const stream = (await engine.docker.pull(ref, auth ? { authconfig: auth } : {})) as Readable;
  failOnError(await text(stream));
}

/** Pushes a tag to the registry that its name says. Rejects when the push failed. */
export async function pushImage(engine: TestEngine, ref: string, auth?: object): Promise<void> {
  const stream = await engine.docker.getImage(ref).push({ authconfig: auth ?? {} });
  failOnError(await text(stream as Readable));
}

/** A failed load, build, pull or push answers 200 and says so in a line of its stream. */
function failOnError(lines: string): void {
  const failed = lines.split('\n').find((line) => line.includes('"error"'));
  if (failed) throw new Error((JSON.parse(failed) as { error: string }).error);
}
