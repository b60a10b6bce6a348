import { setTimeout as delay } from 'node:timers/promises';
import type Docker from 'dockerode';
import { must } from '../../scripts/lib/process.mjs';
import type { Certificates } from './certificates.js';
import { type EngineVersion, startEngine, type Store, type TestEngine } from './engine.js';
import { testRun } from './namespace.js';
import { startRegistry, type TestRegistry } from './registry.js';

export interface SwarmOptions {
  /** Default 1. The first is its manager. */
  nodes?: number;
  /** How many of the first are managers; default 1. */
  managers?: number;
  /** One for all, or each node's own: a mixed swarm. */
  version?: EngineVersion | readonly EngineVersion[];
  store?: Store;
  /** Of several nodes' registry, which then speaks TLS and is verified; default: plain, and called insecure. */
  tls?: Certificates;
}

/** The run's own address on the bridge that several nodes meet on: their registry listens there. */
const hub = '10.210.0.254';

/**
 * A swarm of real engines and its registry. One node is in the run's own namespace; of several each
 * has one of its own, all on one bridge. The routing mesh and encrypted overlays need what kernels of
 * test machines often lack: ports are published in `host` mode, or not at all.
 */
export class TestSwarm {
  #asked: TestEngine | null = null;

  private constructor(
    readonly nodes: readonly TestEngine[],
    readonly registry: TestRegistry,
    /** The CA of its registry; null: that speaks no TLS. */
    readonly ca: string | null,
    private readonly undo: (() => Promise<void>)[],
  ) {}

  static async start(options: SwarmOptions = {}): Promise<TestSwarm> {
    const { nodes: count = 1, managers = 1, version = '26.1', store = 'classic', tls } = options;
    const undo: (() => Promise<void>)[] = [];
    const nodes: TestEngine[] = [];
    try {
      const bridge = count > 1 ? await addHub(undo) : null;
      const registry = await startRegistry({
        ...(bridge === null ? {} : { address: hub }),
        ...(tls ? { tls } : {}),
      });
      undo.push(() => registry.dispose());
      for (let n = 1; n <= count; n++) {
        const place = bridge === null ? {} : await addNode(n, bridge, tls, undo);
        const own = typeof version === 'string' ? version : version[n - 1];
        const engine = await startEngine({ ...(own ? { version: own } : {}), store, ...place });
        undo.push(() => engine.dispose());
        nodes.push(engine);
      }
      await join(nodes, managers);
      return new TestSwarm(nodes, registry, tls?.ca ?? null, undo);
    } catch (error) {
      await undoAll(undo);
      throw error;
    }
  }

  /** The manager that is asked and told what follows: the first node, or the one that was chosen. */
  get manager(): TestEngine {
    const manager = this.#asked ?? this.nodes[0];
    if (!manager) throw new Error('the swarm has no node');
    return manager;
  }

  /** From now on another manager is asked. */
  ask(manager: TestEngine): void {
    this.#asked = manager;
  }

  /** The manager that leads, and those that follow. */
  async managers(): Promise<{ leader: TestEngine; others: TestEngine[] }> {
    const listed = (await this.manager.docker.listNodes()) as InspectedNode[];
    const leads = listed.find(({ ManagerStatus: status }) => status?.Leader)?.ManagerStatus?.Addr;
    const leader = this.nodes.find((_, n) => leads === `10.210.0.${n + 1}:2377`);
    if (!leader) throw new Error('no node leads the swarm');
    return { leader, others: this.nodes.filter((one) => one !== leader) };
  }

  /** Resolves once a manager tells of every node as one that is there. */
  async whole(): Promise<void> {
    let last: unknown = null;
    for (let n = 0; n < 600; n++) {
      try {
        const nodes = (await this.manager.docker.listNodes()) as InspectedNode[];
        last = nodes.map(({ Status, ManagerStatus }) => [Status.State, ManagerStatus]);
        const isThere = (one: InspectedNode) =>
          one.Status.State === 'ready' && one.ManagerStatus?.Reachability !== 'unreachable';
        if (nodes.length === this.nodes.length && nodes.every(isThere)) return;
      } catch (e) {
        last = e;
      }
      await delay(100);
    }
    throw new Error(`the swarm is not whole: ${JSON.stringify(last)}`, { cause: last });
  }

  dispose(): Promise<void> {
    return undoAll(this.undo);
  }

