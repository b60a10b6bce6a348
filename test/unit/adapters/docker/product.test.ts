import { describe, expect, it } from 'vitest';
import { factsOf, infoSchema, versionSchema } from '../../../../main/adapters/docker/product.js';
import { rootsOf } from '../../../../main/adapters/docker/roots.js';
import { answerOf } from '../../../support/host-fixture.js';

const products = [
  ['docker-desktop-mac', 'darwin', 'docker-desktop', 'containerd'],
  ['docker-desktop-linux', 'linux', 'docker-desktop', 'containerd'],
  ['docker-desktop-windows-wsl2', 'win32', 'docker-desktop', 'containerd'],
  ['docker-desktop-windows-hyperv', 'win32', 'docker-desktop', 'containerd'],
  ['docker-engine-linux', 'linux', 'docker-engine', 'classic'],
  ['docker-engine-linux-29-containerd', 'linux', 'docker-engine', 'containerd'],
  ['docker-engine-linux-rootless', 'linux', 'docker-engine', 'classic'],
  ['docker-snap-linux', 'linux', 'snap', 'classic'],
  ['docker-in-wsl-without-desktop', 'linux', 'wsl', 'containerd'],
  ['colima-default', 'darwin', 'colima', 'classic'],
  ['colima-profile-qemu-old', 'darwin', 'colima', 'classic'],
  ['lima-docker', 'darwin', 'lima', 'containerd'],
  ['orbstack-mac', 'darwin', 'orbstack', 'classic'],
  ['rancher-desktop-mac', 'darwin', 'rancher-desktop', 'containerd'],
  ['rancher-desktop-windows', 'win32', 'rancher-desktop', 'containerd'],
  ['podman-linux-rootless', 'linux', 'podman', 'classic'],
  ['podman-machine-mac', 'darwin', 'podman', 'classic'],
  ['podman-machine-windows-wsl', 'win32', 'podman', 'classic'],
] as const;

async function read(folder: string) {
  const info = infoSchema.parse(await answerOf(folder, 'info'));
  return { info, version: versionSchema.parse(await answerOf(folder, 'version')) };
}

describe('an engine of', () => {
  it.each(products)('%s on %s is %s, %s', async (folder, platform, product, store) => {
    const { info, version } = await read(folder);
    const facts = factsOf('unix:///s', '1.51', info, version, platform);
    expect(facts).toMatchObject({ product, store });
    expect(facts.version).not.toBe('');
  });

  it('no known product on macOS is in some VM', async () => {
    const { info, version } = await read('docker-engine-linux');
    expect(factsOf('unix:///s', '1.51', info, version, 'darwin').product).toBe('unknown');
    expect(await rootsOf(info, host({ platform: 'darwin' }))).toEqual([]);
  });

  it('Podman is known by its data root, since its ID is new at every call', async () => {
    const { info, version } = await read('podman-linux-rootless');
    const again = { ...info, ID: 'another' };
    const facts = factsOf('unix:///s', '1.44', info, version, 'linux');
    expect(factsOf('unix:///s', '1.44', again, version, 'linux').id).toBe(facts.id);
  });

  it('the practice kind says so itself', async () => {
    const { info, version } = await read('docker-engine-linux');
    const labelled = { ...info, Labels: ['careen.practice=true'] };
    expect(factsOf('unix:///s', '1.45', labelled, version, 'linux').product).toBe('practice');
  });
});

const host = (on: {
  platform?: NodeJS.Platform;
  kernel?: string;
  devices?: Record<string, number>;
}) => ({
  platform: on.platform ?? 'linux',
  kernel: on.kernel ?? '6.8.0-110-generic',
  device: (folder: string) => Promise.resolve(on.devices?.[folder] ?? null),
});

describe('folders that hold the images', () => {
  it('are the data root on a classic store', async () => {
    const { info } = await read('docker-engine-linux');
    expect(await rootsOf(info, host({ devices: { '/var/lib/docker': 1 } }))).toEqual([
      '/var/lib/docker',
    ]);
    expect(await rootsOf(info, host({}))).toEqual([]);
  });

  it("are containerd's first, and the data root where it lies on another disk", async () => {
    const { info } = await read('docker-engine-linux-29-containerd');
    const kernel = info.KernelVersion;
    const apart = { '/var/lib/containerd': 1, '/mnt/docker-data': 2 };
    expect(await rootsOf(info, host({ kernel, devices: apart }))).toEqual([
      '/var/lib/containerd',
      '/mnt/docker-data',
    ]);
    const together = { '/var/lib/containerd': 1, '/mnt/docker-data': 1 };
    expect(await rootsOf(info, host({ kernel, devices: together }))).toEqual([
      '/var/lib/containerd',
    ]);
  });

  it("are nobody's here when the engine runs another kernel", async () => {
    const { info } = await read('docker-desktop-linux');
    expect(await rootsOf(info, host({ devices: { '/var/lib/docker': 1 } }))).toEqual([]);
  });
});
