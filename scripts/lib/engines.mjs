import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { osRelease } from './apt.mjs';
import { cachePath, withLock } from './cache.mjs';
import { capture, must, say } from './process.mjs';

/** @typedef {'20.10' | '26.1' | '28.5'} EngineVersion */
/** @typedef {EngineVersion | 'runtime' | 'tools' | 'sshd'} Bundle */

const CLI = ['docker-cli', 'docker-buildx', 'docker-compose'];

/**
 * Debian packages, unpacked side by side and never installed: Debian's docker.io would drive out a
 * person's own Docker, docker-registry and openssh-server would start services, busybox-static would
 * replace busybox.
 * runc and tini of bookworm serve every engine version.
 * @type {Record<Bundle, { suite: string, packages: string[], proof: string }>}
 */
const BUNDLES = {
  runtime: { suite: 'bookworm', packages: ['runc', 'tini'], proof: 'usr/sbin/runc' },
  tools: {
    suite: 'bookworm',
    packages: ['busybox-static', 'docker-registry'],
    proof: 'usr/bin/docker-registry',
  },
  // With those of its libraries that few systems have.
  sshd: {
    suite: 'bookworm',
    packages: ['openssh-server', 'libwrap0', 'libnsl2', 'libtirpc3'],
    proof: 'usr/sbin/sshd',
  },
  '20.10': {
    suite: 'bookworm',
    packages: ['docker.io', 'containerd'],
    proof: 'usr/sbin/dockerd',
  },
  26.1: {
    suite: 'trixie',
    packages: ['docker.io', 'containerd', ...CLI],
    proof: 'usr/sbin/dockerd',
  },
  28.5: {
    suite: 'forky',
    packages: ['docker.io', 'containerd', ...CLI],
    proof: 'usr/sbin/dockerd',
  },
};

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * Where an unpacked bundle lies, whether or not it has been fetched.
 * @param {Bundle} bundle
 * @param {...string} parts
 */
export function enginePath(bundle, ...parts) {
  return cachePath('engines', bundle, ...parts);
}

/** A busybox that needs no library, the payload of sample containers. */
export function busyboxPath() {
  return enginePath('tools', 'bin/busybox');
}

/** @param {Bundle} bundle what is written into a complete one */
const stampOf = (bundle) => `${BUNDLES[bundle].suite} ${BUNDLES[bundle].packages.join(' ')}\n`;

/** @param {Bundle} bundle @returns {Promise<boolean>} whether it is unpacked whole */
async function hasEngine(bundle) {
  const stamp = await readFile(enginePath(bundle, 'stamp'), 'utf8').catch(() => '');
  return stamp === stampOf(bundle);
}

/**
 * Fetches and unpacks engines into the cache, with what all of them need. Two runs at once wait for
 * each other; an interrupted one leaves nothing half done.
 * @param {EngineVersion[]} versions
 * @param {Bundle[]} [besides] what a test needs besides engines; without it none of them is of use
 * @returns {Promise<{ ready: EngineVersion[], missing: { version: EngineVersion, why: string }[] }>}
 */
export async function ensureEngines(versions, besides = []) {
  /** @type {Bundle[]} */
  const wanted = ['runtime', 'tools', ...besides, ...versions];
  /** @type {Map<Bundle, string>} */
  const failed = new Map();
  if (!(await Promise.all(wanted.map(hasEngine))).every(Boolean))
    await withLock('engines', async () => {
      /** @type {Bundle[]} */
      const todo = [];
      for (const bundle of wanted) if (!(await hasEngine(bundle))) todo.push(bundle);
      if (todo.length === 0) return;
      const why = (await unavailable()) ?? (await refuse(() => fetchAll(todo, failed)));
      if (why) for (const bundle of todo) failed.set(bundle, why);
    });
  const common = wanted
    .slice(0, 2 + besides.length)
    .map((one) => failed.get(one))
    .find(Boolean);
  const missing = versions
    .map((version) => ({ version, why: failed.get(version) ?? common ?? '' }))
    .filter(({ why }) => why);
  const gone = new Set(missing.map(({ version }) => version));
  return { ready: versions.filter((version) => !gone.has(version)), missing };
}

