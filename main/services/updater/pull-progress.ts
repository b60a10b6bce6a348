import type { LayerProgress } from '../../adapters/docker/container-acts.js';

/** Words after which a layer has nothing more to fetch. */
const fetched = new Set(['Download complete', 'Pull complete', 'Already exists', 'Extracting']);

/** Bytes and layers of one pull, from what the engine says of each layer. */
export class PullProgress {
  readonly #layers = new Map<string, { done: number; total: number; over: boolean }>();

  constructor(
    private readonly told: (
      bytes: { done: number; total: number },
      layers: { done: number; total: number },
    ) => void,
  ) {}

  /** Bytes fetched, of those whose size the engine has told. */
  get bytes(): { done: number; total: number } {
    const layers = [...this.#layers.values()];
    return {
      done: layers.reduce((sum, { done }) => sum + done, 0),
      total: layers.reduce((sum, { total }) => sum + total, 0),
    };
  }

  take({ layer, status, current, total }: LayerProgress): void {
    const before = this.#layers.get(layer) ?? { done: 0, total: 0, over: false };
    const over = before.over || fetched.has(status);
    // What is extracted counts anew; only what is fetched is told.
    const counts = status === 'Downloading' && total !== null;
    const size = counts ? total : before.total;
    const done = over ? size : counts ? Math.min(size, current ?? 0) : before.done;
    this.#layers.set(layer, { done, total: size, over });
    const layers = [...this.#layers.values()];
    this.told(this.bytes, {
      done: layers.filter((one) => one.over).length,
      total: layers.length,
    });
  }
}
