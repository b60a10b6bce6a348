import { describe, expect, it } from 'vitest';
import { attachmentsOf, mountSchema } from '../../../../main/adapters/docker/attachments.js';

describe('the volumes of a container', () => {
  const volume = 'e8c51a7886111a655819d19fc91935e28fa74ca5e6a6bb57902501f8892af8b2';
  const at = '/single';
  const mounted = (mount: object) =>
    attachmentsOf(null, mountSchema.parse([{ Type: 'volume', Destination: at, ...mount }])).volumes;

  it('are known by the folder that they lie in where an engine leaves out the name', () => {
    const Source = `/var/lib/docker/volumes/${volume}/_data`;
    expect(mounted({ Source })).toEqual([volume]);
    expect(mounted({ Source, Name: '' })).toEqual([volume]);
    expect(mounted({ Source, Name: 'named' })).toEqual(['named']);
    expect(mounted({ Source: '/mnt/elsewhere' })).toEqual([]);
    expect(mounted({ Source, Type: 'bind' })).toEqual([]);
  });

  it('keep all else that the engine says of them', () => {
    const mount = { Type: 'volume', Source: `/x/volumes/${volume}/_data`, RW: false, Mode: 'z' };
    expect(mountSchema.parse([mount])).toEqual([{ ...mount, Name: volume }]);
  });
});
