import type { Mode, Policy } from '../../../main/domain/policy/types.js';
import { modeNow } from '../../../main/domain/triggers/decide.js';

/** A clean-up that waits for something other than a time. */
export type Cause = 'pressure' | 'images' | 'afterUpdate';

/** What the policy's triggers do by themselves as things are. */
export interface Acts {
  mode: Mode;
  /** Those without a time of their own that are switched on. */
  causes: readonly Cause[];
}

/**
 * What runs by itself (JUDGING §3); null: no policy in force is known, or Careen is paused.
 *
 * @param policy as it is in force, its mode lowered already where others could have written it
 */
export function actsBy(
  policy: Pick<Policy, 'mode' | 'triggers'> | null,
  now: { otherUpdater: boolean; paused: boolean; engineIsLocal: boolean },
): Acts | null {
  const mode = policy && modeNow({ ...now, mode: policy.mode });
  if (policy === null || mode === null) return null;
  const { triggers } = policy;
  const causes = (['pressure', 'images', 'afterUpdate'] as const).filter((cause) =>
    Boolean(triggers[cause]),
  );
  return { mode, causes };
}
