import type { Clock } from '../../adapters/clock.js';
import type { ContainerActs } from '../../adapters/docker/container-acts.js';
import { CareenError } from '../../domain/errors.js';
import { sameEngine } from '../../domain/identity.js';
import { normalise } from '../../domain/reference.js';
import { isUntold } from '../../domain/swarm/subject.js';
import type { Judging } from '../judging.js';
import { Memories, type StoredChecks } from './memories.js';
import { Moment, type Surroundings } from './moment.js';
import { Others } from './others.js';
import type { Subject } from './subjects.js';

/** What is judged, and whether that is what the engine holds now or only what is remembered of it. */
export interface ViewGround {
  judging: Pick<Judging, 'current' | 'sense' | 'settled' | 'on'>;
  isCurrent(): boolean;
  engine(): Pick<ContainerActs, 'containerNow'> | null;
}

/** What checks know of the engine at hand, as it changes. */
export class View {
  readonly #memories: Memories;
  readonly #others = new Others();
  #loading: Promise<void> = Promise.resolve();
  #moment: Moment | null = null;
  /** What Careen updates now, by name. */
  updating: ReadonlySet<string> = new Set();
  #isUnsaved = false;

  constructor(
    private readonly from: ViewGround,
    stored: StoredChecks,
    private readonly around: Surroundings,
    private readonly clock: Clock,
    private readonly tell: { changed: () => void; failed: (error: unknown) => void },
  ) {
    this.#memories = new Memories(stored);
    from.judging.on('changed', () => this.#judged());
    this.#judged();
  }

  /** Null while no engine is read, or what is remembered of it is not. */
  get current(): Moment | null {
    const judged = this.from.judging.current;
    const known = this.#memories.current;
    if (!judged || !known || !sameEngine(judged.inventory.engine, known.engine)) return null;
    const before = this.#moment;
    if (before?.judged === judged && before.memory === known.memory) return before;
    this.#moment = new Moment(judged, known.memory, this.around);
    return this.#moment;
  }

  /** Resolves once what is known is of the engine and the policy as they are now. */
  async settled(): Promise<void> {
    await this.from.judging.settled();
    await this.#loading;
  }

  /** As things stand now; throws what keeps the engine from answering. */
  async now(): Promise<Moment> {
    const { engine } = await this.from.judging.sense();
    await this.settled();
    const moment = this.current;
    if (!moment) throw new CareenError('engine-lost', { endpoint: engine.endpoint });
    return moment;
  }

  /** Resolves once what is remembered is on the disk. Throws `home-unwritable`. */
  async save({ inventory, memory, subjects }: Moment): Promise<void> {
    this.#isUnsaved = false;
    const references = subjects.all.flatMap(({ reference }) =>
      reference === null ? [] : [normalise(reference)],
    );
    await this.#memories.save(inventory.engine, memory, () =>
      memory.stored(new Set(references), this.clock.now()),
    );
  }

  /** Saves where nobody waits for it. */
  saveLater(moment: Moment): void {
    this.save(moment).catch(this.tell.failed);
  }

  /** What Careen updates from now on: what comes to stand under these names is nobody else's doing. */
  setUpdating(names: ReadonlySet<string>): void {
    const before = this.updating;
    this.updating = names;
    const moment = this.current;
    if (!moment) return;
    const begun = [...names].filter((name) => !before.has(name));
    const ended = [...before].filter((name) => !names.has(name));
    for (const name of begun) this.#others.begin(moment.memory, name, this.clock.now());
    for (const name of ended) this.#end(moment, name).catch(this.tell.failed);
    if (begun.length > 0) this.saveLater(moment);
  }

  async close(): Promise<void> {
    const moment = this.current;
    if (moment && this.#isUnsaved) await this.save(moment);
  }

  /** The engine tells what Careen left there, for its news of it may come later. */
  async #end(moment: Moment, name: string): Promise<void> {
    const isService = moment.subjects.get(name)?.kind === 'service';
    if (isService || isUntold(moment.inventory, name)) return this.#endOfService(name);
    const now = this.clock.now();
    const left = (await this.from.engine()?.containerNow(name)) ?? null;
    if (this.updating.has(name)) return;
    const ran = left && { id: left.id, imageId: left.imageId };
    this.#others.end(moment.memory, name, ran, now);
    this.saveLater(moment);
  }

  /**
   * A service says not when it was changed: until it was looked at anew all is Careen's doing. Where no
   * manager answers it stays so for as long as an update may take.
   */
  async #endOfService(name: string): Promise<void> {
    const moment = await this.now();
    const subject = moment.subjects.get(name);
    if (!subject || this.updating.has(name)) return;
    const ran = { id: subject.container.id, imageId: subject.runs };
    this.#others.end(moment.memory, name, ran, this.clock.now());
    this.saveLater(moment);
  }

  #judged(): void {
    const judged = this.from.judging.current;
    if (judged && !this.current) {
      this.#loading = this.#memories.of(judged.inventory.engine).then(
        () => this.#known(),
        (e: unknown) => this.tell.failed(e),
      );
      return;
    }
    this.#known();
  }

  #known(): void {
    const moment = this.current;
    if (moment && this.from.isCurrent()) this.#notice(moment);
    this.tell.changed();
  }

  /** Something else may have put other containers under the names that are known. */
  #notice(moment: Moment): void {
    const { memory, subjects } = moment;
    const now = this.clock.now();
    const isWatched = (subject: Subject) => moment.standings.isWatched(subject);
    const found = this.#others.notice(memory, subjects.all, isWatched, now);
    if (found) this.saveLater(moment);
    else this.#isUnsaved = true;
  }
}
