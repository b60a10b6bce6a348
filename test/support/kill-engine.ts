import type { AppendLog } from '../../main/adapters/store/log.js';
import type { JournalRecord } from '../../main/services/journal/records.js';
import { TestCareen } from './careen.js';
import type { TestEngine } from './engine.js';
import type { Crash } from './kill-update.js';
import { checkEnd, type Scenario, stage } from './update-scenarios.js';
import { clear, updatePolicy } from './updating.js';

/** An engine that goes away in the middle of a run, and comes back at once. */
export type EngineCrash = Omit<Crash, 'again'>;

/** `--rm` is not among them: a starting engine removes such a container, whoever is at work on it. */
export const engineCrashScenarios = ['good', 'bad', 'rollback'] as const;

/** So that the engine starts it by itself: `unless-stopped` it leaves stopped, whoever is at work. */
const restart = 'always';

/** How an engine goes away and comes back, and by which way Careen reaches it. */
export interface Outage {
  endpoint: string;
  begin(): Promise<void>;
  /** Begun as soon as it is away; Careen goes on meanwhile. */
  end(): Promise<void>;
}

/** One scenario, again and again, while Careen lives on. */
export class EngineCrashes {
  constructor(
    private readonly engine: TestEngine,
    private readonly ref: string,
    private readonly outage: Outage = {
      endpoint: engine.url,
      begin: () => engine.kill(),
      end: () => engine.start(),
    },
  ) {}

  /** Records that a run of a scenario writes that nothing cuts off. */
  async records(scenario: Scenario): Promise<number> {
    let records = 0;
    const count = (n: number) => {
      records = n;
      return Promise.resolve();
    };
    const nothing = () => Promise.resolve();
    await this.#run(scenario, { before: count, after: nothing }, nothing);
    return records;
  }

  /** Takes the engine away once, and checks that the run comes to a good end. */
  async check(crash: EngineCrash): Promise<void> {
    try {
      await this.#killed(crash);
    } catch (cause) {
      throw new Error(`the engine went away at ${JSON.stringify(crash)}`, { cause });
    }
  }

  async #killed({ scenario, n, side }: EngineCrash): Promise<void> {
    let back: Promise<void> | null = null;
    const at = (which: EngineCrash['side']) => async (record: number) => {
      if (record !== n || which !== side) return;
      await this.outage.begin();
      // What Careen does next finds it gone.
      back = this.outage.end();
    };
    await this.#run(scenario, { before: at('before'), after: at('after') }, async (careen) => {
      await back;
      await checkEnd(this.engine, careen, { scenario, begun: true, ref: this.ref, restart });
    });
    if (back === null) throw new Error(`the run of ${scenario} has no record ${n}`);
  }

  async #run(
    scenario: Scenario,
    around: Around,
    check: (careen: TestCareen) => Promise<void>,
  ): Promise<void> {
    const { engine } = this;
    let isOn = false;
    const journalLog = watched(around, () => isOn);
    try {
      await stage(engine, this.ref, scenario, restart);
      const careen = await TestCareen.open({
        socket: engine.socket,
        endpoint: this.outage.endpoint,
        policy: updatePolicy,
        journalLog,
      });
      try {
        const update = () =>
          careen.call('update.run', { containers: [{ container: 'web', to: null }] });
        if (scenario === 'rollback') await update();
        isOn = true;
        await (scenario === 'rollback'
          ? careen.call('update.rollback', { container: 'web' })
          : update());
        await check(careen);
      } finally {
        await careen.close();
      }
    } finally {
      await clear(engine);
    }
  }
}

/** What is done right before and right after a record is on the disk, by its number: some go at once. */
interface Around {
  before: (n: number) => Promise<void>;
  after: (n: number) => Promise<void>;
}

function watched({ before, after }: Around, isOn: () => boolean) {
  let records = 0;
  return (log: AppendLog<JournalRecord>): AppendLog<JournalRecord> => ({
    read: () => log.read(),
    append: async (record) => {
      if (!isOn()) return log.append(record);
      records += 1;
      const n = records;
      await before(n);
      await log.append(record);
      await after(n);
    },
  });
}
