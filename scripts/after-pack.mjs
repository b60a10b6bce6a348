import { rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * electron-builder's hook after the files are laid out, before they are signed and packed. An Electron
 * given by `electronDist` brings what runs unpackaged apps, which a packaged one must not carry.
 * @param {{ appOutDir: string, electronPlatformName: string }} context
 */
export default async function afterPack({ appOutDir, electronPlatformName }) {
  if (electronPlatformName !== 'linux') return;
  await rm(path.join(appOutDir, 'resources', 'default_app.asar'), { force: true });
  for (const name of ['recipe', 'version']) await rm(path.join(appOutDir, name), { force: true });
}
