import type { Millis } from '../../domain/facts.js';
import type { Memory } from './memory.js';
import type { Remembered } from './records.js';
import type { Subject } from './subjects.js';

/** Milliseconds that an update may take, should its end never be told: Careen itself may have ended. */
const longest = 3_600_000;

/**
 * Notices what else puts containers under known names, or other images into services: another updater,
 * `docker compose up`, `docker stack deploy`, a person (OWNERS §3).
 */
export class Others {
  /** From now on whatever comes to stand under this name is Careen's own doing. */
  begin(memory: Memory, name: string, now: Millis): void {
    memory.change(name, { ownUntil: now + longest });
  }

  /**
   * What comes from now on is not any more.
   *
   * @param ran what Careen left there; null: nothing, or that is not known
   */
  end(memory: Memory, name: string, ran: Remembered['ran'] | null, now: Millis): void {
    memory.change(name, { ownUntil: now, ...(ran && { ran }) });
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
      const { name, id, created } = subject.container;
      const imageId = subject.runs;
      const before = memory.container(name);
      const isSame = before?.ran.id === id && before.ran.imageId === imageId;
      if (isSame && before.goneAt === null) continue;
      const isWatched = watched(subject);
      if (!before && !isWatched) continue;
      const at = created ?? now;
      const isOwn = before !== null && at <= (before.ownUntil ?? -Infinity);
      // After an update the engine's news may still be of what it replaced.
      memory.meet(name, isOwn ? before.ran : { id, imageId });
      if (isOwn || !before || before.ran.imageId === imageId || !isWatched) continue;
      memory.change(name, { recreated: { at, allowed: false } });
      found = true;
    }
    memory.missing(new Set(subjects.map(({ container }) => container.name)), now);
    return found;
  }
}
