import { CareenError, isCareenError } from '../../domain/errors.js';
import type { EngineFacts, Store } from '../../domain/facts.js';
import { actsOf } from './acts.js';
import { archivesOf } from './archive.js';
import { containersOf, listedContainers, oneContainer } from './containers.js';
import { DiskUse } from './df.js';
import { openEvents } from './events.js';
import { ImageReader } from './inspect.js';
import { readListing } from './listing.js';
import { logFile } from './log-file.js';
import { allNetworks } from './networks.js';
import { inPath } from './names.js';
import { thisHost, type HostView } from './host-view.js';
import { openWay } from './open-way.js';
import { isLocalEndpoint, parseEndpoint } from './parse-endpoint.js';
import { ping } from './ping.js';
import { factsOf, infoSchema, isOf, versionSchema, type EngineInfo } from './product.js';
import { pull } from './pull.js';
import {
  pruneBuildCache,
  removeContainer,
  removeImage,
  removeNetwork,
  removeVolume,
  tag,
  untag,
} from './removal.js';
import { insecureRegistries } from './registries.js';
import { hasStatus, Requests } from './requests.js';
import { rootsOf, thisMachine } from './roots.js';
import { podmanStoreUse } from './store-use.js';
import { readSwarm } from './swarm/read.js';
import { serviceNow } from './swarm/tasks.js';
import { serviceWhole, writeService } from './swarm/write.js';
import type { DockerEngine } from './types.js';
import { allVolumes } from './volumes.js';
import type { Way } from './way.js';

/** The API versions that this adapter was written for; engines outside are refused. */
const supported = { lowest: [1, 41], highest: [1, 51] } as const;

type Version = readonly [number, number];

export interface ConnectOptions {
  /** Milliseconds for the first answer; default 10 s, over ssh more than ssh itself takes to give up. */
  deadline?: number;
  /** Where the docker CLI's certificates are looked for; default: this machine. */
  host?: HostView;
  /** The docker context that the endpoint was chosen by: its certificates count first. */
  context?: string | null;
}

/** Milliseconds for the first answer, of a socket or a port and over ssh. */
const firstAnswer = { direct: 10_000, ssh: 45_000 };

/**
 * Connects to an engine and settles the API version with it. Nothing of the environment has a say in
 * which engine answers.
 *
 * @param endpoint `unix:///…`, `npipe:////./pipe/…`, `ssh://[user@]host[:port][/socket]`, `tcp://host:port`
 * @throws CareenError `endpoint-invalid`, `endpoint-plain`, `ssh-failed`, `tls-failed`,
 *   `engine-permission`, `engine-refused`, `engine-silent`, `engine-unsupported` (no engine, or one of
 *   Windows containers, or too old or new)
 */
export async function connect(
  endpoint: string,
  options: ConnectOptions = {},
): Promise<DockerEngine> {
  const at = parseEndpoint(endpoint);
  const way = await openWay(at, options.host ?? thisHost(), options.context ?? null);
  const deadline = options.deadline ?? firstAnswer[at.kind === 'ssh' ? 'ssh' : 'direct'];
  try {
    return await meet(way, isLocalEndpoint(at), deadline);
  } catch (e) {
    way.close();
    throw e;
  }
}

/** @param isHere whether the engine's folders can be this machine's */
async function meet(way: Way, isHere: boolean, deadline: number): Promise<DockerEngine> {
  const bare = new Requests(way, 'connecting', null);
  await ping(bare, deadline);
  const version = await bare.get(versionSchema, { path: '/version', deadline });
  const api = settle(version.ApiVersion, version.MinAPIVersion, way.url);
  const info = await readInfo(new Requests(way, 'connecting', api));
  // Elsewhere it is a server, whatever this machine is.
  const facts = factsOf(way.url, api, info, version, isHere ? process.platform : 'linux');
  const requests = new Requests(way, 'connected', api);
  return engineOf(requests, facts, {
    diskRoots: isHere ? await rootsOf(info, thisMachine) : [],
    // What is safe in another machine's network says nothing of this one's.
    insecureRegistries: isHere ? insecureRegistries(info.RegistryConfig) : [],
    system: { hostname: info.Name, kernel: info.KernelVersion, dataRoot: info.DockerRootDir },
    storeUse: () =>
      facts.product === 'podman' ? podmanStoreUse(requests, version) : Promise.resolve(null),
  });
}

