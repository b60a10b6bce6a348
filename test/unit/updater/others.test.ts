import { describe, expect, it } from 'vitest';
import type { ContainerNow } from '../../../main/adapters/docker/container-acts.js';
import type { ContainerSpec, JsonObject } from '../../../main/domain/recreate/types.js';
import { namesIn, othersOf } from '../../../main/services/updater/others.js';
import { EngineVersions, type VersionsDoc } from '../../../main/services/versions/of-engine.js';
import {
  type StoredVersion,
  storedVersions,
  type StoredVersions,
} from '../../../main/services/versions/stored.js';
import { idOf, made, request } from '../domain/recreate/engine.js';

const [before, now, client] = [idOf(1), idOf(2), idOf(3)];

/** Containers that are there, by ID. */
function engineWith(there: Record<string, string>) {
  const find = (idOrName: string) =>
    Object.entries(there).find((one) => one.includes(idOrName)) ?? null;
  return {
    containerNow: (idOrName: string) => {
      const found = find(idOrName);
      return Promise.resolve(found && ({ id: found[0], name: found[1] } as ContainerNow));
    },
    inspectContainer: (idOrName: string) => {
      const found = find(idOrName);
      const Mounts: JsonObject[] = [{ Name: `of ${found?.[1]}` }];
      return Promise.resolve(found && ({ Mounts } as ContainerSpec));
    },
  };
}

const spec = (host: JsonObject) => made(request({}, host), {}, client);
const behind = spec({ NetworkMode: `container:${before}`, VolumesFrom: [`${before}:ro`] });

const nameOf = async (
  there: Record<string, string>,
  recorded: Record<string, string> = { [before]: 'vpn' },
  names = new Map<string, string>(),
) => (await othersOf(engineWith(there), behind, { names, recorded })).nameOf(before);

describe('who a config means by an ID', () => {
  it('is the very container, whatever it is called', async () => {
    expect(await nameOf({ [before]: 'vpn' }, {})).toBe('vpn');
    expect(await nameOf({ [before]: 'other', [now]: 'vpn' })).toBe('other');
  });

  it('is who bears its name once it was replaced', async () => {
    expect(await nameOf({ [now]: 'vpn' })).toBe('vpn');
    expect(await nameOf({ [before]: 'vpn.careen-old-1', [now]: 'vpn' })).toBe('vpn');
    const thisRun = new Map([[before, 'vpn']]);
    expect(await nameOf({ [before]: 'vpn.careen-old-1' }, {}, thisRun)).toBe('vpn');
  });

  it('is the one that was put aside where nobody took its place', async () => {
    expect(await nameOf({ [before]: 'vpn.careen-old-1' })).toBe('vpn.careen-old-1');
  });

  it('is nobody where that is not known, or nobody bears the name', async () => {
    expect(await nameOf({ [now]: 'vpn' }, {})).toBeNull();
    expect(await nameOf({})).toBeNull();
  });

  it('brings the mounts that it has now', async () => {
    const known = { names: new Map<string, string>(), recorded: { [before]: 'vpn' } };
    const { mountsOf } = await othersOf(engineWith({ [now]: 'vpn' }), behind, known);
    expect(mountsOf(before)).toEqual([{ Name: 'of vpn' }]);
    const gone = await othersOf(engineWith({}), behind, known);
    expect(gone.mountsOf(before)).toBeNull();
  });
});

describe('what is recorded of those that a config names', () => {
  const version = (change: Partial<StoredVersion>): StoredVersion => ({
    n: 1,
    imageId: `sha256:${'a'.repeat(64)}`,
    reference: 'app:1',
    tag: '1',
    digest: null,
    digests: [],
    created: null,
    label: null,
    replacedAt: 1,
    proven: true,
    replaced: true,
    givenUp: false,
    runId: 'run',
    spec: behind,
    defaults: null,
    names: {},
    anonymous: {},
    copies: [],
    ...change,
  });
  const versionsOf = (containers: Record<string, StoredVersion[]>) => {
    const value: StoredVersions = {
      services: {},
      containers: Object.fromEntries(
        Object.entries(containers).map(([name, versions]) => [
          name,
          { next: 2, versions, unproven: null, left: [], leftovers: [] },
        ]),
      ),
    };
    const doc: VersionsDoc = { value, set: () => Promise.resolve() };
    return new EngineVersions(
      doc,
      () => undefined,
      (e) => {
        throw e;
      },
    );
  };

  it('is their names, so far as those are known', async () => {
    const known = { names: new Map<string, string>(), recorded: {} };
    const two = spec({ IpcMode: `container:${before}`, PidMode: `container:${idOf(9)}` });
    expect(await namesIn(engineWith({ [before]: 'vpn' }), two, known)).toEqual({
      [before]: 'vpn',
    });
  });

  it('is found for a container, as is whose version an ID was', () => {
    const names = { [before]: 'vpn' };
    const versions = versionsOf({
      client: [version({ names })],
      data: [version({ spec: made({}, {}, idOf(5)) })],
    });
    expect(versions.namesFor('client')).toMatchObject({ ...names, [idOf(5)]: 'data' });
    expect(versions.namesFor('other')).not.toHaveProperty(before);
  });

  it('is nothing in a store that was written before', () => {
    const older: Partial<StoredVersion> = version({});
    delete older.names;
    const stored = { next: 2, versions: [older], unproven: null };
    const read = storedVersions.parse({ containers: { client: stored } });
    expect(read.containers['client']?.versions[0]?.names).toEqual({});
  });
});
