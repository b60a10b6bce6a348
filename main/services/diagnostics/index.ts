import type { Entry } from '../../adapters/store/contents.js';
import type { BundledFile } from '../../adapters/store/bundle.js';
import type { Result } from '../../contract/commands.js';
import type { HistoryRun } from '../../contract/runs.js';
import type { SliceName, Slices } from '../../contract/slices.js';
import { type Json, type Person, redact } from '../../domain/diagnostics/redact.js';
import { CareenError } from '../../domain/errors.js';
import type { Inventory, Millis } from '../../domain/facts.js';
import type { PolicyInForce } from '../policies.js';
import { countsOf } from './counts.js';
import type { RecentErrors } from './errors.js';
import { pseudonymsOf } from './names.js';

/** How much of what grows without end is told. */
const most = { runs: 20, rows: 200 };

interface Sources {
  state: { get<N extends SliceName>(name: N): Slices[N] };
  judging: { readonly current: { inventory: Inventory } | null };
  policies: { current(): Promise<PolicyInForce | CareenError> };
  journal: { history(filter: { since: Millis | null }): HistoryRun[] };
  registries: { seen(): Result<'registries'> };
  contents: () => Promise<Entry[]>;
  errors: RecentErrors;
}

/** What is the same as long as the process is there. */
export interface Machine {
  version: string;
  by: 'app' | 'cli';
  platform: string;
  arch: string;
  release: string;
  /** Of Node, Electron and what they are made of. */
  versions: Record<string, string>;
  person: Person;
}

/** What somebody who helps needs to know, as files of JSON without what is nobody's business. */
export class Diagnostics {
  constructor(
    private readonly from: Sources,
    private readonly machine: Machine,
    private readonly now: () => Millis,
  ) {}

  /** @param names whether things stand in it by their names, else by stand-ins */
  async files({ names }: { names: boolean }): Promise<BundledFile[]> {
    const { state, judging, policies, journal, registries, contents, errors } = this.from;
    const { person, ...machine } = this.machine;
    const inventory = judging.current?.inventory ?? null;
    const current = await policies.current();
    const policy = current instanceof CareenError ? null : current.policy;
    const history = journal.history({ since: null });
    const seen = registries.seen();
    const hosts = seen.registries.map(({ registry }) => registry);
    const { upsert, totals } = state.get('images');
    const updates = state.get('updates');
    const all: Record<string, unknown> = {
      about: { at: new Date(this.now()).toISOString(), ...machine },
      engine: state.get('engine'),
      gauges: state.get('gauges'),
      settings: state.get('settings'),
      policy: policy ?? { error: current instanceof CareenError ? current.details : null },
      counts: countsOf(inventory, upsert, updates),
      totals,
      images: upsert.slice(0, most.rows),
      updates: { ...updates, rows: updates.rows.slice(0, most.rows) },
      run: state.get('run'),
      suggestions: state.get('suggestions').rows.slice(0, most.rows),
      history: history.slice(0, most.runs),
      registries: seen,
      errors: errors.all,
      data: await contents(),
    };
    const standIns = names
      ? null
      : pseudonymsOf({ inventory, history, policy, registries: hosts, told: named(all, person) });
    return Object.entries(all).map(([name, value]) => ({
      name: `${name}.json`,
      text: `${JSON.stringify(redact(plain(value), person, standIns), null, 2)}\n`,
    }));
  }

  /** The archive's name without its ending: `careen-diagnostics-2026-11-24`. */
  get name(): string {
    return `careen-diagnostics-${new Date(this.now()).toISOString().slice(0, 10)}`;
  }
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as Json;

/** What names can stand in: the process itself and the counts have none. */
function named({ about: _, counts: __, ...rest }: Record<string, unknown>, person: Person): Json {
  return redact(plain(rest), person, null);
}
