import type { HowToStart } from './types.js';

const rancher: HowToStart = { product: 'Rancher Desktop', command: 'rdctl start' };
const podmanMachine: HowToStart = { product: 'Podman', command: 'podman machine start' };

/**
 * Each product that runs an engine on a platform, and the command that starts it; product names and
 * commands are the same in every language.
 *
 * @param platform as Node names it: `linux`, `darwin`, `win32`
 */
export function howToStart(platform: string): HowToStart[] {
  switch (platform) {
    case 'darwin':
      return [
        { product: 'Docker Desktop', command: 'open -a Docker' },
        { product: 'OrbStack', command: 'orb start' },
        { product: 'Colima', command: 'colima start' },
        rancher,
        { product: 'Lima', command: 'limactl start docker' },
        podmanMachine,
      ];
    case 'win32':
      return [
        { product: 'Docker Desktop', command: 'docker desktop start' },
        rancher,
        podmanMachine,
      ];
    default:
      return [
        { product: 'Docker Engine', command: 'sudo systemctl start docker' },
        { product: 'Docker Engine, rootless', command: 'systemctl --user start docker' },
        { product: 'Docker Desktop', command: 'systemctl --user start docker-desktop' },
        rancher,
        { product: 'Podman', command: 'systemctl --user start podman.socket' },
        { product: 'Docker (snap)', command: 'sudo snap start docker' },
      ];
  }
}
