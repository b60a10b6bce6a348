import type { Looked } from '../../../main/contract/beforehand.js';
import type { Params } from '../../../main/contract/commands.js';
import { lookAtEach } from '../../../main/contract/look-at-all.js';
import type { UpdateRun } from '../../../main/contract/runs.js';
import type { KeptVersion, UpdateRow } from '../../../main/contract/updates.js';
import type { UpdatePreview } from '../../../main/contract/update-preview.js';
import type { UpdateProgress } from '../../../main/contract/update-steps.js';
import type { WireError } from '../../../main/contract/wire.js';
import type { CareenApi } from '../../../preload/api.js';
import type { Call } from '../state/caller.js';
import { countsOf } from './view.js';

/** What is asked of a person before anything changes. */
export type Question =
  | { ask: 'update'; container: string; to: string | null }
  /** As listed when it was asked: what comes later is not in it. */
  | { ask: 'all'; rows: readonly UpdateRow[]; left: readonly UpdateRow[] }
  | { ask: 'rollback'; container: string; version: KeptVersion }
  | { ask: 'release'; container: string }
  | { ask: 'snooze'; container: string }
  | { ask: 'move-over' };

export type PreviewState =
  | { state: 'asking' }
  | { state: 'there'; preview: UpdatePreview; at: number }
  | { state: 'failed'; error: WireError };

/** What the screen needs of the window's whole state. */
interface Host {
  call: Call;
  /** Says how a run that a person started from here ended, where its row does not. */
  told(run: UpdateRun): void;
}

/** How long (ms) a preview is shown again unasked. */
const FRESH = 60_000;

/** A preview is good for one container as it is and one version. */
const keyOf = (row: UpdateRow, to: string | null) =>
  [row.id, to ?? '', row.verdict.state === 'available' ? row.verdict.to.digest : ''].join(' ');

/** The Updates screen: what was looked at beforehand, and what a person is being asked. */
export class UpdatesState {
  question = $state.raw<Question | null>(null);
  /** Containers whose named volumes are to be copied first. */
  copies = $state.raw<ReadonlySet<string>>(new Set());
  #previews = $state.raw<ReadonlyMap<string, PreviewState>>(new Map());
  #runs = $state.raw<ReadonlyMap<string, UpdateRun[]>>(new Map());

  constructor(
    private readonly api: Pick<CareenApi, 'call'>,
    private readonly host: Host,
  ) {}

  previewOf(row: UpdateRow, to: string | null = null): PreviewState | null {
    return this.#previews.get(keyOf(row, to)) ?? null;
  }

  /** What looking at its update brought, as it is told before all are taken. */
  lookedAt(row: UpdateRow): Looked {
    const known = this.previewOf(row);
    if (known === null || known.state === 'asking') return null;
    return known.state === 'there' ? { preview: known.preview } : { error: known.error };
  }

  /** Asks what an update would change, unless that is known; what is old is shown meanwhile. */
  async look(row: UpdateRow, to: string | null = null, again = false): Promise<void> {
    const key = keyOf(row, to);
    const known = this.#previews.get(key);
    if (known?.state === 'asking' || (known?.state === 'failed' && !again)) return;
    if (known?.state === 'there' && Date.now() - known.at < FRESH) return;
    if (known?.state !== 'there') this.#keep(key, { state: 'asking' });
    const answer = await this.api.call('update.preview', { container: row.container, to });
    this.#keep(
      key,
      answer.ok
        ? { state: 'there', preview: answer.result, at: Date.now() }
        : { state: 'failed', error: answer.error },
    );
  }

  /**
   * Asks of each what its update would change, a few at once, while the question about all of them is
   * open; what failed before is asked again.
   */
  async lookAll(rows: readonly UpdateRow[]): Promise<void> {
    const asked = this.question;
    await lookAtEach(
      rows,
      (row) => this.look(row, null, true),
      () => this.question !== asked,
    );
  }

  #keep(key: string, state: PreviewState): void {
    this.#previews = new Map(this.#previews).set(key, state);
  }

  /** Runs of a container that are older than the head of the history; empty until they are asked for. */
  olderRuns(container: string): UpdateRun[] {
    return this.#runs.get(container) ?? [];
  }

  /** Asks for them once; where they could not be had, who asks next asks anew. */
  async askOlder(container: string): Promise<void> {
    if (this.#runs.has(container)) return;
    this.#runs = new Map(this.#runs).set(container, []);
    const answer = await this.host.call('history', { since: null, item: container });
    const known = new Map(this.#runs);
    if (answer === null) known.delete(container);
    else
      known.set(
        container,
        answer.runs.flatMap((run) => (run.kind === 'clean' || run.kind === 'undo' ? [] : [run])),
      );
    this.#runs = known;
  }

  copy(container: string, on: boolean): void {
    const next = new Set(this.copies);
    if (on) next.add(container);
    else next.delete(container);
    this.copies = next;
  }

  /** Asks for all that "Update all" takes of these rows as they are now. */
  askAll(rows: readonly UpdateRow[], progress: UpdateProgress | null): void {
    const { forAll, others } = countsOf(rows, progress);
    const listed = rows.filter(({ container }) => forAll.includes(container));
    this.question = { ask: 'all', rows: listed, left: others };
  }

  async update(containers: NonNullable<Params<'update.run'>['containers']>): Promise<void> {
    const named = containers.map(({ container }) => container);
    const copy = [...this.copies].filter((name) => named.includes(name));
    this.question = null;
    // What was ticked of others is for the update of theirs.
    this.copies = new Set([...this.copies].filter((name) => !named.includes(name)));
    this.#tell(await this.host.call('update.run', { containers, copy }));
  }

  async rollback(container: string, to: string, copies: boolean): Promise<void> {
    this.question = null;
    this.#tell(await this.host.call('update.rollback', { container, to, copies }));
  }

  async release(container: string): Promise<void> {
    this.question = null;
    this.#tell(await this.host.call('update.release', { container }));
  }

  #tell(run: UpdateRun | null): void {
    if (run) this.host.told(run);
  }
}
