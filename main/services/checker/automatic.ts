import { atMoment, type Clock, type Timer } from '../../adapters/clock.js';
import type { ContainerActs } from '../../adapters/docker/container-acts.js';
import { isForAll } from '../../contract/pending.js';
import type { UpdateRow } from '../../contract/updates.js';
import { CareenError } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import { isLocal } from '../../domain/identity.js';
import { normalise } from '../../domain/reference.js';
import { hasData } from '../../domain/update/data.js';
import type { DetailReader } from './details.js';
import type { Moment } from './moment.js';
import type { Standing } from './standing.js';
import { isNamed, type Subject } from './subjects.js';

/** Milliseconds until what waits for the mains is looked at again. */
const onBattery = 15 * 60_000;

/** What updates by themselves depend on besides the checks. */
export interface Circumstances {
  engine(): Pick<ContainerActs, 'inspectContainer'> | null;
  pausedUntil(): Millis | null;
  /** Whether the machine runs on battery; null is unknown. */
  power(): Promise<boolean | null>;
  /** Resolves once registries were asked whether they have these images, by ID. */
  verify(imageIds: readonly string[]): Promise<void>;
}

/** Finds what `auto` may update, and when more of it may (UPDATING §3). */
export class Automatic {
  /** By container ID: what a container mounts never changes. Of a service each listing tells. */
  readonly #data = new Map<string, boolean>();
  #timer: Timer | null = null;
  /** When what waits for the mains is looked at again. */
  #mainsAt: Millis | null = null;

  constructor(
    private readonly from: Circumstances,
    private readonly details: DetailReader,
    private readonly clock: Clock,
  ) {}

  readonly hasData = (containerId: string): boolean | undefined => this.#data.get(containerId);

  /**
   * Names of what may be updated by itself now. What that depends on is read first, of what would go
   * else: each new version once.
   *
   * @param moment as things stand, now and after reading; null: no engine is at hand
   */
  async due(moment: () => Promise<Moment | null>): Promise<string[]> {
    this.#mainsAt = null;
    const before = await moment();
    if (before === null || !this.#mayAct(before)) return [];
    this.#forget(before);
    const now = this.clock.now();
    const candidates = before.standings.all.filter((one) => this.#mayGo(before, one, now));
    if (candidates.length === 0) return [];
    if ((await this.from.power()) === true) {
      this.#mainsAt = now + onBattery;
      return [];
    }
    const read = await Promise.all(candidates.map((standing) => this.#read(before, standing)));
    const unknown = candidates.flatMap(({ subject: { image, ofRegistry } }) =>
      image !== null && ofRegistry === null ? [image.id] : [],
    );
    if (unknown.length > 0) await this.from.verify(unknown);
    const after = await moment();
    if (after === null) return [];
    const names = candidates.flatMap((one, n) => (read[n] ? [one.subject.container.name] : []));
    const rows = after.rows(this.clock.now());
    return names.filter((name) => {
      const subject = after.subjects.get(name);
      const standing = subject && after.standings.of(subject);
      return (
        standing !== null &&
        isWilling(rows.row(standing)) &&
        rows.heldBack(standing, 'auto', true) === null
      );
    });
  }

  /**
   * Reads which of those that "all" would take in a major step have data, once for each container.
   * What cannot be read is taken to have some.
   */
  async readMajors(moment: Moment): Promise<void> {
    const rows = moment.rows(this.clock.now());
    const unread = moment.standings.all.filter((standing) => {
      const row = rows.row(standing);
      return row.majorWithData && isForAll(row) && this.#isUnread(standing);
    });
    await Promise.all(
      unread.map(({ subject }) =>
        this.#dataOf(subject).catch((e: unknown) => {
          if (!(e instanceof CareenError)) throw e;
        }),
      ),
    );
  }

  /**
   * Waits for the moment at which more may be updated or told of.
   *
   * @param act called then
   */
  wait(rows: readonly UpdateRow[], act: () => void): void {
    this.#timer?.cancel();
    this.#timer = null;
    const now = this.clock.now();
    const moments = rows.flatMap(({ verdict, heldBack }) =>
      verdict.state === 'available' && heldBack !== null && 'until' in heldBack
        ? [heldBack.until]
        : [],
    );
    const paused = this.from.pausedUntil() ?? 0;
    if (paused > now && rows.some(isWilling)) moments.push(paused);
    if (this.#mainsAt !== null) moments.push(this.#mainsAt);
    const next = Math.min(...moments.filter((at) => at > now));
    if (next !== Infinity) this.#timer = atMoment(this.clock, next, act);
  }

  close(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  /** By itself Careen acts on local engines only (DESIGN §1.7), and not while a person paused it. */
  #mayAct({ inventory }: Moment): boolean {
    return isLocal(inventory.engine) && (this.from.pausedUntil() ?? 0) <= this.clock.now();
  }

  /** Whether nothing is known to hold it back, though not all may be known yet. */
  #mayGo(moment: Moment, standing: Standing, now: Millis): boolean {
    const rows = moment.rows(now);
    const held = rows.heldBack(standing, 'auto');
    return (
      isWilling(rows.row(standing)) &&
      (held === null || (held.code === 'major-with-data' && this.#isUnread(standing)))
    );
  }

  #isUnread({ subject: { service, container } }: Standing): boolean {
    return service === null && !this.#data.has(container.id);
  }

  #forget({ inventory }: Moment): void {
    const there = new Set(inventory.containers.map(({ id }) => id));
    for (const id of this.#data.keys()) if (!there.has(id)) this.#data.delete(id);
  }

  /** Whether all that an update by itself depends on could be read. */
  async #read(moment: Moment, { subject, verdict }: Standing): Promise<boolean> {
    const { memory } = moment;
    if (!isNamed(subject) || verdict.state !== 'available') return false;
    try {
      if ((await this.#dataOf(subject)) === null) return false;
      if (verdict.source !== 'registry') return true;
      if (verdict.to.digest === null) return false;
      await this.details.ofRegistry(memory, subject, verdict.to.digest);
      return true;
    } catch (e) {
      if (!(e instanceof CareenError)) throw e;
      // Without what it tells, `auto` waits for the next check; the row says why.
      memory.failed(normalise(subject.reference), this.clock.now(), e);
      return false;
    }
  }

  /** Whether one has data; null: no engine is at hand, or it is gone. Throws as the engine does. */
  async #dataOf({ service, container: { id } }: Subject): Promise<boolean | null> {
    if (service !== null) return service.hasData;
    const known = this.#data.get(id);
    if (known !== undefined) return known;
    const spec = await this.from.engine()?.inspectContainer(id);
    if (!spec) return null;
    this.#data.set(id, hasData(spec));
    return hasData(spec);
  }
}

/** Whether a row's mode lets it be updated by itself, and no update before it is still to be proven. */
const isWilling = (row: UpdateRow) => row.mode === 'auto' && isForAll(row) && row.unproven === null;
