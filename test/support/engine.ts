import { mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Docker from 'dockerode';
import { disposeDockerd, startDockerd } from '../../scripts/lib/dockerd.mjs';
import { must } from '../../scripts/lib/process.mjs';
import { addBridge, removeBridge, testRun, uniqueName, type Bridge } from './namespace.js';

export type EngineVersion = '20.10' | '26.1' | '28.5';
export type Store = 'classic' | 'containerd';

export interface EngineOptions {
  /** Default 26.1. */
  version?: EngineVersion;
  /** Default classic. */
  store?: Store;
  /** `tmpfs` (the default), or an existing folder, which survives `dispose`. */
  dataRoot?: string;
  /** Part of the socket's path, for a test that tells engines apart by it. */
  name?: string;
  /** A named network namespace; default: the run's. */
  namespace?: string;
  /** More flags for dockerd. */
  args?: string[];
  /** More of dockerd's environment. */
  env?: Record<string, string>;
}

/** A real Docker engine on a socket, bridge and data root of its own. */
export class TestEngine {
  readonly docker: Docker;
  #running: Awaited<ReturnType<typeof startDockerd>> | undefined;

  private constructor(
    readonly version: EngineVersion,
    readonly store: Store,
    /** The engine's folder: socket, log, pid file. */
    readonly home: string,
    readonly dataRoot: string,
    private readonly namespace: string,
    private readonly network: Bridge,
    private readonly keepData: boolean,
    private readonly args: string[],
    private readonly env: Record<string, string>,
  ) {
    this.docker = dockerClient(this.socket);
  }

  static async start(options: EngineOptions, home: string): Promise<TestEngine> {
    const { version = '26.1', store = 'classic', dataRoot = 'tmpfs', args = [] } = options;
    const { env = {} } = options;
    const namespace = options.namespace ?? (await testRun()).namespace;
    const keepData = dataRoot !== 'tmpfs';
    const data = keepData ? dataRoot : path.join(home, 'data');
    await mkdir(data, { recursive: true });
    if (!keepData) await must('mount', ['-t', 'tmpfs', '-o', 'mode=0711', 'careen-test', data]);
    const network = await addBridge(namespace);
    const own = [namespace, network, keepData, args, env] as const;
    const engine = new TestEngine(version, store, home, data, ...own);
    try {
      await engine.start();
    } catch (error) {
      await engine.dispose();
      throw error;
    }
    return engine;
  }

  get socket(): string {
    return path.join(this.home, 'docker.sock');
  }

  /** `unix://…`, as DOCKER_HOST or a context would have it. */
  get url(): string {
    return `unix://${this.socket}`;
  }

  get running(): boolean {
    return this.#running !== undefined;
  }

  /** Starts it again after `kill` or `stop`, with what its data root holds. */
  async start(): Promise<void> {
    if (this.#running) return;
    this.#running = await startDockerd({
      version: this.version,
      store: this.store,
      home: this.home,
      dataRoot: this.dataRoot,
      netns: this.namespace,
      network: this.network,
      args: this.args,
      env: this.env,
    });
  }

  /** Ends it as a crash does (SIGKILL); containers and mounts stay as they are. */
  async kill(): Promise<void> {
    await this.#running?.kill();
    this.#running = undefined;
  }

  /** Has it hang until it goes on: it takes what comes, and answers nothing. */
  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  /** Ends it properly. Slow with busybox as PID 1, which ignores SIGTERM for 10 s: use `--init`. */
  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = undefined;
  }

  /** Stops it properly and starts it again. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Ends it with all its containers and takes its folders away; may be called twice. */
  async dispose(): Promise<void> {
    this.#running = undefined;
    await disposeDockerd(this.home, { dataRoot: this.dataRoot, keepData: this.keepData });
    await removeBridge(this.namespace, this.network.bridge);
  }

  #signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    if (this.#running) process.kill(this.#running.pid, signal);
  }
}

/**
 * A dockerode client that talks to that socket whatever the environment says: docker-modem would put
 * a set DOCKER_HOST, or the TLS and SSH options that go with it, over what it was given.
 */
function dockerClient(socketPath: string): Docker {
  return new Docker({
    socketPath,
    protocol: 'http',
    host: undefined,
    port: undefined,
    username: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
    pathPrefix: undefined,
    timeout: undefined,
  } as unknown as Docker.DockerOptions);
}

/** Starts a real engine and waits until it answers: about a second. */
export async function startEngine(options: EngineOptions = {}): Promise<TestEngine> {
  return TestEngine.start(options, await makeHome(options.name));
}

/**
 * Starts an engine whose data root is a small ext4 file system of its own, for tests of a full disk.
 * `disk` is its mount point; more of the test's files may lie on it.
 */
export async function startEngineOnDisk(
  options: EngineOptions & { sizeMB: number },
): Promise<TestEngine & { disk: string }> {
  const home = await makeHome(options.name);
  const image = path.join(home, 'disk.img');
  const disk = path.join(home, 'disk');
  await writeFile(image, '');
  await truncate(image, options.sizeMB * 1_000_000);
  await mkdir(disk);
  // No reserve for root, which would let the engine write on when the disk is full for others.
  await must('mkfs.ext4', ['-q', '-m', '0', image]);
  await must('mount', ['-o', 'loop', image, disk]);
  const dataRoot = path.join(disk, 'docker');
  return Object.assign(await TestEngine.start({ ...options, dataRoot }, home), { disk });
}

async function makeHome(name = ''): Promise<string> {
  const home = path.join((await testRun()).folder, uniqueName(name ? `${name}-` : 'e'));
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true, mode: 0o711 });
  return home;
}
