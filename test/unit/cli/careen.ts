import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { z } from 'zod';
import { errorDocument } from '../../../main/contract/documents/index.js';

const built = resolve('out/cli/careen.cjs');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs the built command line in a folder, as a script would: no terminal, and a home and engine
 * that cannot be had, so that a command that touches either fails.
 */
export async function careen(
  args: string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [built, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: '/nonexistent',
      CAREEN_HOME: '/dev/null/careen',
      DOCKER_HOST: 'unix:///nonexistent/docker.sock',
      ...env,
    },
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

/** The one document on stdout, as its schema has it; fails when there is more or other. */
export function documentOf<T extends z.ZodType>(schema: T, { stdout }: Ended): z.output<T> {
  return schema.parse(JSON.parse(stdout));
}

/** The failure's document, and that its sentence stands on stderr as well. */
export function errorOf(ended: Ended): z.output<typeof errorDocument>['error'] {
  return documentOf(errorDocument, ended).error;
}
