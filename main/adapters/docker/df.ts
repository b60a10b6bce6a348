import { z } from 'zod';
import { isCareenError } from '../../domain/errors.js';
import type { CacheRecord } from '../../domain/facts.js';
import { parseAnswer } from './failures.js';
import { hasStatus, type Call, type Requests } from './requests.js';
import { clean } from './text.js';
import { timeOf } from './time.js';
import type { EngineDiskUse } from './types.js';

const layers = z.looseObject({ LayersSize: z.number().nullish() });

const size = z.number().nonnegative().default(0);

const cache = z.looseObject({
  BuildCache: z
    .array(
      z.looseObject({
        ID: z.string().default(''),
        Size: size,
        Shared: z.boolean().default(false),
        InUse: z.boolean().default(false),
        CreatedAt: z.string().nullish(),
        LastUsedAt: z.string().nullish(),
      }),
    )
    .nullish(),
});

const volumes = z.looseObject({
  Volumes: z
    .array(
      z.looseObject({
        Name: z.string(),
        UsageData: z.looseObject({ Size: z.number().default(-1) }).nullish(),
      }),
    )
    .nullish(),
});

const whole = layers
  .extend(cache.shape)
  .extend(volumes.shape)
  .extend({
    Containers: z.array(z.looseObject({ Id: z.string(), SizeRw: z.number().nullish() })).nullish(),
  });

/** `/system/df` takes up to minutes: only on demand, each figure once at a time (JUDGING §7). */
export class DiskUse {
  #whole: Promise<unknown> | null = null;

  constructor(
    private readonly requests: Requests,
    /** Since API 1.42 a part can be asked for alone. */
    private readonly byType: boolean,
    /** Whether `LayersSize` is all that images take. */
    private readonly countsBlobs: boolean,
  ) {}

  /** Bytes of all layers; null past the deadline (ms), and where they are not all that images take. */
  async layersSize(deadline: number): Promise<number | null> {
    if (!this.countsBlobs) return null;
    const answer = await this.#ask('image', layers, deadline);
    return answer?.LayersSize ?? null;
  }

  /** Every record of the builder's cache; null past the deadline (ms). */
  async cacheRecords(deadline: number): Promise<CacheRecord[] | null> {
    const answer = await this.#ask('build-cache', cache, deadline);
    return answer && recordsOf(answer);
  }

  /** Bytes of each volume whose driver tells; null past the deadline (ms). */
  async volumeSizes(deadline: number): Promise<ReadonlyMap<string, number> | null> {
    const answer = await this.#ask('volume', volumes, deadline);
    return answer && sizesOf(answer);
  }

  /** Everything that the engine counts; null past the deadline (ms). */
  async all(deadline: number): Promise<EngineDiskUse | null> {
    const answer = await this.#ask(null, whole, deadline);
    if (!answer) return null;
    return {
      layers: this.countsBlobs ? (answer.LayersSize ?? null) : null,
      containers: new Map(
        (answer.Containers ?? []).map(({ Id, SizeRw }) => [clean(Id), Math.max(0, SizeRw ?? 0)]),
      ),
      volumes: sizesOf(answer),
      cache: recordsOf(answer),
    };
  }

  async #ask<S extends z.ZodType>(
    type: 'image' | 'build-cache' | 'volume' | null,
    schema: S,
    deadline: number,
  ): Promise<z.output<S> | null> {
    const path = '/system/df';
    try {
      if (this.byType && type !== null)
        return await this.requests.get(schema, { path, query: { type }, deadline });
      const answer = await this.#shared({ path, deadline });
      return parseAnswer(schema, answer, this.requests.url, `GET ${path}`);
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

/** Drivers other than the engine's own tell no size, which comes as -1. */
function sizesOf({ Volumes: rows }: z.output<typeof volumes>): Map<string, number> {
  return new Map(
    (rows ?? [])
      .map(({ Name, UsageData }) => [clean(Name), UsageData?.Size ?? -1] as const)
      .filter(([, bytes]) => bytes >= 0),
  );
}

function recordsOf({ BuildCache: records }: z.output<typeof cache>): CacheRecord[] {
  // BuildKit tells of them in another order each time.
  const inOrder = (records ?? []).toSorted((a, b) => (a.ID < b.ID ? -1 : 1));
  return inOrder.map((record) => ({
    id: clean(record.ID),
    size: record.Size,
    shared: record.Shared,
    inUse: record.InUse,
    created: timeOf(record.CreatedAt),
    lastUsed: timeOf(record.LastUsedAt),
  }));
}
