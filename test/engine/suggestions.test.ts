import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../scripts/lib/process.mjs';
import { startEngineOnDisk, type TestEngine } from '../support/engine.js';
import { buildImage, dockerCli } from '../support/engine-cli.js';
import { startProxy } from '../support/engine-proxy.js';
import { loadImages, runContainer } from '../support/images.js';
import { PassingClock } from '../support/passing-clock.js';
import { of, own, parts, plain, Stage } from './suggestions/stage.js';

describe('what is suggested is what carrying it out frees', () => {
  let engine: TestEngine & { disk: string };
  let stage: Stage;

  beforeAll(async () => {
    engine = await startEngineOnDisk({ version: '26.1', store: 'classic', sizeMB: 400 });
    await loadImages(engine, [{ refs: ['base:1'], layers: ['busybox'] }]);
    stage = new Stage(engine);
  });
  afterAll(() => engine.dispose());
  afterEach(() => stage.close());

  it('superseded versions: all but the newest, to the byte', async () => {
    await loadImages(engine, [
      { refs: ['sup/api:1'], layers: own('api-1'), created: '2026-01-01T00:00:00Z' },
      { refs: ['sup/api:2'], layers: own('api-2'), created: '2026-02-01T00:00:00Z' },
      { refs: ['sup/api:3'], layers: own('api-3'), created: '2026-03-01T00:00:00Z' },
      { refs: ['sup/web:1'], layers: own('web-1') },
    ]);
    await stage.open();
    const row = await stage.oneOf('superseded');
    expect(row).toMatchObject({
      key: 'superseded sup/api',
      bytes: { certainty: 'exact' },
      safety: 'asks',
      items: 2,
    });
    const { run } = await stage.carryOut(row);
    expect(run.measured).toBe(row.bytes.min);
    expect(await stage.names()).toEqual(['base:1', 'sup/api:3', 'sup/web:1']);
    expect(of(await stage.rows(), 'superseded')).toEqual([]);
  });

  it('the same content under several names frees nothing on a classic store', async () => {
    await loadImages(engine, [
      { refs: ['twin/a:1'], layers: own('twin'), created: '2026-01-01T00:00:00Z' },
      { refs: ['twin/b:1'], layers: own('twin'), created: '2026-02-01T00:00:00Z' },
    ]);
    await stage.open();
    const row = await stage.oneOf('same-content');
    expect(row).toMatchObject({ bytes: { min: 0, max: 0, certainty: 'exact' }, items: 1 });
    const { run } = await stage.carryOut(row);
    expect(run.measured).toBe(0);
    expect(of(await stage.rows(), 'same-content')).toEqual([]);
  });

  it('images for a foreign platform, to the byte', async () => {
    await stage.open();
    expect(of(await stage.rows(), 'foreign-platform')).toEqual([]);
    const architecture = process.arch === 'arm64' ? 'amd64' : 'arm64';
    await loadImages(engine, [{ refs: ['foreign/tool:1'], layers: own('foreign'), architecture }]);
    const row = await stage.oneOf('foreign-platform');
    expect(row.evidence).toMatchObject({ platforms: [`linux/${architecture}`], images: 1 });
    const { run } = await stage.carryOut(row);
    expect(run.measured).toBe(row.bytes.min);
  });

  it('exited containers with the images that nothing else uses', async () => {
    await loadImages(engine, [
      { refs: ['heavy/job:1'], layers: own('job') },
      { refs: ['heavy/serve:1'], layers: own('serve') },
    ]);
    await runContainer(engine, { image: 'heavy/serve:1', name: 'serve' });
    await stage.open();
    expect(of(await stage.rows(), 'exited-containers')).toEqual([]);
    await runContainer(engine, { image: 'heavy/job:1', name: 'job', state: 'exited' });
    const row = await stage.oneOf('exited-containers');
    expect(row).toMatchObject({ evidence: { names: ['job'], images: 1 }, safety: 'data' });
    const { run } = await stage.carryOut(row);
    expect(run.removed.map(({ kind }) => kind)).toEqual(['container', 'image']);
    expect(run.measured).toBe(row.bytes.min);
    expect(await stage.names()).toContain('heavy/serve:1');
    expect(await stage.names()).not.toContain('heavy/job:1');
  });

  it('a container that starts meanwhile stays with its image', async () => {
    await loadImages(engine, [{ refs: ['heavy/again:1'], layers: own('again') }]);
    await runContainer(engine, { image: 'heavy/again:1', name: 'again', state: 'created' });
    await stage.open();
    const { key } = await stage.oneOf('exited-containers');
    const opened = await stage.careen.call('suggestion.open', { key });
    if (opened.kind !== 'plan') throw new Error('no plan');
    await engine.docker.getContainer('again').start();
    const { planId, items } = opened.plan;
    const also = items.map(({ id }) => id);
    const run = await stage.careen.call('plan.run', { planId, except: [], also });
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
    await stage.open();
    await runContainer(engine, {
      image: 'gone/web:1',
      name: 'shop-web-1',
      state: 'exited',
      options: {
        Cmd: ['sh', '-c', 'head -c 200000 /dev/zero > /data/file; echo done > /note'],
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
    const all = await stage.rows();
    expect([...of(all, 'project-gone'), ...of(all, 'unused-volumes')]).toEqual([]);
    await rm(folder, { recursive: true });
    const row = await stage.oneOf('project-gone', true);
    expect(row.evidence).toEqual({
      id: 'project-gone',
      project: 'shop',
      folder,
      images: 1,
      containers: 1,
      volumes: 1,
      networks: 1,
    });
    const written = await writtenBy(engine, 'shop-web-1');
    const filled = await volumeBytes(engine);
    expect(filled).toBeGreaterThanOrEqual(200_000);
    const { plan, run } = await stage.carryOut(row);
    expect(plan.items.find(({ kind }) => kind === 'volume')).toMatchObject({ ticked: false });
    const emptied = filled - (await volumeBytes(engine));
    expect((run.measured ?? 0) + emptied + written).toBe(row.bytes.min);
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
    await stage.open();
    await engine.docker.getContainer('filler').remove();
    expect((await stage.oneOf('unused-volumes')).bytes).toEqual({
      min: 0,
      max: 0,
      certainty: 'at-least',
    });
    const row = await stage.oneOf('unused-volumes', true);
    expect(row).toMatchObject({
      evidence: { volumes: 1, first: [{ name: 'v-idle', mountedAt: '/data' }] },
      bytes: { certainty: 'exact' },
      safety: 'data',
    });
    const before = await volumeBytes(engine);
    await stage.carryOut(row);
    expect(before - (await volumeBytes(engine))).toBe(row.bytes.min);
    expect((await engine.docker.listVolumes()).Volumes.map(({ Name }) => Name)).toEqual(['v-used']);
    expect(of(await stage.rows(true), 'unused-volumes')).toEqual([]);
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
    await stage.open();
    expect(of(await stage.rows(true), 'unbounded-logs')).toEqual([]);
    await runContainer(engine, {
      image: 'base:1',
      name: 'loud',
      state: 'exited',
      options: { Cmd },
    });
    const row = await stage.oneOf('unbounded-logs', true);
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
    expect(of(await stage.rows(true), 'unbounded-logs')).toEqual([]);
  });

  it('a container that writes much into itself: at most that', async () => {
    await runContainer(engine, { image: 'base:1', name: 'writer' });
    await stage.open();
    expect(of(await stage.rows(true), 'writes-much')).toEqual([]);
    await dockerCli(engine, ['exec', 'writer', 'sh', '-c', 'head -c 400000 /dev/zero > /big']);
    const row = await stage.oneOf('writes-much', true);
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
    await stage.open(`version: 1\n${parts}${keep}${remove}`);
    const row = await stage.oneOf('costly-keep');
    const opened = await stage.careen.call('suggestion.open', { key: row.key });
    expect(opened).toMatchObject({
      kind: 'policy',
      edit: { edit: 'remove-rule', list: 'keep', id: 'b' },
      more: [{ refs: ['cost/b:1'] }],
      bytes: row.bytes,
    });
    await stage.careen.call('policy.removeRule', { list: 'keep', id: 'b' });
    const run = await stage.careen.clean({ also: ['unrecoverable', 'estimates'] });
    expect(run.removed.map(({ refs }) => refs)).toEqual([['cost/b:1']]);
    expect(run.measured).toBe(row.bytes.min);
    expect(await stage.names()).toContain('cost/a:1');
  });

  it('a policy that keeps everything', async () => {
    await loadImages(engine, [{ refs: ['rule/a:1'], layers: own('rule') }]);
    const remove = 'remove: [{ id: rule, match: "rule/*" }]\n';
    await stage.open(`version: 1\n${parts}${remove}`);
    expect(of(await stage.rows(), 'policy-rule')).toEqual([]);
    await stage.careen.call('policy.addRule', { list: 'keep', rule: { id: 'all', match: '**' } });
    const row = of(await stage.rows(), 'policy-rule').find(({ act }) => act === 'policy');
    expect(row?.evidence).toMatchObject({ rule: 'all', fault: 'keeps-everything' });
    await stage.careen.call('policy.removeRule', { list: 'keep', id: 'all' });
    const run = await stage.careen.clean({ also: ['unrecoverable', 'estimates'] });
    expect(run.measured).toBe(row?.bytes?.min);
  });

  it('a policy that removes nothing: what its first rule would let go, to the byte', async () => {
    await loadImages(engine, [{ refs: [], layers: own('untagged') }]);
    // Untagged for longer than the rule asks.
    const clock = new PassingClock();
    clock.pass(4 * 86_400_000);
    await stage.open(`version: 1\n${parts}keep: [{ id: some, match: cost/a }]\n`, { clock });
    const row = await stage.oneOf('policy-rule');
    expect(row).toMatchObject({
      evidence: { list: 'remove', rule: null, fault: 'removes-nothing' },
      act: 'policy',
    });
    const opened = await stage.careen.call('suggestion.open', { key: row.key });
    if (opened.kind !== 'policy' || opened.edit.edit !== 'add-rule') throw new Error('no rule');
    expect(opened.bytes).toEqual(row.bytes);
    await stage.careen.call('policy.addRule', { list: 'remove', rule: opened.edit.rule });
    expect(of(await stage.rows(), 'policy-rule')).toEqual([]);
    const run = await stage.careen.clean({ also: ['unrecoverable', 'estimates'] });
    expect(run.removed.map(({ id }) => id)).toEqual(opened.more.map(({ id }) => id));
    expect(run.measured).toBeGreaterThanOrEqual(300_000);
    expect(run.measured).toBe(row.bytes.min);
  });

  it.each([
    ['never-removes', 'keep: [{ id: slip, match: "never/*" }]\n', '{ id: gone, match: never/a }'],
    ['never-matches', '', '{ id: slip, match: "Never/a" }, { id: gone, match: never/a }'],
  ])('a rule that %s: told until it is written anew', async (fault, keep, remove) => {
    await loadImages(engine, [{ refs: ['never/a:1'], layers: own(fault) }]);
    await stage.open(`version: 1\n${parts}${keep}remove: [${remove}]\n`);
    const row = await stage.oneOf('policy-rule');
    expect(row).toMatchObject({ evidence: { list: 'remove', fault }, bytes: null, act: 'advice' });
    expect(await stage.careen.call('suggestion.open', { key: row.key })).toEqual({
      kind: 'advice',
      advice: { advice: 'edit-policy' },
    });
    const list = keep === '' ? 'remove' : 'keep';
    await stage.careen.call('policy.removeRule', { list, id: 'slip' });
    expect(of(await stage.rows(), 'policy-rule')).toEqual([]);
    const run = await stage.careen.clean({ also: ['unrecoverable', 'estimates'] });
    expect(run.removed.map(({ refs }) => refs)).toEqual([['never/a:1']]);
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
    await stage.open(policy);
    const { home } = stage.careen;
    expect(of(await stage.rows(), 'fills-first')).toEqual([]);
    await stage.careen.close();
    await fillUp(home);
    await stage.open(policy, { home });
    const row = await stage.oneOf('fills-first');
    expect(row).toMatchObject({
      evidence: { nextRun: null },
      bytes: { certainty: 'exact' },
      urgent: true,
      items: 1,
    });
    const { run } = await stage.carryOut(row);
    expect(run.measured).toBeGreaterThanOrEqual(300_000);
    expect(run.measured).toBe(row.bytes.min);
    // It fills all the same; only nothing can go any more.
    expect(await stage.oneOf('fills-first')).toMatchObject({ bytes: null, act: 'advice' });
  });

  it('build cache that outgrew its use: at most what pruning frees', async () => {
    await buildImage(engine, {
      tag: 'built:1',
      dockerfile: 'FROM base:1\nRUN head -c 2000000 /dev/zero > /big\n',
    });
    await engine.docker.getImage('built:1').remove();
    await stage.open(plain.replace('keep: 0GB', 'keep: 5GB'));
    expect(of(await stage.rows(), 'build-cache')).toEqual([]);
    await stage.open();
    const row = await stage.oneOf('build-cache');
    expect(row).toMatchObject({ bytes: { min: 0, certainty: 'at-most' }, safety: 'safe' });
    const { run } = await stage.carryOut(row);
    const freed = run.removed[0]?.freed ?? Infinity;
    expect(freed).toBeGreaterThan(1_000_000);
    expect(freed).toBeLessThanOrEqual(row.bytes.max);
    expect(of(await stage.rows(), 'build-cache')).toEqual([]);
  });

  it('bytes of the host: at most what trimming gives back, where the product gives any', async () => {
    await engine.docker.createVolume({ Name: 'vm-data' });
    await stage.open();
    expect(of(await stage.rows(true), 'host-bytes')).toEqual([]);
    const image = join(engine.home, 'disk.img');
    const allocated = async () => (await stat(image)).blocks * 512;
    const proxy = await startProxy(engine.socket);
    const info: unknown = { ...(await engine.docker.info()), Name: 'colima' };
    proxy.answer = (method, path) => (/^\/v[\d.]+\/info$/.test(path) ? info : undefined);
    const disk = join(dirname(proxy.socket), '_lima/_disks/colima');
    await mkdir(disk, { recursive: true });
    await symlink(image, join(disk, 'datadisk'));
    await must('sync', []);
    try {
      await stage.open(plain, { socket: proxy.socket });
      expect(of(await stage.rows(), 'host-bytes')).toEqual([]);
      const row = await stage.oneOf('host-bytes', true);
      expect(row).toMatchObject({
        evidence: { file: join(disk, 'datadisk'), returns: 'restart' },
        bytes: { min: 0, certainty: 'at-most' },
        act: 'advice',
      });
      const before = await allocated();
      await must('fstrim', [engine.disk]);
      const freed = before - (await allocated());
      expect(freed).toBeGreaterThan(0);
      expect(freed).toBeLessThanOrEqual(row.bytes.max);
    } finally {
      await stage.close();
      await proxy.close();
    }
  });

  it('what was dismissed is not told again, also by the next process, until it is brought back', async () => {
    await loadImages(engine, [
      { refs: ['dis/api:1'], layers: own('dis-1'), created: '2026-01-01T00:00:00Z' },
      { refs: ['dis/api:2'], layers: own('dis-2'), created: '2026-02-01T00:00:00Z' },
    ]);
    await stage.open();
    const { home } = stage.careen;
    const { key } = await stage.oneOf('superseded');
    expect((await stage.careen.call('suggestion.dismiss', { key })).dismissed).toBe(1);
    await stage.open(plain, { home });
    expect(of(await stage.rows(), 'superseded')).toEqual([]);
    await stage.careen.call('suggestion.restore', {});
    const row = await stage.oneOf('superseded');
    expect(row.key).toBe(key);
    await stage.carryOut(row);
    await expect(stage.careen.call('suggestion.open', { key })).rejects.toMatchObject({
      code: 'suggestion-unknown',
    });
  });
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

/** Has the one disk that was seen in this home fill up in ten days, as of the last ten. */
async function fillUp(home: string): Promise<void> {
  const folder = join(home, 'samples');
  const [name = ''] = await readdir(folder);
  const file = join(folder, name);
  const doc = JSON.parse(await readFile(file, 'utf8')) as {
    value: { series: { samples: string[] }[] };
  };
  const [series] = doc.value.series;
  const [at = 0, used = 0, available = 0] = series?.samples.at(-1)?.split(' ').map(Number) ?? [];
  const daily = Math.floor(available / 10);
  series?.samples.unshift(
    ...[10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map(
      (days) =>
        `${at - days * 1_440} ${Math.max(0, used - days * daily)} ${available + days * daily}`,
    ),
  );
  await writeFile(file, JSON.stringify(doc));
}
