import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Conf from 'conf';
import { type Clock, systemClock } from '../../main/adapters/clock.js';
import type { AppendLog } from '../../main/adapters/store/log.js';
import { openHome } from '../../main/adapters/store/home.js';
import { prepareSettingsFile, Settings } from '../../main/adapters/store/settings.js';
import { assemble, type Opened } from '../../main/assemble.js';
import type { CommandName, Params, Result } from '../../main/contract/commands.js';
import type { CleanRun } from '../../main/contract/runs.js';
import type { Thresholds } from '../../main/domain/suggestions/types.js';
import type { Patience } from '../../main/services/cleaner/execution.js';
import type { UpdatePatience } from '../../main/services/updater/types.js';
import type { SliceName, Slices } from '../../main/contract/slices.js';
import type { Careen } from '../../main/services/facade.js';
import type { CommandContext } from '../../main/services/commands/types.js';
import type { JournalRecord } from '../../main/services/journal/records.js';

export interface TestCareenOptions {
  /** The engine's socket. */
  socket: string;
  /** Another way to it; default: its socket. */
  endpoint?: string;
  /** Default: a new one. */
  home?: string;
  /** Written to the home's policy.yaml when given. */
  policy?: string;
  clock?: Clock;
  /** As what it opens the home; `cli` (the default) waits for no triggers. */
  by?: 'app' | 'cli';
  journalLog?: (log: AppendLog<JournalRecord>) => AppendLog<JournalRecord>;
  power?: () => boolean | null;
  patience?: Patience;
  updatePatience?: UpdatePatience;
  /** Whether the engine is not to be had at first: it is not waited for. */
  isAway?: boolean;
  /** From what on something is suggested. */
  worthSuggesting?: Thresholds;
}

/** A person at a terminal who agrees to nothing that widens Careen's reach. */
export const unwilling: CommandContext = {
  by: 'cli',
  confirm: () => Promise.resolve(false),
  pickSocket: () => Promise.resolve(null),
  saveFile: () => Promise.resolve(null),
  openFolder: () => Promise.resolve(),
  testNotification: () => Promise.resolve(),
  openLink: () => Promise.resolve(),
};

/** The assembled application on a home and an engine of a test's own. */
export class TestCareen {
  readonly reported: unknown[] = [];

  private constructor(
    readonly home: string,
    readonly careen: Careen,
  ) {}

  static async open(options: TestCareenOptions): Promise<TestCareen> {
    const home = await openHome(options.home ?? (await mkdtemp(join(tmpdir(), 'careen-home-'))));
    if (options.policy !== undefined) await writeFile(join(home, 'policy.yaml'), options.policy);
    const reported: unknown[] = [];
    const opened: Opened = await assemble({
      home,
      version: '0.0.0-test',
      by: options.by ?? 'cli',
      engine: options.endpoint ?? `unix://${options.socket}`,
      settings: async () => {
        const movedAside = await prepareSettingsFile(home, Date.now());
        const conf = new Conf({
          cwd: home,
          configName: 'config',
          projectName: 'careen',
          configFileMode: 0o600,
        });
        return { settings: new Settings(conf), movedAside };
      },
      clock: options.clock ?? systemClock(),
      report: (e) => reported.push(e),
      ...(options.journalLog ? { journalLog: options.journalLog } : {}),
      ...(options.power ? { power: options.power } : {}),
      ...(options.patience ? { patience: options.patience } : {}),
      ...(options.updatePatience ? { updatePatience: options.updatePatience } : {}),
      ...(options.worthSuggesting ? { worthSuggesting: options.worthSuggesting } : {}),
    });
    if (opened.role !== 'owner') throw new Error(`${home} has an owner already`);
    const test = new TestCareen(home, opened.careen);
    test.reported.push(...reported);
    if (!options.isAway) await test.connected();
    return test;
  }

  /** Runs a command; throws its CareenError. `engine`: the key of another engine than the first. */
  call<N extends CommandName>(name: N, params: Params<N>, engine?: string): Promise<Result<N>> {
    return this.careen.run(name, params, unwilling, engine);
  }

  slice<N extends SliceName>(name: N, engine?: string): Slices[N] {
    return this.careen.slices.get(name, engine);
  }

  /** Resolves once a slice is as wanted. */
  async until<N extends SliceName>(
    name: N,
    wanted: (slice: Slices[N]) => boolean,
    engine?: string,
  ): Promise<void> {
    if (wanted(this.slice(name, engine))) return;
    await new Promise<void>((resolve) => {
      const stop = this.careen.slices.onChange((changed) => {
        if (changed !== name || !wanted(this.slice(name, engine))) return;
        stop();
        resolve();
      });
    });
  }

  /** Resolves once the engine is connected, read and judged. */
  async connected(): Promise<void> {
    await this.until('engine', (e) => e.status === 'connected' && e.asOf === null);
    await this.until('images', (i) => i.totals.judgedAt !== null);
    // A status waits for the rest of the first read: 20.10 counts its disk for one at a time.
    await this.call('status', {});
  }

  /** Makes a plan now and runs all that is ticked, with groups and items taken in or out. */
  async clean(
    choice: { except?: string[]; also?: string[] } = {},
    engine?: string,
  ): Promise<CleanRun> {
    const plan = await this.call('plan.make', { policy: null }, engine);
    const { except = [], also = [] } = choice;
    return this.call('plan.run', { planId: plan.planId, except, also }, engine);
  }

  /** Clean-ups in the history, newest first. */
  async cleanRuns(engine?: string): Promise<CleanRun[]> {
    const { runs } = await this.call('history', { since: null }, engine);
    return runs.filter((run) => run.kind === 'clean');
  }

  close(): Promise<void> {
    return this.careen.close();
  }
}
