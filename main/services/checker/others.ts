import type { Millis } from '../../domain/facts.js';
import type { Memory } from './memory.js';
import type { Subject } from './subjects.js';

/** Milliseconds that an update may take, should its end never be told: Careen itself may have ended. */
const longest = 3_600_000;
/** Milliseconds by which the engine's clock may be ahead of this one. */
const margin = 2_000;

/**
 * Notices what else puts containers under known names: another updater, `docker compose up`, a person
 * (OWNERS §3).
 */
export class Others {
  #acting: ReadonlySet<string> = new Set();

  /** What Careen updates now: whatever comes to stand under these names is its own doing. */
  acting(memory: Memory, names: ReadonlySet<string>, now: Millis): void {
    for (const name of this.#acting)
      if (!names.has(name)) memory.change(name, { ownUntil: now + margin });
    for (const name of names)
      if (!this.#acting.has(name)) memory.change(name, { ownUntil: now + longest });
    this.#acting = new Set(names);
  }

  /**
   * Compares what stands under each name with what stood there, and remembers it.
   *
   * @param watched whether a new image under a container's name would be an update of it
   * @returns whether something else put another image somewhere
   */
  notice(
    memory: Memory,
    subjects: readonly Subject[],
    watched: (subject: Subject) => boolean,
    now: Millis,
  ): boolean {
    let found = false;
    for (const subject of subjects) {
      const { name, id, imageId, created } = subject.container;
      const before = memory.container(name);
      if (before?.ran.id === id && before.goneAt === null) continue;
      const isWatched = watched(subject);
      if (!before && !isWatched) continue;
      memory.meet(name, { id, imageId });
      if (!before || before.ran.imageId === imageId || !isWatched) continue;
      const at = created ?? now;
      if (at <= (before.ownUntil ?? -Infinity)) continue;
      memory.change(name, { recreated: { at, allowed: false } });
      found = true;
    }
    memory.missing(new Set(subjects.map(({ container }) => container.name)), now);
    return found;
  }
}
