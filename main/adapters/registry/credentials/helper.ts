import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { CareenError } from '../../../domain/errors.js';
import { cleaned } from '../failures.js';
import type { Credential, RegistryHost } from '../types.js';

/** Milliseconds that a helper has (DESIGN §6). */
const helperDeadline = 5_000;
const longestAnswer = 64 * 1024;

const helperName = /^[A-Za-z0-9._-]+$/;

/** By this user name a helper says that the secret is good for getting tokens only. */
const identityUser = '<token>';

/** What every helper says, with its own failure code, where it keeps nothing for a registry. */
const nothingKept = /credentials not found|no credentials server URL|no credentials username/i;

const answer = z.looseObject({ Username: z.string(), Secret: z.string() });

/**
 * Asks a credential helper of docker's for one registry's credentials; null where it keeps none.
 * No shell, an environment without other people's secrets, nothing of what it prints in an error.
 *
 * @param name as `config.json` has it: `desktop` is the program `docker-credential-desktop`
 * @param key the registry as helpers call it
 * @throws CareenError `helper-missing`, `helper-failed`
 */
export async function askHelper(
  name: string,
  key: string,
  host: RegistryHost,
): Promise<Credential | null> {
  if (!helperName.test(name))
    throw new CareenError('helper-failed', { helper: cleaned(name), why: 'bad-name' });
  const helper = `docker-credential-${name}`;
  const folders = helperFolders(host);
  const program = await findIn(folders, host.platform === 'win32' ? `${helper}.exe` : helper);
  if (program === null) throw new CareenError('helper-missing', { helper, looked: folders });
  const { code, output } = await run(program, helper, key, environmentFor(host, folders));
  if (code !== 0) {
    if (nothingKept.test(output)) return null;
    throw new CareenError('helper-failed', { helper, why: 'failed' });
  }
  const parsed = answer.safeParse(jsonOf(output));
  if (!parsed.success) throw new CareenError('helper-failed', { helper, why: 'unreadable' });
  const { Username: username, Secret: secret } = parsed.data;
  if (username === identityUser) return { kind: 'identity', token: secret };
  return username === '' ? null : { kind: 'password', username, password: secret };
}

/**
 * Where helpers are sought: fixed places first, since an app that a desktop started has a bare PATH,
 * then the absolute entries of PATH (DESIGN §6).
 */
export function helperFolders({ platform, env, home }: RegistryHost): string[] {
  const system = platform === 'win32' ? path.win32 : path.posix;
  const program = (folder: string) =>
    system.join(env['ProgramFiles'] ?? 'C:\\Program Files', ...folder.split('/'));
  const fixed: Partial<Record<NodeJS.Platform, string[]>> = {
    win32: [
      program('Docker/Docker/resources/bin'),
      program('Rancher Desktop/resources/resources/win32/bin'),
    ],
    darwin: [
      '/usr/local/bin',
      '/opt/homebrew/bin',
      '/Applications/Docker.app/Contents/Resources/bin',
      '/Applications/OrbStack.app/Contents/MacOS/xbin',
      system.join(home, '.docker/bin'),
      system.join(home, '.orbstack/bin'),
      system.join(home, '.rd/bin'),
    ],
  };
  const places = fixed[platform] ?? [
    '/usr/local/bin',
    '/usr/bin',
    '/bin',
    system.join(home, '.rd/bin'),
  ];
  const search = (env['PATH'] ?? env['Path'] ?? '')
    .split(system.delimiter)
    .filter((entry) => system.isAbsolute(entry));
  return [...new Set([...places, ...search])];
}

async function findIn(folders: readonly string[], file: string): Promise<string | null> {
  for (const folder of folders) {
    const program = path.join(folder, file);
    const there = await access(program, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (there) return program;
  }
  return null;
}

/** What helpers need to find a key ring, a desktop session, or their own settings. */
const passedOn = [
  ...['HOME', 'USER', 'LOGNAME', 'LANG', 'LC_ALL', 'TMPDIR', 'DISPLAY', 'WAYLAND_DISPLAY'],
  ...['DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME'],
  ...['GNUPGHOME', 'GPG_TTY', 'PASSWORD_STORE_DIR', 'DOCKER_CONFIG'],
  ...['SystemRoot', 'windir', 'USERPROFILE', 'USERNAME', 'APPDATA', 'LOCALAPPDATA', 'TEMP', 'TMP'],
  ...['AWS_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_CONFIG_FILE'],
  ...['AWS_SHARED_CREDENTIALS_FILE', 'CLOUDSDK_CONFIG', 'GOOGLE_APPLICATION_CREDENTIALS'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
];

function environmentFor({ env, platform }: RegistryHost, folders: string[]): NodeJS.ProcessEnv {
  const given = passedOn.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]));
  const { delimiter } = platform === 'win32' ? path.win32 : path.posix;
  return { ...(Object.fromEntries(given) as NodeJS.ProcessEnv), PATH: folders.join(delimiter) };
}

/** Runs `program get`; ends it when its time is over, whatever it has started itself. */
function run(
  program: string,
  helper: string,
  input: string,
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['get'], {
      shell: false,
      windowsHide: true,
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let output = '';
    const fail = (why: 'silent' | 'failed' | 'unreadable') => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      child.stdout.destroy();
      reject(new CareenError('helper-failed', { helper, why }));
    };
    const timer = setTimeout(() => fail('silent'), helperDeadline);
    child.on('error', () => fail('failed'));
    // A helper may end before it has read what it was asked.
    child.stdin.on('error', () => undefined);
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      output += part;
      if (output.length > longestAnswer) fail('unreadable');
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, output });
    });
    child.stdin.end(input);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
