import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { buildImage } from '../../support/engine-cli.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { imageIds } from '../../support/fleet.js';
import { loadImages, pullImage, pushImage, runContainer } from '../../support/images.js';
import { afterFirstOutcome } from '../../support/in-the-middle.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';

const stores = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

const all = { except: [], also: ['unrecoverable', 'estimates'] };
/** With a pause items go one after another on every engine (JUDGING §6). */
const policyOf = (grace: string) =>
  `version: 1\ngrace: ${grace}\nremove: [{ match: "**" }]\nlimits: { pause: 1ms }\n`;
const day = (n: number) => new Date(Date.UTC(2026, 9, n)).toISOString();
const layers = (own: string) => [
  'busybox' as const,
  { key: 'shared', kB: 200 },
  { key: own, kB: 40 },
];

describe.each(stores)('what others do in the middle, on $version $store @store', (kind) => {
  let engine: TestEngine;
  let registry: TestRegistry;
  let careen: TestCareen | null = null;

  beforeAll(async () => {
    registry = await startRegistry({ port: 5021 });
    engine = await startEngine(kind);
  });
  afterAll(async () => {
    await engine.dispose();
    await registry.dispose();
  });
  beforeEach(async () => {
    await loadImages(
      engine,
      [1, 2, 3].map((n) => ({
        refs: [`${registry.host}/mid:${n}`],
        created: day(n),
        layers: layers(`mid${n}`),
      })),
    );
  });
  afterEach(async () => {
    await careen?.close();
    careen = null;
    for (const { Id } of await engine.docker.listContainers({ all: true }))
      await engine.docker.getContainer(Id).remove({ force: true });
    for (const { Id } of await engine.docker.listImages())
      await engine.docker.getImage(Id).remove({ force: true });
  });

  const name = (n: number) => `${registry.host}/mid:${n}`;
  /** An image that is there, starts. */
  const starts = async (image: string) => {
    const container = await runContainer(engine, { image, name: 'proof', state: 'exited' });
    const { State } = await container.inspect();
    expect(State.ExitCode).toBe(0);
    await container.remove();
  };

  it('an image that someone else deleted is skipped as gone, and nothing else is lost', async () => {
    let victim = { id: '', refs: [''] };
    careen = await TestCareen.open({
      socket: engine.socket,
      policy: policyOf('0s'),
      journalLog: afterFirstOutcome(() => engine.docker.getImage(victim.refs[0] ?? '').remove()),
    });
    const { planId, items } = await careen.call('plan.make', { policy: null });
    victim = items.at(-1) ?? victim;
    const run = await careen.call('plan.run', { planId, ...all });
    expect(run.outcome).toBe('done');
    expect(run.skipped).toMatchObject([{ id: victim.id, reason: { code: 'gone' } }]);
    expect(run.removed).toHaveLength(2);
    expect(await imageIds(engine)).toEqual([]);
  });

  it('an image that is pulled anew in the middle is new here: grace keeps it', async () => {
    for (const n of [1, 2, 3]) await pushImage(engine, name(n));
    let victim = '';
    const rows = () => careen?.slice('images').upsert ?? [];
    careen = await TestCareen.open({
      socket: engine.socket,
      policy: policyOf('10s'),
      journalLog: afterFirstOutcome(async () => {
        await engine.docker.getImage(victim).remove();
        await pullImage(engine, victim);
        await careen?.until('images', () =>
          rows().some(({ refs, decidedBy }) => refs.includes(victim) && decidedBy === 'grace'),
        );
      }),
    });
    await careen.until('images', () => rows().every(({ verdict }) => verdict === 'remove'));
    const { planId, items } = await careen.call('plan.make', { policy: null });
    victim = items.at(-1)?.refs[0] ?? '';
    const run = await careen.call('plan.run', { planId, ...all });
    expect(run.outcome).toBe('done');
    expect(run.skipped).toMatchObject([{ refs: [victim], reason: { code: 'now-kept' } }]);
    const left = await engine.docker.listImages();
    expect(left.flatMap(({ RepoTags }) => RepoTags)).toEqual([victim]);
    await starts(victim);
  });

  it('a pull beside a run ends with an image that starts', async () => {
    const [fresh] = await loadImages(engine, [
      { refs: [`${registry.host}/fresh:1`], layers: layers('fresh') },
    ]);
    await pushImage(engine, `${registry.host}/fresh:1`);
    await engine.docker.getImage(fresh?.id ?? '').remove({ force: true });
    let pulled: Promise<void> = Promise.resolve();
    careen = await TestCareen.open({
      socket: engine.socket,
      policy: policyOf('0s'),
      journalLog: afterFirstOutcome(() => {
        // Not awaited: the pull goes on while the rest is removed.
        pulled = pullImage(engine, `${registry.host}/fresh:1`);
        return Promise.resolve();
      }),
    });
    const run = await careen.clean(all);
    await pulled;
    expect(run.outcome).toBe('done');
    expect(run.failed).toEqual([]);
    await starts(`${registry.host}/fresh:1`);
  });

  it('a BuildKit build beside a run fares no worse than beside docker rmi', async () => {
    let built: Promise<'built' | 'failed'> = Promise.resolve('failed');
    const base = name(3);
    careen = await TestCareen.open({
      socket: engine.socket,
      policy: policyOf('0s'),
      journalLog: afterFirstOutcome(() => {
        built = buildImage(engine, {
          tag: 'made:here',
          dockerfile: `FROM ${base}\nRUN ["true"]\nCOPY note /note\n`,
          files: { note: 'made in the middle' },
        }).then(
          () => 'built' as const,
          // Its base went first: what a plain removal does too.
          () => 'failed' as const,
        );
        return Promise.resolve();
      }),
    });
    const run = await careen.clean(all);
    const outcome = await built;
    expect(run.outcome).toBe('done');
    expect(run.failed).toEqual([]);
    if (outcome === 'built') await starts('made:here');
    // Whatever came of it, a build afterwards works.
    await loadImages(engine, [{ refs: [base], created: day(3), layers: layers('mid3') }]);
    await buildImage(engine, { tag: 'made:after', dockerfile: `FROM ${base}\nRUN ["true"]\n` });
    await starts('made:after');
  });
});
