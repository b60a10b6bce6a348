import { shell } from 'electron';
import { CareenError } from '../domain/errors.js';
import { isOpenable } from './security.js';

/** Opens a folder in the file manager; throws `folder-unopened`. */
export async function openFolder(folder: string): Promise<void> {
  const why = await shell.openPath(folder);
  if (why !== '') throw new CareenError('folder-unopened', { folder, why });
}

/** Opens an https address in the browser; throws `input-invalid` at any other. */
export async function openLink(address: string): Promise<void> {
  if (!isOpenable(address))
    throw new CareenError('input-invalid', {
      what: 'link',
      found: address,
      expected: 'an https address',
    });
  await shell.openExternal(address);
}
