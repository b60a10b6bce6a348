import { readdir, readFile, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

/** What of this machine says where engines are; a value, so that every product's can be tested. */
export interface HostView {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  /** Null where users have no number. */
  uid: number | null;
  /** Rejects with the system's code. */
  readFile(file: string): Promise<string>;
  /** The names in a folder; none where there is no folder. */
  readdir(folder: string): Promise<string[]>;
  /** Where a path leads through its links; the path itself where that cannot be told. */
  realpath(path: string): Promise<string>;
}

/** This machine, with the environment as it is now. */
export function thisHost(): HostView {
  return {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    uid: process.getuid?.() ?? null,
    readFile: (file) => readFile(file, 'utf8'),
    readdir: (folder) => readdir(folder).catch(() => []),
    realpath: (file) => realpath(file).catch(() => file),
  };
}

/** Joins paths in the manner of that host. */
export function joinOn(host: HostView, ...parts: string[]): string {
  return (host.platform === 'win32' ? path.win32 : path.posix).join(...parts);
}