  /** Creates a service whose tasks end at once when they are asked to. */
  async create(name: string, image: string, change: ServiceChange = {}): Promise<void> {
    const { container = {}, task = {}, spec = {} } = change;
    await this.manager.docker.createService({
      Name: name,
      Mode: { Replicated: { Replicas: 1 } },
      UpdateConfig: { Parallelism: 1, Monitor: 1_000_000_000, Order: 'stop-first' },
      ...spec,
      TaskTemplate: {
        ...task,
        RestartPolicy: { Delay: 500_000_000 },
        ContainerSpec: { Image: image, Init: true, StopGracePeriod: 100_000_000, ...container },
      },
    });
  }

  /** What a manager tells of a service. */
  async inspect(name: string): Promise<InspectedService> {
    return (await this.manager.docker.getService(name).inspect()) as InspectedService;
  }

  /** Changes a service as a person does at a terminal, in the middle of whatever goes on. */
  async change(name: string, change: (spec: InspectedService['Spec']) => void): Promise<void> {
    for (let n = 1; ; n++) {
      const { Version: version, Spec: spec } = await this.inspect(name);
      change(spec);
      const options = { _query: { version: version.Index }, _body: spec };
      try {
        await this.manager.docker.getService(name).update(options);
        return;
      } catch (e) {
        // Swarm's own notes may move its version between the two, as they do for the docker CLI.
        if (n === 5 || !String(e).includes('update out of sequence')) throw e;
      }
    }
  }

  /** As `docker node update`: what is given of the node's own Spec, the rest as it is. */
  async changeNode(engine: TestEngine, change: Partial<NodeSpec>): Promise<void> {
    const { Swarm: own } = (await engine.docker.info()) as { Swarm: { NodeID: string } };
    const node = this.manager.docker.getNode(own.NodeID);
    const { Version: version, Spec: spec } = (await node.inspect()) as InspectedNode;
    await node.update({ _query: { version: version.Index }, _body: { ...spec, ...change } });
  }

  /** Runs another image, as the docker CLI does once it has the digest. */
  async setImage(name: string, image: string): Promise<void> {
    await this.change(name, (spec) => {
      spec.TaskTemplate.ContainerSpec.Image = image;
    });
  }

  /** As `docker service rollback`. */
  async rollback(name: string): Promise<void> {
    const { Version: version, Spec: spec } = await this.inspect(name);
    const options = { _query: { version: version.Index, rollback: 'previous' }, _body: spec };
    await this.manager.docker.getService(name).update(options);
  }

  /** Resolves once all of a service's tasks run this image, and its update has ended. */
  async runs(name: string, image: string, tasks = 1): Promise<void> {
    let last: unknown = null;
    for (let n = 0; n < 900; n++) {
      const { UpdateStatus: status } = await this.inspect(name);
      const all = await this.tasks(name);
      const wanted = all.filter((one) => one.DesiredState === 'running');
      const good = wanted.filter(
        (one) => one.Status.State === 'running' && one.Spec.ContainerSpec.Image === image,
      );
      const isBusy = status?.State === 'updating' || status?.State === 'rollback_started';
      if (!isBusy && good.length === tasks && wanted.length === tasks) return;
      last = all.map((one) => [one.DesiredState, one.Status.State, one.Status.Err]);
      await delay(100);
    }
    throw new Error(`${name} does not run ${image}: ${JSON.stringify(last)}`);
  }

  async tasks(name: string): Promise<InspectedTask[]> {
    const filters = JSON.stringify({ service: [name] });
    return (await this.manager.docker.listTasks({ filters })) as InspectedTask[];
  }

  /** Takes away the containers that tasks have left on those nodes, and with them what they held. */
  async forgetEnded(nodes = this.nodes): Promise<void> {
    for (const { docker } of nodes) await docker.pruneContainers();
  }

  /** Removes every service and waits until no container of theirs is left. */
  async clear(): Promise<void> {
    for (const { ID } of await this.manager.docker.listServices())
      await this.manager.docker.getService(ID).remove();
    for (const { docker, socket } of this.nodes) {
      let left = await docker.listContainers({ all: true });
      for (let n = 0; left.length > 0; n++) {
        const told = left.map(({ Names, State }) => `${Names.join()} ${State}`);
        if (n === 1_200) throw new Error(`left on ${socket}: ${told.join(', ')}`);
        await docker.pruneContainers();
        await delay(50);
        left = await docker.listContainers({ all: true });
      }
    }
  }
}

export interface ServiceChange {
  container?: Docker.ContainerSpec;
  task?: object;
  spec?: Partial<Docker.CreateServiceOptions>;
}

export interface InspectedService {
  ID: string;
  Version: { Index: number };
  Spec: {
    Name: string;
    Labels?: Record<string, string>;
    Mode: { Replicated?: { Replicas: number }; Global?: object };
    UpdateConfig?: { FailureAction?: string; Order?: string };
    TaskTemplate: {
      ContainerSpec: { Image: string; Env?: string[] };
      Placement?: { MaxReplicas?: number };
      Resources?: { Reservations?: { MemoryBytes?: number } };
    };
  };
  PreviousSpec?: InspectedService['Spec'];
  UpdateStatus?: { State: string; Message: string };
}

