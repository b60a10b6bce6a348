import { setTimeout as delay } from 'node:timers/promises';
import type { UpdateRun } from '../../main/contract/runs.js';
import type { UpdatedContainer } from '../../main/contract/update-steps.js';
import { standardUpdatePatience } from '../../main/services/updater/types.js';
import { TestCareen, type TestCareenOptions } from './careen.js';
import type { TestEngine } from './engine.js';
import type { ImageSpec } from './images.js';
import type { ServiceChange, TestSwarm } from './swarm.js';
import { of, publishAs, service, updatePolicy } from './updating.js';

/** Looks often. */
export const servicePatience = { ...standardUpdatePatience, look: 200 };

/**
 * A policy under which a service is proven in three seconds. Swarm may take seconds to find a place
 * where its node has too few processors.
 */
export const servicePolicy = updatePolicy
  .replace('settle: 400ms', 'settle: 3s')
  .replace('proveWithin: 5s', 'proveWithin: 10s')
  .replace('stuckAfter: 2s', 'stuckAfter: 10s');

/** Only its first version is healthy. */
export const HealthCheck = {
  Test: ['CMD-SHELL', 'wget -qO- http://127.0.0.1/ | grep -q v1'],
  Interval: 300_000_000,
  Timeout: 5_000_000_000,
  Retries: 3,
};

/** Runs, and ends by itself after Swarm's watch is over. */
export const diesLater = service('v2', { cmd: ['sh', '-c', 'sleep 5; exit 7'] });

/** Three tasks that are replaced one after another. */
export const threeTasks: ServiceChange = {
  spec: {
    Mode: { Replicated: { Replicas: 3 } },
    RollbackConfig: { Parallelism: 0, Monitor: 500_000_000, Order: 'stop-first' },
  },
};

/** A service with two versions, of which it runs the first and the second is published. */
export interface Staged {
  web: string;
  /** `repo:tag@digest`. */
  one: string;
  two: string;
}

let made = 0;

/** Services of a swarm, and a Careen on one of its managers that updates them. */
export class ServiceUpdates {
  private constructor(
    readonly swarm: TestSwarm,
    public careen: TestCareen,
    private readonly options: Omit<TestCareenOptions, 'socket'>,
  ) {}

  /** On the manager that the swarm's own questions go to. */
  static async open(
    swarm: TestSwarm,
    options: Partial<TestCareenOptions> = {},
  ): Promise<ServiceUpdates> {
    const all = { policy: servicePolicy, updatePatience: servicePatience, ...options };
    const careen = await TestCareen.open({ socket: swarm.manager.socket, ...all });
    return new ServiceUpdates(swarm, careen, all);
  }

  close(): Promise<void> {
    return this.careen.close();
  }

  /** Careen's next start on the same home, once it is closed; `away`: at a first engine that does not answer. */
  async reopen(away: TestEngine | null = null): Promise<void> {
    const { home } = this.careen;
    const { socket } = away ?? this.swarm.manager;
    const isAway = away !== null;
    this.careen = await TestCareen.open({ socket, ...this.options, home, isAway });
  }

  /** A service of its own, checked once its second version is published. */
  async stage(
    second: ImageSpec = service('v2'),
    change: ServiceChange = {},
    tasks = change.spec?.Mode?.Replicated?.Replicas ?? 1,
  ): Promise<Staged> {
    made += 1;
    const web = `web${made}`;
    const { swarm } = this;
    const { manager, ca } = swarm;
    const name = `${swarm.registry.host}/${web}:1`;
    const one = `${name}@${await publishAs(manager, name, service('v1'), ca)}`;
    await swarm.create(web, one, change);
    await swarm.runs(web, one, tasks);
    const two = `${name}@${await publishAs(manager, name, second, ca)}`;
    await this.known(web);
    await this.check(web);
    return { web, one, two };
  }

  /** Resolves once Careen tells of a service. */
  known(web: string): Promise<void> {
    return this.careen.until('updates', ({ rows }) =>
      rows.some(({ container }) => container === web),
    );
  }

  async check(web: string) {
    const { rows } = await this.careen.call('update.check', { containers: [web] });
    return rows.find(({ container }) => container === web);
  }

  run(web: string, to: string | null = null): Promise<UpdateRun> {
    const containers = [{ container: web, to }];
    return this.careen.call('update.run', { containers, copy: [], token: null });
  }

  back(web: string): Promise<UpdateRun> {
    const wanted = { container: web, to: null, copies: false, token: null };
    return this.careen.call('update.rollback', wanted);
  }

  preview(web: string, to: string | null = null) {
    return this.careen.call('update.preview', { container: web, to });
  }

  async row(web: string) {
    const { rows } = await this.careen.call('update.list', {});
    return rows.find(({ container }) => container === web);
  }

  async imageOf(web: string): Promise<string> {
    return (await this.swarm.inspect(web)).Spec.TaskTemplate.ContainerSpec.Image;
  }

  /** Resolves once Swarm is at work on what Careen asked for. */
  async underWay({ web, two }: Staged): Promise<void> {
    for (let n = 0; n < 2_400; n++) {
      const { Spec: spec, UpdateStatus: status } = await this.swarm.inspect(web);
      if (spec.TaskTemplate.ContainerSpec.Image === two && status?.State === 'updating') return;
      await delay(25);
    }
    throw new Error(`the update of ${web} does not begin`);
  }

  /** Resolves with what became of a service in the last update, once that is told. */
  async told(web: string): Promise<UpdatedContainer> {
    for (let n = 0; n < 900; n++) {
      const { runs } = await this.careen.call('history', { since: null });
      const last = runs.find(({ kind }) => kind === 'update') as UpdateRun | undefined;
      if (last && last.outcome !== null && of(last, web).result !== null) return of(last, web);
      await delay(100);
    }
    throw new Error(`the history does not tell what became of ${web}`);
  }
}
