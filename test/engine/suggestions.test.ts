import { mkdir, mkdtemp, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../scripts/lib/process.mjs';
import type { SuggestionRow } from '../../main/contract/suggestions.js';
import { LayerIndex } from '../../main/domain/layers.js';
import { makePlan } from '../../main/domain/plan/make.js';
import { readPolicy } from '../../main/domain/policy/read.js';
import { suggest } from '../../main/domain/suggestions/suggest.js';
import type { Ground } from '../../main/domain/suggestions/types.js';
import { judge } from '../../main/domain/verdict/judge.js';
import { judgeOthers } from '../../main/domain/verdict/others/index.js';
import { TestCareen } from '../support/careen.js';
import { startEngineOnDisk, type TestEngine } from '../support/engine.js';
import { buildImage, dockerCli } from '../support/engine-cli.js';
import { loadImages, runContainer } from '../support/images.js';

const day = 86_400_000;
/** Nothing goes by itself, and what has ended, idle or been cached counts as old at once. */
const parts = `grace: 0s
containers: { exitedFor: 0s }
buildCache: { unusedFor: 0s, keep: 0GB }
limits: { pause: 0s }
`;
const plain = `version: 1\n${parts}remove: [{ id: none, match: nothing-of-that-name }]\n`;
const worthSuggesting = { bytes: 50_000, idle: 0 };

/** A layer of its own, so large, under a runnable one that all share. */
const own = (key: string, kB = 300) => ['busybox' as const, { key, kB }];

describe('what is suggested is what carrying it out frees', () => {
  let engine: TestEngine & { disk: string };
  let careen: TestCareen;

  beforeAll(async () => {
    engine = await startEngineOnDisk({ version: '26.1', store: 'classic', sizeMB: 400 });
    await loadImages(engine, [{ refs: ['base:1'], layers: ['busybox'] }]);
  });
  afterAll(() => engine.dispose());
  afterEach(async () => {
    await careen.close();
    for (const { Id } of await engine.docker.listContainers({ all: true }))
      await engine.docker.getContainer(Id).remove({ force: true });
  });

  const open = async (policy = plain) => {
    careen = await TestCareen.open({ socket: engine.socket, policy, worthSuggesting });
  };
  const rows = async (measure = false) => (await careen.call('suggestions', { measure })).rows;
  const of = (all: readonly SuggestionRow[], id: SuggestionRow['evidence']['id']) =>
    all.filter(({ evidence }) => evidence.id === id);
  const oneOf = async (id: SuggestionRow['evidence']['id'], measure = false) => {
    const found = of(await rows(measure), id);
    expect(found).toHaveLength(1);
    return found[0] as SuggestionRow & { bytes: NonNullable<SuggestionRow['bytes']> };
  };
  /** Opens its plan and runs all of it. */
  const carryOut = async ({ key }: SuggestionRow) => {
    const opened = await careen.call('suggestion.open', { key });
    if (opened.kind !== 'plan') throw new Error(`${key} is no plan`);
    const { planId, items } = opened.plan;
    const also = items.map(({ id }) => id);
    const run = await careen.call('plan.run', { planId, except: [], also });
    expect(run).toMatchObject({ outcome: 'done', skipped: [], failed: [] });
    return { plan: opened.plan, run };
  };
  const names = async () =>
    (await engine.docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []).sort();

  it('superseded versions: all but the newest, to the byte', async () => {
    await loadImages(engine, [
      { refs: ['sup/api:1'], layers: own('api-1'), created: '2026-01-01T00:00:00Z' },
      { refs: ['sup/api:2'], layers: own('api-2'), created: '2026-02-01T00:00:00Z' },
      { refs: ['sup/api:3'], layers: own('api-3'), created: '2026-03-01T00:00:00Z' },
      { refs: ['sup/web:1'], layers: own('web-1') },
    ]);
    await open();
    const row = await oneOf('superseded');
    expect(row).toMatchObject({
      key: 'superseded sup/api',
      bytes: { certainty: 'exact' },
      safety: 'asks',
      items: 2,
    });
    const { run } = await carryOut(row);
    expect(run.measured).toBe(row.bytes.min);
    expect(await names()).toEqual(['base:1', 'sup/api:3', 'sup/web:1']);
    expect(of(await rows(), 'superseded')).toEqual([]);
  });

  it('the same content under several names frees nothing on a classic store', async () => {
    await loadImages(engine, [
      { refs: ['twin/a:1'], layers: own('twin'), created: '2026-01-01T00:00:00Z' },
      { refs: ['twin/b:1'], layers: own('twin'), created: '2026-02-01T00:00:00Z' },
    ]);
    await open();
    const row = await oneOf('same-content');
    expect(row).toMatchObject({ bytes: { min: 0, max: 0, certainty: 'exact' }, items: 1 });
    const { run } = await carryOut(row);
    expect(run.measured).toBe(0);
    expect(of(await rows(), 'same-content')).toEqual([]);
  });

  it('images for a foreign platform, to the byte', async () => {
    await open();
    expect(of(await rows(), 'foreign-platform')).toEqual([]);
    const architecture = process.arch === 'arm64' ? 'amd64' : 'arm64';
    await loadImages(engine, [{ refs: ['foreign/tool:1'], layers: own('foreign'), architecture }]);
    const row = await oneOf('foreign-platform');
    expect(row.evidence).toMatchObject({ platforms: [`linux/${architecture}`], images: 1 });
    const { run } = await carryOut(row);
    expect(run.measured).toBe(row.bytes.min);
  });

  it('exited containers with the images that nothing else uses', async () => {
    await loadImages(engine, [
      { refs: ['heavy/job:1'], layers: own('job') },
      { refs: ['heavy/serve:1'], layers: own('serve') },
    ]);
    await runContainer(engine, { image: 'heavy/serve:1', name: 'serve' });
    await open();
    expect(of(await rows(), 'exited-containers')).toEqual([]);
    await runContainer(engine, { image: 'heavy/job:1', name: 'job', state: 'exited' });
    const row = await oneOf('exited-containers');
    expect(row).toMatchObject({ evidence: { names: ['job'], images: 1 }, safety: 'data' });
    const { run } = await carryOut(row);
    expect(run.removed.map(({ kind }) => kind)).toEqual(['container', 'image']);
    expect(run.measured).toBe(row.bytes.min);
    expect(await names()).toContain('heavy/serve:1');
    expect(await names()).not.toContain('heavy/job:1');
  });

  it('a container that starts meanwhile stays with its image', async () => {
    await loadImages(engine, [{ refs: ['heavy/again:1'], layers: own('again') }]);
    await runContainer(engine, { image: 'heavy/again:1', name: 'again', state: 'created' });
    await open();
    const { key } = await oneOf('exited-containers');
    const opened = await careen.call('suggestion.open', { key });
    if (opened.kind !== 'plan') throw new Error('no plan');
    await engine.docker.getContainer('again').start();
    const { planId, items } = opened.plan;
    const also = items.map(({ id }) => id);
    const run = await careen.call('plan.run', { planId, except: [], also });
    expect(run.removed).toEqual([]);
    expect(run.skipped.map(({ kind }) => kind).sort()).toEqual(['container', 'image']);
    expect(run.skipped.find(({ kind }) => kind === 'image')?.reason).toEqual({
      code: 'in-use',
      containers: ['again'],
    });
  });

  it('a project whose folder is gone, with all that it left', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'careen-work-')), 'shop');
    const file = join(folder, 'compose.yaml');
    await mkdir(folder);
    await writeFile(file, 'services: {}\n');
    const project = { 'com.docker.compose.project': 'shop' };
    await loadImages(engine, [{ refs: ['gone/web:1'], layers: own('gone') }]);
    await engine.docker.createVolume({ Name: 'shop_data', Labels: project });
    await engine.docker.createNetwork({ Name: 'shop_default', Labels: project });
    await open();
    await runContainer(engine, {
      image: 'gone/web:1',
      name: 'shop-web-1',
      state: 'exited',
      options: {
        Labels: {
          ...project,
          'com.docker.compose.service': 'web',
          'com.docker.compose.oneoff': 'False',
          'com.docker.compose.config-hash': 'c0ffee',
          'com.docker.compose.project.working_dir': folder,
          'com.docker.compose.project.config_files': file,
        },
        HostConfig: { Binds: ['shop_data:/data'], NetworkMode: 'shop_default' },
      },
    });
    const all = await rows();
    expect([...of(all, 'project-gone'), ...of(all, 'unused-volumes')]).toEqual([]);
    await rm(folder, { recursive: true });
    const row = await oneOf('project-gone', true);
    expect(row.evidence).toEqual({
      id: 'project-gone',
      project: 'shop',
      folder,
      images: 1,
      containers: 1,
      volumes: 1,
      networks: 1,
    });
    const { plan, run } = await carryOut(row);
    expect(plan.items.find(({ kind }) => kind === 'volume')).toMatchObject({ ticked: false });
    const images = run.removed.find(({ kind }) => kind === 'image');
    expect(run.measured).toBe(images?.reclaimable.min);
    expect(row.bytes.min).toBeGreaterThanOrEqual(images?.reclaimable.min ?? Infinity);
    expect(await engine.docker.listContainers({ all: true })).toEqual([]);
    expect((await engine.docker.listVolumes()).Volumes).toEqual([]);
    const networks = await engine.docker.listNetworks();
    expect(networks.map(({ Name }) => Name)).not.toContain('shop_default');
  });

  it('volumes without a container: of unknown size until it is asked, then to the byte', async () => {
    await runContainer(engine, {
      image: 'base:1',
      name: 'filler',
      state: 'exited',
      options: {
        Cmd: ['sh', '-c', 'head -c 200000 /dev/zero > /data/file'],
        HostConfig: { Binds: ['v-idle:/data'] },
      },
    });
    await runContainer(engine, {
      image: 'base:1',
      name: 'user',
      options: { HostConfig: { Binds: ['v-used:/data'] } },
    });
    await open();
    await engine.docker.getContainer('filler').remove();
    expect((await oneOf('unused-volumes')).bytes).toEqual({
      min: 0,
      max: 0,
      certainty: 'at-least',
    });
    const row = await oneOf('unused-volumes', true);
    expect(row).toMatchObject({
      evidence: { volumes: 1, first: [{ name: 'v-idle', mountedAt: '/data' }] },
      bytes: { certainty: 'exact' },
      safety: 'data',
    });
    const before = await volumeBytes(engine);
    await carryOut(row);
    expect(before - (await volumeBytes(engine))).toBe(row.bytes.min);
    expect((await engine.docker.listVolumes()).Volumes.map(({ Name }) => Name)).toEqual(['v-used']);
    expect(of(await rows(true), 'unused-volumes')).toEqual([]);
  });

  it('logs without a limit: at most their files', async () => {
    const Cmd = ['head', '-c', '40000', '/dev/zero'];
    const Config = { 'max-size': '10m' };
    const bounded = { Cmd, HostConfig: { LogConfig: { Type: 'json-file', Config } } };
    await runContainer(engine, {
      image: 'base:1',
      name: 'bounded',
      state: 'exited',
      options: bounded,
    });
    await open();
    expect(of(await rows(true), 'unbounded-logs')).toEqual([]);
    await runContainer(engine, {
      image: 'base:1',
      name: 'loud',
      state: 'exited',
      options: { Cmd },
    });
    const row = await oneOf('unbounded-logs', true);
    expect(row).toMatchObject({
      evidence: { containers: 1, names: ['loud'] },
      bytes: { min: 0, certainty: 'at-most' },
      act: 'advice',
    });
    const { LogPath } = await engine.docker.getContainer('loud').inspect();
    const file = LogPath;
    const { size } = await stat(file);
    await engine.docker.getContainer('loud').remove();
    const again = { ...bounded, Cmd: ['true'] };
    await runContainer(engine, { image: 'base:1', name: 'loud', state: 'exited', options: again });
    expect(row.bytes.max).toBe(size);
    await expect(stat(file)).rejects.toThrow('ENOENT');
    expect(of(await rows(true), 'unbounded-logs')).toEqual([]);
  });

  it('a container that writes much into itself: at most that', async () => {
    await runContainer(engine, { image: 'base:1', name: 'writer' });
    await open();
    expect(of(await rows(true), 'writes-much')).toEqual([]);
    await dockerCli(engine, ['exec', 'writer', 'sh', '-c', 'head -c 400000 /dev/zero > /big']);
    const row = await oneOf('writes-much', true);
    expect(row.bytes).toMatchObject({ min: 0, certainty: 'at-most' });
    const before = await writtenBy(engine, 'writer');
    await engine.docker.getContainer('writer').remove({ force: true });
    await runContainer(engine, {
      image: 'base:1',
      name: 'writer',
      options: { HostConfig: { Tmpfs: { '/data': '' } } },
    });
    expect(before - (await writtenBy(engine, 'writer'))).toBe(row.bytes.max);
  });

  it('a keep rule that costs most: what could go without it, to the byte', async () => {
    await loadImages(engine, [
      { refs: ['cost/a:1'], layers: own('cost-a') },
      { refs: ['cost/b:1'], layers: own('cost-b', 600) },
    ]);
    const remove = 'remove: [{ id: cost, match: "cost/*" }]\n';
    const keep = 'keep: [{ id: a, match: cost/a }, { id: b, match: cost/b }]\n';
    await open(`version: 1\n${parts}${keep}${remove}`);
    const row = await oneOf('costly-keep');
    const opened = await careen.call('suggestion.open', { key: row.key });
    expect(opened).toMatchObject({
      kind: 'policy',
      edit: { edit: 'remove-rule', list: 'keep', id: 'b' },
      more: [{ refs: ['cost/b:1'] }],
      bytes: row.bytes,
    });
    await careen.call('policy.removeRule', { list: 'keep', id: 'b' });
    const run = await careen.clean({ also: ['unrecoverable', 'estimates'] });
    expect(run.removed.map(({ refs }) => refs)).toEqual([['cost/b:1']]);
    expect(run.measured).toBe(row.bytes.min);
    expect(await names()).toContain('cost/a:1');
  });

  it('a policy that keeps everything', async () => {
    await loadImages(engine, [{ refs: ['rule/a:1'], layers: own('rule') }]);
    const remove = 'remove: [{ id: rule, match: "rule/*" }]\n';
    await open(`version: 1\n${parts}${remove}`);
    expect(of(await rows(), 'policy-rule')).toEqual([]);
    await careen.call('policy.addRule', { list: 'keep', rule: { id: 'all', match: '**' } });
    const row = of(await rows(), 'policy-rule').find(({ act }) => act === 'policy');
    expect(row?.evidence).toMatchObject({ rule: 'all', fault: 'keeps-everything' });
    await careen.call('policy.removeRule', { list: 'keep', id: 'all' });
    const run = await careen.clean({ also: ['unrecoverable', 'estimates'] });
    expect(run.measured).toBe(row?.bytes?.min);
  });

  it('a disk that fills before the next clean-up: what can go now, to the byte', async () => {
    const Cmd = ['sh', '-c', 'head -c 300000 /dev/zero > /big'];
    const made = await runContainer(engine, {
      image: 'base:1',
      name: 'made',
      state: 'exited',
      options: { Cmd },
    });
    await made.commit();
    await made.remove();
    const policy = `version: 1\n${parts}remove: [{ id: dangling, untagged: true }]\n`;
    await open(policy);
    const now = Date.now();
    const forecast = { fullAt: now + day, earliest: now, latest: now + 9 * day };
    const fills = async (nextRun: number) =>
      suggest(await groundOf(policy, { forecast, nextRun })).filter(({ urgent }) => urgent);
    expect(await fills(now + day - 1)).toEqual([]);
    const [one] = await fills(now + 2 * day);
    expect(one?.bytes).toMatchObject({ certainty: 'exact' });
    const run = await careen.clean();
    expect(run.removed.map(({ id }) => id)).toEqual(
      one?.action.kind === 'plan' ? one.action.named : [],
    );
    expect(run.measured).toBe(one?.bytes?.min);
    expect(await fills(now + 2 * day)).toMatchObject([{ action: { advice: 'make-room' } }]);
  });

  it('build cache that outgrew its use: at most what pruning frees', async () => {
    await buildImage(engine, {
      tag: 'built:1',
      dockerfile: 'FROM base:1\nRUN head -c 2000000 /dev/zero > /big\n',
    });
    await engine.docker.getImage('built:1').remove();
    await open(plain.replace('keep: 0GB', 'keep: 5GB'));
    expect(of(await rows(), 'build-cache')).toEqual([]);
    await careen.close();
    await open();
    const row = await oneOf('build-cache');
    expect(row).toMatchObject({ bytes: { min: 0, certainty: 'at-most' }, safety: 'safe' });
    const { run } = await carryOut(row);
    const freed = run.removed[0]?.freed ?? Infinity;
    expect(freed).toBeGreaterThan(1_000_000);
    expect(freed).toBeLessThanOrEqual(row.bytes.max);
    expect(of(await rows(), 'build-cache')).toEqual([]);
  });

  it('bytes of the host: at most what trimming gives back, where the product gives any', async () => {
    await open();
    const image = join(engine.home, 'disk.img');
    const allocated = async () => (await stat(image)).blocks * 512;
    await must('sync', []);
    const { blocks, bfree, bsize } = await statfs(engine.disk);
    const vm = {
      file: image,
      allocated: await allocated(),
      used: (blocks - bfree) * bsize,
      returns: 'restart' as const,
    };
    const bytesOf = async (more: Partial<typeof vm> | { returns: 'no' }) =>
      suggest(await groundOf(plain, { vm: { ...vm, ...more } })).find(
        ({ evidence }) => evidence.id === 'host-bytes',
      )?.bytes;
    expect(await bytesOf({ returns: 'no' })).toBeUndefined();
    const bytes = await bytesOf({});
    await must('fstrim', [engine.disk]);
    const freed = vm.allocated - (await allocated());
    expect(freed).toBeGreaterThan(0);
    expect(bytes?.certainty).toBe('at-most');
    expect(freed).toBeLessThanOrEqual(bytes?.max ?? 0);
  });

  it('what was dismissed is not told again, also by the next process, until it is brought back', async () => {
    await loadImages(engine, [
      { refs: ['dis/api:1'], layers: own('dis-1'), created: '2026-01-01T00:00:00Z' },
      { refs: ['dis/api:2'], layers: own('dis-2'), created: '2026-02-01T00:00:00Z' },
    ]);
    await open();
    const { home } = careen;
    const { key } = await oneOf('superseded');
    expect((await careen.call('suggestion.dismiss', { key })).dismissed).toBe(1);
    await careen.close();
    careen = await TestCareen.open({ socket: engine.socket, home, worthSuggesting });
    expect(of(await rows(), 'superseded')).toEqual([]);
    await careen.call('suggestion.restore', {});
    const row = await oneOf('superseded');
    expect(row.key).toBe(key);
    await carryOut(row);
    await expect(careen.call('suggestion.open', { key })).rejects.toMatchObject({
      code: 'suggestion-unknown',
    });
  });

  /** What suggestions are made of, with what others foresee handed in. */
  async function groundOf(policyText: string, more: Partial<Ground>): Promise<Ground> {
    const inventory = await careen.call('inventory', {});
    const policy = readPolicy('policy.yaml', policyText);
    const index = new LayerIndex(inventory);
    const now = Date.now();
    const options = { now, ages: 'calendar' } as const;
    const judged = judge(inventory, policy, options, index);
    const others = judgeOthers(inventory, policy, options);
    return {
      now,
      inventory,
      policy,
      judged,
      others,
      plan: makePlan(judged, inventory, now, { others, index }),
      index,
      projects: [],
      vm: null,
      forecast: null,
      nextRun: null,
      logs: new Map(),
      thresholds: worthSuggesting,
      ...more,
    };
  }
});

interface DiskUse {
  Volumes: { UsageData: { Size: number } }[];
}

async function volumeBytes(engine: TestEngine): Promise<number> {
  const { Volumes } = (await engine.docker.df()) as DiskUse;
  return Volumes.reduce((sum, { UsageData }) => sum + UsageData.Size, 0);
}

async function writtenBy(engine: TestEngine, name: string): Promise<number> {
  const all = await engine.docker.listContainers({ all: true, size: true } as object);
  const found = all.find(({ Names }) => Names.includes(`/${name}`)) as { SizeRw?: number };
  return found.SizeRw ?? 0;
}
