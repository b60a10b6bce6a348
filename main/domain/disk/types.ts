import type { Bytes } from '../policy/types.js';

/** How far a figure can be relied on; what is unknown is null, never zero (JUDGING §7). */
export type Quality = 'measured' | 'estimated' | 'unknown';

/** A file system as `df` counts it: what is kept for root is neither used nor available. */
export interface Space {
  /** The folder that answered. */
  of: string;
  used: Bytes;
  available: Bytes;
}

/** Why a figure cannot be had. */
export type Unknowable =
  /** No engine was met yet. */
  | 'no-engine'
  /** An engine in some VM of a product that is not known. */
  | 'some-vm'
  /** Its disk belongs to Windows, out of sight of the distribution that this runs in. */
  | 'outside-wsl'
  /** macOS would ask the person, who has not agreed to that yet. */
  | 'not-agreed'
  /** The system refused it. */
  | 'refused'
  | 'no-file'
  /** The volume that the product's settings name is not mounted. */
  | 'no-volume'
  /** No answer in time. */
  | 'silent'
  /** Neither absent nor refused: it cannot be read. */
  | 'unreadable'
  /** It can be read and makes no sense. */
  | 'damaged'
  /** On another machine's disk: that is never asked. */
  | 'elsewhere'
  /** Several machines could be the one. */
  | 'ambiguous'
  | 'no-limit';

/** What is unknown and the file or folder that this is about. */
export interface Missing {
  why: Unknowable;
  about: string | null;
}

/** The most that a VM's disk may hold. */
export interface Limit {
  bytes: Bytes;
  /** `file`: the size that the disk file itself has for the VM; `assumed`: the product's own figure. */
  from: 'settings' | 'file' | 'engine' | 'assumed';
}

/**
 * Whether bytes that become free inside come back to the host (HOSTS §2, "Before promising host
 * bytes"): usually shortly, at the VM's next start or trim, or never. Null: not known.
 */
export type Returns = 'shortly' | 'restart' | 'no' | null;

/** A figure in a product's settings that can only be a mistake. */
export interface Oddity {
  kind: 'bytes-as-mib';
  file: string;
}

/** The disk of an engine in a VM, as read from its product's files. */
export interface VmDisk {
  kind: 'vm';
  /** The VM's disk file; null where it is not known which one it is. */
  file: string | null;
  /** Bytes that it takes on the host. */
  allocated: Bytes | null;
  /** `none`: the product sets none, and the host's disk is all there is to it. */
  limit: Limit | 'none' | Missing;
  /** The file system that holds the file. */
  host: Space | Missing;
  /** What the engine itself tells of its file system, where it can. */
  inside: { used: Bytes; total: Bytes } | null;
  returns: Returns;
  /** True where allocated bytes follow the used ones closely. */
  close: boolean;
  oddity: Oddity | null;
}

/** What holds an engine's images. */
export type EngineDisk =
  | VmDisk
  /** Folders of this host, one a file system. */
  | { kind: 'folders'; spaces: (Space | Missing)[] }
  /** The same in a WSL distribution, whose file system is a file on a drive of Windows. */
  | { kind: 'wsl'; spaces: (Space | Missing)[]; drive: Space | Missing }
  | { kind: 'unknown'; missing: Missing };

/** What marks on a disk are measured in: the share that is used, or the bytes that are available. */
export type Marks = 'share' | 'bytes';

/** How full a disk is, and how that is known. */
export interface Gauge {
  /** The weaker of the two figures'. */
  quality: Quality;
  used: Bytes | null;
  /** Under a VM at least so much can still be written. */
  available: Bytes | null;
  qualityOf: { used: Quality; available: Quality };
  /** The folder or file that was measured. */
  of: string | null;
  /** What `used` was got from: a file system, the VM's disk file, or the engine's own word. */
  how: 'file-system' | 'disk-file' | 'engine' | null;
  /**
   * Set where `used` is an upper bound: `close` to what is used, or `loose`, since blocks that became
   * free inside may still count.
   */
  bound: 'close' | 'loose' | null;
  /** Bytes that the VM's disk file takes on the host. */
  allocated: Bytes | null;
  limit: Limit | null;
  /** What would end first: the VM's own limit, or the host's disk. Null without a VM. */
  binds: 'limit' | 'host' | null;
  returns: Returns;
  /** Set where a figure is unknown. */
  missing: Missing | null;
  oddity: Oddity | null;
}
