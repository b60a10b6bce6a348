import type {
  ContainerRow,
  EngineSlice,
  HistorySlice,
  ImageRow,
  ImagesSlice,
  RunSlice,
  Slices,
} from '../../contract/slices.js';
import type { UpdatesSlice } from '../../contract/updates.js';
import { toWire } from '../../contract/wire.js';
import { CareenError } from '../../domain/errors.js';
import type { Judgement } from '../judging.js';
import { containerRow, imageRow } from './rows.js';
import type { Sources } from './sources.js';
import { imageTotals } from './totals.js';

/** Runs that the history slice carries; more are asked for. */
const headLength = 50;

/** What those that act have shown of it: what is under way, and what ended last. */
export type Shown = Pick<RunSlice, 'current' | 'update' | 'last'>;

/** What each slice says now, made from where it comes from; of the slices of rows, their rows. */
export class Values {
  /** The rows of one judgement: whoever opens a window waits for none that were made before. */
  #made: { of: Judgement; rows: Map<string, ImageRow> } | null = null;

  constructor(private readonly from: Sources) {}

  engine(): EngineSlice {
    const { connection, inventory, judging } = this.from;
    const { error } = connection;
    return {
      status: connection.status,
      facts: connection.engine?.facts ?? judging.current?.inventory.engine ?? null,
      chosen: connection.found.chosen,
      looked: connection.found.looked,
      since: connection.since,
      error: error ? toWire(error) : null,
      contextMoved: connection.contextMoved,
      asOf: connection.engine ? inventory.asOf : (inventory.listed?.takenAt ?? null),
      otherUpdater: judging.current?.otherUpdater ?? null,
    };
  }

  gauges(): Slices['gauges'] {
    const { gauges, samples } = this.from;
    return { ...gauges.value, forecast: samples.forecast };
  }

  /** Of the images, by ID; the same map as long as nothing was judged anew. */
  imageRows(): Map<string, ImageRow> {
    const { current } = this.from.judging;
    if (!current) return new Map();
    if (this.#made?.of !== current) {
      const { rules, going } = current;
      const rows = new Map(current.judged.map((j) => [j.id, imageRow(j, rules, going)]));
      this.#made = { of: current, rows };
    }
    return this.#made.rows;
  }

  containerRows(): ContainerRow[] {
    return (this.from.judging.current?.inventory.containers ?? []).map(containerRow);
  }

  totals(): ImagesSlice['totals'] {
    return imageTotals(this.from.judging, this.from.policyFile);
  }

  updates(): UpdatesSlice {
    const { checker, judging } = this.from;
    const { policy } = judging;
    const inForce = policy === null || policy instanceof CareenError ? null : policy.policy;
    return {
      ...checker.status,
      rows: checker.rows(),
      limits: checker.limits(),
      kept: inForce?.rollback ?? { for: 0, versions: 0 },
      recorded: this.from.versions.recorded,
    };
  }

  run({ current, update, last }: Shown): RunSlice {
    const { runs, journal, triggers } = this.from;
    return {
      current,
      queued: runs.waiting,
      last: last ?? journal.lastClean(),
      question: triggers.question,
      next: triggers.next,
      update,
    };
  }

  history(): HistorySlice {
    const runs = this.from.journal.history();
    return { head: runs.slice(0, headLength), more: runs.length > headLength, read: true };
  }
}
