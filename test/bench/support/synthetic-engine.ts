import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { release, tmpdir } from 'node:os';
import path from 'node:path';

/** What the engine holds. */
export interface Amount {
  images: number;
  containers: number;
}

/** An engine of made-up data behind the Docker API, on a socket of its own. */
export interface SyntheticEngine {
  socket: string;
  /** From now on tells who it is and nothing of what it holds, as an engine that is slow at that. */
  hang(): void;
  /** Answers again, also what it was asked meanwhile. */
  answer(): void;
  /** Tells of an image's new name, as `docker tag` would. */
  tag(image: number, ref: string): void;
  close(): Promise<void>;
}

/** Nothing is asked of a registry by that name: it never resolves (RFC 2606). */
const registry = 'registry.invalid';
const repositories = 611;
const bases = 40;
const day = 86_400_000;

const hex = (text: string) => createHash('sha256').update(text).digest('hex');
const id = (text: string) => `sha256:${hex(text)}`;
/** A size of its own for each name, the same in each run. */
const bytesOf = (text: string, most: number) =>
  1_000 + (parseInt(hex(text).slice(0, 8), 16) % most);

interface Image {
  id: string;
  refs: string[];
  created: number;
  layers: { diffId: string; size: number; by: string }[];
}

/**
 * Starts an engine of so many images and containers: a load for benches, whose figures depend on the
 * amount alone. Images stand on a few bases, share layers within their repository and have three of
 * their own, as builds of one service do; every twentieth has lost its name.
 */
