import { type Clock, sleep } from '../../adapters/clock.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import type { RunProgress } from '../../contract/slices.js';
import { paceAfter } from './pace.js';

/** Whether the machine runs on battery; null is unknown. */
export type Power = () => Promise<boolean | null>;

/** Light requests that one measure is the middle of. */
const samples = 3;

/** A build under way makes for a slow beginning; from then on the engine's answers tell. */
const besideABuild = 4;

/** The pauses of one run, by how fast the engine answers meanwhile. */
export class Throttle {
  #base = 0;
  #stretch = 1;

  constructor(
    /** Milliseconds between two items, by the policy. */
    private readonly pause: number,
    private readonly power: Power,
    private readonly clock: Clock,
  ) {}

  /** Takes the base line, before anything is removed. `building`: someone builds right now. */
  async begin(engine: DockerEngine, building: boolean): Promise<void> {
    if (this.pause === 0) return;
    this.#base = await this.#measure(engine);
    this.#stretch = building ? besideABuild : 1;
  }

  /** Waits as long as is right now; told before why it is longer than the policy says. */
  async rest(
    engine: DockerEngine,
    signal: AbortSignal,
    told: (slowed: RunProgress['slowed']) => void,
  ): Promise<void> {
    if (this.pause === 0) return;
    const [latest, onBattery] = await Promise.all([this.#measure(engine), this.power()]);
    const signs = { pause: this.pause, base: this.#base, latest, onBattery };
    const { stretch, wait, slowed } = paceAfter(this.#stretch, signs);
    this.#stretch = stretch;
    told(slowed);
    await sleep(this.clock, wait, signal);
  }

  async #measure(engine: DockerEngine): Promise<number> {
    const times: number[] = [];
    for (let n = 0; n < samples; n++) {
      const from = this.clock.now();
      await engine.ping();
      times.push(this.clock.now() - from);
    }
    return times.sort((a, b) => a - b)[Math.floor(samples / 2)] ?? 0;
  }
}
