import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { UpdateRun } from '../../main/contract/runs.js';
import type { JournalRecord } from '../../main/services/journal/records.js';
import { TestCareen } from './careen.js';
import type { TestEngine } from './engine.js';
import type { ImageSpec } from './images.js';
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
  scenario: (typeof crashScenarios)[number];
  /** At which record of its journal, and on which side of it. */
  n: number;
  side: 'before' | 'after';
  /** At which record of its journal the one that takes it up is killed too; null: it is not. */
  again: number | null;
}

/** `copied`: its data is copied first; `data`: back to what ran before, with its data. */
export const crashScenarios = [
  'good',
  'bad',
  'rm',
  'bad-rm',
  'copied',
  'rollback',
  'data',
] as const;

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
      await this.#child(home, actOf(scenario), 'never', 0, 'after');
      return (await recordsIn(home)) - before;
    } finally {
      await this.#clear();
    }
  }

  /** Kills one run, and checks that the next start ends it well. */
  async check({ scenario, n, side, again }: Crash): Promise<void> {
    const home = await this.#begin(scenario);
    try {
      const signal = await this.#child(home, actOf(scenario), 'any', n, side);
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

  async #begin(scenario: Crash['scenario']): Promise<string> {
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

/** The service as it is before, and what its next version is. */
export async function stage(
  engine: TestEngine,
  ref: string,
  scenario: Crash['scenario'],
  restart = 'unless-stopped',
): Promise<void> {
  const next = hasData(scenario) ? writing : service;
  await publishAs(engine, ref, next('v1'));
  const HostConfig = isRm(scenario)
    ? { AutoRemove: true, RestartPolicy: { Name: '' } }
    : {
        RestartPolicy: { Name: restart },
        ...(hasData(scenario) ? { Binds: ['data:/data'] } : {}),
      };
  await serve(engine, ref, 'web', port, { HostConfig });
  const isBad = scenario === 'bad' || scenario === 'bad-rm';
  await publishAs(engine, ref, isBad ? failing : next('v2'));
  // Its data is there before anything happens to it.
  await answers(port);
}

/**
 * The service answers, one container of that name, no leftover, the history tells the truth.
 *
 * @param begun whether the beginning of its run was written: only then there is anything to tell
 */
export async function checkEnd(
  engine: TestEngine,
  careen: TestCareen,
  {
    scenario,
    begun,
    ref,
    restart = 'unless-stopped',
  }: { scenario: Crash['scenario']; begun: boolean; ref: string; restart?: string },
): Promise<void> {
  const isOver = () => careen.slice('history').head.every(({ outcome }) => outcome !== null);
  await careen.until('history', isOver);
  const said = await answers(port);
  expect(await containers(engine)).toEqual(['web running']);
  const [run] = careen.slice('history').head;
  const isRollback = isBack(scenario);
  const went = said === (isRollback ? 'v1' : 'v2');
  expect(['v1', 'v2']).toContain(said);
  checkTold(run as UpdateRun | undefined, { went, isRollback, begun });
  // What can be gone back to is what ran before; nothing else is kept, but a copy of what may have
  // been written to.
  const kept = (await ownTags(engine)).length;
  if (scenario === 'copied' && said === 'v1') expect([0, 1]).toContain(kept);
  else expect(kept).toBe(isRollback || said === 'v2' ? 1 : 0);
  const [row] = careen.slice('updates').rows;
  expect(row?.unproven).toBeNull();
  // The old reference leads to what runs, and what ran with it has its own policy again.
  const now = await engine.docker.getContainer('web').inspect();
  expect((await engine.docker.getImage(ref).inspect()).Id).toBe(now.Image);
  expect(now.HostConfig.AutoRemove).toBe(isRm(scenario));
  expect(now.HostConfig.RestartPolicy?.Name).toBe(isRm(scenario) ? 'no' : restart);
  if (scenario === 'data')
    await checkData(
      engine,
      said === 'v1' ? { data: ['v1'], copy: ['v1', 'v2'] } : { data: ['v1', 'v2'], copy: ['v1'] },
    );
  else if (scenario === 'copied')
    await checkData(engine, {
      data: said === 'v1' ? ['v1'] : ['v1', 'v2'],
      ...(kept === 0 ? {} : { copy: ['v1'] }),
    });
  expect(careen.reported).toEqual([]);
}

/** A service that tells in its volume who has run on it. */
function writing(version: string): ImageSpec {
  const [, , serving = ''] = service(version).cmd ?? [];
  return service(version, { cmd: ['sh', '-c', `echo ${version} >>/data/log; ${serving}`] });
}

/** What runs has its own data, and nothing of the other's is lost. */
async function checkData(
  engine: TestEngine,
  wanted: { data: string[]; copy?: string[] },
): Promise<void> {
  const { Volumes: volumes } = await engine.docker.listVolumes();
  const found = await Promise.all(
    volumes.map(async ({ Name: name }) => {
      const { Mountpoint: folder } = await engine.docker.getVolume(name).inspect();
      const who = new Set((await readFile(join(folder, 'log'), 'utf8')).trim().split('\n'));
      return [name.startsWith('careen-copy-') ? 'copy' : name, [...who]] as const;
    }),
  );
  expect(found).toHaveLength(Object.keys(wanted).length);
  expect(Object.fromEntries(found)).toEqual(wanted);
}

function actOf(scenario: Crash['scenario']): string {
  const what = isBack(scenario) ? 'rollback' : 'update';
  return hasData(scenario) ? `${what}-with-data` : what;
}

function hasData(scenario: Crash['scenario']): boolean {
  return scenario === 'data' || scenario === 'copied';
}

function isBack(scenario: Crash['scenario']): boolean {
  return scenario === 'rollback' || scenario === 'data';
}

function isRm(scenario: Crash['scenario']): boolean {
  return scenario === 'rm' || scenario === 'bad-rm';
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

function checkTold(
  run: UpdateRun | undefined,
  { went, isRollback, begun }: { went: boolean; isRollback: boolean; begun: boolean },
): void {
  // What a rollback goes back from was told before.
  const [told, untold] = isRollback ? ['rollback', 'update'] : ['update', undefined];
  expect(run?.kind).toBe(begun ? told : untold);
  if (!begun || !run) {
    expect(went).toBe(false);
    return;
  }
  const { result } = of(run, 'web');
  if (!went) expect(['skipped', 'rolled-back']).toContain(result?.state);
  else if (isRollback) expect(result).toEqual({ state: 'restored' });
  else expect(result).toEqual({ state: 'updated', proven: true });
}
