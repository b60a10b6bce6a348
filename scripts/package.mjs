import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { ROOT, ensureModules, toolEnv } from './lib/modules.mjs';
import { must, say, show } from './lib/process.mjs';

process.exitCode = await main().catch((error) => {
  say(error instanceof Error ? error.message : String(error));
  return 1;
});

async function main() {
  const folderOnly = process.argv.includes('--dir');
  await ensureModules();
  const electron = await ensureElectron();
  if ((await ensureBuilt()) !== 0) throw new Error('The build failed: see above.');
  const args = ['--publish', 'never'];
  if (electron.standIn) {
    // Other targets fetch helpers from where this machine, which needs a stand-in, does not reach.
    const { dist, version } = electron;
    args.push('--linux', 'dir', `-c.electronDist=${dist}`, `-c.electronVersion=${version}`);
  } else if (folderOnly) args.push('--dir');
  const windows = process.platform === 'win32';
  const code = await show('electron-builder', args, { cwd: ROOT, env: toolEnv(), shell: windows });
  if (code !== 0) throw new Error(`electron-builder ended with ${code}: see above.`);
  if (electron.standIn && !folderOnly) await archive();
  if (electron.standIn) say('With a stand-in Electron inside: for tests, not for anybody to use.');
  return 0;
}

/** A tar.gz beside the folder, as electron-builder's own would be. */
async function archive() {
  const { name, version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const file = path.join('dist', `${name}-${version}.tar.gz`);
  const inside = `s/^linux-unpacked/${name}-${version}/`;
  const args = ['-czf', file, '-C', 'dist', '--transform', inside, 'linux-unpacked'];
  await must('tar', args, { cwd: ROOT });
  say(`Packed ${file}.`);
}