interface NodeSpec {
  Role: 'manager' | 'worker';
  Availability: 'active' | 'pause' | 'drain';
  Labels: Record<string, string>;
}

interface InspectedNode {
  Version: { Index: number };
  Spec: NodeSpec;
  Status: { State: string };
  ManagerStatus?: { Leader?: boolean; Reachability: string; Addr: string };
}

export interface InspectedTask {
  ID: string;
  DesiredState: string;
  NodeID?: string;
  Status: { State: string; Err?: string };
  Spec: { ContainerSpec: { Image: string } };
}

async function join([first, ...others]: TestEngine[], managers: number): Promise<void> {
  if (!first) return;
  const isAlone = others.length === 0;
  const address = (n: number) => (isAlone ? '127.0.0.1' : `10.210.0.${n}`);
  const listen = { ListenAddr: `${address(1)}:2377`, AdvertiseAddr: address(1) };
  await first.docker.swarmInit(listen);
  const { JoinTokens: tokens } = (await first.docker.swarmInspect()) as {
    JoinTokens: { Worker: string; Manager: string };
  };
  for (const [at, node] of others.entries()) {
    const n = at + 2;
    await node.docker.swarmJoin({
      ListenAddr: `${address(n)}:2377`,
      AdvertiseAddr: address(n),
      RemoteAddrs: [`${address(1)}:2377`],
      JoinToken: n <= managers ? tokens.Manager : tokens.Worker,
    });
  }
  for (let tries = 0; tries < 600; tries++) {
    const nodes = (await first.docker.listNodes()) as InspectedNode[];
    if (nodes.filter(({ Status }) => Status.State === 'ready').length > others.length) return;
    await delay(100);
  }
  throw new Error('the nodes of the swarm did not come together');
}

/**
 * Makes the bridge, in a namespace where no engine ever drops what is forwarded, with one end of it
 * in the run's own.
 */
async function addHub(undo: (() => Promise<void>)[]): Promise<string> {
  const { namespace } = await testRun();
  const own = `${namespace}-hub`;
  await addNamespace(own, undo);
  const ip = (...args: string[]) => must('ip', ['-n', own, ...args]);
  await ip('link', 'add', 'hub', 'type', 'bridge');
  await ip('link', 'set', 'hub', 'up');
  await plug(own, namespace, 'chub', 254);
  // With its namespace alone it would go a little later, and be in the next swarm's way.
  undo.push(async () => void (await ip('link', 'delete', 'to-254')));
  return own;
}

/** A namespace for one node, on the bridge. */
async function addNode(
  n: number,
  bridge: string,
  tls: Certificates | undefined,
  undo: (() => Promise<void>)[],
) {
  const { namespace } = await testRun();
  const own = `${namespace}-s${n}`;
  await addNamespace(own, undo);
  await plug(bridge, own, 'eth0', n);
  // dockerd wants a default route.
  await must('ip', ['-n', own, 'route', 'add', 'default', 'via', hub]);
  if (tls) return { namespace: own, env: { SSL_CERT_FILE: tls.caFile } };
  return { namespace: own, args: ['--insecure-registry', '10.210.0.0/24'] };
}

async function addNamespace(name: string, undo: (() => Promise<void>)[]): Promise<void> {
  await must('ip', ['netns', 'add', name]);
  undo.push(async () => void (await must('ip', ['netns', 'delete', name])));
  await must('ip', ['-n', name, 'link', 'set', 'lo', 'up']);
}

/** Puts a namespace on the bridge, by a link of that name. */
async function plug(bridge: string, into: string, link: string, host: number): Promise<void> {
  const pair = ['type', 'veth', 'peer', 'name', link, 'netns', into];
  await must('ip', ['-n', bridge, 'link', 'add', `to-${host}`, ...pair]);
  await must('ip', ['-n', bridge, 'link', 'set', `to-${host}`, 'master', 'hub', 'up']);
  await must('ip', ['-n', into, 'address', 'add', `10.210.0.${host}/24`, 'dev', link]);
  await must('ip', ['-n', into, 'link', 'set', link, 'up']);
}

/** The last first, each whatever became of those before. Throws what failed. */
async function undoAll(undo: (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (let last = undo.pop(); last; last = undo.pop())
    await last().catch((e: unknown) => failures.push(e));
  if (failures.length > 0)
    throw new AggregateError(failures, `the swarm was not taken down: ${failures.join('; ')}`);
}