/** @returns {Promise<string | null>} why this machine can have none */
async function unavailable() {
  if (process.platform !== 'linux') return 'a Docker engine of its own runs on Linux only';
  if ((await capture('apt-get', ['--version'])).code !== 0) return 'this system has no apt-get';
  const there = await stat(KEYRING).catch(() => null);
  return there ? null : 'the package debian-archive-keyring is missing';
}

/** @param {() => Promise<void>} work @returns {Promise<string | null>} its error as a sentence */
async function refuse(work) {
  try {
    await work();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * The Debian mirror that this machine already uses.
 * @returns {Promise<string>}
 * @throws {Error} when there is none, with the way on
 */
async function mirror() {
  if (process.env.CAREEN_DEBIAN_MIRROR) return process.env.CAREEN_DEBIAN_MIRROR;
  const os = await osRelease();
  const targets = await must('apt-get', ['indextargets', '--format', '$(RELEASE) $(REPO_URI)']);
  const found = targets.split('\n').find((line) => line.startsWith(`${os.VERSION_CODENAME} `));
  if (os.ID === 'debian' && found) return found.split(' ')[1] ?? '';
  throw new Error(
    "no Debian mirror is known here: set CAREEN_DEBIAN_MIRROR to the address in a Debian system's sources",
  );
}

/** @param {Bundle[]} todo @param {Map<Bundle, string>} failed filled with those not to be had */
async function fetchAll(todo, failed) {
  const apt = cachePath('apt');
  await mkdir(path.join(apt, 'lists/partial'), { recursive: true });
  await mkdir(path.join(apt, 'cache/archives/partial'), { recursive: true });
  const uri = await mirror();
  const options = [
    `Dir::Etc::sourcelist=${apt}/sources.list`,
    'Dir::Etc::sourceparts=-',
    `Dir::State::lists=${apt}/lists`,
    `Dir::Cache=${apt}/cache`,
    'APT::Sandbox::User=root',
    'Acquire::Languages=none',
  ].flatMap((option) => ['-o', option]);
  /** @type {Map<string, Bundle[]>} */
  const bySuite = new Map();
  for (const bundle of todo)
    bySuite.set(BUNDLES[bundle].suite, [...(bySuite.get(BUNDLES[bundle].suite) ?? []), bundle]);
  // One suite at a time: one that a mirror no longer carries must not cost the others.
  for (const [suite, bundles] of bySuite) {
    const why = await refuse(async () => {
      const line = `deb [signed-by=${KEYRING}] ${uri} ${suite} main\n`;
      await writeFile(path.join(apt, 'sources.list'), line);
      await must('apt-get', [...options, '-q', 'update']);
      for (const bundle of bundles) await unpack(bundle, options);
    });
    if (why) for (const one of bundles) if (!(await hasEngine(one))) failed.set(one, why);
  }
}

/** @param {Bundle} bundle @param {string[]} options */
async function unpack(bundle, options) {
  const { packages, proof } = BUNDLES[bundle];
  say(`Fetching ${packages.join(', ')} for the engine bundle ${bundle} (unpacked, not installed).`);
  const home = cachePath('engines');
  await mkdir(home, { recursive: true });
  const temporary = await mkdtemp(path.join(home, '.new-'));
  try {
    const root = path.join(temporary, 'root');
    await mkdir(root);
    await must('apt-get', [...options, '-q', 'download', ...packages], { cwd: temporary });
    for (const file of await readdir(temporary))
      if (file.endsWith('.deb')) await must('dpkg-deb', ['-x', path.join(temporary, file), root]);
    await stat(path.join(root, proof));
    await writeFile(path.join(root, 'stamp'), stampOf(bundle));
    await rm(enginePath(bundle), { recursive: true, force: true });
    await rename(root, enginePath(bundle));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
