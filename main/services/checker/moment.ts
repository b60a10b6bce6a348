import { CareenError } from '../../domain/errors.js';
import type { Inventory, Millis } from '../../domain/facts.js';
import { isUntold } from '../../domain/swarm/subject.js';
import type { UpdatePolicy } from '../../domain/policy/types.js';
import type { Memory } from './memory.js';
import { type KeptVersions, Rows } from './rows.js';
import { type Past, Standings } from './standing.js';
import { type Subject, Subjects } from './subjects.js';

/** What one moment's judgement tells a check. */
export interface Judged {
  inventory: Inventory;
  rules: { update: UpdatePolicy };
  otherUpdater: { tool: string } | null;
}

/** What else is known of containers and images. */
export interface Surroundings {
  past: Past;
  versions: KeptVersions;
  hasData: (containerId: string) => boolean | undefined;
}

/** Everything that a check knows, as it stands at one moment. */
export class Moment {
  readonly inventory: Inventory;
  readonly subjects: Subjects;
  readonly standings: Standings;

  constructor(
    readonly judged: Judged,
    readonly memory: Memory,
    private readonly around: Surroundings,
  ) {
    this.inventory = judged.inventory;
    this.subjects = new Subjects(this.inventory, judged.rules.update, judged.otherUpdater);
    this.standings = new Standings(this.subjects, memory, around.past);
  }

  rows(now: Millis): Rows {
    const { versions, hasData } = this.around;
    return new Rows(this.standings, this.memory, this.inventory, versions, hasData, now);
  }

  /** Throws `container-unknown`, and `swarm-silent` of a service that no manager tells of now. */
  subject(container: string): Subject {
    const subject = this.subjects.get(container);
    if (subject) return subject;
    const { endpoint } = this.inventory.engine;
    throw isUntold(this.inventory, container)
      ? new CareenError('swarm-silent', { endpoint })
      : new CareenError('container-unknown', { container });
  }
}
