import { describe, expect, it } from 'vitest';
import { diskReader } from '../../../../../main/adapters/host/disks/index.js';
import { CareenError } from '../../../../../main/domain/errors.js';
import { gaugeOf } from '../../../../../main/domain/disk/gauge.js';
import {
  diskEngineFixture,
  diskHostFixture,
  type Otherwise,
} from '../../../../support/disk-host-fixture.js';

const GiB = 2 ** 30;
const desktopSettings = '/Users/dev/Library/Group Containers/group.com.docker/settings-store.json';
const desktopImage = '/Users/dev/Library/Containers/com.docker.docker/Data/vms/0/data/Docker.raw';

const damagedColima = { texts: { '/Users/dev/.colima/work/colima.yaml': 'disk: [' } };

async function read(
  folder: string,
  platform: NodeJS.Platform,
  otherwise: Otherwise & {
    endpoint?: string;
    agreed?: boolean;
    storeUse?: () => Promise<never>;
  } = {},
) {
  const { endpoint = 'unix:///var/run/docker.sock', agreed = true, storeUse } = otherwise;
  const host = await diskHostFixture(folder, platform, otherwise);
  const engine = await diskEngineFixture(folder, platform, endpoint);
  const reader = diskReader({ ...engine, ...(storeUse ? { storeUse } : {}) }, host, () => agreed);
  return { host, reader, gauge: gaugeOf(await reader()) };
}
const desktop = (otherwise: Parameters<typeof read>[2] = {}) =>
  read('docker-desktop-mac', 'darwin', otherwise);

it.each(['ssh://ada@build', 'tcp://127.0.0.1:2376'])(
  'no file here is read as one of an engine at %s',
  async (endpoint) => {
    const { gauge } = await desktop({ endpoint });
    expect(gauge).toMatchObject({ used: null, missing: { why: 'elsewhere', about: null } });
  },
);

describe('settings of Docker Desktop', () => {
  it.each([
    ['with a byte order mark', '\uFEFF{"DiskSizeMiB": 32768}', 32 * GiB, 'settings'],
    ['in the other spelling', '{"diskSizeMiB": 32768}', 32 * GiB, 'settings'],
    ['that are not there', null, 64 * GiB, 'file'],
    ['with a size that is no number', '{"DiskSizeMiB": "64 GB"}', 64 * GiB, 'file'],
    ['with a negative size', '{"DiskSizeMiB": -1}', 64 * GiB, 'file'],
  ])('%s', async (_what, text, bytes, from) => {
    const { gauge } = await desktop({ texts: { [desktopSettings]: text } });
    expect(gauge.limit).toEqual({ bytes, from });
    expect(gauge.oddity).toBeNull();
  });

  it.each([128e9, 1e300])('that say %d MiB were written in bytes: the file tells', async (size) => {
    const text = JSON.stringify({ diskSizeMiB: size });
    const { gauge } = await desktop({ texts: { [desktopSettings]: text } });
    expect(gauge.limit).toEqual({ bytes: 64 * GiB, from: 'file' });
    expect(gauge.oddity).toEqual({ kind: 'bytes-as-mib', file: desktopSettings });
  });

  it.each(['{"DataFolder": ', '[1]', 'null', ''])(
    '%j is damaged: the image may be moved',
    async (text) => {
      const { gauge } = await desktop({ texts: { [desktopSettings]: text } });
      expect(gauge).toMatchObject({
        quality: 'unknown',
        used: null,
        missing: { why: 'damaged', about: desktopSettings },
      });
    },
  );

  it('that name another machine lead nowhere', async () => {
    const { gauge, host } = await read('docker-desktop-windows-hyperv', 'win32', {
      texts: {
        'C:\\Users\\dev\\AppData\\Roaming\\Docker\\settings-store.json':
          '{"DataFolder": "\\\\\\\\server\\\\share"}',
      },
    });
    expect(gauge.missing).toMatchObject({ why: 'elsewhere' });
    expect(host.asked.join()).not.toContain('server');
  });
});

describe('what macOS asks the person about', () => {
  it('is not touched before that person agreed', async () => {
    const { gauge, host } = await desktop({ agreed: false });
    expect(gauge.missing?.why).toBe('not-agreed');
    expect(host.asked).toEqual([]);
  });

  it.each(['EPERM', 'EACCES'])(
    'is unknown when refused (%s), and not asked for again',
    async (code) => {
      const { gauge, host, reader } = await desktop({ failing: { [desktopSettings]: code } });
      expect(gauge.missing).toEqual({ why: 'refused', about: desktopSettings });
      expect(host.asked).toHaveLength(1);
      expect(gaugeOf(await reader()).missing?.why).toBe('refused');
      expect(host.asked).toHaveLength(1);
    },
  );

  it('is in no file of Colima, Lima, Rancher Desktop and Podman', async () => {
    for (const folder of ['colima-default', 'rancher-desktop-mac', 'podman-machine-mac'])
      expect((await read(folder, 'darwin', { agreed: false })).gauge.used).not.toBeNull();
  });

  it('is a volume that OrbStack was moved to', async () => {
    const texts = {
      '/Users/dev/.orbstack/vmconfig.json': '{"data_dir": "/volumes/Work/OrbStack"}',
    };
    const { gauge, host } = await read('orbstack-mac', 'darwin', { texts, agreed: false });
    expect(gauge.missing?.why).toBe('not-agreed');
    expect(host.asked.join()).not.toContain('Work');
  });
});

