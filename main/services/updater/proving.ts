import type { Clock } from '../../adapters/clock.js';
import type { ContainerNow } from '../../adapters/docker/container-acts.js';
import type { DockerEngine, EngineEvent } from '../../adapters/docker/types.js';
import type { ProofFailure } from '../../contract/update-steps.js';
import type { Deed } from '../../domain/update/interference.js';
import { beginProof, judgeProof, type Look, type Proof } from '../../domain/update/prove.js';
import type { Undertaken } from '../journal/update-records.js';
import type { ProbeAsked } from './probe.js';
import type { UpdatePatience } from './types.js';
import { Watch } from './watch.js';

export type ProofEnd =
  | { state: 'healthy' | 'unproven' }
  | { state: 'failed'; why: ProofFailure; log: string[] }
  /** Someone else acted in the middle. */
  | { state: 'disturbed'; deed: Deed }
  /** Nobody waits for it any longer. */
  | { state: 'left' };

/** What is to prove itself. */
export interface ToProve {
  engine: DockerEngine;
  id: string;
  rules: Undertaken['rules'];
  /** `--rm`: once it ended, nothing of it is left to be asked. */
  autoRemove: boolean;
  /** It may run for longer already: a proof that was cut off. */
  takenUp: boolean;
  /** Whether someone else acted; asked at each look. */
  disturbed: () => Promise<Deed | null>;
  /** Containers whose events are a reason to look. */
  watched: readonly string[];
}

/** Lines of a log that are kept of a version that failed. */
export const tailLines = 50;

/** Watches a new version until it is shown to be well, or not (UPDATING §5, Prove). */
export class Prover {
  constructor(
    private readonly probe: ProbeAsked,
    private readonly clock: Clock,
    private readonly patience: Pick<UpdatePatience, 'look' | 'restarts'>,
  ) {}

  /** Throws what means that the engine is lost. */
  async prove(subject: ToProve, signal: AbortSignal): Promise<ProofEnd> {
    const watch = await Watch.open(subject.engine, ofContainers(subject.watched));
    const proving = new Proving(subject, this.probe, this.clock, this.patience, watch);
    try {
      return await proving.run(signal);
    } finally {
      watch.close();
    }
  }

  /** What one look shows of a proof that was cut off; null: it is still to be watched. */
  async alreadyShown(subject: ToProve, signal: AbortSignal): Promise<ProofEnd | null> {
    const watch = new Watch();
    const proving = new Proving(subject, this.probe, this.clock, this.patience, watch);
    return proving.once(signal);
  }
}

class Proving {
  #proof: Proof | null = null;
  #log: string[] = [];
  #probeSaid = '';

  constructor(
    private readonly subject: ToProve,
    private readonly probe: ProbeAsked,
    private readonly clock: Clock,
    private readonly patience: Pick<UpdatePatience, 'look' | 'restarts'>,
    private readonly watch: Watch,
  ) {}

  async run(signal: AbortSignal): Promise<ProofEnd> {
    for (;;) {
      const shown = await this.#look(signal);
      if ('state' in shown) return shown;
      const rest = Math.max(0, shown.until - this.clock.now());
      // Where no event can tell, one looks again by and by; a probe is asked as often.
      const often = shown.probe || !this.watch.isOpen || this.subject.autoRemove;
      await this.watch.news(this.clock, often ? Math.min(rest, this.patience.look) : rest, signal);
    }
  }

  async once(signal: AbortSignal): Promise<ProofEnd | null> {
    const shown = await this.#look(signal);
    return 'state' in shown ? shown : null;
  }

  async #look(signal: AbortSignal): Promise<ProofEnd | { until: number; probe: boolean }> {
    if (signal.aborted) return { state: 'left' };
    const { engine, id, rules, takenUp } = this.subject;
    const deed = await this.subject.disturbed();
    if (deed) return { state: 'disturbed', deed };
    const now = await engine.containerNow(id);
    await this.#keepLog(now);
    const look = lookOf(now, this.clock.now());
    this.#proof ??= beginProof(look, takenUp);
    const { proof, judgement } = judgeProof(this.#proof, look, {
      ...rules,
      restarts: this.patience.restarts,
      probed: rules.probe !== null,
    });
    this.#proof = proof;
    if (judgement.state === 'failed') return this.#failed(judgement.why);
    if (judgement.state === 'wait') return { until: judgement.until, probe: false };
    if (judgement.state === 'probe') return this.#asked(judgement.until, signal);
    return { state: judgement.state };
  }

  /** It runs and is well: does it answer, too? */
  async #asked(until: number, signal: AbortSignal) {
    const { probe } = this.subject.rules;
    const message = probe && (await this.probe(probe, signal));
    if (message === null) return { state: 'healthy' } as const;
    this.#probeSaid = message;
    if (this.clock.now() < until) return { until, probe: true };
    return this.#failed({ code: 'probe', message: this.#probeSaid });
  }

  async #failed(why: ProofFailure): Promise<ProofEnd> {
    const { engine, id, autoRemove } = this.subject;
    const log = autoRemove ? this.#log : await engine.logTail(id, tailLines);
    return { state: 'failed', why, log };
  }

  async #keepLog(now: ContainerNow | null): Promise<void> {
    const { engine, id, autoRemove } = this.subject;
    if (!autoRemove || !now) return;
    const tail = await engine.logTail(id, tailLines);
    if (tail.length > 0) this.#log = tail;
  }
}

/** One that is gone ended: only what the engine removes by itself goes without anyone's doing. */
function lookOf(now: ContainerNow | null, at: number): Look {
  if (!now)
    return {
      at,
      status: 'exited',
      health: 'none',
      startedAt: null,
      restartCount: 0,
      exitCode: null,
    };
  const { status, health, startedAt, restartCount, exitCode } = now;
  return { at, status, health, startedAt, restartCount, exitCode };
}

const ofContainers = (ids: readonly string[]) => (event: EngineEvent) =>
  event.kind === 'container' && ids.includes(event.id);
