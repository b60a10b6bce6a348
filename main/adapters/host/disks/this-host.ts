import { open, readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { within } from '../deadline.js';
import { statfsOf } from '../disk.js';
import type { DiskHost } from './types.js';
import { distributions, sparseSize } from './windows.js';

/** A dead mount blocks its thread for good, so a path is never asked the same twice at a time. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * This machine, each call with a deadline; past it a call fails as `ETIMEDOUT`.
 *
 * @param deadline milliseconds
 */
export function thisDiskHost(deadline: number): DiskHost {
  const ask = <T>(call: string, file: string, work: () => Promise<T>) =>
    once(deadline, call, file, work);
  return {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    stat: (file) => ask('stat', file, () => stat(file)),
    readFile: (file) => ask('read', file, () => readFile(file, 'utf8')),
    head: (file, bytes) => ask('open', file, () => head(file, bytes)),
    readdir: (folder) => ask('scandir', folder, () => readdir(folder)),
    space: (folder) => statfsOf(folder, deadline),
    sparseSize: (file) => sparseSize(file, process.platform),
    distributions: () => distributions(process.platform),
  };
}

async function head(file: string, bytes: number): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function once<T>(deadline: number, call: string, file: string, work: () => Promise<T>): Promise<T> {
  const key = `${call} ${file}`;
  const asked = (underWay.get(key) as Promise<T> | undefined) ?? work();
  underWay.set(key, asked);
  const done = () => void underWay.delete(key);
  void asked.then(done, done);
  return within(asked, deadline, () => {
    const text = `${call} ${file}: no answer in ${deadline} ms`;
    throw Object.assign(new Error(text), { code: 'ETIMEDOUT', syscall: call });
  });
}