/** The engine's own newest version, as far as it is known here; never below its minimum. */
function settle(newest: string, lowest: string, endpoint: string): string {
  const top = parse(newest) ?? [0, 0];
  const bottom = parse(lowest) ?? [0, 0];
  if (compare(top, supported.lowest) < 0 || compare(bottom, supported.highest) > 0)
    throw new CareenError('engine-unsupported', { endpoint, found: `API ${lowest}–${newest}` });
  const [major, minor] = compare(top, supported.highest) < 0 ? top : supported.highest;
  return `${major}.${minor}`;
}

function parse(text: string): Version | null {
  const [, major, minor] = /^(\d+)\.(\d+)$/.exec(text) ?? [];
  return major === undefined ? null : [Number(major), Number(minor)];
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1];
}

async function readInfo(requests: Requests): Promise<EngineInfo> {
  const endpoint = requests.url;
  let info: EngineInfo;
  try {
    info = await requests.get(infoSchema, { path: '/info' });
  } catch (e) {
    // Docker Desktop's answer to a version that it does not take is a skeleton (HOSTS §1).
    if (!hasStatus(e, 400)) throw e;
    throw new CareenError('engine-unsupported', { endpoint, found: '/info 400' }, { cause: e });
  }
  if (info.ID === '' && info.Driver === '')
    throw new CareenError('engine-unsupported', { endpoint, found: '/info' });
  if (info.OSType === 'windows')
    throw new CareenError('engine-unsupported', { endpoint, found: 'windows' });
  return info;
}

async function confirm(requests: Requests, facts: EngineFacts): Promise<void> {
  const { endpoint } = facts;
  const info = await readInfo(requests).catch((e: unknown) => {
    if (!isCareenError(e, 'engine-unsupported')) throw e;
    throw new CareenError('engine-lost', { endpoint }, { cause: e });
  });
  if (!isOf(info, facts)) throw new CareenError('engine-lost', { endpoint });
}

/**
 * Whether `LayersSize` is all that images take: 26.1 leaves a containerd store's compressed blobs
 * out, 28.5 counts them (measured on both; the versions between count as the older one).
 */
function countsBlobs(store: Store, apiMinor: number): boolean {
  return store === 'classic' || apiMinor >= 48;
}

function engineOf(
  requests: Requests,
  facts: EngineFacts,
  told: Pick<DockerEngine, 'diskRoots' | 'insecureRegistries' | 'system' | 'storeUse'>,
): DockerEngine {
  const images = new ImageReader(requests, facts.store);
  const [, minor = 0] = parse(facts.apiVersion) ?? [];
  const disk = new DiskUse(requests, minor >= 42, countsBlobs(facts.store, minor));
  return {
    facts,
    ...told,
    mayFallSilent: requests.way.mayFallSilent,
    ping: (apart) => ping(requests, 10_000, apart),
    confirm: () => confirm(requests, facts),
    list: () => readListing(requests),
    listImage: (id) => images.row(id),
    readImage: (id) => images.read(id),
    imageSteps: (id) => images.steps(id),
    container: (id) => oneContainer(requests, id),
    networks: () => allNetworks(requests),
    volumes: () => allVolumes(requests),
    swarm: () => readSwarm(requests),
    serviceNow: (id) => serviceNow(requests, id),
    serviceWhole: (id) => serviceWhole(requests, id),
    writeService: (write) => writeService(requests, write),
    resolve: (reference) => images.resolve(reference),
    usersOf: (imageId) => containersOf(requests, imageId),
    events: (sink, since) => openEvents(requests, sink, since, facts.product === 'podman'),
    untag: (reference) => untag(requests, reference),
    removeImage: (id) => removeImage(requests, id),
    tag: (id, reference) => tag(requests, id, reference),
    containersNow: () => listedContainers(requests),
    hasNetwork: (id) => requests.exists(`/networks/${inPath(id)}`),
    hasVolume: (name) => requests.exists(`/volumes/${inPath(name)}`),
    removeContainer: (id) => removeContainer(requests, id),
    removeNetwork: (id) => removeNetwork(requests, id),
    removeVolume: (name) => removeVolume(requests, name),
    pruneBuildCache: (by) => pruneBuildCache(requests, minor, by),
    pull: (reference, options) => pull(requests, reference, options),
    layersSize: (deadline) => disk.layersSize(deadline),
    cacheRecords: (deadline) => disk.cacheRecords(deadline),
    volumeSizes: (deadline) => disk.volumeSizes(deadline),
    diskUse: (deadline) => disk.all(deadline),
    logFile: (id) => logFile(requests, id),
    close: () => requests.close(),
    ...actsOf(requests, minor),
    ...archivesOf(requests),
  };
}
