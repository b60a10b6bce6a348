import type Docker from 'dockerode';
import { Agent, fetch } from 'undici';
import type { UpdatedContainer } from '../../main/contract/update-steps.js';
import type { UpdateRun } from '../../main/contract/runs.js';
import type { TestEngine } from './engine.js';
import { type ImageSpec, loadImages, pullImage, pushImage, runContainer } from './images.js';

/** A policy under which updates are proven in less than a second, and given up soon. */
export const updatePolicy = `version: 1
grace: 0s
rollback: { versions: 2, for: 7d }
update:
  default: { settle: 400ms, proveWithin: 5s, stuckAfter: 2s }
`;

const accepted = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

let staged = 0;

/**
 * Publishes an image under a name as its maker does: the engine at hand has nothing of it
 * afterwards. Gives the manifest's digest.
 *
 * @param ca of a registry that speaks TLS; null: it is plain
 */
export async function publishAs(
  engine: TestEngine,
  reference: string,
  spec: ImageSpec,
  ca: string | null = null,
): Promise<string> {
  const [, host = '', path = '', tag = ''] = /^([^/]+)\/(.+):([^:]+)$/.exec(reference) ?? [];
  staged += 1;
  const staging = `${host}/${path}:staging-${process.pid}-${staged}`;
  await loadImages(engine, [{ ...spec, refs: [staging] }]);
  await pushImage(engine, staging);
  await engine.docker.getImage(staging).remove({ force: true });
  const base = `${ca === null ? 'http' : 'https'}://${host}/v2/${path}/manifests`;
  const trusting = ca === null ? {} : { dispatcher: new Agent({ connect: { ca } }) };
  const from = await fetch(`${base}/${staging.split(':').at(-1)}`, {
    headers: { accept: accepted },
    ...trusting,
  });
  const type = from.headers.get('content-type') ?? '';
  const put = await fetch(`${base}/${tag}`, {
    method: 'PUT',
    headers: { 'content-type': type },
    body: await from.arrayBuffer(),
    ...trusting,
  });
  if (put.status !== 201) throw new Error(`${reference} was not published: ${put.status}`);
  return put.headers.get('docker-content-digest') ?? '';
}

/** A service that answers with its version on port 80. */
export function service(version: string, change: ImageSpec = {}): ImageSpec {
  const serve = `mkdir -p /www; echo ${version} >/www/index.html; exec httpd -f -p 80 -h /www`;
  return {
    cmd: ['sh', '-c', serve],
    labels: { 'org.opencontainers.image.version': version },
    ...change,
  };
}

/** Pulls and runs a service whose port answers on this machine. */
export async function serve(
  engine: TestEngine,
  reference: string,
  name: string,
  port: number | null,
  options: Partial<Docker.ContainerCreateOptions> = {},
): Promise<Docker.Container> {
  await pullImage(engine, reference);
  const published = { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: `${port}` }] };
  return runContainer(engine, {
    image: reference,
    name,
    options: {
      ...options,
      ...(port === null ? {} : { ExposedPorts: { '80/tcp': {} } }),
      HostConfig: {
        RestartPolicy: { Name: 'unless-stopped' },
        ...(port === null ? {} : { PortBindings: published }),
        ...options.HostConfig,
      },
    },
  });
}

/** What a service says; null where nothing answers. */
export async function answer(port: number): Promise<string | null> {
  try {
    const got = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2_000) });
    return (await got.text()).trim();
  } catch {
    return null;
  }
}

/** Resolves with what a service says once it says anything: it listens a moment after its start. */
export async function answers(port: number): Promise<string> {
  for (let n = 0; n < 600; n++) {
    const said = await answer(port);
    if (said !== null) return said;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing answers on ${port}`);
}

/** Every container by name with its state: `web running`. */
export async function containers(engine: TestEngine): Promise<string[]> {
  const all = await engine.docker.listContainers({ all: true });
  return all.map(({ Names: [name = ''], State: state }) => `${name.slice(1)} ${state}`).sort();
}

/** Tags of Careen's own that are on the engine. */
export async function ownTags(engine: TestEngine): Promise<string[]> {
  const images = await engine.docker.listImages();
  return images
    .flatMap(({ RepoTags: tags }) => tags ?? [])
    .filter((tag) => tag.startsWith('careen.invalid/'))
    .sort();
}

/** Removes everything of an engine. */
export async function clear(engine: TestEngine): Promise<void> {
  for (const { Id } of await engine.docker.listContainers({ all: true }))
    await engine.docker.getContainer(Id).remove({ force: true, v: true });
  for (const { Id } of await engine.docker.listImages())
    await engine.docker.getImage(Id).remove({ force: true });
}

/** What a run says of one container. */
export function of(run: UpdateRun, container: string): UpdatedContainer {
  const found = run.containers.find((one) => one.container === container);
  if (!found) throw new Error(`the run says nothing of ${container}`);
  return found;
}
