import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  factsOf,
  infoSchema,
  versionSchema,
  type EngineInfo,
} from '../../main/adapters/docker/product.js';
import { rootsOf } from '../../main/adapters/docker/roots.js';
import type { DiskEngine, DiskHost } from '../../main/adapters/host/disks/types.js';
import { answerOf } from './host-fixture.js';

const root = path.resolve(import.meta.dirname, '../fixtures/hosts');

interface DiskAnswers {
  files?: {
    path: string;
    size: number;
    blocks: number;
    qcow2VirtualSize?: number;
    compressedFileSize?: number;
  }[];
  statfs?: Record<string, { bsize: number; blocks: number; bfree: number; bavail: number }>;
  lxss?: { DistributionName: string; BasePath: string }[];
}

/** What of a host's answers a test wants otherwise. */
export interface Otherwise {
  /** Texts of files by path, in place of those of the folder; null: not there. */
  texts?: Record<string, string | null>;
  /** The system's code that any call to a path, or to one below it, fails with. */
  failing?: Record<string, string>;
  /** Bytes that files show by path, in place of the folder's, each with as many allocated. */
  sizes?: Record<string, number>;
  env?: Record<string, string>;
}

/** A host whose disk calls are answered from a folder of `test/fixtures/hosts`; each is noted in `asked`. */
export async function diskHostFixture(
  folder: string,
  platform: NodeJS.Platform,
  { texts = {}, failing = {}, sizes = {}, env = {} }: Otherwise = {},
): Promise<DiskHost & { asked: string[] }> {
  const answers = JSON.parse(
    await readFile(path.join(root, folder, 'disk.json'), 'utf8'),
  ) as DiskAnswers;
  const { files = [], statfs = {}, lxss = [] } = answers;
  const home = { darwin: '/Users/dev', win32: 'C:\\Users\\dev' }[platform as string] ?? '/home/dev';
  const on = platform === 'win32' ? path.win32 : path.posix;
  const asked: string[] = [];
  const isBelow = (file: string, top: string) =>
    file === top || file.startsWith(top.endsWith(on.sep) ? top : `${top}${on.sep}`);
  const ask = (call: string, file: string) => {
    asked.push(`${call} ${file}`);
    const top = Object.keys(failing).find((at) => isBelow(file, at));
    if (top !== undefined) throw systemError(failing[top] ?? '', call);
  };
  const absent = (call: string) => systemError('ENOENT', call);
  const real = (file: string) =>
    path.join(root, folder, file.slice(home.length).replaceAll('\\', '/'));
  const fileAt = (file: string) => {
    const size = sizes[file];
    if (size !== undefined) return { path: file, size, blocks: size / 512 };
    return files.find((one) => one.path === file);
  };
  /** The device of a folder is the place of its file system in the list, 0 being the root's. */
  const mountOf = (at: string) => {
    const mounts = Object.keys(statfs);
    const [mount] = mounts.filter((one) => isBelow(at, one)).sort((a, b) => b.length - a.length);
    return mount ?? mounts.find((one) => isBelow(one, at)) ?? null;
  };
  return {
    platform,
    env,
    home,
    asked,
    async stat(file) {
      ask('stat', file);
      const found = fileAt(file);
      if (found) return { ...found, dev: 1 };
      if (file === '/') return { size: 0, blocks: 0, dev: 0 };
      const mount = Object.keys(statfs).indexOf(file);
      if (mount < 0) throw absent('stat');
      return Promise.resolve({ size: 0, blocks: 0, dev: mount + 1 });
    },
    async readFile(file) {
      ask('open', file);
      const text = texts[file];
      if (text === null || !isBelow(file, home)) throw absent('open');
      return text ?? readFile(real(file), 'utf8');
    },
    head(file, bytes) {
      ask('head', file);
      const found = fileAt(file);
      if (!found) throw absent('open');
      const head = Buffer.alloc(bytes);
      if ('qcow2VirtualSize' in found && found.qcow2VirtualSize !== undefined) {
        head.write('QFI\xfb', 'latin1');
        head.writeBigUInt64BE(BigInt(found.qcow2VirtualSize), 24);
      }
      return Promise.resolve(head);
    },
    async readdir(at) {
      ask('scandir', at);
      const below = files.filter((one) => isBelow(one.path, at) && one.path !== at);
      const listed = below.map((one) => one.path.slice(at.length + 1).split(on.sep)[0] ?? '');
      const there = isBelow(at, home) ? await readdir(real(at)).catch(() => []) : [];
      const names = [...new Set([...listed, ...there])];
      if (names.length === 0) throw absent('scandir');
      return names;
    },
    space(at) {
      ask('statfs', at);
      const mount = mountOf(at);
      const figures = mount === null ? undefined : statfs[mount];
      if (mount === null || !figures) return Promise.resolve(null);
      const { bsize, blocks, bfree, bavail } = figures;
      return Promise.resolve({
        of: at,
        used: (blocks - bfree) * bsize,
        available: bavail * bsize,
      });
    },
    sparseSize(file) {
      asked.push(`sparse ${file}`);
      const found = fileAt(file);
      return Promise.resolve(
        (found && 'compressedFileSize' in found && found.compressedFileSize) || null,
      );
    },
    distributions() {
      asked.push('distributions');
      return Promise.resolve(
        lxss.map(({ DistributionName: name, BasePath: base }) => ({
          name,
          folder: base.replace(/^\\\\\?\\/, ''),
          file: 'ext4.vhdx',
        })),
      );
    },
  };
}

function systemError(code: string, syscall: string): Error {
  return Object.assign(new Error(code), { code, syscall });
}

/**
 * The engine of such a host, met at its endpoint; where the folder keeps no answers, with another's.
 *
 * @param storeUse what Podman tells of its store; by default what the folder keeps of that
 */
export async function diskEngineFixture(
  folder: string,
  platform: NodeJS.Platform,
  endpoint: string,
  answers = folder,
): Promise<DiskEngine> {
  const info = infoSchema.parse(await answerOf(answers, 'info'));
  const version = versionSchema.parse(await answerOf(answers, 'version'));
  const libpod = (await answerOf(answers, 'libpod-info')) as {
    store?: { graphRootUsed: number; graphRootAllocated: number };
  };
  return {
    facts: factsOf(endpoint, '1.51', info, version, platform),
    system: { hostname: info.Name, kernel: info.KernelVersion, dataRoot: info.DockerRootDir },
    diskRoots: await rootsOn(folder, info, platform),
    storeUse: () =>
      Promise.resolve(
        libpod.store
          ? { used: libpod.store.graphRootUsed, total: libpod.store.graphRootAllocated }
          : null,
      ),
  };
}

/** Only where the fixture tells of the folder's file system the engine runs on that very host. */
async function rootsOn(folder: string, info: EngineInfo, platform: NodeJS.Platform) {
  const host = await diskHostFixture(folder, platform);
  return rootsOf(info, {
    platform,
    kernel: info.KernelVersion,
    device: async (at) => {
      try {
        return (await host.stat(at)).dev;
      } catch {
        return null;
      }
    },
  });
}
