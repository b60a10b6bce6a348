import type { Clock } from '../../adapters/clock.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import type { Result } from '../../contract/commands.js';
import type { ContextRow, EngineRow, FleetCommandName } from '../../contract/fleet.js';
import { firstEngine } from '../../contract/first-engine.js';
import { type HandlersOf, runCommand } from '../../contract/handlers.js';
import type { Parsed } from '../../contract/parse.js';
import { toWire } from '../../contract/wire.js';
import { CareenError } from '../../domain/errors.js';
import type { EngineFacts } from '../../domain/facts.js';
import type { Policy } from '../../domain/policy/types.js';
import type { CommandContext } from '../commands/types.js';
import type { Fleet } from './index.js';
import { keyOf, Replaced, type ReplacedGround } from './replaced.js';
import type { Room } from './types.js';

/** A docker context that there is, and why it cannot be had, where that is known beforehand. */
export interface FoundContext {
  name: string;
  description: string;
  endpoint: string;
  error: CareenError | null;
}

/** What adding engines needs; the adapters', handed in. */
export interface FleetGround extends Pick<ReplacedGround, 'carryOver'> {
  contexts(): Promise<FoundContext[]>;
  /** An address in one spelling; throws `endpoint-invalid`. */
  spelled(endpoint: string): Promise<string>;
  connect(endpoint: string, context: string | null): Promise<DockerEngine>;
  /**
   * Resolves once a person agreed to what a policy would widen that takes another's place; `before` is
   * null where that cannot be read. Throws `not-confirmed`.
   */
  agreedToWiden(context: CommandContext, before: Policy | null, after: Policy): Promise<void>;
}

/** Milliseconds that engines are given to answer before the list is told as it is. */
const listWait = 5_000;

/** Milliseconds that a new engine is given to be read, so that what is told of it is whole. */
const readWait = 10_000;

/** The commands about the list of engines. */
export class FleetCommands {
  readonly #handlers: HandlersOf<FleetCommandName, CommandContext>;

