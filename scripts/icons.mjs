/**
 * Draws every icon from resources/careen.svg with Chromium: `node scripts/icons.mjs`, where a display
 * is at hand. Its results stand in the repository; run it again after a change of the drawing.
 */
/* global Image, OffscreenCanvas -- drawn inside the page */
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron } from 'playwright-core';
import { ensureElectron } from './lib/electron.mjs';
import { ROOT } from './lib/modules.mjs';
import { say } from './lib/process.mjs';

const STATES = ['normal', 'working', 'attention', 'no-engine', 'paused'];
/** At least 3 : 1 on white and on black, since panels are either. */
const ON_ANY_PANEL = '#1f83c0';
/** macOS recolours black and alpha itself. */
const TEMPLATE = '#000';
/** 100 to 200 % in the taskbar, and 48 for the large ones. */
const ICO_SIZES = [16, 20, 24, 32, 48];
const APP_ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
const LINUX_SIZES = [16, 22, 24, 32, 44, 48, 64, 128, 256, 512];
/** Type codes of the ICNS container for PNG data, by pixels; some are another one at double scale. */
const ICNS = {
  ic11: 32,
  ic12: 64,
  ic07: 128,
  ic13: 256,
  ic08: 256,
  ic14: 512,
  ic09: 512,
  ic10: 1024,
};

const drawing = await readFile(path.join(ROOT, 'resources', 'careen.svg'), 'utf8');

/**
 * An ICO file of PNG images.
 * @param {{ size: number, png: Buffer }[]} images
 */
function ico(images) {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

/**
 * An ICNS file of PNG images.
 * @param {{ type: string, png: Buffer }[]} images
 */
function icns(images) {
  const parts = images.map(({ type, png }) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(png.length + 8, 4);
    return Buffer.concat([head, png]);
  });
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  return Buffer.concat([head, ...parts]);
}

/** @param {import('playwright-core').Page} page */
function artist(page) {
  /**
   * @param {string} symbol an id in the drawing
   * @param {number} size pixels
   * @param {string} [color]
   */
  return async (symbol, size, color = TEMPLATE) => {
    const svg = drawing
      .replace(/<svg /, `<svg width="${size}" height="${size}" color="${color}" `)
      .replace(/<use href="#icon"\/>\s*<\/svg>/, `<use href="#${symbol}"/></svg>`);
    const url = await page.evaluate(async ([source, pixels]) => {
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
      await image.decode();
      const canvas = new OffscreenCanvas(pixels, pixels);
      canvas.getContext('2d')?.drawImage(image, 0, 0, pixels, pixels);
      const blob = await canvas.convertToBlob({ type: 'image/png' });
      const data = new Uint8Array(await blob.arrayBuffer());
      return btoa(String.fromCharCode(...data));
    }, /** @type {[string, number]} */ ([svg, size]));
    return Buffer.from(url, 'base64');
  };
}

const { executable } = await ensureElectron();
const work = await mkdtemp(path.join(tmpdir(), 'careen-icons-'));
await writeFile(
  path.join(work, 'main.cjs'),
  "const { app, BrowserWindow } = require('electron');\n" +
    "app.whenReady().then(() => new BrowserWindow({ show: false }).loadURL('about:blank'));\n",
);
const args = [path.join(work, 'main.cjs'), '--disable-gpu', `--user-data-dir=${work}`];
if (process.getuid?.() === 0) args.push('--no-sandbox');
const app = await _electron.launch({ executablePath: executable, args });
try {
  const draw = artist(await app.firstWindow());
  const tray = path.join(ROOT, 'resources', 'tray');
  const icons = path.join(ROOT, 'resources', 'icons');
  await mkdir(tray, { recursive: true });
  await mkdir(path.join(icons, 'linux'), { recursive: true });
  for (const state of STATES) {
    const at = (/** @type {string} */ name) => path.join(tray, `${state}${name}`);
    await writeFile(at('.png'), await draw(state, 22, ON_ANY_PANEL));
    await writeFile(at('@2x.png'), await draw(state, 44, ON_ANY_PANEL));
    await writeFile(at('Template.png'), await draw(state, 16));
    await writeFile(at('Template@2x.png'), await draw(state, 32));
    const sizes = [];
    for (const size of ICO_SIZES) sizes.push({ size, png: await draw(state, size, ON_ANY_PANEL) });
    await writeFile(at('.ico'), ico(sizes));
  }
  const sizes = [];
  for (const size of APP_ICO_SIZES) sizes.push({ size, png: await draw('icon', size) });
  await writeFile(path.join(icons, 'icon.ico'), ico(sizes));
  const types = [];
  for (const [type, size] of Object.entries(ICNS))
    types.push({ type, png: await draw('icon', size) });
  await writeFile(path.join(icons, 'icon.icns'), icns(types));
  for (const size of LINUX_SIZES)
    await writeFile(path.join(icons, 'linux', `${size}x${size}.png`), await draw('icon', size));
  say(`Drawn: ${STATES.length} tray states and the app's icon, in resources/.`);
} finally {
  await app.close();
  await rm(work, { recursive: true, force: true });
}
