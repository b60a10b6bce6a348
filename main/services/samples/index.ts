import { EventEmitter } from 'node:events';
import PQueue from 'p-queue';
import type { Clock } from '../../adapters/clock.js';
import type { CleanRun } from '../../contract/runs.js';
import type { GaugesSlice } from '../../contract/slices.js';
import type { EngineFacts } from '../../domain/facts.js';
import { forecast, type Forecast } from '../../domain/forecast/forecast.js';
import {
  type CleanUp,
  dailyDays,
  hourOf,
  hourlyDays,
  known,
  type Sample,
  withCleanUp,
  withSample,
} from '../../domain/forecast/samples.js';
import {
  sameSource,
  type Series,
  seriesFor,
  type Source,
  withSeries,
} from '../../domain/forecast/series.js';
import { sameEngine } from '../../domain/identity.js';
import { day } from '../../domain/policy/units.js';
import { type Known, packed, type SampleStore, unpacked } from './stored.js';

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

/** The engine at hand, or the one at hand last, with how full its disks were. */
interface Current {
  engine: EngineFacts;
  known: Known;
  /** Of each source the hour of the sample taken last; of one that is not here the next reading is one. */
  hours: ReadonlyMap<string, number>;
}

const keyOf = ({ of, how }: Source) => `${how} ${of}`;

/**
 * Takes a sample an hour of the engine's disk from the gauge's own readings, and foresees from them
 * when it is full. Two engines never mix what is known, nor two disks of one engine, nor what is
 * measured of a disk with what stands in for it while its engine sleeps; none of them is lost by that.
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

  /** Of the last 30 days, or samples of 366 days, in the order of time. */
  recent(of: 'month' | 'year' = 'month'): { samples: Sample[]; cleanUps: CleanUp[] } {
    const { series: [shown] = [], cleanUps = [] } = this.#current?.known ?? {};
    const now = this.clock.now();
    const span = (of === 'year' ? dailyDays : hourlyDays) * day;
    return {
      samples: known(shown?.samples ?? [], now, span),
      cleanUps: known(cleanUps, now, span),
    };
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
    if (used === null || available === null || how === null) return this.#foresee(current.known);
    const source = { of: of ?? '', how };
    const series = seriesFor(current.known.series, source, now);
    const isTaken = current.hours.get(keyOf(source)) === hourOf(now);
    if (isTaken || !sameSource(series, source)) return this.#show(current, series);
    const samples = withSample(series.samples, { at: now, used, available });
    await this.#keep({
      ...current,
      known: {
        ...current.known,
        series: withSeries(current.known.series, { ...series, samples }),
      },
      hours: new Map([...current.hours, [keyOf(source), hourOf(now)]]),
    });
  }

  /** What a clean-up left free is seen at the next reading, and not only an hour later. */
  async #cleaned({ removed, measured, endedAt }: CleanRun): Promise<void> {
    const engine = this.from.gauges.met?.facts;
    if (!engine || removed.length === 0) return;
    const current = await this.#at(engine);
    const at = endedAt ?? this.clock.now();
    const cleanUps = withCleanUp(current.known.cleanUps, { at, freed: measured });
    await this.#keep({ ...current, hours: new Map(), known: { ...current.known, cleanUps } });
  }

  async #at(engine: EngineFacts): Promise<Current> {
    const current = this.#current;
    if (current && sameEngine(current.engine, engine)) return current;
    const stored = await this.store.load(engine);
    const known = stored ? unpacked(stored) : { series: [], cleanUps: [] };
    const now = this.clock.now();
    const hours = known.series.flatMap((series): [string, number][] => {
      const last = series.samples.findLast(({ at }) => at <= now);
      return last ? [[keyOf(series), hourOf(last.at)]] : [];
    });
    return this.#hold({ engine, known, hours: new Map(hours) });
  }

  async #keep(current: Current): Promise<void> {
    this.#hold(current);
    await this.store.save(current.engine, packed(current.known));
  }

  #show(current: Current, series: Series): void {
    const { known } = current;
    if (series === known.series[0]) return this.#foresee(known);
    this.#hold({ ...current, known: { ...known, series: withSeries(known.series, series) } });
  }

  #hold(current: Current): Current {
    this.#current = current;
    this.#foresee(current.known);
    return current;
  }

  #foresee({ series: [shown], cleanUps }: Known): void {
    const before = this.forecast;
    this.forecast = forecast(shown?.samples ?? [], cleanUps, this.clock.now());
    if (JSON.stringify(before) !== JSON.stringify(this.forecast)) this.emit('changed');
  }
}
