import type { CleanRun } from '../../contract/runs.js';
import type { RunProgress } from '../../contract/slices.js';
import type { Memory } from './memory.js';
import type { Questions } from './questions.js';
import type { Asked } from './types.js';

/** What a person makes of the question: its plan is run, or it is laid aside. */
export class Replies {
  /** The question whose plan is being run. */
  #answering: Asked | null = null;

  constructor(
    private readonly questions: Questions,
    private readonly memory: Memory,
  ) {}

  /** Lays the question of this plan (null: a notice without one) aside until something asks anew. */
  dismiss(planId: string | null): void {
    const asked = this.questions.current;
    if (asked?.question.planId !== planId) return;
    this.#settle(asked);
    this.questions.put(null);
  }

  /** A person who runs the question's plan has answered it. */
  running(progress: RunProgress | null): void {
    const asked = this.questions.current;
    if (progress === null) {
      // What was refused before it began is not answered.
      if (this.#answering && asked === null) this.questions.put(this.#answering);
      this.#answering = null;
    } else if (progress.planId === asked?.question.planId) {
      this.#answering = asked;
      this.questions.put(null);
    }
  }

  /** Who ran it to its end agrees to its policy; a run that was refused or cut short tells nothing. */
  ended({ planId, outcome }: CleanRun): void {
    const asked = this.#answering;
    if (asked?.question.planId !== planId) return;
    this.#answering = null;
    if (outcome !== 'done') return;
    this.memory.keep({ agreed: asked.policy });
    this.#settle(asked);
  }

  /** A person answered: of this crossing they are asked no more. */
  #settle({ bid }: Asked): void {
    if (bid.cause === 'pressure') this.memory.keepCrossing({ answered: true });
  }
}
