import { EventEmitter } from 'node:events';
import PQueue from 'p-queue';
import type { Clock } from '../../adapters/clock.js';
import type { CleanRun } from '../../contract/runs.js';
import type { GaugesSlice } from '../../contract/slices.js';
import type { EngineFacts } from '../../domain/facts.js';
import { forecast, type Forecast } from '../../domain/forecast/forecast.js';
import {
  type CleanUp,
  hourOf,
  hourlyDays,
  known,
  type Sample,
  withCleanUp,
  withSample,
} from '../../domain/forecast/samples.js';
import { sameEngine } from '../../domain/identity.js';
import { day } from '../../domain/policy/units.js';
import { packed, type SampleStore, type Series, unpacked } from './stored.js';

/** Who tells how full disks are, and of clean-ups. */
interface Sources {
  gauges: {
    /** The engine whose disk `value` tells of. */
    readonly met: { readonly facts: EngineFacts } | null;
    readonly value: Pick<GaugesSlice, 'engine'>;
    on(event: 'read', listener: () => void): unknown;
  };
  execution: { on(event: 'ended', listener: (run: CleanRun) => void): unknown };
}

/** The engine at hand, or the one at hand last, with how full its disk was. */
interface Current {
  engine: EngineFacts;
  series: Series;
  /** The hour of the sample taken last; null where the next reading is one. */
  hour: number | null;
}

/**
 * Takes a sample an hour of the engine's disk from the gauge's own readings, and foresees from them
 * when it is full. Two engines never mix what is known, nor two disks of one engine.
 */
export class Samples extends EventEmitter<{ changed: []; failed: [unknown] }> {
  /** When the engine's disk is full; null where samples do not tell. */
  forecast: Forecast | null = null;
  readonly #queue = new PQueue({ concurrency: 1 });
  #current: Current | null = null;
  #closed = false;

  constructor(
    private readonly from: Sources,
    private readonly store: SampleStore,
    private readonly clock: Clock,
  ) {
    super();
    from.gauges.on('read', () => {
      const { met, value } = from.gauges;
      this.#enqueue(() => this.#read(met?.facts ?? null, value.engine));
    });
    from.execution.on('ended', (run) => this.#enqueue(() => this.#cleaned(run)));
  }

  /** Of the last 30 days, in the order of time. */
  recent(): { samples: Sample[]; cleanUps: CleanUp[] } {
    const { samples, cleanUps } = this.#current?.series ?? { samples: [], cleanUps: [] };
    const now = this.clock.now();
    const span = hourlyDays * day;
    return { samples: known(samples, now, span), cleanUps: known(cleanUps, now, span) };
  }

  /** Resolves once what was told until now is kept, or could not be. */
  async settled(): Promise<void> {
    await this.#queue.onIdle();
  }

  /** Takes no more samples; resolves once what was told until now is kept, or could not be. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.settled();
  }

  #enqueue(work: () => Promise<void>): void {
    if (this.#closed) return;
    this.#queue.add(work).catch((e: unknown) => this.emit('failed', e));
  }

  async #read(engine: EngineFacts | null, gauge: GaugesSlice['engine']): Promise<void> {
    const current = engine === null ? this.#current : await this.#at(engine);
    if (current === null) return;
    const { used, available, of, how } = gauge;
    const now = this.clock.now();
    if (used === null || available === null) return this.#foresee(current.series);
    if (current.hour === hourOf(now)) return;
    const measured = `${how ?? ''} ${of ?? ''}`;
    const { series } = current;
    const before = series.of === measured ? series.samples : [];
    await this.#keep({
      ...current,
      hour: hourOf(now),
      series: {
        ...series,
        of: measured,
        samples: withSample(before, { at: now, used, available }),
      },
    });
  }

  /** What a clean-up left free is seen at the next reading, and not only an hour later. */
  async #cleaned({ removed, measured, endedAt }: CleanRun): Promise<void> {
    const engine = this.from.gauges.met?.facts;
    if (!engine || removed.length === 0) return;
    const current = await this.#at(engine);
    const at = endedAt ?? this.clock.now();
    const cleanUps = withCleanUp(current.series.cleanUps, { at, freed: measured });
    await this.#keep({ ...current, hour: null, series: { ...current.series, cleanUps } });
  }

  async #at(engine: EngineFacts): Promise<Current> {
    const current = this.#current;
    if (current && sameEngine(current.engine, engine)) return current;
    const stored = await this.store.load(engine);
    const series = stored ? unpacked(stored) : { of: '', samples: [], cleanUps: [] };
    const last = series.samples.findLast(({ at }) => at <= this.clock.now());
    return this.#hold({ engine, series, hour: last ? hourOf(last.at) : null });
  }

  async #keep(current: Current): Promise<void> {
    this.#hold(current);
    await this.store.save(current.engine, packed(current.series));
  }

  #hold(current: Current): Current {
    this.#current = current;
    this.#foresee(current.series);
    return current;
  }

  #foresee({ samples, cleanUps }: Series): void {
    const before = this.forecast;
    this.forecast = forecast(samples, cleanUps, this.clock.now());
    if (JSON.stringify(before) !== JSON.stringify(this.forecast)) this.emit('changed');
  }
}
