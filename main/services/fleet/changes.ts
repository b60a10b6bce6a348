import { isDeepStrictEqual } from 'node:util';
import { firstEngine } from '../../contract/first-engine.js';
import { CareenError } from '../../domain/errors.js';
import type { Turns } from '../turns.js';
import type { Addresses } from './addresses.js';
import type { CutOffByTwins } from './cut-off.js';
import type { Known, MetFirst } from './met.js';
import type { Rooms } from './rooms.js';
import { isCutOff } from './rows.js';
import { addedAs, entryOf, type FleetDoc, type StoredEngine, type StoredFleet } from './stored.js';
import { joined, parted, withAdded, withId, without } from './twins.js';
import type { Room } from './types.js';

/** The list of engines, as far as it is changed here, and who is told. */
export interface ChangesGround {
  doc: FleetDoc;
  met: Pick<MetFirst, 'keep'>;
  turns: Pick<Turns, 'look'>;
  addresses: Pick<Addresses, 'nameOf' | 'pair'>;
  cutOff: Pick<CutOffByTwins, 'finished' | 'unfinished'>;
  rooms: Rooms;
  /** An engine went off the list, and its room is closed for good. */
  closed: (key: string) => void;
  changed: () => void;
  failed: (error: unknown) => void;
}

/** What a person changes of the list of engines: who stands in it, as what, and whose policy holds. */
export class Changes {
  constructor(private readonly list: ChangesGround) {}

  /** Adds an engine and opens its room. */
  async add(engine: StoredEngine): Promise<Room> {
    await this.list.doc.set(withAdded(this.list.doc.value, engine));
    this.list.changed();
    return this.list.rooms.room(engine.key);
  }

  /**
   * Takes an engine off the list.
   *
   * @param leaves whether a person was told that a run was cut off there, and leaves it half done
   * @throws CareenError `engine-unknown`, `engine-first`, `run-under-way`; `engine-unfinished`: one was
   *   cut off, and nobody was told
   */
  async remove(key: string, leaves = false): Promise<void> {
    this.#entry(key);
    if (!leaves) await this.#mayLeave(key, 'remove');
    await this.#takeOff(key, (stored) => without(stored, this.#entry(key)));
  }

  /**
   * Another engine than the added one of that key is at its address, as a person says: it stands in the
   * list in its place. Throws as `remove`; why its room does not open is told as `failed`.
   */
  async replaceAdded(key: string, other: StoredEngine, leaves: boolean): Promise<void> {
    this.#entry(key);
    if (!leaves) await this.#mayLeave(key, 'another');
    await this.#takeOff(key, (stored) => withAdded(without(stored, this.#entry(key)), other));
    await this.list.rooms.room(other.key).catch((failed: unknown) => this.list.failed(failed));
  }

  /**
   * Two addresses are one engine's, as a person says: `key` stays, and `other` goes off the list.
   *
   * @throws CareenError as `remove`; `engines-differ`: they do not say the same ID; why the other is not
   *   to be had: what is kept there would be lost; `twin-unfinished`: a run was cut off by way of it, and
   *   nobody else would finish it
   */
  async join(key: string, other: string): Promise<void> {
    const [stays, goes] = this.list.addresses.pair(key, other);
    const gone = this.#entry(goes.key);
    const room = await this.list.rooms.room(goes.key);
    // Nobody is to wait for a run only to be refused.
    if (room.runs.busy) throw new CareenError('run-under-way', {});
    const { facts } = await room.reached();
    await this.list.cutOff.finished(stays.key, facts);
    if (room.unfinished().length > 0) throw this.list.cutOff.unfinished(goes.key);
    const kept = room.retained();
    await this.#takeOff(other, (stored) => joined(stored, stays, gone, kept));
  }

  /** They are two engines, as a person says: they wait for, and hold, nothing of one another. Throws `engines-differ`. */
  async part(key: string, other: string): Promise<void> {
    const [one, two] = this.list.addresses.pair(key, other);
    await this.list.doc.set(parted(this.list.doc.value, one, two));
    this.list.turns.look();
    this.list.changed();
  }

