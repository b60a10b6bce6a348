import type { Plain } from '../../../../main/domain/policy/edit/text.js';
import type { Path } from '../../../../main/domain/policy/keys.js';

/** What a section of the form reads the policy by, and edits it with. */
export interface FormPart {
  /** What is written at a path, or what holds where nothing is. */
  value: (...path: Path) => Plain | undefined;
  /** Writes a value, with null takes it out; gives back why that is no policy, or null. */
  write: (path: Path, value: Plain | null) => string | null;
  /** Whether any of these is not as the saved policy has it. */
  changed: (...paths: Path[]) => boolean;
}
