import { describe, expect, it } from 'vitest';
import { everyContext } from '../../../../main/adapters/docker/context.js';
import { candidates, resolveEngine } from '../../../../main/adapters/docker/endpoint.js';
import { hostFixture, type HostFixture } from '../../../support/host-fixture.js';

const hosts: (HostFixture & { finds: string; as: string })[] = [
  {
    folder: 'docker-desktop-mac',
    platform: 'darwin',
    as: 'desktop-linux',
    finds: 'unix:///Users/dev/.docker/run/docker.sock',
  },
  {
    folder: 'docker-desktop-linux',
    platform: 'linux',
    as: 'desktop-linux',
    finds: 'unix:///home/dev/.docker/desktop/docker.sock',
  },
  {
    folder: 'docker-desktop-windows-wsl2',
    platform: 'win32',
    as: 'desktop-linux',
    finds: 'npipe:////./pipe/dockerDesktopLinuxEngine',
  },
  {
    folder: 'rancher-desktop-windows',
    platform: 'win32',
    as: 'default',
    finds: 'npipe:////./pipe/docker_engine',
  },
  {
    folder: 'docker-engine-linux',
    platform: 'linux',
    as: 'default',
    finds: 'unix:///var/run/docker.sock',
  },
  {
    folder: 'colima-default',
    platform: 'darwin',
    as: 'colima',
    finds: 'unix:///Users/dev/.colima/default/docker.sock',
  },
  {
    folder: 'colima-profile-qemu-old',
    platform: 'darwin',
    as: 'colima-work',
    finds: 'unix:///Users/dev/.colima/work/docker.sock',
  },
  {
    folder: 'orbstack-mac',
    platform: 'darwin',
    as: 'orbstack',
    finds: 'unix:///Users/dev/.orbstack/run/docker.sock',
  },
  {
    folder: 'rancher-desktop-mac',
    platform: 'darwin',
    as: 'rancher-desktop',
    finds: 'unix:///Users/dev/.rd/docker.sock',
  },
];