  /**
   * Changes how an engine is called, or by whose policy it goes; its room is opened anew by the latter.
   * Throws as `remove`.
   */
  async change(key: string, change: Partial<Pick<StoredEngine, 'name' | 'policy'>>): Promise<void> {
    this.#entry(key);
    const write = async () => {
      this.#entry(key);
      const { value } = this.list.doc;
      const engines = value.engines.map((one) => (one.key === key ? { ...one, ...change } : one));
      await this.list.doc.set({ ...value, engines });
    };
    if (change.policy !== undefined) return this.#anew(key, write);
    await this.list.rooms.alone(key, write);
    this.list.changed();
  }

  /**
   * An engine has another ID from now on, as a person says: it is the same one. Its room is opened anew
   * by that. Throws `run-under-way`, `engine-unknown`.
   *
   * @param whileShut done once nothing of the engine is open, before the change; what it throws ends it
   */
  setId(before: Known, id: string, whileShut: () => Promise<void>): Promise<void> {
    return this.#anew(before.key, async () => {
      await whileShut();
      await this.#keep(withId(this.list.doc.value, before, id), { ...before, id });
    });
  }

  /**
   * The first engine is another one at its address, as a person says: what was said of the former is
   * forgotten. Its room is opened anew by that. Throws as `remove`.
   */
  async replaceFirst(before: Known, id: string, leaves: boolean): Promise<void> {
    if (!leaves) await this.#mayLeave(firstEngine, 'another');
    await this.#anew(firstEngine, () =>
      this.#keep(without(this.list.doc.value, before), { ...before, id }),
    );
  }

  /** Whether runs of several engines may be under way at once. */
  async setTogether(together: boolean): Promise<void> {
    await this.list.doc.set({ ...this.list.doc.value, together });
    this.list.turns.look();
    this.list.changed();
  }

  /** Throws `engine-unfinished` where a run was cut off by way of an engine. */
  async #mayLeave(key: string, act: 'remove' | 'another'): Promise<void> {
    // What cannot be opened tells of no run, and is not to stay for ever; why is in its row.
    const room = await this.list.rooms.room(key).catch((e: unknown) => {
      if (e instanceof CareenError) return null;
      throw e;
    });
    if (room && isCutOff(room))
      throw new CareenError('engine-unfinished', { name: this.list.addresses.nameOf(key), act });
  }

  async #takeOff(key: string, change: (stored: StoredFleet) => StoredFleet): Promise<void> {
    await this.list.rooms.alone(key, async () => {
      this.#entry(key);
      await this.list.rooms.shut(key);
      await this.list.doc.set(change(this.list.doc.value));
    });
    this.list.closed(key);
    this.list.changed();
  }

  /** Writes down who an engine is. With one engine there is no list, so none is made. */
  async #keep(stored: StoredFleet, now: Known): Promise<void> {
    if (now.key === firstEngine) await this.list.met.keep(now);
    if (!isDeepStrictEqual(stored, this.list.doc.value)) await this.list.doc.set(stored);
  }

  /** Does something while nothing of an engine is open, which is opened anew then, also where that fails. */
  async #anew(key: string, act: () => Promise<void>): Promise<void> {
    try {
      await this.list.rooms.alone(key, async () => {
        addedAs(this.list.doc.value, key);
        await this.list.rooms.shut(key);
        await act();
      });
    } catch (e) {
      const { engines } = this.list.doc.value;
      if (key === firstEngine || engines.some((one) => one.key === key))
        await this.list.rooms.room(key).catch((failed: unknown) => this.list.failed(failed));
      throw e;
    }
    this.list.changed();
    await this.list.rooms.room(key);
  }

  #entry(key: string): StoredEngine {
    return entryOf(this.list.doc.value, key);
  }
}
