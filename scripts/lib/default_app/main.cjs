/**
 * What a stock Electron runs when it is not packaged: `electron [-r MODULE] APP [ARGUMENT…]` loads the
 * app in that folder or file. The stand-in's own was another product's.
 */
const electron = require('electron');
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

/** @type {any} setVersion and setAppPath are there, but not documented */
const app = electron.app;

/** @param {string[]} words */
function read(words) {
  const preload = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '-r' || word === '--require') preload.push(words[++at] ?? '');
    else if (word.startsWith('--require=')) preload.push(word.slice('--require='.length));
    else if (word === '-v' || word === '--version') return { preload, version: true };
    else if (!word.startsWith('-')) return { preload, app: path.resolve(word) };
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

const asked = read(process.argv.slice(1));
if (asked.version) {
  process.stdout.write(`v${process.versions.electron}\n`);
  process.exit(0);
}
for (const name of asked.preload) require(path.resolve(name));
if (!asked.app) {
  process.stderr.write('Say which app to run: electron [-r MODULE] APP\n');
  process.exit(1);
}
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
load(asked.app).catch((error) => {
  process.stderr.write(`The app could not be loaded: ${error?.stack ?? error}\n`);
  process.exit(1);
});
