import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { UpdateRun } from '../../main/contract/runs.js';
import { TestCareen } from './careen.js';
import type { TestEngine } from './engine.js';
import {
  answers,
  clear,
  containers,
  of,
  ownTags,
  publishAs,
  serve,
  service,
  updatePolicy,
} from './updating.js';

/** A run that is killed somewhere. */
export interface Crash {
  /** What the new version does, and how its container was made. */
  scenario: 'good' | 'bad' | 'rm' | 'bad-rm' | 'rollback';
  /** At which record of its journal, and on which side of it. */
  n: number;
  side: 'before' | 'after';
  /** At which record of its journal the one that takes it up is killed too; null: it is not. */
  again: number | null;
}

export const crashScenarios = ['good', 'bad', 'rm', 'bad-rm', 'rollback'] as const;

const port = 8103;
const failing = { cmd: ['sh', '-c', 'echo broken; exit 3'] };

/** One scenario, again and again: the service as it is before, and how it has to be after. */
export class Crashes {
  constructor(
    private readonly engine: TestEngine,
    private readonly registry: string,
    private readonly entry: string,
  ) {}

  /** Records that a run of a scenario writes that nothing cuts off. */
  async records(scenario: Crash['scenario']): Promise<number> {
    const home = await this.#begin(scenario);
    try {
      const before = await recordsIn(home);
      await this.#child(home, scenario === 'rollback' ? 'rollback' : 'update', 'never', 0, 'after');
      return (await recordsIn(home)) - before;
    } finally {
      await clear(this.engine);
    }
  }

  /** Kills one run, and checks that the next start ends it well. */
  async check({ scenario, n, side, again }: Crash): Promise<void> {
    const home = await this.#begin(scenario);
    try {
      const act = scenario === 'rollback' ? 'rollback' : 'update';
      const signal = await this.#child(home, act, 'any', n, side);
      expect(signal).toBe('SIGKILL');
      if (again !== null) await this.#child(home, 'recover', 'any', again, 'before');
      await this.#checkNext(home, scenario);
    } finally {
      await clear(this.engine);
    }
  }

  async #begin(scenario: Crash['scenario']): Promise<string> {
    const ref = `${this.registry}/acme/web:1`;
    const home = await mkdtemp(join(tmpdir(), 'careen-home-'));
    await writeFile(join(home, 'policy.yaml'), updatePolicy);
    await publishAs(this.engine, ref, service('v1'));
    const isRm = scenario === 'rm' || scenario === 'bad-rm';
    const HostConfig = isRm ? { AutoRemove: true, RestartPolicy: { Name: '' } } : {};
    await serve(this.engine, ref, 'web', port, { HostConfig });
    const isBad = scenario === 'bad' || scenario === 'bad-rm';
    await publishAs(this.engine, ref, isBad ? failing : service('v2'));
    if (scenario === 'rollback') await this.#child(home, 'update', 'never', 0, 'after');
    return home;
  }

  async #child(
    home: string,
    act: string,
    kind: string,
    n: number,
    side: string,
  ): Promise<string | null> {
    const words = [this.entry, this.engine.socket, home, act, kind, String(n), side];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] });
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    return signal;
  }

  /** The service answers, one container of that name, no leftover, the history tells the truth. */
  async #checkNext(home: string, scenario: Crash['scenario']): Promise<void> {
    const { engine } = this;
    const careen = await TestCareen.open({ socket: engine.socket, home });
    try {
      const isOver = () => careen.slice('history').head.every(({ outcome }) => outcome !== null);
      await careen.until('history', isOver);
      const said = await answers(port);
      expect(await containers(engine)).toEqual(['web running']);
      const [run] = careen.slice('history').head;
      const wanted = scenario === 'rollback' ? 'v1' : 'v2';
      const went = said === wanted;
      expect(['v1', 'v2']).toContain(said);
      checkTold(run as UpdateRun | undefined, went, scenario === 'rollback');
      // What can be gone back to is what ran before; nothing else is kept.
      const isUpdated = said === 'v2';
      expect(await ownTags(engine)).toHaveLength(scenario === 'rollback' || isUpdated ? 1 : 0);
      const [row] = careen.slice('updates').rows;
      expect(row?.unproven).toBeNull();
      // The old reference leads to what runs, and what ran with it has its own policy again.
      const now = await engine.docker.getContainer('web').inspect();
      const ref = `${this.registry}/acme/web:1`;
      expect((await engine.docker.getImage(ref).inspect()).Id).toBe(now.Image);
      const isRm = scenario === 'rm' || scenario === 'bad-rm';
      expect(now.HostConfig.AutoRemove).toBe(isRm);
      expect(now.HostConfig.RestartPolicy?.Name).toBe(isRm ? 'no' : 'unless-stopped');
      expect(careen.reported).toEqual([]);
    } finally {
      await careen.close();
    }
  }
}

async function recordsIn(home: string): Promise<number> {
  const files = (await readdir(home)).filter((name) => name.startsWith('journal-'));
  const texts = await Promise.all(files.map((name) => readFile(join(home, name), 'utf8')));
  return texts.join('').split('\n').filter(Boolean).length;
}

/** Killed before its beginning was written, a run has left nothing to tell of. */
function checkTold(run: UpdateRun | undefined, went: boolean, isRollback: boolean): void {
  const { result = null } =
    run?.kind === (isRollback ? 'rollback' : 'update') ? of(run, 'web') : {};
  if (!went) expect([undefined, 'skipped', 'rolled-back']).toContain(result?.state);
  else if (isRollback) expect(result).toEqual({ state: 'restored' });
  else expect(result).toEqual({ state: 'updated', proven: true });
}
