import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { UpdateRun } from '../../main/contract/runs.js';
import type { TestCareen } from './careen.js';
import type { TestEngine } from './engine.js';
import type { ImageSpec } from './images.js';
import { answers, containers, of, ownTags, publishAs, serve, service } from './updating.js';

/** `copied`: its data is copied first; `data`: back to what ran before, with its data. */
export const scenarios = ['good', 'bad', 'rm', 'bad-rm', 'copied', 'rollback', 'data'] as const;

export type Scenario = (typeof scenarios)[number];

const port = 8103;
const failing = { cmd: ['sh', '-c', 'echo broken; exit 3'] };

/** The service as it is before, and what its next version is. */
export async function stage(
  engine: TestEngine,
  ref: string,
  scenario: Scenario,
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
  }: { scenario: Scenario; begun: boolean; ref: string; restart?: string },
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

export function hasData(scenario: Scenario): boolean {
  return scenario === 'data' || scenario === 'copied';
}

export function isBack(scenario: Scenario): boolean {
  return scenario === 'rollback' || scenario === 'data';
}

function isRm(scenario: Scenario): boolean {
  return scenario === 'rm' || scenario === 'bad-rm';
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
