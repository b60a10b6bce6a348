import path from 'node:path';
import type { Clock, Timer } from '../adapters/clock.js';
import type { FoundPath } from '../adapters/host/folders.js';
import type { Millis } from '../domain/facts.js';
import { isLocal } from '../domain/identity.js';
import type { Knowledge } from './knowledge/index.js';

type Known = Knowledge['projects'][number];

/** Looks at a path of this host; null where it cannot be known. The adapter's, handed in. */
export type LookAt = (file: string) => Promise<FoundPath | null>;

/** Milliseconds: while a window watches, at most this often. */
const lookEvery = 10 * 60_000;

/** Milliseconds that whoever asks waits for all folders together; the rest is told later. */
const patience = 2_000;

/** Milliseconds: projects that come together are looked at together. */
const together = 500;

/** Folders below which other disks and hosts are mounted. */
const mounts = ['/mnt', '/media', '/run/media', '/Volumes'];

interface Presence {
  present: boolean | null;
  /** The mount point below which the folder stands, where it does. */
  mount: string | null;
}

/**
 * Tells knowledge which projects' folders and files still stand on this host (JUDGING §2). It looks
 * when a project is learnt of, before a plan, and now and then while a window watches; idle, never.
 */
export class Projects {
  #learnt: Timer | null = null;
  #watching: Timer | null = null;
  #lookedAt: Millis | null = null;
  #looking: Promise<void> | null = null;

  constructor(
    private readonly knowledge: Knowledge,
    private readonly lookAt: LookAt,
    private readonly clock: Clock,
  ) {
    knowledge.on('project', () => {
      this.#learnt ??= clock.after(together, () => {
        this.#learnt = null;
        void this.#look();
      });
    });
  }

  /** Looks at all of them; resolves when that is done, or has taken long. */
  async look(): Promise<void> {
    let timer: Timer | undefined;
    const late = new Promise<void>((resolve) => {
      timer = this.clock.after(patience, resolve);
    });
    await Promise.race([this.#look(), late]);
    timer?.cancel();
  }

  /** Whether a window watches. */
  watch(on: boolean): void {
    this.#watching?.cancel();
    this.#watching = null;
    if (!on) return;
    const since = this.#lookedAt === null ? Infinity : this.clock.now() - this.#lookedAt;
    if (since < 0 || since >= lookEvery) void this.#look();
    this.#watching = this.clock.every(lookEvery, () => void this.#look());
  }

  close(): void {
    this.#learnt?.cancel();
    this.#watching?.cancel();
  }

  /** Who asks while it is looked gets the same answer. */
  #look(): Promise<void> {
    this.#looking ??= this.#lookAtAll().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  /** One after another: each look holds a thread that all files share. */
  async #lookAtAll(): Promise<void> {
    this.#lookedAt = this.clock.now();
    const { engine, projects } = this.knowledge;
    // Whether a folder here is meant, or one of the same name on the engine's machine, no label says.
    if (engine && !isLocal(engine)) return;
    const found = new Map<string, Presence>();
    for (const project of projects) found.set(project.key, await this.#presenceOf(project));
    // Another engine's projects are none of this one's business.
    if (found.size > 0 && engine === this.knowledge.engine) this.knowledge.takePresence(found);
  }

  /** A project is there when its folder is, and one of its files where it has some. */
  async #presenceOf({ kind, folder, files, stoodOn }: Known): Promise<Presence> {
    if (folder === null) return { present: null, mount: null };
    const found = await this.lookAt(folder);
    const mount = found?.there ? found.mount : null;
    const stands = presentBy(found, stoodOn);
    if (stands !== true || kind !== 'compose') return { present: stands, mount };
    const own = files.filter((file) => file !== '-').map((file) => absolute(folder, file));
    if (own.length === 0) return { present: true, mount };
    const each: (boolean | null)[] = [];
    for (const file of own) {
      // What Compose fetched from elsewhere is no file of this host.
      const at = file.includes('://') ? null : await this.lookAt(file);
      each.push(presentBy(at, stoodOn ?? mount));
      if (each.at(-1) === true) return { present: true, mount };
    }
    return { present: each.includes(null) ? null : false, mount };
  }
}

/** Labels may have been written on another system, whose absolute paths are none of this one's. */
function absolute(folder: string, file: string): string {
  return /^([\\/]|[A-Za-z]:|\w+:\/\/)/.test(file) ? file : path.join(folder, file);
}

/**
 * Whether a path that was looked at is there. Gone is said only where it would be seen: its disk is
 * mounted. Of a path that was never seen to stand here, a folder near it must be this host's: it
 * may be one inside another machine, or on a disk that is not there.
 *
 * @param stoodOn the mount point below which it was seen to stand; null: never seen
 */
export function presentBy(found: FoundPath | null, stoodOn: string | null): boolean | null {
  if (found === null) return null;
  if (found.there) return true;
  if (stoodOn !== null) return found.mount === stoodOn ? false : null;
  const away = mounts.some((at) => `${found.nearest}/`.startsWith(`${at}/`));
  if (away) return mounts.some((at) => found.mount.startsWith(`${at}/`)) ? false : null;
  return found.nearest.split(/[\\/]/).filter((part) => part !== '').length >= 2 ? false : null;
}
