import type { Clock } from '../../adapters/clock.js';
import type { Question } from '../../contract/slices.js';
import { deservesNotification } from '../../domain/triggers/decide.js';
import type { Cause } from '../../domain/triggers/types.js';
import type { Memory } from './memory.js';

/** Lets notifications through: of a full disk one a crossing, of the rest one a day (JUDGING §3, §7). */
export class Telling {
  constructor(
    private readonly memory: Memory,
    private readonly notify: (question: Question) => void,
    private readonly clock: Clock,
  ) {}

  tell(cause: Cause, question: Question): void {
    const now = this.clock.now();
    const { notifiedAt, crossing } = this.memory;
    const isToday = notifiedAt !== null && sameDay(notifiedAt, now);
    if (!deservesNotification(cause, question.reclaimable.max, isToday)) return;
    if (cause === 'pressure' && crossing.told) return;
    if (cause === 'pressure') this.memory.keepCrossing({ told: true });
    else this.memory.keep({ notifiedAt: now });
    this.notify(question);
  }

  /** The run that it led to is told at its end. */
  ran(cause: Cause): void {
    if (cause === 'pressure') this.memory.keepCrossing({ told: true });
  }
}

/** By this machine's calendar. */
function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
