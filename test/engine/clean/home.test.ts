import { once } from 'node:events';
import { chmod, chown, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { documents } from '../../../main/contract/documents/index.js';
import { TestCareen } from '../../support/careen.js';
import { careenCli } from '../../support/cli.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { imageIds, loadFleet, testPolicy } from '../../support/fleet.js';

type Doc<N extends keyof typeof documents> = z.infer<(typeof documents)[N]>;

const cleanAll = ['clean', '--yes', '--also', 'unrecoverable', '--also', 'estimates'];

async function newHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'careen-home-'));
  await writeFile(join(home, 'policy.yaml'), testPolicy);
  return home;
}

describe('app and command line on one home', () => {
  let engine: TestEngine;
  let home: string;
  beforeAll(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
  });
  afterAll(() => engine.dispose());
  beforeEach(async () => {
    home = await newHome();
    await loadFleet(engine);
  });
  afterEach(async () => {
    for (const { Id } of await engine.docker.listContainers({ all: true }))
      await engine.docker.getContainer(Id).remove({ force: true });
  });

  it('with an owner at work, plan and clean go through it', async () => {
    const app = await TestCareen.open({ socket: engine.socket, home });
    try {
      const seen: string[] = [];
      app.careen.slices.onChange((slice) => {
        const { current } = app.slice('run');
        if (slice === 'run' && current) seen.push(current.phase);
      });
      const plan = await careenCli<Doc<'plan'>>(['plan'], { home, socket: engine.socket });
      expect(plan.code).toBe(0);
      expect(plan.document?.items).toHaveLength(7);
      const clean = await careenCli<Doc<'clean'>>(cleanAll, { home, socket: engine.socket });
      expect(clean.code).toBe(0);
      expect(clean.document?.removed).toHaveLength(7);
      expect(seen).toContain('removing');
      expect(app.slice('run').last?.by).toBe('cli');
      await app.until('images', (i) => i.totals.images === 5);
    } finally {
      await app.close();
    }
  });

  it('without one, the command line does the same alone', async () => {
    const clean = await careenCli<Doc<'clean'>>(cleanAll, { home, socket: engine.socket });
    expect(clean.code).toBe(0);
    expect(clean.document?.removed).toHaveLength(7);
    expect(await imageIds(engine)).toHaveLength(5);
    const history = await careenCli<Doc<'history'>>(['history'], { home, socket: engine.socket });
    expect(history.document?.runs).toHaveLength(1);
  });

  it('two at once never change an engine together', async () => {
    const both = await Promise.all([
      careenCli<Doc<'clean'>>(cleanAll, { home, socket: engine.socket }),
      careenCli<Doc<'clean'>>(cleanAll, { home, socket: engine.socket }),
    ]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    for (const { document } of both) expect(document?.outcome).toBe('done');
    const removed = both.flatMap((r) => r.document?.removed ?? []).map((i) => i.id);
    expect(new Set(removed).size).toBe(removed.length);
    expect(removed).toHaveLength(7);
    const app = await TestCareen.open({ socket: engine.socket, home });
    try {
      const { runs } = await app.call('history', { since: null });
      const spans = runs.map((r) => [r.startedAt, r.endedAt ?? Infinity] as const);
      spans.sort(([a], [b]) => a - b);
      for (const [n, [start]] of spans.entries())
        if (n > 0) expect(start).toBeGreaterThanOrEqual(spans[n - 1]?.[1] ?? 0);
    } finally {
      await app.close();
    }
  });

  it('moves a settings file of garbage aside, names it, and goes on with defaults', async () => {
    await writeFile(join(home, 'config.json'), '{ "theme": "dark", ');
    const app = await TestCareen.open({ socket: engine.socket, home });
    try {
      const { movedAside, theme } = app.slice('settings');
      expect(theme).toBe('system');
      expect(movedAside).toHaveLength(1);
      expect(movedAside[0]?.file).toBe(join(home, 'config.json'));
      expect(await readdir(home)).toContain(movedAside[0]?.to.slice(home.length + 1));
    } finally {
      await app.close();
    }
  });

  it('names a list of images that it cannot read, and a journal that a crash cut off', async () => {
    await (await TestCareen.open({ socket: engine.socket, home })).close();
    const [listing] = (await readdir(join(home, 'listings'))).map((f) => join(home, 'listings', f));
    await writeFile(listing!, '{ "version": 1, ');
    await writeFile(join(home, 'journal-000001.jsonl'), 'no record\n{"t":"beg');
    const app = await TestCareen.open({ socket: engine.socket, home });
    try {
      expect(app.slice('settings').movedAside.map(({ file }) => file)).toEqual([listing]);
      const file = join(home, 'journal-000001.jsonl');
      expect(app.reported).toMatchObject([
        { code: 'log-damaged', details: { file, lines: 0, bytes: 9 } },
        { code: 'log-damaged', details: { file, lines: 1, bytes: 0 } },
      ]);
    } finally {
      await app.close();
    }
  });

  it('tells an invalid policy in one sentence and changes nothing', async () => {
    await writeFile(join(home, 'policy.yaml'), 'version: 1\nkepp: []\n');
    const before = await imageIds(engine);
    const { code, document } = await careenCli<Doc<'error'>>(cleanAll, {
      home,
      socket: engine.socket,
    });
    expect(code).toBe(2);
    expect(document?.error.code).toBe('policy-invalid');
    expect(document?.error.text).toMatch(/policy\.yaml:2:1: .*keep/);
    expect(await imageIds(engine)).toEqual(before);
  });

  it('refuses an invalid reference, exit 2', async () => {
    const { code, document } = await careenCli<Doc<'error'>>(['protect', 'My Image'], {
      home,
      socket: engine.socket,
    });
    expect(code).toBe(2);
    expect(document?.error.code).toBe('reference-invalid');
  });
});

describe('sockets that are no use', () => {
  it('a socket that accepts and never answers ends in a deadline', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'careen-silent-'));
    const sockets: Socket[] = [];
    const server = createServer((s) => void sockets.push(s));
    server.listen(join(folder, 's.sock'));
    await once(server, 'listening');
    try {
      const { code, document } = await careenCli<Doc<'error'>>(['plan'], {
        home: await newHome(),
        socket: join(folder, 's.sock'),
      });
      expect(code).toBe(1);
      expect(document?.error.code).toBe('engine-silent');
    } finally {
      for (const s of sockets) s.destroy();
      server.close();
    }
  });

  it('no permission on the socket is said so', async () => {
    const nobody = 65534;
    const folder = await mkdtemp(join(tmpdir(), 'careen-closed-'));
    const home = await newHome();
    await Promise.all([chmod(folder, 0o711), chown(home, nobody, nobody)]);
    const server = createServer();
    server.listen(join(folder, 's.sock'));
    await once(server, 'listening');
    await chmod(join(folder, 's.sock'), 0o660);
    try {
      const { code, document } = await careenCli<Doc<'error'>>(['plan'], {
        home,
        socket: join(folder, 's.sock'),
        uid: nobody,
      });
      expect(code).toBe(1);
      expect(document?.error.code).toBe('engine-permission');
    } finally {
      server.close();
    }
  });
});
