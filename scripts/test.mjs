import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  DISPLAY_PACKAGES,
  ELECTRON_PACKAGES,
  ENGINE_PACKAGES,
  FONT_PACKAGES,
  ensurePackages,
} from './lib/apt.mjs';
import { build, ensureBuilt } from './lib/build.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { ensureEngines } from './lib/engines.mjs';
import { ROOT, ensureModules, toolEnv } from './lib/modules.mjs';
import { say } from './lib/process.mjs';
import { closeRun, openRun } from './lib/runs.mjs';
import { Tally } from './lib/tally.mjs';
import { runProject } from './lib/vitest.mjs';

/** What runs without an engine and a display. */
const PLAIN = new Set(['unit']);
const PROJECTS = ['unit', 'engine', 'e2e', 'packed'];
/** Of its files one waits for an engine most of the time: two go side by side, each where it is alone. */
/** @type {Record<string, number>} */
const LANES = { engine: 2 };
/** @type {Record<string, string[]>} */
const MODES = {
  matrix: ['unit', 'engine', 'e2e'],
  faults: ['faults'],
  looks: ['looks'],
  bench: ['bench'],
};

const words = process.argv.slice(2);
const mode = words[0] && words[0] in MODES ? words.shift() : undefined;
const wanted = mode ? (MODES[mode] ?? []) : PROJECTS;
const known = new Set([...wanted, ...PROJECTS]);
const chosen = words.filter((word) => known.has(word));
const filters = words.filter((word) => !known.has(word));
/** A part was asked for: quick, so neither checks nor a build that is not needed. */
const partly = chosen.length > 0 || filters.length > 0 || mode !== undefined;

const tally = new Tally();
process.exitCode = await main().catch((error) => {
  say(error instanceof Error ? error.message : String(error));
  tally.count('the test run itself', false);
  return tally.close(true);
});

async function main() {
  const seed = process.env.CAREEN_SEED || String(Math.floor(Math.random() * 2 ** 31));
  await tally.timed('install what is missing', ensureModules);
  if (!partly) await checks();
  const built = await tally.timed('build', () => (partly ? ensureBuilt() : build()));
  tally.count('build', built === 0);
  if (built === 0 || partly) await projects(chosen.length > 0 ? chosen : wanted, seed);
  return tally.close(Boolean(process.env.CI) && !partly);
}

async function checks() {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const names = [...scripts.check.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1]);
  const options = { cwd: ROOT, env: toolEnv() };
  for (const name of names) await tally.command(name, 'npm', ['run', '--silent', name], options);
}

/** @param {string[]} names @param {string} seed */
async function projects(names, seed) {
  const env = { CAREEN_SEED: seed, ...(mode === 'matrix' ? { CAREEN_MATRIX: '1' } : {}) };
  say(`CAREEN_SEED=${seed} repeats this run's choices.`);
  const there = names.filter((name) => existsSync(path.join(ROOT, 'test', name)));
  for (const name of names)
    if (!there.includes(name)) say(`There is no test of the kind ${name} yet.`);
  for (const name of there.filter((one) => PLAIN.has(one)))
    await tally.timed(name, () => runProject(name, { filters, env, run: null }, tally));
  const real = there.filter((name) => !PLAIN.has(name));
  if (real.length === 0) return;
  const why = await tally.timed('engines and Electron', prepare);
  if (why) {
    for (const name of real) tally.lack(`${name} (${why})`);
    return;
  }
  const { dist } = await ensureElectron();
  if (real.includes('packed'))
    await tally.command('package', 'node', ['scripts/package.mjs', '--dir'], {
      cwd: ROOT,
      env: toolEnv(),
    });
  for (const name of real)
    await tally.timed(name, () => inLanes(name, { ...env, ELECTRON_OVERRIDE_DIST_PATH: dist }));
}

/** @param {string} name @param {NodeJS.ProcessEnv} env */
async function inLanes(name, env) {
  const of = filters.length === 0 ? (LANES[name] ?? 1) : 1;
  /** @type {Awaited<ReturnType<typeof openRun>>[]} */
  const runs = [];
  // One after another: the first clears away what dead runs left.
  for (let lane = 1; lane <= of; lane++) runs.push(await openRun(lane));
  await Promise.all(
    runs.map(async (run, n) => {
      const lane = n + 1;
      const part = of > 1 ? { lane, of } : null;
      try {
        await runProject(name, { filters, env, run, part }, tally);
      } finally {
        await closeRun(run);
      }
    }),
  );
}

/** @returns {Promise<string | null>} why tests with real engines cannot run here */
async function prepare() {
  if (process.platform !== 'linux') return 'engines of its own need Linux';
  if (process.getuid?.() !== 0) return 'engines of its own need root';
  const refused = await ensurePackages([
    ...ENGINE_PACKAGES,
    ...ELECTRON_PACKAGES,
    ...DISPLAY_PACKAGES,
    ...(mode === 'looks' ? FONT_PACKAGES : []),
  ]);
  if (refused) return refused;
  /** @type {import('./lib/engines.mjs').EngineVersion[]} */
  const required = ['20.10', '26.1'];
  const versions = mode === 'matrix' ? [...required, /** @type {const} */ ('28.5')] : required;
  const { missing } = await ensureEngines(versions, ['sshd']);
  for (const { version, why } of missing)
    if (!required.includes(version)) tally.notRun.push(`Docker ${version} (${why})`);
  const lost = missing.filter(({ version }) => required.includes(version));
  return lost.length === 0 ? null : lost.map(({ version, why }) => `${version}: ${why}`).join('; ');
}
