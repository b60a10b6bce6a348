// Writes docs/images from the pictures of `npm run test:looks`, with 256 colours each.
// `node scripts/pictures.mjs [FOLDER…]`: the first folder that has a picture gives it.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

const LIMIT = 150_000;
/** What the docs show, and the state of the window it is taken from: all are of one laptop. */
const CHOSEN = {
  overview: 'laptop-overview-light-en',
  'overview-dark-zh': 'laptop-overview-dark-zh-CN',
  policy: 'laptop-policy-light-en',
  why: 'laptop-images-light-en',
  layers: 'laptop-layers-light-en',
  cleanup: 'laptop-cleanup-light-en',
  updates: 'laptop-updates-light-en',
  welcome: 'laptop-welcome-light-en',
};

const folders = process.argv.length > 2 ? process.argv.slice(2) : ['test/output/looks'];
await mkdir('docs/images', { recursive: true });
for (const [name, state] of Object.entries(CHOSEN)) {
  const file = folders.map((one) => path.join(one, `${state}.png`)).find((one) => existsSync(one));
  if (file === undefined) throw new Error(`${state}.png is missing: run npm run test:looks first.`);
  const bytes = await sharp(file).png({ palette: true, effort: 10 }).toBuffer();
  if (bytes.length > LIMIT) throw new Error(`${name}: ${bytes.length} bytes, ${LIMIT} at most.`);
  await writeFile(`docs/images/${name}.png`, bytes);
}
