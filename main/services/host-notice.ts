import { EventEmitter } from 'node:events';
import { z } from 'zod';
import { atMoment, type Clock, type Timer } from '../adapters/clock.js';
import { millis } from '../contract/model.js';
import { CareenError } from '../domain/errors.js';
import { lookAtHost } from '../domain/triggers/host.js';
import { armedLatch } from '../domain/triggers/types.js';
import type { Gauges } from './gauges.js';
import type { Judging } from './judging.js';
import type { Preferences } from './preferences.js';

/** What is remembered of the last notice, as it stands in the data home. */
export const storedNotice = z.object({ armed: z.boolean(), firedAt: millis.nullable() });

/** The document in the data home; the store's, handed in. */
interface NoticeDoc {
  readonly value: z.infer<typeof storedNotice>;
  set(value: z.infer<typeof storedNotice>): Promise<void>;
}

export const neverNoticed = armedLatch;

/**
 * Tells once when the host's own disk is over the policy's `hostNotice`, and not again until it was
 * clearly below it (JUDGING §7). It only tells: by itself nothing is freed for that disk.
 */
export class HostNotice extends EventEmitter<{ full: []; failed: [unknown] }> {
  #timer: Timer | null = null;
  #closed = false;

  constructor(
    private readonly from: {
      gauges: Pick<Gauges, 'value' | 'on'>;
      judging: Pick<Judging, 'policy' | 'on'>;
      preferences: Pick<Preferences, 'value' | 'on'>;
    },
    private readonly doc: NoticeDoc,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Begins to look: for the process that stays, not for one command. */
  begin(): void {
    const { gauges, judging, preferences } = this.from;
    gauges.on('read', () => this.#look());
    judging.on('changed', () => this.#look());
    preferences.on('changed', () => this.#look());
  }

  /** Tells no more, whatever is read or changed on the way to the end. */
  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  #look(): void {
    if (this.#closed) return;
    this.#timer?.cancel();
    const { gauges, judging, preferences } = this.from;
    const { policy } = judging;
    if (policy === null || policy instanceof CareenError) return;
    const { pausedUntil } = preferences.value;
    if (pausedUntil !== null && pausedUntil > this.clock.now()) return;
    const before = this.doc.value;
    const look = lookAtHost(before, gauges.value, policy.policy, this.clock.now());
    if (look === null) return;
    if (look.again !== null) this.#timer = atMoment(this.clock, look.again, () => this.#look());
    if (look.latch.armed !== before.armed || look.latch.firedAt !== before.firedAt)
      this.doc.set(look.latch).catch((e: unknown) => this.emit('failed', e));
    if (look.free !== null) this.emit('full');
  }
}
