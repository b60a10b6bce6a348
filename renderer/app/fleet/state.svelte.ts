import type { Params } from '../../../main/contract/commands.js';
import type { ContextRow, EngineRow } from '../../../main/contract/fleet.js';
import type { WireError } from '../../../main/contract/wire.js';
import type { CareenApi } from '../../../preload/api.js';
import type { Call } from '../state/caller.js';

/** A run that was cut off stays so: who was asked was told of it. */
const leaving = (unfinished: boolean) => (unfinished ? { unfinished: 'leave' as const } : {});

/** What a person is asked about an engine before anything changes. */
type EngineQuestion =
  | { ask: 'rename' | 'remove' | 'same' | 'another'; row: EngineRow }
  /** Of two that say the same ID: `row` is the one that stays. */
  | { ask: 'join' | 'part'; row: EngineRow; other: EngineRow };

/** What is being added: a context by its name, or an address as it was typed. */
export type Added = Params<'engines.add'>;

/** What it needs of the window's whole state. */
interface Host {
  call: Call;
  /** Told of an engine that a person took off the list. */
  gone(engine: string): void;
}

/** The list of all engines: the docker contexts that lead to more, what is being added, what is asked. */
export class FleetState {
  question = $state.raw<EngineQuestion | null>(null);
  /** Null until they were told. */
  contexts = $state.raw<readonly ContextRow[] | null>(null);
  /** Contexts were asked for and could not be had. */
  failed = $state(false);
  adding = $state.raw<Added | null>(null);
  /** Why the last one was not added, with what it was. */
  refused = $state.raw<{ added: Added; error: WireError } | null>(null);
  #asked = 0;

  constructor(
    private readonly api: Pick<CareenApi, 'call'>,
    private readonly host: Host,
  ) {}

  /** Asks what contexts there are; those told before stay until then. */
  async look(): Promise<void> {
    const asked = ++this.#asked;
    const answer = await this.host.call('engines.list', {});
    if (asked !== this.#asked) return;
    this.failed = answer === null;
    this.contexts = answer?.contexts ?? this.contexts;
  }

  /**
   * Adds an engine; why it could not be stays in `refused`, beside what was asked.
   *
   * @returns its key, or null
   */
  async add(added: Added): Promise<string | null> {
    if (this.adding) return null;
    this.adding = added;
    this.refused = null;
    const answer = await this.api.call('engines.add', added);
    this.adding = null;
    if (answer.ok) return answer.result.engine;
    this.refused = { added, error: answer.error };
    return null;
  }

  /** Gives an engine a name; nothing is asked any more. */
  async rename(engine: string, name: string): Promise<void> {
    this.question = null;
    await this.host.call('engines.set', { engine, name });
  }

  /** Says that another engine is where that of a row was; nothing is asked any more. */
  async another({ key: engine, unfinished }: EngineRow): Promise<void> {
    this.question = null;
    const answer = await this.host.call('engines.another', { engine, ...leaving(unfinished) });
    if (answer && answer.engine !== engine) this.host.gone(engine);
  }

  /** Says that an engine is the same one, upgraded or newly made; nothing is asked any more. */
  async same(engine: string): Promise<void> {
    this.question = null;
    await this.host.call('engines.same', { engine });
  }

  /** Says that two are one engine, of which `other` goes off the list; nothing is asked any more. */
  async join(engine: string, other: string): Promise<void> {
    this.question = null;
    if (await this.host.call('engines.join', { engine, other })) this.host.gone(other);
  }

  /** Says that two are two engines; nothing is asked any more. */
  async part(engine: string, other: string): Promise<void> {
    this.question = null;
    await this.host.call('engines.part', { engine, other });
  }

  /** Takes an engine off the list, as its row stood when that was asked; nothing is asked any more. */
  async remove({ key: engine, unfinished }: EngineRow): Promise<void> {
    this.question = null;
    const params = { engine, ...leaving(unfinished) };
    if (await this.host.call('engines.remove', params)) this.host.gone(engine);
  }
}
