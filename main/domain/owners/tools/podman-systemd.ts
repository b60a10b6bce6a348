import { always, needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

/**
 * Podman's Quadlet (containers/podman:pkg/systemd/quadlet): each start is a new container, and
 * while the unit is stopped there is none; `systemd-<unit>` is the name that Quadlet gives.
 */
export const podmanSystemd: OwnerTool = {
  kind: 'systemd',
  tool: 'systemd',
  container({ own }) {
    const unit = own['PODMAN_SYSTEMD_UNIT'];
    if (unit === undefined) return null;
    return { unit, command: 'podman auto-update', proof: 'PODMAN_SYSTEMD_UNIT' };
  },
  images: {
    lastUser: /^systemd-./,
    of({ product }, sign) {
      if (product !== 'podman' || sign === null) return null;
      const unit = `${sign.slice('systemd-'.length)}.service`;
      return { unit, proof: sign, family: unit };
    },
  },
  needs: {
    ...needsOfKind.service,
    container: always,
    image: { for: 'latest', count: 1, while: 'always' },
  },
};
