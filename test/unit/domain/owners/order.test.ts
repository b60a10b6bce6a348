import { describe, expect, it } from 'vitest';
import type { OwnerKind } from '../../../../main/domain/owners/types.js';
import { ownerTools } from '../../../../main/domain/owners/tools.js';
import { made, told } from './support.js';

const composed = {
  'com.docker.compose.project': 'shop',
  'com.docker.compose.service': 'app',
  'com.docker.compose.config-hash': 'x',
};

describe('specific before general', () => {
  it('by kind, as OWNERS §1.1 says', () => {
    const order: OwnerKind[] = [
      ...(['editor', 'devstack', 'platform', 'cluster', 'ephemeral', 'builder'] as const),
      ...(['updater', 'swarm', 'compose', 'systemd'] as const),
    ];
    const kinds = ownerTools.map(({ kind }) => kind);
    expect([...new Set(kinds)]).toEqual(order);
    expect(kinds).toEqual(kinds.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
  });

  it.each<[string, Record<string, string>]>([
    ['DDEV shop', { 'com.ddev.site-name': 'shop' }],
    ['Lando shop', { 'io.lando.container': 'TRUE' }],
    ['Portainer shop', { 'com.docker.compose.project.working_dir': '/data/compose/1' }],
    ['Dev Containers web', { 'devcontainer.local_folder': '/home/ada/web' }],
    ['extensions', { 'com.docker.desktop.extension': 'true' }],
    ['Testcontainers', { 'org.testcontainers': 'true' }],
    ['Compose shop', {}],
    ['Compose shop', { PODMAN_SYSTEMD_UNIT: 'shop.service' }],
  ])('%s', (owner, labels) => {
    expect(told(made({ labels: { ...composed, ...labels } }))).toBe(owner);
  });

  it('an image may be several owners`: each tool stands once', () => {
    expect(new Set(ownerTools.map(({ tool }) => tool)).size).toBe(ownerTools.length);
  });
});
