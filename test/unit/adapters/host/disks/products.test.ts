import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskReader } from '../../../../../main/adapters/host/disks/index.js';
import { gauge } from '../../../../../main/contract/gauges.js';
import { gaugeOf, gaugeOfSpace, hostSpaceOf } from '../../../../../main/domain/disk/gauge.js';
import { diskEngineFixture, diskHostFixture } from '../../../../support/disk-host-fixture.js';

const root = path.resolve(import.meta.dirname, '../../../../fixtures/hosts');

interface Figure {
  bytes?: number | null;
  max?: number;
  quality?: string;
}
interface Expected {
  endpoint?: string;
  image?: string;
  gauged?: string;
  limit?: Figure;
  allocated?: Figure;
  used?: Figure;
  available?: Figure;
  hostFree?: Figure;
}

const folders = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /^[^/\\]+[/\\]expect\.json$/.test(name))
  .map((name) => path.dirname(name));

/** Folders that hold what differs from another one. */
const answersOf: Record<string, string> = {
  'docker-desktop-mac-4.34': 'docker-desktop-mac',
  'docker-desktop-mac-defaults': 'docker-desktop-mac',
  'docker-desktop-windows-wsl2-4.29': 'docker-desktop-windows-wsl2',
  'docker-desktop-windows-wsl2-sparse': 'docker-desktop-windows-wsl2',
  'orbstack-mac-external': 'orbstack-mac',
};
/** What the folders themselves do not say of the host. */
const platformOf = (folder: string): NodeJS.Platform =>
  /-windows/.test(folder) ? 'win32' : /-mac|^colima|^lima/.test(folder) ? 'darwin' : 'linux';
const endpoints: Record<string, string> = {
  'lima-docker': 'unix:///Users/dev/.lima/docker/sock/docker.sock',
  'podman-machine-mac':
    'unix:///var/folders/ab/0123456789abcdefghijklmnopqrst/T/podman/podman-machine-default-api.sock',
  'podman-machine-windows-wsl': 'npipe:////./pipe/podman-machine-default',
};

/** What comes of each in two words: used and available, what used is, what binds, what comes back. */
const judged: Record<string, string> = {
  'colima-default': 'estimated estimated loose limit restart',
  'colima-profile-qemu-old': 'estimated unknown loose - restart',
  'docker-desktop-linux': 'estimated estimated close limit shortly',
  'docker-desktop-mac': 'estimated estimated close limit shortly',
  'docker-desktop-mac-4.34': 'estimated estimated close host shortly',
  'docker-desktop-mac-defaults': 'estimated unknown close - shortly',
  'docker-desktop-windows-hyperv': 'estimated estimated loose host no',
  'docker-desktop-windows-wsl2': 'estimated estimated loose host no',
  'docker-desktop-windows-wsl2-4.29': 'estimated estimated loose host no',
  'docker-desktop-windows-wsl2-sparse': 'estimated estimated loose host no',
  'docker-engine-linux': 'measured measured - - -',
  'docker-engine-linux-29-containerd': 'measured measured - - -',
  'docker-engine-linux-rootless': 'measured measured - - -',
  'docker-in-wsl-without-desktop': 'measured estimated - host no',
  'docker-snap-linux': 'measured measured - - -',
  'lima-docker': 'estimated unknown loose - restart',
  'orbstack-mac': 'estimated estimated loose host shortly',
  'orbstack-mac-external': 'unknown unknown - - -',
  'podman-linux-rootless': 'measured measured - - -',
  'podman-machine-mac': 'measured unknown - - -',
  'podman-machine-windows-wsl': 'measured measured - host no',
  'rancher-desktop-mac': 'estimated unknown loose - restart',
  'rancher-desktop-windows': 'estimated estimated loose host no',
};

/** Blocks are of 512 bytes. */
const near = (bytes: number) => (found: number | null | undefined) =>
  expect(Math.abs((found ?? -1) - bytes), `${found} for ${bytes}`).toBeLessThan(512);

describe('the disk of', () => {
  it('is told of each folder that expects something', () => {
    expect(folders.sort()).toEqual(Object.keys(judged).sort());
  });

  it.each(folders)('%s', async (folder) => {
    const expected = JSON.parse(
      readFileSync(path.join(root, folder, 'expect.json'), 'utf8'),
    ) as Expected;
    const platform = platformOf(folder);
    const host = await diskHostFixture(folder, platform);
    const engine = await diskEngineFixture(
      folder,
      platform,
      expected.endpoint ?? endpoints[folder] ?? 'unix:///var/run/docker.sock',
      answersOf[folder],
    );
    const disk = await diskReader(engine, host, () => true)();
    const found = gauge.parse(gaugeOf(disk));
    const { limit, allocated, used, available, hostFree, image, gauged } = expected;

    if (image ?? gauged) expect(found.of).toBe(image ?? gauged);
    if (limit?.bytes !== undefined) expect(found.limit?.bytes ?? null).toBe(limit.bytes);
    if (limit?.quality === 'assumed') expect(found.limit?.from).toBe('assumed');
    if (allocated?.bytes) near(allocated.bytes)(found.allocated);
    if (used?.bytes ?? used?.max) near(used?.bytes ?? used?.max ?? 0)(found.used);
    if (available?.bytes) near(available.bytes)(found.available);
    const below = hostSpaceOf(disk);
    if (hostFree?.bytes) near(hostFree.bytes)(below && gaugeOfSpace(below).available);
    const { qualityOf, bound, binds, returns } = found;
    expect(
      [qualityOf.used, qualityOf.available, bound ?? '-', binds ?? '-', returns ?? '-'].join(' '),
    ).toBe(judged[folder]);
    expect(host.asked.filter((call) => /wsl\.localhost/.test(call))).toEqual([]);
  });
});