export async function startSyntheticEngine(amount: Amount): Promise<SyntheticEngine> {
  const folder = await mkdtemp(path.join(tmpdir(), 'careen-synthetic-'));
  const now = Date.now();
  const images = Array.from({ length: amount.images }, (_, n) => imageOf(n, now));
  const containers = Array.from({ length: amount.containers }, (_, n) =>
    containerOf(n, images, now),
  );
  const byId = new Map(images.map((image) => [image.id, image]));
  const containerById = new Map(containers.map((one) => [one.Id, one]));
  const streams = new Set<ServerResponse>();
  const sockets = new Set<Socket>();
  let hanging = false;
  const waiting: (() => void)[] = [];

  const answers: [RegExp, (match: RegExpExecArray) => unknown][] = [
    [/^\/version$/, () => version],
    [/^\/info$/, () => ({ ...infoOf(folder), Containers: containers.length })],
    [/^\/images\/json$/, () => images.map(listedImage)],
    [/^\/images\/(.+)\/json$/, ([, name = '']) => inspectedImage(byId.get(name))],
    [/^\/images\/(.+)\/history$/, ([, name = '']) => historyOf(byId.get(name))],
    [/^\/containers\/json$/, () => containers.map(listedContainer)],
    [/^\/containers\/(.+)\/json$/, ([, name = '']) => containerById.get(name)],
    [/^\/networks$/, () => []],
    [/^\/volumes$/, () => ({ Volumes: [] })],
    [/^\/system\/df$/, () => diskUseOf(images, containers)],
  ];
  const server = createServer((request, response) => {
    request.resume();
    const { pathname } = new URL(request.url ?? '/', 'http://engine');
    const call = decodeURIComponent(pathname.replace(/^\/v[\d.]+/, ''));
    if (call === '/events') {
      streams.add(response);
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      return;
    }
    if (call === '/_ping') return void response.end('OK');
    const give = () => {
      const answer = answers
        .map(([pattern, answerOf]) => [pattern.exec(call), answerOf] as const)
        .flatMap(([match, answerOf]) => (match ? [answerOf(match)] : []))[0];
      response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? { message: `nothing made up for ${call}` }));
    };
    if (hanging && call !== '/version' && call !== '/info') waiting.push(give);
    else give();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const socket = path.join(folder, 'd.sock');
  server.listen(socket);
  await once(server, 'listening');
  return {
    socket,
    hang: () => (hanging = true),
    answer: () => {
      hanging = false;
      waiting.splice(0).forEach((give) => give());
    },
    tag: (at, ref) => {
      const image = images[at];
      if (!image) throw new Error(`There is no image ${at}.`);
      image.refs.push(ref);
      const Actor = { ID: image.id, Attributes: { name: ref } };
      const time = Math.floor(Date.now() / 1000);
      for (const stream of streams)
        stream.write(`${JSON.stringify({ Type: 'image', Action: 'tag', Actor, time })}\n`);
    },
    close: async () => {
      sockets.forEach((one) => one.destroy());
      server.close();
      await once(server, 'close');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const version = {
  Version: '26.1.4',
  ApiVersion: '1.45',
  MinAPIVersion: '1.24',
  Os: 'linux',
  Arch: 'amd64',
};

/** An engine on this very machine, whose disk is the one that this folder lies on. */
const infoOf = (folder: string) => ({
  ID: 'synthetic',
  Name: 'synthetic',
  Driver: 'overlay2',
  DriverStatus: [],
  OperatingSystem: 'Linux',
  OSType: 'linux',
  KernelVersion: release(),
  ServerVersion: version.Version,
  DockerRootDir: folder,
});

const repositoryOf = (n: number) => {
  const at = n % repositories;
  return `${registry}/team${at % 37}/service-${at}`;
};

function imageOf(n: number, now: number): Image {
  const repository = repositoryOf(n);
  const base = (n % repositories) % bases;
  const layer = (of: string, most: number) => ({
    diffId: id(of),
    size: bytesOf(of, most),
    by: `RUN build ${of}`,
  });
  return {
    id: id(`image ${n}`),
    refs: n % 20 === 19 ? [] : [`${repository}:2.${Math.floor(n / repositories)}.${n % 7}`],
    created: now - (n % 200) * day,
    layers: [
      ...[0, 1, 2, 3].map((at) => layer(`base ${base} ${at}`, 120e6)),
      ...[0, 1].map((at) => layer(`${repository} ${at}`, 60e6)),
      ...[0, 1, 2].map((at) => layer(`image ${n} ${at}`, 20e6)),
    ],
  };
}

const sizeOf = (image: Image) => image.layers.reduce((sum, { size }) => sum + size, 0);
const digestsOf = (image: Image) =>
  image.refs.map((ref) => `${ref.slice(0, ref.lastIndexOf(':'))}@${id(`manifest ${image.id}`)}`);

const listedImage = (image: Image) => ({
  Id: image.id,
  ParentId: '',
  RepoTags: image.refs,
  RepoDigests: digestsOf(image),
  Created: Math.floor(image.created / 1000),
  Size: sizeOf(image),
});

function inspectedImage(image: Image | undefined) {
  if (!image) return undefined;
  return {
    Id: image.id,
    RepoTags: image.refs,
    RepoDigests: digestsOf(image),
    Created: new Date(image.created).toISOString(),
    Size: sizeOf(image),
    Os: 'linux',
    Architecture: 'amd64',
    Config: { Labels: { 'org.opencontainers.image.version': '2' } },
    RootFS: { Type: 'layers', Layers: image.layers.map(({ diffId }) => diffId) },
    Metadata: { LastTagTime: new Date(image.created).toISOString() },
  };
}

const historyOf = (image: Image | undefined) =>
  image?.layers
    .map(({ size, by }) => ({
      Created: Math.floor(image.created / 1000),
      CreatedBy: by,
      Comment: '',
      Size: size,
    }))
    .toReversed();

function containerOf(n: number, images: readonly Image[], now: number) {
  const image = images[(n * 7) % images.length];
  if (!image) throw new Error('Containers need images.');
  const started = new Date(now - (n % 40) * day).toISOString();
  const running = n % 3 > 0;
  return {
    Id: hex(`container ${n}`),
    Name: `/service-${n}`,
    Image: image.id,
    Created: started,
    State: {
      Status: running ? 'running' : 'exited',
      StartedAt: started,
      FinishedAt: running ? null : started,
    },
    Config: {
      Image: image.refs[0] ?? image.id,
      Labels: {
        'com.docker.compose.project': `project-${n % 60}`,
        'com.docker.compose.service': `service-${n}`,
      },
    },
    HostConfig: { LogConfig: { Type: 'json-file', Config: { 'max-size': '10m' } } },
    Mounts: [],
    NetworkSettings: { Networks: {} },
  };
}

const listedContainer = (one: ReturnType<typeof containerOf>) => ({
  Id: one.Id,
  Names: [one.Name],
  Image: one.Config.Image,
  ImageID: one.Image,
  Created: Math.floor(Date.parse(one.Created) / 1000),
  State: one.State.Status,
  Labels: one.Config.Labels,
});

function diskUseOf(images: readonly Image[], containers: readonly { Id: string }[]) {
  const layers = new Map<string, number>();
  for (const image of images) for (const { diffId, size } of image.layers) layers.set(diffId, size);
  return {
    LayersSize: [...layers.values()].reduce((sum, size) => sum + size, 0),
    Containers: containers.map(({ Id }) => ({ Id, SizeRw: bytesOf(Id, 5e6) })),
    Volumes: [],
    BuildCache: [],
  };
}
