import { createInterface } from 'node:readline/promises';
import { startApp } from './lib/app.mjs';
import {
  DISPLAY_PACKAGES,
  ELECTRON_PACKAGES,
  ENGINE_PACKAGES,
  ensurePackages,
} from './lib/apt.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { hasDisplay, hasVirtualDisplay } from './lib/display.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { ensureEngines } from './lib/engines.mjs';
import { findEngine } from './lib/find-engine.mjs';
import { ensureModules } from './lib/modules.mjs';
import { endPractice, startPractice } from './lib/practice.mjs';
import { say } from './lib/process.mjs';

/** @type {ReturnType<typeof startApp> | undefined} */
let app;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void interrupted());

process.exitCode = await main()
  .catch((error) => {
    say(error instanceof Error ? error.message : String(error));
    return 1;
  })
  .finally(endPractice);

async function main() {
  await ensureModules();
  const wanted = hasDisplay() ? ELECTRON_PACKAGES : [...ELECTRON_PACKAGES, ...DISPLAY_PACKAGES];
  const refused = await ensurePackages(wanted);
  if (refused) say(refused);
  if (!hasDisplay() && !(await hasVirtualDisplay()))
    throw new Error('There is no display, and no virtual one: start this from a desktop session.');
  const electron = await ensureElectron();
  if ((await ensureBuilt()) !== 0) throw new Error('The build failed: see above.');
  const practice = await choosePractice();
  app = startApp(electron, process.argv.slice(2), practice?.env ?? {});
  return app.ended;
}

/** A running app ends by itself and `main` goes on from there; before that there is only the engine. */
async function interrupted() {
  if (app) return app.end();
  await endPractice();
  process.exit(130);
}

/** @returns {Promise<import('./lib/practice.mjs').Practice | null>} null: the app is on its own */
async function choosePractice() {
  if (process.env.CAREEN_PRACTICE !== '1') {
    const { found, looked } = await findEngine();
    if (found) {
      say(`Docker engine: ${found.socket} (${found.from}).`);
      return null;
    }
    say(`No Docker engine answers. Looked at: ${looked.join(', ') || 'nothing local'}.`);
  }
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    say('The window says how to start one.');
    return null;
  }
  if (process.stdin.isTTY && !(await agreed())) return null;
  const refused = await ensurePackages(ENGINE_PACKAGES);
  const { missing } = refused ? { missing: [] } : await ensureEngines(['26.1']);
  const why = refused ?? missing[0]?.why;
  if (why) {
    say(`A practice engine cannot be had: ${why}`);
    return null;
  }
  say('Starting a practice engine: a real one, on a socket of its own, gone when the app ends.');
  return startPractice('26.1');
}

async function agreed() {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Start a practice engine with sample images? (Y/n) ');
  terminal.close();
  return !/^\s*n/i.test(answer);
}
