import type { Space } from '../../../domain/disk/types.js';
import type { EngineFacts } from '../../../domain/facts.js';

/** What must be known of an engine to find its disk. */
export interface DiskEngine {
  facts: EngineFacts;
  /** The system that the engine runs on, as `/info` tells of it. */
  system: { hostname: string; kernel: string; dataRoot: string };
  /** Folders of this host whose file systems hold the images; empty behind a VM. */
  diskRoots: readonly string[];
  /** Podman's own measure of its store, in bytes; null of other products. Rejects when it cannot answer. */
  storeUse(): Promise<{ used: number; total: number } | null>;
}

/** A distribution of WSL, as Windows has it registered. */
export interface Distribution {
  name: string;
  /** Its folder, without the `\\?\` before it. */
  folder: string;
  /** The name of its disk file there. */
  file: string;
}

/** What of a machine tells of an engine's disk; a value, so that every product's can be tested. */
export interface DiskHost {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  /** Bytes, blocks of 512 bytes, and the file system. Rejects with the system's code. */
  stat(file: string): Promise<{ size: number; blocks: number; dev: number }>;
  /** Rejects with the system's code. */
  readFile(file: string): Promise<string>;
  /** The first bytes of a file. Rejects with the system's code. */
  head(file: string, bytes: number): Promise<Uint8Array>;
  /** The names in a folder. Rejects with the system's code. */
  readdir(folder: string): Promise<string[]>;
  /** Null where it cannot be measured. */
  space(folder: string): Promise<Space | null>;
  /** Bytes on the disk of a sparse file on Windows; null of any other. It may start a process. */
  sparseSize(file: string): Promise<number | null>;
  /** Those of this user; none elsewhere than on Windows. It may start a process. */
  distributions(): Promise<Distribution[]>;
}