describe('candidates', () => {
  it.each(hosts)('of $folder begin with what docker would take', async ({ finds, as, ...host }) => {
    const [variable, first] = await candidates(hostFixture(host));
    expect(variable).toMatchObject({ name: 'DOCKER_HOST', missing: 'not-set' });
    expect(first).toMatchObject({ name: as, kind: 'context', endpoint: finds, take: 'yes' });
  });

  it.each(hosts)('of $folder name each endpoint once', async (host) => {
    const endpoints = (await candidates(hostFixture(host))).map(({ endpoint }) => endpoint);
    expect(new Set(endpoints).size).toBe(endpoints.length);
  });

  const bare = { folder: 'docker-engine-linux', platform: 'linux' } as const;
  const find = async (host: HostFixture): Promise<string[]> =>
    (await candidates(hostFixture(host))).map(({ name, endpoint }) => `${name} ${endpoint}`);

  it('know every product on Linux', async () => {
    const env = { XDG_RUNTIME_DIR: '/run/user/1000' };
    expect(await find({ ...bare, env })).toEqual([
      'DOCKER_HOST ',
      'default unix:///var/run/docker.sock',
      'Docker Desktop unix:///home/dev/.docker/desktop/docker.sock',
      'Docker (rootless) unix:///run/user/1000/docker.sock',
      'Docker (rootless) unix:///home/dev/.docker/run/docker.sock',
      'Rancher Desktop unix:///home/dev/.rd/docker.sock',
      'Podman (rootless) unix:///run/user/1000/podman/podman.sock',
      'Podman unix:///run/podman/podman.sock',
    ]);
  });

  it('follow DOCKER_HOST before DOCKER_CONTEXT before the current context', async () => {
    const host = { folder: 'colima-default', platform: 'darwin' } as const;
    const taken = async (env: Record<string, string>): Promise<unknown> =>
      (await candidates(hostFixture({ ...host, env })))
        .filter(({ take }) => take === 'only')
        .map(({ name, endpoint }) => [name, endpoint]);
    const DOCKER_HOST = 'unix:///tmp/own.sock';
    const colima = ['colima', 'unix:///Users/dev/.colima/default/docker.sock'];
    expect(await taken({ DOCKER_HOST, DOCKER_CONTEXT: 'colima' })).toEqual([
      ['DOCKER_HOST', DOCKER_HOST],
    ]);
    expect(await taken({ DOCKER_HOST: '', DOCKER_CONTEXT: 'colima' })).toEqual([colima]);
    expect(await taken({ DOCKER_HOST: 'build.example:2375' })).toEqual([
      ['DOCKER_HOST', 'tcp://build.example:2375'],
    ]);
    expect(await taken({ CAREEN_PRACTICE_SOCKET: '/tmp/p.sock', DOCKER_HOST })).toEqual([
      ['CAREEN_PRACTICE_SOCKET', 'unix:///tmp/p.sock'],
      ['DOCKER_HOST', DOCKER_HOST],
    ]);
  });

  it('stop at a context that is named and missing', async () => {
    const env = { DOCKER_CONTEXT: 'gone' };
    const places = await candidates(hostFixture({ ...bare, env }));
    expect(places.find(({ name }) => name === 'gone')).toMatchObject({
      take: 'only',
      endpoint: '',
      missing: { code: 'context-missing', details: { name: 'gone' } },
    });
  });

  it('stop at a current context that cannot be read', async () => {
    const host = hostFixture(bare);
    const broken = { ...host, readFile: () => Promise.resolve('{"currentContext": ') };
    const places = await candidates(broken);
    expect(places.find(({ take }) => take === 'only')).toMatchObject({
      missing: {
        code: 'context-unreadable',
        details: { file: '/home/dev/.docker/config.json' },
      },
    });
  });

  it('tell of a context whose file cannot be read, beside those that can', async () => {
    const host = hostFixture({ folder: 'colima-default', platform: 'darwin' });
    const readable = (await everyContext(host)).map(({ name }) => name);
    expect(readable).toEqual(['colima']);
    const readFile = (path: string) =>
      path.endsWith('meta.json') ? Promise.resolve('{"Name": ') : host.readFile(path);
    const [unread] = await everyContext({ ...host, readFile });
    expect(unread).toMatchObject({ error: { code: 'context-unreadable' } });
    expect(unread?.name).toMatch(/^[0-9a-f]{12}$/);
  });

  it('take two ways to one socket for one', async () => {
    const links = { '/var/run/docker.sock': '/Users/dev/.orbstack/run/docker.sock' };
    const host = { folder: 'orbstack-mac', platform: 'darwin', links } as const;
    const found = await find(host);
    expect(found.filter((place) => /orbstack|var.run/.test(place))).toEqual([
      'orbstack unix:///Users/dev/.orbstack/run/docker.sock',
    ]);
  });

  it('look into the folders of Colima and Lima that the environment names', async () => {
    const host = hostFixture({
      ...bare,
      env: { COLIMA_HOME: '/c', LIMA_HOME: '/l' },
    });
    const folders: Record<string, string[]> = {
      '/c': ['_lima', '_store', 'default', 'work', 'ssh_config'],
      '/l': ['_config', 'box', '.cache'],
    };
    const places = await candidates({
      ...host,
      readdir: (folder) => Promise.resolve(folders[folder] ?? []),
    });
    expect(
      places.map(({ endpoint }) => endpoint).filter((e) => /^unix:\/\/\/[cl]\//.test(e)),
    ).toEqual([
      'unix:///c/default/docker.sock',
      'unix:///c/work/docker.sock',
      'unix:///l/box/sock/docker.sock',
    ]);
  });
});

describe('resolveEngine', () => {
  const host = hostFixture({ folder: 'colima-default', platform: 'darwin' });

  it.each([
    ['colima', 'unix:///Users/dev/.colima/default/docker.sock'],
    ['default', 'unix:///var/run/docker.sock'],
    ['unix:///tmp/x.sock', 'unix:///tmp/x.sock'],
    ['/tmp/x.sock', 'unix:///tmp/x.sock'],
    ['npipe:////./pipe/docker_engine', 'npipe:////./pipe/docker_engine'],
    ['build.example:2375', 'tcp://build.example:2375'],
    ['ssh://me@build.example', 'ssh://me@build.example'],
  ])('%s is %s', async (text, endpoint) => {
    expect(await resolveEngine(host, text)).toEqual({ name: text, kind: 'chosen', endpoint });
  });

  it.each([
    ['nowhere', 'context-missing'],
    ['unix://relative.sock', 'endpoint-invalid'],
    ['ftp://x', 'endpoint-invalid'],
    ['ssh://-oProxyCommand=x/', 'endpoint-invalid'],
    ['npipe://x', 'endpoint-invalid'],
  ])('%s is %s', async (text, code) => {
    await expect(resolveEngine(host, text)).rejects.toMatchObject({ code });
  });
});
