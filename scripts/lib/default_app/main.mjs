/**
 * What a stock Electron runs when it is not packaged: `electron [-r MODULE] APP [ARGUMENT…]` loads the
 * app in that folder or file. The stand-in's own was another product's.
 */
import electron from 'electron';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
/** @type {any} setVersion and setAppPath are there, but not documented */
const app = electron.app;

/**
 * @param {string[]} words
 * @returns {{ preload: string[], place?: string, version?: boolean }}
 */
function read(words) {
  const preload = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '-r' || word === '--require') preload.push(words[++at] ?? '');
    else if (word.startsWith('--require=')) preload.push(word.slice('--require='.length));
    else if (word === '-v' || word === '--version') return { preload, version: true };
    else if (!word.startsWith('-')) return { preload, place: path.resolve(word) };
  }
  return { preload };
}

/** @param {string} place */
async function load(place) {
  const manifest = path.join(place, 'package.json');
  const named = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
  if (named.version) app.setVersion(named.version);
  if (named.productName ?? named.name) app.setName(named.productName ?? named.name);
  const entry = require.resolve(place);
  app.setAppPath(existsSync(manifest) ? place : path.dirname(entry));
  await import(pathToFileURL(entry).href);
}

const { preload, place, version } = read(process.argv.slice(1));
if (version || !place) {
  const usage = 'Say which app to run: electron [-r MODULE] APP';
  process.stdout.write(`${version ? `v${process.versions['electron']}` : usage}\n`);
  process.exit(version ? 0 : 1);
}
for (const name of preload) require(path.resolve(name));
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
try {
  // Awaited here, at the top: Electron is not ready before, and an app has things to do until then.
  await load(place);
} catch (error) {
  process.stderr.write(
    `The app could not be loaded: ${/** @type {any} */ (error)?.stack ?? error}\n`,
  );
  process.exit(1);
}
