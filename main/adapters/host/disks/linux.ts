import type { DiskAdapter } from './adapter.js';

/** An engine on this very system, rootful, rootless or from a snap: its folders' file systems. */
export const linux: DiskAdapter = {
  id: 'linux',
  applies: ({ diskRoots }) => diskRoots.length > 0,
  async read({ diskRoots }, files) {
    return {
      kind: 'folders',
      spaces: await Promise.all(diskRoots.map((root) => files.space(root))),
    };
  },
};