describe('a disk file', () => {
  it('that is not there is unknown, never zero', async () => {
    const { gauge } = await desktop({ failing: { [desktopImage]: 'ENOENT' } });
    expect(gauge).toMatchObject({ used: null, missing: { why: 'no-file', about: desktopImage } });
  });

  it.each([
    ['ETIMEDOUT', 'silent'],
    ['EIO', 'unreadable'],
  ])('that fails with %s is %s', async (code, why) => {
    const { gauge } = await desktop({ failing: { [desktopImage]: code } });
    expect(gauge.missing?.why).toBe(why);
  });

  it('of a size that cannot be is damaged', async () => {
    const { gauge } = await desktop({ sizes: { [desktopImage]: 2 ** 60 } });
    expect(gauge.missing).toEqual({ why: 'damaged', about: desktopImage });
  });

  it('above its limit leaves nothing', async () => {
    const { gauge } = await desktop({ sizes: { [desktopImage]: 80 * GiB } });
    expect(gauge).toMatchObject({ used: 80 * GiB, available: 0, binds: 'limit' });
  });

  it('tells its limit itself where the settings are damaged', async () => {
    const { gauge } = await read('colima-profile-qemu-old', 'darwin', damagedColima);
    expect(gauge.limit).toEqual({ bytes: 60 * GiB, from: 'file' });
  });

  it('that may not be opened then leaves the limit unknown, and the rest not', async () => {
    const host = await diskHostFixture('colima-profile-qemu-old', 'darwin', damagedColima);
    host.head = () =>
      Promise.reject(Object.assign(new Error('busy'), { code: 'EBUSY', syscall: 'open' }));
    const engine = await diskEngineFixture('colima-profile-qemu-old', 'darwin', 'unix:///s');
    const gauge = gaugeOf(await diskReader(engine, host, () => true)());
    expect(gauge).toMatchObject({ limit: null, available: null });
    expect(gauge.used).toBeGreaterThan(0);
  });

  it('whose file system does not answer leaves what is available unknown', async () => {
    const { gauge } = await read('lima-docker', 'darwin', {
      endpoint: 'unix:///Users/dev/.lima/docker/sock/docker.sock',
    });
    expect(gauge).toMatchObject({
      quality: 'unknown',
      available: null,
      missing: { why: 'silent', about: '/Users/dev/.lima/docker' },
    });
    expect(gauge.used).toBeGreaterThan(0);
  });
});

describe('an engine behind a socket that tells nothing', () => {
  it('of Lima is found by its host name', async () => {
    const { gauge } = await read('lima-docker', 'darwin');
    expect(gauge.of).toBe('/Users/dev/.lima/docker/disk');
  });

  it('of Colima is found by its host name', async () => {
    const { gauge } = await read('colima-profile-qemu-old', 'darwin');
    expect(gauge.of).toBe('/Users/dev/.colima/_lima/colima-work/diffdisk');
  });

  it('of Podman is the only machine there is, or unknown with what the engine tells', async () => {
    const { gauge } = await read('podman-machine-mac', 'darwin');
    expect(gauge.of).toMatch(/podman-machine-default-arm64\.raw$/);
    const two = await read('podman-machine-mac', 'darwin', {
      failing: { '/Users/dev/.config/containers': 'EIO' },
    });
    expect(two.gauge).toMatchObject({ how: 'engine', available: null, of: null });
    expect(two.gauge.used).toBeGreaterThan(0);
  });
});

it('Podman that does not answer is estimated from its file', async () => {
  const storeUse = () =>
    Promise.reject(new CareenError('engine-silent', { endpoint: 'x', seconds: 5 }));
  const { gauge } = await read('podman-machine-windows-wsl', 'win32', {
    endpoint: 'npipe:////./pipe/podman-machine-default',
    storeUse,
  });
  expect(gauge).toMatchObject({
    how: 'disk-file',
    bound: 'loose',
    qualityOf: { used: 'estimated' },
  });
});

it('a distribution without its drive has an unknown rest, not a terabyte', async () => {
  const { gauge } = await read('docker-in-wsl-without-desktop', 'linux', {
    failing: { '/mnt/c': 'ENOENT' },
  });
  expect(gauge).toMatchObject({ available: null, missing: { why: 'no-volume', about: '/mnt/c' } });
});

it('Docker Desktop reached from a distribution is not the folder of that name here', async () => {
  const host = await diskHostFixture('docker-in-wsl-without-desktop', 'linux');
  const engine = await diskEngineFixture(
    'docker-in-wsl-without-desktop',
    'linux',
    'unix:///var/run/docker.sock',
    'docker-desktop-windows-wsl2',
  );
  expect(engine.diskRoots).not.toEqual([]);
  const gauge = gaugeOf(await diskReader(engine, host, () => true)());
  expect(gauge.missing?.why).toBe('outside-wsl');
  expect(host.asked).toEqual([]);
});

it('an engine of no known product in some VM is unknown', async () => {
  const host = await diskHostFixture('colima-default', 'darwin');
  const engine = await diskEngineFixture(
    'colima-default',
    'darwin',
    'unix:///s',
    'docker-engine-linux',
  );
  const gauge = gaugeOf(await diskReader(engine, host, () => true)());
  expect(gauge.missing?.why).toBe('some-vm');
});

it('processes are started by the first reading alone', async () => {
  const { host, reader } = await read('docker-desktop-windows-wsl2', 'win32');
  await reader();
  await reader();
  expect(host.asked.filter((call) => /^(sparse|distributions)/.test(call))).toHaveLength(1);
});
