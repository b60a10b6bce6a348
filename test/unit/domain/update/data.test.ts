import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../main/domain/recreate/types.js';
import {
  copyableVolumes,
  copyName,
  dataMounts,
  hasData,
} from '../../../../main/domain/update/data.js';
import { spec } from './support.js';

const volume = (name: string, more: JsonObject = {}): JsonObject => ({
  Type: 'volume',
  Name: name,
  Source: `/var/lib/docker/volumes/${name}/_data`,
  Destination: `/${name}`,
  Driver: 'local',
  RW: true,
  ...more,
});
const bind = (source: string, more: JsonObject = {}): JsonObject => ({
  Type: 'bind',
  Source: source,
  Destination: '/there',
  RW: true,
  ...more,
});

describe('data that going back does not undo', () => {
  it('is what lies in writable volumes and binds', () => {
    const mounts = [volume('pg'), bind('/home/me/data'), volume('nfs', { Driver: 'other' })];
    expect(dataMounts(spec({ mounts }))).toEqual([
      { kind: 'volume', name: 'nfs', at: '/nfs', driver: 'other' },
      { kind: 'volume', name: 'pg', at: '/pg', driver: 'local' },
      { kind: 'bind', name: '/home/me/data', at: '/there', driver: null },
    ]);
  });

  it.each([
    ['a read-only volume', volume('pg', { RW: false })],
    ['a read-only bind', bind('/etc/localtime', { RW: false })],
    ['tmpfs', { Type: 'tmpfs', Destination: '/tmp', RW: true }],
    ['the content of an image', { Type: 'image', Source: 'x', Destination: '/x', RW: true }],
    ['the engine’s socket', bind('/var/run/docker.sock')],
    ['another socket', bind('/tmp/agent.socket')],
    ['a pipe of Windows', { Type: 'npipe', Source: '\\\\.\\pipe\\docker_engine', RW: true }],
    ['the kernel’s own', bind('/sys/fs/cgroup')],
    ['devices', bind('/dev')],
  ])('is not %s', (_, mount) => {
    expect(hasData(spec({ mounts: [mount] }))).toBe(false);
    expect(hasData(spec({ mounts: [mount, volume('pg')] }))).toBe(true);
  });

  it('can be copied where it lies in volumes of the engine’s own driver', () => {
    const mounts = [
      volume('pg'),
      volume('pg', { Destination: '/again' }),
      volume('nfs', { Driver: 'other' }),
      volume('certificates', { RW: false }),
      bind('/home/me/data'),
    ];
    expect(copyableVolumes(spec({ mounts }))).toEqual(['pg']);
  });
});

describe('the name of a copy', () => {
  it('is not in use, and is one that a file system and the engine take', () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/);
    fc.assert(
      fc.property(name, fc.nat({ max: 5 }), (volume, copies) => {
        const taken = new Set<string>();
        for (let n = 0; n <= copies; n += 1) {
          const copy = copyName(volume, taken);
          expect(taken.has(copy)).toBe(false);
          expect(copy).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,250}$/);
          taken.add(copy);
        }
      }),
    );
    expect(copyName('pg', new Set(['careen-copy-pg-1']))).toBe('careen-copy-pg-2');
  });
});
