import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { startProxy } from '../../support/engine-proxy.js';
import { loadImages } from '../../support/images.js';
import { ask, type Place } from '../cli/support.js';

/** A docker context of that name in the home that the command line sees. */
async function context(home: string, name: string, endpoint: string): Promise<void> {
  const id = createHash('sha256').update(name).digest('hex');
  const folder = join(home, '.docker', 'contexts', 'meta', id);
  await mkdir(folder, { recursive: true });
  const meta = {
    Name: name,
    Metadata: { Description: 'in the cellar' },
    Endpoints: { docker: { Host: endpoint } },
  };
  await writeFile(join(folder, 'meta.json'), JSON.stringify(meta));
}

describe('careen engines', () => {
  let first: TestEngine;
  let second: TestEngine;
  let place: Place;

  beforeAll(async () => {
    // Two at once would make the same chains of iptables.
    first = await startEngine({ version: '26.1' });
    second = await startEngine({ version: '20.10' });
    place = { engine: first, home: await mkdtemp(join(tmpdir(), 'careen-home-')) };
    await context(place.home, 'cellar', second.url);
    await context(place.home, 'far', 'ssh://far.example');
    await loadImages(first, [{ refs: ['acme/one:1'], layers: ['busybox'] }]);
    await loadImages(second, [{ refs: ['acme/two:1'], layers: ['busybox'] }]);
  });
  afterAll(async () => {
    await Promise.all([first.dispose(), second.dispose()]);
  });

  const imagesOf = async (engine: string | null) => {
    const named = engine === null ? [] : ['--engine', engine];
    const { document } = await ask('inventory', place, [...named, 'inventory']);
    return document.images.flatMap(({ refs }) => refs);
  };

  it('lists contexts, adds one by its name, and takes it off again', async () => {
    const before = await ask('engines', place, ['engines']);
    expect(before.document.engines).toMatchObject([{ key: 'first', state: 'found' }]);
    expect(before.document.contexts).toMatchObject([
      { name: 'cellar', description: 'in the cellar', engine: null, error: null },
      { name: 'far', endpoint: 'ssh://far.example' },
    ]);
    const { code, document } = await ask('engines', place, ['engines', 'add', 'cellar']);
    expect(code).toBe(0);
    expect(document.engines).toMatchObject([
      { key: 'first' },
      { name: 'cellar', context: 'cellar', state: 'found', policy: 'own' },
    ]);
    const key = document.engines[1]?.key ?? '';
    expect(document.contexts[0]).toMatchObject({ name: 'cellar', engine: key });

    expect(await imagesOf(null)).toEqual(['acme/one:1']);
    for (const named of ['cellar', key, document.engines[1]?.endpoint ?? ''])
      expect(await imagesOf(named)).toEqual(['acme/two:1']);

    const renamed = ['engines', 'set', 'cellar', '--name', 'attic'];
    expect((await ask('engines', place, renamed)).document.engines[1]?.name).toBe('attic');
    expect(await imagesOf('attic')).toEqual(['acme/two:1']);

    const twice = await ask('error', place, ['engines', 'add', second.url]);
    expect(twice).toMatchObject({ code: 3, document: { error: { code: 'engine-twice' } } });
    const none = await ask('error', place, ['engines', 'remove', 'nobody', '--yes']);
    expect(none).toMatchObject({ code: 2, document: { error: { code: 'engine-unknown' } } });

    const unasked = await ask('error', place, ['engines', 'remove', 'attic']);
    expect(unasked).toMatchObject({
      code: 3,
      document: { error: { code: 'not-confirmed', details: { act: 'engine-remove' } } },
    });
    const after = await ask('engines', place, ['engines', 'remove', 'attic', '--yes']);
    expect(after.document.engines).toMatchObject([{ key: 'first' }]);
  });

  it('says of another ID at an address which engine it is', async () => {
    const home = await mkdtemp(join(tmpdir(), 'careen-home-'));
    const at: Place = { engine: first, home };
    await ask('engines', at, ['engines']);
    const file = join(home, 'first-engine.json');
    const forget = async () =>
      writeFile(file, (await readFile(file, 'utf8')).replace(/"id": "[^"]+"/, '"id": "OTHER"'));
    for (const answer of ['same', 'another']) {
      await forget();
      const refused = await ask('error', at, ['plan']);
      expect(refused).toMatchObject({ code: 3, document: { error: { code: 'engine-replaced' } } });
      const said = await ask('engines', at, ['engines', answer, 'first', '--yes']);
      expect(said.document.engines).toMatchObject([{ key: 'first', state: 'found' }]);
    }
  });

  it('are taken by each name that they are listed by, those that they call themselves, too', async () => {
    const home = await mkdtemp(join(tmpdir(), 'careen-home-'));
    const at: Place = { engine: first, home };
    const imagesAt = async (named: string) => {
      const { document } = await ask('inventory', at, ['--engine', named, 'inventory']);
      return document.images.flatMap(({ refs }) => refs);
    };
    const { document } = await ask('engines', at, ['engines', 'add', second.url]);
    const [one, other] = document.engines;
    // Two on one machine call themselves the same.
    expect(one?.name).toBe(other?.name);
    const several = await ask('error', at, ['--engine', other?.name ?? '', 'inventory']);
    const among = [one, other].map((row) => ({ key: row?.key, endpoint: row?.endpoint }));
    expect(several).toMatchObject({
      code: 2,
      document: { error: { code: 'engine-several', details: { among } } },
    });
    await ask('engines', at, ['engines', 'set', other?.key ?? '', '--name', 'cellar']);
    expect(await imagesAt('cellar')).toEqual(['acme/two:1']);
    for (const named of [one?.name, one?.endpoint, one?.key])
      expect(await imagesAt(named ?? '')).toEqual(['acme/one:1']);
    const app = await TestCareen.open({ socket: first.socket, home, by: 'app' });
    expect(await imagesAt(one?.name ?? '')).toEqual(['acme/one:1']);
    await app.close();
    const none = await ask('error', at, ['--engine', 'nobody', 'inventory']);
    expect(none).toMatchObject({ code: 2, document: { error: { code: 'context-missing' } } });
  });

  it('works through the app that has the home, on the engine that is named', async () => {
    await ask('engines', place, ['engines', 'add', 'cellar']);
    const app = await TestCareen.open({ socket: first.socket, home: place.home, by: 'app' });
    expect(await imagesOf('cellar')).toEqual(['acme/two:1']);
    expect(await imagesOf(null)).toEqual(['acme/one:1']);
    await ask('engines', place, ['engines', 'together', 'on']);
    expect(app.slice('fleet')).toMatchObject({ together: true, engines: [{}, { name: 'cellar' }] });
    await app.close();
    expect(app.reported).toEqual([]);
  });

  it('says of two addresses with one ID whether they are one engine or two', async () => {
    const side = await startProxy(first.socket);
    const home = await mkdtemp(join(tmpdir(), 'careen-home-'));
    const at: Place = { engine: first, home };
    try {
      const added = ['engines', 'add', `unix://${side.socket}`, '--name', 'side'];
      expect((await ask('engines', at, added)).document.engines).toMatchObject([
        { key: 'first' },
        { name: 'side' },
      ]);
      const twins = (await ask('engines', at, ['engines'])).document.engines;
      expect(twins.map(({ twinOf }) => twinOf.length)).toEqual([1, 1]);

      for (const act of ['part', 'join']) {
        const unasked = await ask('error', at, ['engines', act, 'first', 'side']);
        const error = { code: 'not-confirmed', details: { act: `engine-${act}` } };
        expect(unasked).toMatchObject({ code: 3, document: { error } });
      }
      const parted = await ask('engines', at, ['engines', 'part', 'first', 'side', '--yes']);
      expect(parted.document.engines.map(({ twinOf }) => twinOf)).toEqual([[], []]);

      const wrong = await ask('error', at, ['engines', 'join', 'side', 'first', '--yes']);
      expect(wrong).toMatchObject({ code: 3, document: { error: { code: 'engine-first' } } });
      const joined = await ask('engines', at, ['engines', 'join', 'first', 'side', '--yes']);
      const [stays, ...others] = joined.document.engines;
      expect(others).toEqual([]);
      expect(stays?.aliases).toEqual([twins[1]?.endpoint]);
      // By its other address it is the same one.
      const named = ['--engine', stays?.aliases[0] ?? '', 'inventory'];
      expect((await ask('inventory', at, named)).document.engine.endpoint).toBe(stays?.endpoint);
      const again = await ask('engines', at, added);
      expect(again.document.engines).toMatchObject([{ aliases: [] }, { name: 'side' }]);
    } finally {
      await side.close();
    }
  });
});
