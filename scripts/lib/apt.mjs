import { readFile } from 'node:fs/promises';
import { capture, must, say } from './process.mjs';

/** What Electron loads from the system on Debian and Ubuntu. */
export const ELECTRON_PACKAGES = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libnotify4',
  'libatspi2.0-0',
  'libsecret-1-0',
];

/** A virtual display, and a session bus for tray and notifications. */
export const DISPLAY_PACKAGES = ['xvfb', 'xauth', 'dbus', 'dbus-x11'];

/** What Chinese is drawn with, for pictures that a person looks at. */
export const FONT_PACKAGES = ['fonts-wqy-microhei'];

/** What an unpacked dockerd calls or links. Nothing here starts a service or conflicts with a Docker. */
export const ENGINE_PACKAGES = [
  'ca-certificates',
  'debian-archive-keyring',
  'e2fsprogs',
  'iproute2',
  'iptables',
  'libdevmapper1.02.1',
  'libseccomp2',
  'openssh-client',
  'xz-utils',
];

/**
 * Makes sure that the packages are installed. It installs only as root on a Debian-like system, and
 * only when nothing would be removed for it.
 * @param {string[]} packages
 * @returns {Promise<string | null>} null when all are there, else one sentence: what is missing and how
 *   to get it
 */
export async function ensurePackages(packages) {
  if (process.platform !== 'linux') return null;
  if ((await capture('dpkg-query', ['--version'])).code !== 0)
    return 'This is not Debian or Ubuntu: install what Electron needs with your own package manager.';
  const missing = await missingOf(packages);
  if (missing.length === 0) return null;
  const command = `apt-get install ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) return `System packages are missing. Run as root: ${command}`;
  return install(missing);
}

/** @param {string[]} packages */
async function missingOf(packages) {
  const format = '${Package} ${db:Status-Status} ${Provides}\n';
  const { stdout } = await capture('dpkg-query', ['-W', '-f', format]);
  const have = new Set();
  for (const line of stdout.split('\n')) {
    const [name, status, ...provides] = line.split(/[\s,]+/);
    // Since Debian 13 and Ubuntu 24.04 many of these live on as a provided name only (libgtk-3-0t64).
    if (status === 'installed') for (const one of [name, ...provides]) have.add(one);
  }
  return packages.filter((name) => !have.has(name));
}

/** @param {string[]} missing */
async function install(missing) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const args = ['install', '-y', '--no-install-recommends', ...missing];
  let plan = await capture('apt-get', ['-s', ...args], { env });
  if (plan.code !== 0) {
    say('Reading the package lists (apt-get update).');
    await must('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', 'update'], { env });
    plan = await capture('apt-get', ['-s', ...args], { env });
  }
  if (plan.code !== 0) return `apt cannot install ${missing.join(' ')}: ${lastLine(plan.stderr)}`;
  const gone = [...plan.stdout.matchAll(/^Remv (\S+)/gm)].map((match) => match[1]);
  if (gone.length > 0)
    return (
      `Installing ${missing.join(' ')} would remove ${gone.join(' ')}, so nothing was installed. ` +
      'Install them by hand if that is what you want.'
    );
  say(`Installing system packages: ${missing.join(' ')}`);
  const run = () => capture('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { env });
  let done = await run();
  if (done.code !== 0) {
    // An old list names files that the mirror no longer has.
    await must('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', 'update'], { env });
    done = await run();
  }
  return done.code === 0 ? null : `apt could not install them: ${lastLine(done.stderr)}`;
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? '';
}

/**
 * The system's name and release, e.g. `{ ID: 'debian', VERSION_CODENAME: 'bookworm' }`.
 * @returns {Promise<Record<string, string>>} empty where there is no os-release
 */
export async function osRelease() {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return Object.fromEntries(
    [...text.matchAll(/^(\w+)="?(.*?)"?$/gm)].map((match) => [match[1], match[2]]),
  );
}
