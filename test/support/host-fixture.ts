import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { HostView } from '../../main/adapters/docker/host-view.js';

const root = path.resolve(import.meta.dirname, '../fixtures/hosts');

export interface HostFixture {
  folder: string;
  platform: NodeJS.Platform;
  env?: Record<string, string>;
  /** Links from socket to socket, as a host has them. */
  links?: Record<string, string>;
}

/** A host as `test/fixtures/hosts` describes it; nothing but that folder is there. */
export function hostFixture({ folder, platform, env = {}, links = {} }: HostFixture): HostView {
  const home = { darwin: '/Users/dev', win32: 'C:\\Users\\dev' }[platform as string] ?? '/home/dev';
  const real = (file: string): string => {
    if (!file.startsWith(home)) return path.join(root, 'none');
    return path.join(root, folder, file.slice(home.length).replaceAll('\\', '/'));
  };
  return {
    platform,
    env,
    home,
    uid: platform === 'win32' ? null : 1000,
    readFile: (file) => readFile(real(file), 'utf8'),
    readdir: (at) => readdir(real(at)).catch(() => []),
    realpath: (file) => Promise.resolve(links[file] ?? file),
  };
}

/** What the engine of that host answers to a call; an empty object where none is kept. */
export async function answerOf(folder: string, call: string): Promise<unknown> {
  const text = await readFile(path.join(root, folder, `${call}.json`), 'utf8').catch(() => '{}');
  return JSON.parse(text);
}
