import { firstEngine } from '../../contract/first-engine.js';
import { CareenError } from '../../domain/errors.js';
import type { EngineFacts, Inventory } from '../../domain/facts.js';
import type { MetFirst } from './met.js';
import { nameOf } from './rows.js';
import type { StoredFleet } from './stored.js';
import {
  aliasesOf,
  areParted,
  areTwins,
  idOf,
  isPartedFrom,
  isRoom,
  type Listed,
  reachedAt,
  sayOneId,
} from './twins.js';

/** Which engine each address of the list leads to: one may be reached by several, and several say one ID. */
export class Addresses {
  constructor(
    private readonly listed: () => Listed[],
    private readonly stored: () => StoredFleet,
    private readonly met: Pick<MetFirst, 'idAt'>,
  ) {}

  /** How an engine is called. */
  nameOf(key: string): string {
    const own = this.#at(key);
    return own ? nameOf(own) : key;
  }

  /** The engine ID that an engine has, as far as that is known. */
  idOf(key: string): string | null {
    const own = this.#at(key);
    return own ? idOf(own) : null;
  }

  /**
   * The ID that an engine had at an address, as far as a person knows, or as the first one had it there
   * last; null: nobody was met there.
   */
  idBefore(key: string, endpoint: string): string | null {
    const own = known(this.listed(), key);
    return own.added ? own.added.id : this.met.idAt(endpoint);
  }

  /**
   * What rollbacks need that were recorded at other addresses of what may be the same engine, as far as
   * those were reached: images are kept there, whichever way they are looked at.
   */
  retainedByTwins(key: string): Inventory['retained'] {
    const listed = this.listed();
    const own = at(listed, key);
    if (!own) return [];
    const stored = this.stored();
    const twins = listed.filter((other) => areTwins(own, other, stored));
    return [
      ...twins.flatMap(({ room }) => (isRoom(room) ? room.retained() : [])),
      ...aliasesOf(own, stored).flatMap(({ retained }) => retained),
    ];
  }

  /**
   * Whether an engine may be held in a room.
   *
   * @throws CareenError `engine-twice`, as `notTwice`; `engine-replaced`: it is not the one that a person
   *   added, or that the first one was there; `engine-unknown`: it is off the list by now
   */
  mayBe(key: string, facts: EngineFacts): void {
    this.notTwice(key, facts);
    const reached = reachedAt(this.listed(), this.stored(), key, facts);
    if (reached)
      throw new CareenError('engine-twice', { endpoint: facts.endpoint, name: nameOf(reached) });
    const { endpoint } = facts;
    const before = this.idBefore(key, endpoint);
    if (before !== null && before !== facts.id)
      throw new CareenError('engine-replaced', {
        ...{ endpoint, name: this.nameOf(key) || endpoint, engine: key },
      });
  }

  /** Throws `engine-twice` where another engine than that of `key`, if given, has the address. */
  notTwice(key: string | null, { endpoint }: EngineFacts): void {
    for (const other of this.listed()) {
      if (other.key === key) continue;
      const held = isRoom(other.room) ? other.room.connection.engine?.facts.endpoint : undefined;
      if ((held ?? other.added?.endpoint) === endpoint)
        throw new CareenError('engine-twice', { endpoint, name: nameOf(other) });
    }
  }

  /** Whether a person said that two are two engines, though they say the same ID. */
  areParted(key: string, other: string): boolean {
    const listed = this.listed();
    const [one, two] = [at(listed, key), at(listed, other)];
    return one !== null && two !== null && areParted(one, two, this.stored());
  }

  /** Whether a person said that at that address is another engine than that of `key`, with the same ID. */
  isPartedFrom(key: string, id: string, endpoint: string): boolean {
    const own = this.#at(key);
    return own !== null && isPartedFrom(own, id, endpoint, this.stored());
  }

  /** Keys of all others that may have runs on an engine with that ID: the first's own is not known before. */
  mayBeTwins(key: string, id: string): string[] {
    return this.listed().flatMap((other) => {
      const may = other.key === firstEngine || other.added?.id === id;
      return may && other.key !== key && !this.areParted(key, other.key) ? [other.key] : [];
    });
  }

  has(key: string): boolean {
    return this.#at(key) !== null;
  }

  /**
   * Two of the list that say one ID.
   *
   * @throws CareenError `engine-unknown`; `input-invalid`: it is the same one; `engines-differ`; why one
   *   is not to be had, where its ID is not known otherwise
   */
  pair(key: string, other: string): [Listed, Listed] {
    const listed = this.listed();
    const [one, two] = [known(listed, key), known(listed, other)];
    if (one.key === two.key)
      throw new CareenError('input-invalid', {
        what: 'OTHER',
        found: nameOf(two),
        expected: 'another-engine',
      });
    for (const each of [one, two])
      if (idOf(each) === null && isRoom(each.room)) each.room.connection.required();
    if (!sayOneId(one, two))
      throw new CareenError('engines-differ', { name: nameOf(one), other: nameOf(two) });
    return [one, two];
  }

  #at(key: string): Listed | null {
    return at(this.listed(), key);
  }
}

function at(listed: readonly Listed[], key: string): Listed | null {
  return listed.find((one) => one.key === key) ?? null;
}

function known(listed: readonly Listed[], key: string): Listed {
  const found = at(listed, key);
  if (!found) throw new CareenError('engine-unknown', { engine: key });
  return found;
}