  constructor(
    private readonly fleet: Fleet,
    private readonly ground: FleetGround,
    private readonly clock: Clock,
    /** Told of each failure, which is the caller's to show. */
    private readonly failed: (error: unknown) => void,
  ) {
    const { carryOver } = ground;
    const factsAt: ReplacedGround['factsAt'] = (...at) => this.#factsAt(...at);
    const replaced = new Replaced(fleet, { factsAt, carryOver }, clock);
    this.#handlers = {
      'engines.list': () => this.#list(),
      'engines.add': (given, context) => this.#add(given, context),
      'engines.remove': async ({ engine, unfinished }) => {
        await fleet.changes.remove(engine, unfinished === 'leave');
        return {};
      },
      'engines.set': async ({ engine, name, policy }, context) => {
        if (policy === 'shared') await this.#agreedToShare(engine, context);
        await fleet.changes.change(engine, {
          ...(name === undefined ? {} : { name }),
          ...(policy === undefined ? {} : { policy }),
        });
        return fleet.value;
      },
      'engines.same': async ({ engine }) => {
        await replaced.same(engine);
        return fleet.value;
      },
      'engines.another': async ({ engine, unfinished }, context) => {
        const leaves = unfinished === 'leave';
        const agreed = () => this.#agreedToFirsts(engine, null, context);
        return { engine: await replaced.another(engine, leaves, agreed) };
      },
      'engines.join': async ({ engine, other }) => {
        await fleet.changes.join(engine, other);
        return fleet.value;
      },
      'engines.part': async ({ engine, other }) => {
        await fleet.changes.part(engine, other);
        return fleet.value;
      },
      'engines.together': async ({ together }) => {
        await fleet.changes.setTogether(together);
        return fleet.value;
      },
    };
  }

  /** Parses and runs a command; throws CareenErrors, `input-invalid` for what does not parse. */
  call<N extends FleetCommandName>(
    name: N,
    params: unknown,
    context: CommandContext,
  ): Promise<Result<N>> {
    return runCommand(this.#handlers, { name, params, context }, this.failed);
  }

  async #list(): Promise<Result<'engines.list'>> {
    await this.fleet.openAll();
    await this.#within(listWait, this.fleet.rooms.map(settled));
    const { value } = this.fleet;
    const contexts = (await this.ground.contexts()).map(({ error, ...context }): ContextRow => ({
      ...context,
      engine: value.engines.find((one) => isAt(one, context.endpoint))?.key ?? null,
      error: error ? toWire(error) : null,
    }));
    return { ...value, contexts };
  }

  async #add(
    given: Parsed<'engines.add'>,
    context: CommandContext,
  ): Promise<Result<'engines.add'>> {
    const contexts = await this.ground.contexts();
    const named = 'context' in given ? given.context : null;
    const found = contexts.find(({ name }) => name === named);
    if (named !== null && !found) throw new CareenError('context-missing', { name: named });
    const endpoint = found?.endpoint ?? (await this.ground.spelled(addressOf(given)));
    // On a command line a person named it.
    const isForeign = !contexts.some((one) => one.endpoint === endpoint);
    if (isForeign && context.by !== 'cli')
      if (!(await context.confirm({ kind: 'foreign-endpoint', endpoint })))
        throw new CareenError('not-confirmed', { act: endpoint });
    const facts = await this.#factsAt(endpoint, named);
    this.fleet.addresses.notTwice(null, facts);
    const key = keyOf(facts);
    const room = await this.fleet.changes.add({
      key,
      name: given.name ?? null,
      context: named,
      endpoint: facts.endpoint,
      id: facts.id,
      policy: 'own',
      addedAt: this.clock.now(),
    });
    await this.#within(readWait, [settled(room)]);
    return { engine: key, name: this.fleet.addresses.nameOf(key) };
  }

  /**
   * An engine that goes by the first one's policy does all that this one says: what that is more than its
   * own did, a person agrees to. Throws `not-confirmed`, and why the first one's cannot be read.
   */
  async #agreedToShare(key: string, context: CommandContext): Promise<void> {
    if (this.fleet.entry(key).policy === 'shared') return;
    const { judging } = await this.fleet.room(key);
    await judging.settled();
    const { policy } = judging;
    const isRead = policy !== null && !(policy instanceof CareenError);
    await this.#agreedToFirsts(key, isRead ? policy.policy : null, context);
  }

  /** The first engine's policy is to hold on one where another, or none, did. Throws as `#agreedToShare`. */
  async #agreedToFirsts(
    key: string,
    before: Policy | null,
    context: CommandContext,
  ): Promise<void> {
    // On a command line a person named it.
    if (context.by === 'cli') return;
    const { judging } = await this.fleet.room(firstEngine);
    await judging.settled();
    const { policy } = judging;
    if (policy instanceof CareenError) throw policy;
    if (policy === null) return;
    const of = [this.fleet.addresses.nameOf(key)];
    const named: CommandContext = {
      ...context,
      confirm: (widening) => context.confirm(widening, of),
    };
    await this.ground.agreedToWiden(named, before, policy.policy);
  }

  async #factsAt(endpoint: string, context: string | null): Promise<EngineFacts> {
    const engine = await this.ground.connect(endpoint, context);
    const { facts } = engine;
    engine.close();
    return facts;
  }

  /** Resolves when all are, or after so many milliseconds. */
  #within(deadline: number, all: readonly Promise<unknown>[]): Promise<unknown> {
    return new Promise((resolve) => {
      const timer = this.clock.after(deadline, () => resolve(null));
      void Promise.allSettled(all).then(() => {
        timer.cancel();
        resolve(null);
      });
    });
  }
}

const isAt = ({ endpoint, aliases }: EngineRow, address: string) =>
  endpoint === address || aliases.includes(address);

function addressOf(given: Parsed<'engines.add'>): string {
  return 'endpoint' in given ? given.endpoint : '';
}

/** Resolves once an engine has answered and is judged, or does not answer. */
async function settled({ connection, judging }: Room): Promise<void> {
  await connection.settled();
  if (connection.engine) await judging.settled();
}
