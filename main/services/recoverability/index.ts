import type { Clock, Timer } from '../../adapters/clock.js';
import type { CareenError } from '../../domain/errors.js';
import type { EngineIdentity, ImageFacts, Inventory } from '../../domain/facts.js';
import { sameEngine } from '../../domain/identity.js';
import { repositoryOfName, splitReference } from '../../domain/reference.js';
import type { Judging } from '../judging.js';
import type { Knowledge } from '../knowledge/index.js';
import type { Sighting } from '../types.js';
import { Answers, type Registry } from './answers.js';

type Known = Sighting & { kind: 'recoverable' };

/** Milliseconds within which answers are told together: each is judged anew. */
const toldTogether = 200;

/** Milliseconds after a window opened: what it shows first comes before what is asked for it. */
const beginsAfter = 1_000;

/** Milliseconds until registries that could not tell are asked again while a window watches. */
const looksAgainAfter = 120_000;

/** The namespace that nobody but Docker itself can push to. */
const official = 'docker.io/library/';

/**
 * Asks registries whether images that may go could be had again, and lets knowledge know (JUDGING §2).
 * What cannot be told stays as it was known, with the reason at hand.
 */
export class Recoverability {
  readonly #answers: Answers;
  readonly #reasons = new Map<string, CareenError>();
  #untold: { engine: EngineIdentity; sighting: Known }[] = [];
  #telling: Timer | null = null;
  #again: Timer | null = null;
  #watched = false;

  constructor(
    registry: Registry,
    private readonly knowledge: Pick<Knowledge, 'engine' | 'see'>,
    private readonly judging: Judging,
    private readonly clock: Clock,
  ) {
    this.#answers = new Answers(registry, () => clock.now());
    judging.on('changed', () => this.#look());
  }

  /** While a window watches, whatever a plan would hold is asked about as soon as it would. */
  watch(watched: boolean): void {
    this.#watched = watched;
    this.#again?.cancel();
    this.#again = watched ? this.clock.after(beginsAfter, () => this.#look()) : null;
  }

  /**
   * Asks about those of these images whose answer is not known or a day old. Resolves when all have
   * answered and their facts are known, or after `deadline` ms; what comes later is still taken in.
   */
  async verify(ids: readonly string[], deadline: number): Promise<void> {
    const inventory = await this.judging.sense();
    const asked = this.#ask(inventory, new Set(ids));
    await new Promise<void>((resolve) => {
      const timer = this.clock.after(deadline, resolve);
      void asked.then(() => {
        timer.cancel();
        resolve();
      });
    });
    this.#tell();
  }

  /** Asks about them without anybody waiting for it. */
  begin(inventory: Inventory, ids: readonly string[]): void {
    void this.#ask(inventory, new Set(ids));
  }

  /** Why it could not be told whether an image can be had again; null where it was not asked or was told. */
  reasonOf(imageId: string): CareenError | null {
    return this.#reasons.get(imageId) ?? null;
  }

  close(): void {
    this.#watched = false;
    this.#again?.cancel();
    this.#telling?.cancel();
    this.#tell();
  }

  #look(): void {
    this.#again?.cancel();
    this.#again = null;
    const { current } = this.judging;
    if (!this.#watched || !current) return;
    const ids = current.plan.items.flatMap(({ kind, id }) => (kind === 'image' ? [id] : []));
    void this.#ask(current.inventory, new Set(ids)).then(() => {
      if (!this.#watched || !ids.some((id) => this.#reasons.has(id))) return;
      this.#again?.cancel();
      this.#again = this.clock.after(looksAgainAfter, () => this.#look());
    });
  }

  async #ask({ engine, images }: Inventory, ids: ReadonlySet<string>): Promise<void> {
    this.#answers.forget();
    const due = images.filter((image) => ids.has(image.id) && isDue(image));
    await Promise.all(due.map((image) => this.#askFor(image, engine)));
  }

  async #askFor({ id, digests, origin }: ImageFacts, engine: EngineIdentity): Promise<void> {
    const asked = digests.filter((name) => couldBePulled(name, origin));
    const answers = await Promise.all(asked.map((name) => this.#answers.of(name)));
    const failed = answers.find(({ error }) => error !== null);
    const found = answers.find((answer) => answer.found === true);
    if (found) this.#know(engine, { kind: 'recoverable', id, state: 'verified', at: found.at });
    else if (failed?.error) this.#reasons.set(id, failed.error);
    else if (answers.length > 0) {
      const at = Math.min(...answers.map((answer) => answer.at));
      this.#know(engine, { kind: 'recoverable', id, state: 'no', at });
    }
  }

  #know(engine: EngineIdentity, sighting: Known): void {
    this.#reasons.delete(sighting.id);
    this.#untold.push({ engine, sighting });
    this.#telling ??= this.clock.after(toldTogether, () => this.#tell());
  }

  /** What was learnt about the images of another engine than the present one is dropped. */
  #tell(): void {
    this.#telling?.cancel();
    this.#telling = null;
    const now = this.knowledge.engine;
    const sightings = this.#untold
      .splice(0)
      .flatMap(({ engine, sighting }) => (now && sameEngine(engine, now) ? [sighting] : []));
    if (sightings.length > 0) this.knowledge.see(sightings);
  }
}

function isDue({ digests, recoverable }: ImageFacts): boolean {
  const { state } = recoverable;
  return digests.length > 0 && (state === 'likely' || state === 'unknown');
}

/** A build made here under a short name is in no registry: Docker Hub need not hear of it. */
function couldBePulled(name: string, origin: ImageFacts['origin']): boolean {
  return origin !== 'built' || !repositoryOfName(splitReference(name).name).startsWith(official);
}
