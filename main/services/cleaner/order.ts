import type { DockerEngine } from '../../adapters/docker/types.js';
import type { AskedBy } from '../../contract/runs.js';
import type { Inventory } from '../../domain/facts.js';
import type { Choice } from '../../domain/plan/choose.js';
import type { Plan } from '../../domain/plan/types.js';
import type { Policy } from '../../domain/policy/types.js';
import type { Verdicts } from '../judging.js';
import type { Run } from '../runs.js';

/** A plan to be run, the policy it was made by, and a person's choice among its items. */
export interface Order {
  run: Run;
  plan: Plan;
  policy: Policy;
  choice: Choice;
  by: AskedBy;
  /** The trigger whose question a person answers by it; else null. */
  answers: AskedBy | null;
  /** What its progress is known by to who asked for it. */
  token: string | null;
}

/** What a run needs to know while it goes. */
export interface Ground {
  engine(): DockerEngine;
  /** Tags of Careen's own on record for an image, by its ID, whether it is still kept by them or not. */
  ownTags: (imageId: string) => readonly string[];
  /** Read afresh from the engine. */
  inventory(): Promise<Inventory>;
  /**
   * Verdicts by the plan's policy plus today's protections and holds, with ages as its run counts
   * them; null while nothing has changed since the mark of the last answer.
   */
  verdicts(
    order: Pick<Order, 'policy' | 'by' | 'plan'>,
    before: number | null,
  ): Promise<Verdicts | null>;
  /**
   * To be told when the engine went away; resolves with it once it is back, with null past the
   * deadline (ms) or when the signal is aborted.
   */
  back(
    engine: DockerEngine,
    why: unknown,
    deadline: number,
    signal: AbortSignal,
  ): Promise<DockerEngine | null>;
}
