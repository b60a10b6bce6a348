import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { JournalRecord } from '../../main/services/journal/records.js';
import { TestCareen } from './careen.js';
import type { TestEngine } from './engine.js';
import { checkEnd, hasData, isBack, type Scenario, stage } from './update-scenarios.js';
import { clear, updatePolicy } from './updating.js';

/** A run that is killed somewhere. */
export interface Crash {
  /** What the new version does, and how its container was made. */
  scenario: Scenario;
  /** At which record of its journal, and on which side of it. */
  n: number;
  /** Of which kind that record is; default: any. */
  kind?: JournalRecord['t'];
  side: 'before' | 'after';
  /** At which record of its journal the one that takes it up is killed too; null: it is not. */
  again: number | null;
}

/** One scenario, again and again: the service as it is before, and how it has to be after. */
export class Crashes {
  constructor(
    private readonly engine: TestEngine,
    private readonly registry: string,
    private readonly entry: string,
  ) {}

  /** Records that a run of a scenario writes that nothing cuts off. */
  async records(scenario: Scenario): Promise<number> {
    const home = await this.#begin(scenario);
    try {
      const before = await recordsIn(home);
      await this.#child(home, actOf(scenario), 'never', 0, 'after');
      return (await recordsIn(home)) - before;
    } finally {
      await this.#clear();
    }
  }

  /** Kills one run, and checks that the next start ends it well. */
  async check({ scenario, n, kind, side, again }: Crash): Promise<void> {
    const home = await this.#begin(scenario);
    try {
      const signal = await this.#child(home, actOf(scenario), kind ?? 'any', n, side);
      expect(signal).toBe('SIGKILL');
      const begun = await hasBegun(home, isBack(scenario) ? 'rollback' : 'update');
      if (again !== null) await this.#child(home, 'recover', 'any', again, 'before');
      const careen = await TestCareen.open({ socket: this.engine.socket, home });
      try {
        await checkEnd(this.engine, careen, { scenario, begun, ref: this.#ref });
      } finally {
        await careen.close();
      }
    } finally {
      await this.#clear();
    }
  }

  async #begin(scenario: Scenario): Promise<string> {
    const home = await mkdtemp(join(tmpdir(), 'careen-home-'));
    await writeFile(join(home, 'policy.yaml'), updatePolicy);
    await stage(this.engine, this.#ref, scenario);
    const first = scenario === 'data' ? 'update-with-data' : 'update';
    if (isBack(scenario)) await this.#child(home, first, 'never', 0, 'after');
    return home;
  }

  async #clear(): Promise<void> {
    const { docker } = this.engine;
    await clear(this.engine);
    const { Volumes: volumes } = await docker.listVolumes();
    for (const { Name: name } of volumes) await docker.getVolume(name).remove();
  }

  get #ref(): string {
    return `${this.registry}/acme/web:1`;
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
}

function actOf(scenario: Scenario): string {
  const what = isBack(scenario) ? 'rollback' : 'update';
  return hasData(scenario) ? `${what}-with-data` : what;
}

async function recordsIn(home: string): Promise<number> {
  return (await linesIn(home)).length;
}

async function hasBegun(home: string, kind: string): Promise<boolean> {
  const records = (await linesIn(home)).map((line) => JSON.parse(line) as Partial<JournalRecord>);
  return records.some((record) => record.t === 'begun' && record.kind === kind);
}

async function linesIn(home: string): Promise<string[]> {
  const files = (await readdir(home)).filter((name) => name.startsWith('journal-'));
  const texts = await Promise.all(files.map((name) => readFile(join(home, name), 'utf8')));
  return texts.join('').split('\n').filter(Boolean);
}
