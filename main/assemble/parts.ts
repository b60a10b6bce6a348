import type { Clock } from '../adapters/clock.js';
import type { MovedAside } from '../adapters/store/aside.js';
import type { AppendLog } from '../adapters/store/log.js';
import type { Settings } from '../adapters/store/settings.js';
import type { Thresholds } from '../domain/suggestions/types.js';
import type { Patience } from '../services/cleaner/execution.js';
import type { JournalRecord } from '../services/journal/records.js';
import type { LoginItem } from '../services/preferences.js';
import type { UpdatePatience } from '../services/updater/types.js';

/** What differs between the app, the command line and a test. */
export interface Parts {
  /** The data home's real path, opened. */
  home: string;
  version: string;
  by: 'app' | 'cli';
  /** An endpoint for this process alone (`--engine`), else null. */
  engine: string | null;
  /** Made once the home is this process's. */
  settings: () => Promise<{ settings: Settings; movedAside: MovedAside | null }>;
  clock: Clock;
  /** Told of what failed where no person waits for an answer. */
  report: (error: unknown) => void;
  /** Stands between the journal and its file; a test ends the process there. */
  journalLog?: (log: AppendLog<JournalRecord>) => AppendLog<JournalRecord>;
  /** Whether the machine runs on battery, as the desktop knows it; null is unknown. */
  power?: () => boolean | null;
  /** Launch at login, as this desktop does it. */
  loginItem?: LoginItem | null;
  /** The proxy that the desktop's settings name for an address, as proxy auto-configuration answers. */
  systemProxy?: (url: string) => Promise<string>;
  /** How long runs wait for their engine. */
  patience?: Patience;
  /** The same of updates. */
  updatePatience?: UpdatePatience;
  /** Whether a person acts in the window at this moment: what can wait gives way. */
  userActive?: () => boolean;
  /** From what on something is suggested. */
  worthSuggesting?: Thresholds;
}
