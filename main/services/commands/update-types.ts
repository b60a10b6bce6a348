import type { RegistryLimit, UpdateRow } from '../../contract/updates.js';
import type { MoveOver, UpdatePreview } from '../../contract/update-preview.js';
import type { AskedBy, UpdateRun } from '../../contract/runs.js';
import type { Millis } from '../../domain/facts.js';
import type { UpdateMode } from '../../domain/policy/types.js';

/**
 * What the commands ask of the checks. Containers are known by their names; each throws
 * `container-unknown` for one that is not there.
 */
export interface Checks {
  /** Asks the registries anew; null is about every container. What cannot be asked says so in its row. */
  check(containers: readonly string[] | null): Promise<unknown>;
  /** Resolves once the rows tell of the engine and the policy as they are now. */
  settled(): Promise<void>;
  rows(): UpdateRow[];
  limits(): RegistryLimit[];
  /** The most that its owner lets Careen do about a container. */
  ceiling(container: string): UpdateMode;
  snooze(container: string, until: Millis | null): Promise<void>;
  skip(container: string, on: boolean): Promise<void>;
}

/** What the commands ask of who updates; each resolves at the end of its run. */
export interface Updates {
  /** Null is all that `--all` takes; `copy`: whose named volumes are copied first. */
  update(
    wanted: {
      containers: readonly { container: string; to: string | null; shown: string | null }[] | null;
      copy: readonly string[];
    },
    by: AskedBy,
    token: string | null,
  ): Promise<UpdateRun>;
  /** `to`: an image ID or a reference; null is the last proven version. */
  rollback(
    wanted: { container: string; to: string | null; copies: boolean },
    by: AskedBy,
    token: string | null,
  ): Promise<UpdateRun>;
  release(container: string, by: AskedBy, token: string | null): Promise<UpdateRun>;
}

/** What an update would change; changes nothing. */
export interface Previews {
  preview(container: string, to: string | null): Promise<UpdatePreview>;
}

/** What another updater's labels and options ask for, as an edit of the policy. */
export interface MovingOver {
  propose(): Promise<{ proposal: MoveOver; edit: (text: string) => string }>;
}

/** Whatever the commands about updates lead to. */
export interface UpdateServices {
  checker: Checks;
  updater: Updates;
  previews: Previews;
  movingOver: MovingOver;
}
