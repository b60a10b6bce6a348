import type { EngineDisk } from '../../../domain/disk/types.js';
import { colima } from './colima.js';
import { dockerDesktopHyperV } from './docker-desktop-hyperv.js';
import { dockerDesktopWsl } from './docker-desktop-wsl.js';
import { dockerDesktop } from './docker-desktop.js';
import { DiskFiles, Unreadable } from './files.js';
import { elsewhere } from './elsewhere.js';
import { lima } from './lima.js';
import { linux } from './linux.js';
import { orbstack } from './orbstack.js';
import { podmanMachine } from './podman-machine.js';
import { rancherDesktopWsl } from './rancher-desktop-wsl.js';
import { rancherDesktop } from './rancher-desktop.js';
import type { DiskAdapter } from './adapter.js';
import type { DiskEngine, DiskHost } from './types.js';
import { outsideWsl, wsl, wslFromWindows } from './wsl.js';

/** In the order of asking: the first that applies reads. */
const adapters: readonly DiskAdapter[] = [
  elsewhere,
  outsideWsl,
  wsl,
  wslFromWindows,
  dockerDesktop,
  dockerDesktopWsl,
  dockerDesktopHyperV,
  orbstack,
  rancherDesktop,
  rancherDesktopWsl,
  colima,
  lima,
  podmanMachine,
  linux,
];

/** Which adapter reads an engine's disk; null where none does. */
export function adapterFor(engine: DiskEngine, platform: NodeJS.Platform): DiskAdapter | null {
  return adapters.find((adapter) => adapter.applies(engine, platform)) ?? null;
}

/**
 * What reads one engine's disk, from files alone: the engine itself is asked for nothing, but for
 * Podman. It may start a process when it reads first, never later.
 *
 * @param agreed whether the person agreed that files of other applications are read
 */
export function diskReader(
  engine: DiskEngine,
  host: DiskHost,
  agreed: () => boolean,
): () => Promise<EngineDisk> {
  const files = new DiskFiles(host, agreed);
  const adapter = adapterFor(engine, host.platform);
  return async () => {
    if (adapter === null) return { kind: 'unknown', missing: { why: 'some-vm', about: null } };
    try {
      return await adapter.read(engine, files);
    } catch (e) {
      if (e instanceof Unreadable) return { kind: 'unknown', missing: e.missing };
      throw e;
    }
  };
}
