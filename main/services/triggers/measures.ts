import type { Clock } from '../../adapters/clock.js';
import type { Millis } from '../../domain/facts.js';
import { sameEngine } from '../../domain/identity.js';
import { onDisk } from '../../domain/layers.js';
import type { Pressure, Triggers as Rules } from '../../domain/policy/types.js';
import { lookAtBudget } from '../../domain/triggers/budget.js';
import {
  type DiskReading,
  isOver,
  isRelieved,
  lookAtPressure,
} from '../../domain/triggers/pressure.js';
import type { Cause, Latch, Look } from '../../domain/triggers/types.js';
import type { Gauges } from '../gauges.js';
import type { Judging } from '../judging.js';
import type { Memory } from './memory.js';
import type { Bid, Outcome } from './types.js';
import { Watch } from './watch.js';

/** Milliseconds within which a VM's file has given up what was freed, where it does by itself. */
const settling = 60_000;

/** What is measured, by which rules. */
interface Measured {
  judging: Pick<Judging, 'current'>;
  gauges: Pick<Gauges, 'reading' | 'met'>;
  /** Null while there are none to measure by. */
  rules(): Rules | null;
  /** Whether something may be done by them now. */
  mayFire(): boolean;
  fire(bid: Bid): void;
  /** Whether something is done for a full disk: a question, a wait or a run. */
  isDiskSeenTo(): boolean;
  /** Told at each reading of a disk that is below its low mark. */
  relieved(): void;
}

/** The causes that are measured: a full disk, and images over their budget. */
export class Measures {
  readonly #budget: Watch;
  readonly #pressure: Watch;
  #settled: Millis = -Infinity;

  constructor(
    private readonly from: Measured,
    private readonly memory: Memory,
    private readonly clock: Clock,
  ) {
    this.#budget = this.#watch('budget', (latch) => this.#lookAtBudget(latch), 'image-budget');
    this.#pressure = this.#watch('pressure', (latch) => this.#lookAtPressure(latch), 'pressure');
  }

  /** To be told that images or rules may have changed. */
  lookAtImages(): void {
    this.#budget.look();
  }

  /** To be told that the disk or rules may have changed. */
  lookAtDisk(): void {
    const disk = this.#disk();
    if (disk && isRelieved(disk.reading, disk.rule)) this.from.relieved();
    this.#pressure.look();
  }

  /** To be told that a run has ended: a disk that follows late is believed again a while later. */
  ran(): void {
    if (!this.from.gauges.reading?.late) return;
    this.#settled = this.clock.now() + settling;
    this.#pressure.holdFor(settling);
  }

  /** Whether a reading may still show what was freed a moment ago. */
  get isSettling(): boolean {
    const rest = this.#settled - this.clock.now();
    return rest > 0 && rest <= settling;
  }

  /** To be told what became of what fired. */
  told(cause: Cause, outcome: Outcome): void {
    const watch =
      cause === 'pressure' ? this.#pressure : cause === 'image-budget' ? this.#budget : null;
    if (outcome === 'answered') watch?.answered();
    else if (outcome === 'failed') watch?.failed();
    else if (outcome === 'barred') watch?.barred();
  }

  close(): void {
    this.#budget.close();
    this.#pressure.close();
  }

  #watch(name: 'budget' | 'pressure', look: (latch: Latch) => Look | null, cause: Cause): Watch {
    return new Watch(
      {
        look,
        engine: this.memory.engine,
        latch: () => this.memory.latch(name),
        keep: (latch) => this.memory.keepLatch(name, latch),
        mayFire: () => this.from.mayFire(),
        isUnasked: (latch) => cause === 'pressure' && this.#isDiskUnasked(latch),
        fire: (again) => this.from.fire({ cause, repository: null, onlyAsk: again }),
      },
      this.clock,
    );
  }

  #lookAtBudget(latch: Latch): Look | null {
    const budget = this.from.rules()?.images ?? null;
    const { current } = this.from.judging;
    if (budget === null || current === null) return null;
    return lookAtBudget(latch, onDisk(current.inventory.images), budget, this.clock.now());
  }

  #lookAtPressure(latch: Latch): Look | null {
    const disk = this.#disk();
    return disk && lookAtPressure(latch, disk.reading, disk.rule, this.clock.now());
  }

  /** A question that a pause, a start or a policy gone wrong took away, and nobody answered. */
  #isDiskUnasked({ armed }: Latch): boolean {
    const disk = this.#disk();
    if (armed || disk === null || this.memory.crossing.answered) return false;
    return isOver(disk.reading, disk.rule) && !this.from.isDiskSeenTo();
  }

  /** The engine's disk as it was read, and the policy's rule for it. */
  #disk(): { reading: DiskReading; rule: Pressure } | null {
    const rule = this.from.rules()?.pressure ?? null;
    const { reading, met } = this.from.gauges;
    const engine = this.from.judging.current?.inventory.engine;
    if (rule === null || reading === null || !met || !engine) return null;
    // The one is known before the other when an engine is met: a latch of neither must be spent.
    return sameEngine(met.facts, engine) ? { reading, rule } : null;
  }
}
