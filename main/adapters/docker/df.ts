import { z } from 'zod';
import { isCareenError } from '../../domain/errors.js';
import { parseAnswer } from './failures.js';
import { hasStatus, type Call, type Requests } from './requests.js';

const layers = z.looseObject({ LayersSize: z.number().nullish() });
const cache = z.looseObject({
  BuildCache: z.array(z.looseObject({ Shared: z.boolean().default(false) })).nullish(),
});

/** `/system/df` takes up to minutes: only on demand, each figure once at a time (JUDGING §7). */
export class DiskUse {
  #whole: Promise<unknown> | null = null;

  constructor(
    private readonly requests: Requests,
    /** Since API 1.42 a part can be asked for alone. */
    private readonly byType: boolean,
  ) {}

  /** Bytes of all layers; null past the deadline (ms). */
  async layersSize(deadline: number): Promise<number | null> {
    const answer = await this.#ask('image', layers, deadline);
    return answer?.LayersSize ?? null;
  }

  /** Whether build cache pins layers (ACCOUNTING); unknown past the deadline (ms). */
  async buildCache(deadline: number): Promise<'none' | 'unshared' | 'shared' | 'unknown'> {
    const answer = await this.#ask('build-cache', cache, deadline);
    if (!answer) return 'unknown';
    const records = answer.BuildCache ?? [];
    if (records.length === 0) return 'none';
    return records.some((record) => record.Shared) ? 'shared' : 'unshared';
  }

  async #ask<S extends z.ZodType>(
    type: 'image' | 'build-cache',
    schema: S,
    deadline: number,
  ): Promise<z.output<S> | null> {
    const path = '/system/df';
    try {
      if (this.byType) return await this.requests.get(schema, { path, query: { type }, deadline });
      const answer = await this.#shared({ path, deadline });
      return parseAnswer(schema, answer, this.requests.at.url, `GET ${path}`);
    } catch (e) {
      // An engine that counts already refuses a second time (20.10) and has no answer in time.
      if (isCareenError(e, 'engine-silent') || hasStatus(e, 500)) return null;
      throw e;
    }
  }

  /** 20.10 refuses two counts at once, so callers side by side share one, and its deadline. */
  #shared(call: Call): Promise<unknown> {
    this.#whole ??= this.requests.json(call).finally(() => (this.#whole = null));
    return this.#whole;
  }
}
