import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { careenCli } from '../support/cli.js';
import { TestDesktop } from '../support/desktop.js';
import { FiveEngines, type FiveName } from '../support/five.js';
import { pullImage } from '../support/images.js';
import { startRegistry, type TestRegistry } from '../support/registry.js';
import { publishAs } from '../support/updating.js';
import { type CareenUnderTest, launchCareen, welcome } from './support/app.js';

/** What is not the newest goes, where it can be had again; more than this on an engine is asked about. */
const policy = `version: 1
mode: confirm
grace: 0s
keep:
  - { id: newest, match: "**", last: 1 }
remove:
  - { match: "**" }
triggers:
  images: { max: 20MB, to: 10MB }
limits: { pause: 0s }
`;

/**
 * Milliseconds; behind TLS a hanging engine is asked for a sign of life after 45 s, and one that has
 * been away for that long is tried again every 30 s.
 */
const soon = 30_000;
const silence = 90_000;

/** Five engines that hang, go, come back and are renamed, and what the tray says of them meanwhile. */
describe('five engines in the tray', () => {
  let five: FiveEngines;
  let registry: TestRegistry;
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'careen-five-'));
    const [home, config] = [path.join(folder, 'home'), path.join(folder, 'docker')];
    registry = await startRegistry();
    five = await FiveEngines.start(4, true);
    await welcome(home);
    await five.list(home, config);
    desktop = await TestDesktop.start();
    careen = await launchCareen({
      home,
      policy,
      socket: five.engines.desk.socket,
      args: ['--hidden'],
      env: { DOCKER_CONFIG: config },
    });
  }, 300_000);
  afterAll(async () => {
    await careen.close();
    desktop.stop();
    five.engines.build.thaw();
    await five.dispose();
    await registry.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const labels = async () =>
    (await desktop.menu()).filter(({ separator }) => !separator).map(({ label }) => label);
  /** What is said of an engine, by its name; undefined: it has no line. */
  const line = async (name: string) =>
    (await labels()).find((label) => label.startsWith(`${name}: `))?.slice(name.length + 2);
  const says = (name: string, what: string | RegExp, timeout = soon) =>
    desktop.until(
      () => line(name),
      (said) => (typeof what === 'string' ? said === what : what.test(said ?? '')),
      timeout,
    );
  const saysOfAll = (what: string | RegExp) =>
    desktop.until(
      async () => (await labels())[0],
      (said) => (typeof what === 'string' ? said === what : what.test(said ?? '')),
      soon,
    );
  const icon = async () => (await desktop.icon()).argb.toString('base64');
  const cli = async (...args: string[]) => {
    const { code, stderr } = await careenCli(args, { home: careen.home });
    if (code !== 0) throw new Error(stderr);
  };

  const well = 'nothing to do';
  const allWell = 'Nothing to clean up';
  const gone = 'does not answer';
  const others = ['cellar', 'server', 'build', 'spare'] as const satisfies FiveName[];
  /** The first one is called what it calls itself. */
  let first = '';
  let normal = '';

  it('have a line each, however they are reached', async () => {
    for (const name of others) await says(name, well);
    await saysOfAll(allWell);
    const unnamed = async () =>
      (await labels())
        .flatMap((label) => (label.endsWith(`: ${well}`) ? [label.slice(0, -well.length - 2)] : []))
        .filter((name) => !others.some((other) => other === name));
    const names = await desktop.until(unnamed, (all) => all.length > 0, soon);
    expect(names).toHaveLength(1);
    first = names[0] ?? '';
    normal = await icon();
  });

  it(
    'are told of as they go and come back, while one of them hangs',
    { timeout: 300_000 },
    async () => {
      five.engines.build.freeze();
      for (let n = 0; n < 3; n++) {
        await five.engines.cellar.kill();
        await says('cellar', gone);
        for (const name of ['server', 'spare']) expect(await line(name)).toBe(well);
        await five.engines.cellar.start();
        await says('cellar', well);
      }
      five.sshd.link.open = false;
      five.sshd.link.cut();
      await says('server', gone);
      five.sshd.link.open = true;
      await says('server', well, silence);
      await says('build', gone, silence);
      // One that is not to be had is no matter of the others’, nor of the icon.
      expect((await labels())[0]).toBe(allWell);
      expect(await icon()).toBe(normal);
      five.engines.build.thaw();
      await says('build', well, silence);
    },
  );

  it('are told by the name that a person gives them, and not once they are off the list', async () => {
    await cli('engines', 'set', 'cellar', '--name', 'attic');
    await says('attic', well);
    expect(await line('cellar')).toBeUndefined();
    await cli('engines', 'remove', 'spare', '--yes');
    await desktop.until(
      () => line('spare'),
      (said) => said === undefined,
      soon,
    );
    for (const name of ['attic', 'server', 'build']) expect(await line(name)).toBe(well);
  });

  it('ask by name, in their line, by the icon and in a notification', async () => {
    const refs = [`${registry.host}/acme/big:1`, `${registry.host}/acme/big:2`];
    const { cellar } = five.engines;
    for (const [n, ref] of refs.entries())
      await publishAs(cellar, ref, {
        created: new Date(Date.UTC(2026, 8, 1 + n)).toISOString(),
        layers: ['busybox', { key: `big${n}`, kB: 15_000 }],
      });
    for (const ref of refs) await pullImage(cellar, ref);
    await says('attic', 'waits for your answer…');
    expect(await icon()).not.toBe(normal);
    await cli('--engine', 'attic', 'clean', '--yes');
    const { id, summary } = await desktop.nextNotification(soon);
    expect(summary).toMatch(/^attic: /);
    await says('attic', well);
    await desktop.until(icon, (now) => now === normal, soon);
    // The window has another engine in view: a click leads to the one that is named.
    const page = await careen.pageAfter(() => desktop.clickMenu('Open', new RegExp(`^${first}: `)));
    const heading = () => page.getByTestId('engine-name').innerText();
    await expect.poll(heading).toContain(first);
    desktop.clickNotification(id);
    await expect.poll(heading).toContain('attic');
  });

  it('are one as the other, and the icon tells when none is left', async () => {
    const { desk, cellar, build } = five.engines;
    await desk.kill();
    await says(first, gone);
    await says('attic', well);
    await saysOfAll(allWell);
    expect(await icon()).toBe(normal);
    five.sshd.link.open = false;
    five.sshd.link.cut();
    await Promise.all([cellar.kill(), build.kill()]);
    for (const name of ['attic', 'server', 'build']) await says(name, gone);
    await saysOfAll(/ does not answer$/);
    expect(await desktop.tooltip()).toMatch(/ does not answer$/);
    await desktop.until(icon, (now) => now !== normal, soon);
    await desk.start();
    await says(first, well, silence);
    await saysOfAll(allWell);
    expect(await desktop.tooltip()).toBe(`Careen: ${allWell}`);
    await desktop.until(icon, (now) => now === normal, soon);
  });

  it('take their ssh along where the app is ended by a signal, also on a dead link', async () => {
    five.sshd.link.open = true;
    await says('server', well, silence);
    expect(await five.sshd.clients()).toBeGreaterThan(0);
    five.sshd.link.silence(true);
    careen.app.process().kill('SIGTERM');
    await desktop.until(
      () => five.sshd.clients(),
      (left) => left === 0,
      soon,
    );
    five.sshd.link.silence(false);
  });
});
