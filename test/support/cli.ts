import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

export interface CliResult<T = unknown> {
  code: number | null;
  /** The one document of `--json`; null where stdout is empty. */
  document: T | null;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  home?: string;
  /** The engine's socket. */
  socket?: string;
  env?: Record<string, string>;
  /** Runs as this user. */
  uid?: number;
}

const built = resolve('out/cli/careen.cjs');

/** Runs the built command line with `--json`, on a home and engine of a test's own. */
export async function careenCli<T = unknown>(
  args: string[],
  { home, socket, env = {}, uid }: CliOptions = {},
): Promise<CliResult<T>> {
  const child = spawn(process.execPath, [built, '--json', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
    env: {
      PATH: process.env['PATH'],
      HOME: home ?? '/nonexistent',
      ...(home === undefined ? {} : { CAREEN_HOME: home }),
      ...(socket === undefined ? {} : { DOCKER_HOST: `unix://${socket}` }),
      ...env,
    },
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  const document = stdout.trim() === '' ? null : (JSON.parse(stdout) as T);
  return { code, document, stdout, stderr };
}
