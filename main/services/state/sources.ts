import type { FleetSlice } from '../../contract/fleet.js';
import type { CleanRun } from '../../contract/runs.js';
import type {
  DisksRead,
  Question,
  RunProgress,
  RunSlice,
  SettingsSlice,
  SliceName,
} from '../../contract/slices.js';
import type { SuggestionsSlice } from '../../contract/suggestions.js';
import type { RegistryLimit, UpdateRow, UpdatesSlice } from '../../contract/updates.js';
import type { UpdateProgress } from '../../contract/update-steps.js';
import type { Forecast } from '../../domain/forecast/forecast.js';
import type { Connection } from '../connection.js';
import type { Inventory } from '../inventory/index.js';
import type { Journal } from '../journal/index.js';
import type { Judging } from '../judging.js';
import type { Runs } from '../runs.js';

/** What there is once for all engines: it outlives any of them. */
interface Outliving<T> {
  readonly value: T;
  on(event: 'changed', listener: () => void): unknown;
  off(event: 'changed', listener: () => void): unknown;
}

/** Where the slices' values come from. */
export interface Sources {
  /** The engine's key. */
  key: string;
  connection: Connection;
  inventory: Inventory;
  judging: Judging;
  runs: Runs;
  journal: Journal;
  policyFile: string;
  gauges: { readonly value: DisksRead; on(event: 'changed', listener: () => void): unknown };
  samples: {
    readonly forecast: Forecast | null;
    on(event: 'changed', listener: () => void): unknown;
  };
  settings: Outliving<SettingsSlice>;
  fleet: Outliving<FleetSlice>;
  /** Whether someone besides the window follows a slice. */
  followed: (slice: SliceName) => boolean;
  execution: {
    on(event: 'progress', listener: (progress: RunProgress | null) => void): unknown;
    on(event: 'ended', listener: (run: CleanRun) => void): unknown;
  };
  undo: { on(event: 'progress', listener: (progress: RunProgress | null) => void): unknown };
  checker: {
    rows(): UpdateRow[];
    limits(): RegistryLimit[];
    readonly status: Pick<UpdatesSlice, 'checking' | 'checkedAt' | 'nextAt' | 'swarm'>;
    on(event: 'changed', listener: () => void): unknown;
  };
  /** Its changes come by the checker's. */
  versions: { readonly recorded: UpdatesSlice['recorded'] };
  updater: { on(event: 'progress', listener: (progress: UpdateProgress | null) => void): unknown };
  suggestions: {
    readonly value: SuggestionsSlice;
    on(event: 'changed', listener: () => void): unknown;
  };
  triggers: {
    readonly question: Question | null;
    readonly next: RunSlice['next'];
    on(event: 'changed', listener: () => void): unknown;
  };
}
