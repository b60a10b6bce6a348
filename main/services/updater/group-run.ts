import type { ContainerNow } from '../../adapters/docker/container-acts.js';
import type { UpdateResult } from '../../contract/update-steps.js';
import { wasCancelled } from '../../contract/update-outcome.js';
import { unknownVersion } from '../../domain/update/types.js';
import type { BegunUpdate } from '../journal/records.js';
import { type Aim, bareAim } from './plan.js';
import { LeftOpen } from './work.js';
import { endedBy, type Shift } from './shift.js';
import { isDone, wasLeft, type WorkEnd, type Worker } from './worker.js';

export type Dependant = BegunUpdate['dependants'][number];

/** One that is to be updated. `otherwise`: as of domain/update/groups; null: nothing. */
interface Target {
  act: 'update';
  aim: Aim;
  after: string[];
  otherwise: Dependant['act'] | null;
}

/** One of a group, in its order: to be updated, or depending on one that is. */
export type Member = Target | Dependant;

/** What became of a container that others depend on. */
type Fate =
  /** Another container stands in its place. */
  | 'replaced'
  /** The same one, started again. */
  | 'restarted'
  /** It was not touched in the end, or it is not known yet. */
  | 'as-it-was';

/** Why the rest of a run has no turn. */
export type Stop = 'engine-lost' | 'interrupted' | 'cancelled';

/** Gives a group its turns, one after another, each after what it depends on (UPDATING §5, Order). */
export class GroupRun {
  readonly #fates = new Map<string, Fate>();
  /** Updates that did not come to their end: what depends on them is not updated either. */
  readonly #failed = new Set<string>();

  constructor(
    private readonly worker: Worker,
    private readonly shift: Shift,
  ) {}

  /** What an earlier turn of this run came to, where Careen ended in between. */
  remember(container: string, act: Member['act'], result: UpdateResult, stopped: boolean): void {
    this.#note(container, act, { result, stopped });
  }

  /**
   * Gives why it ended early; null: everyone had a turn. Where it is cancelled, what depends on what
   * was updated by then has its turn all the same. Throws `log-unwritable`.
   */
  async run(members: readonly Member[]): Promise<Stop | null> {
    let cancelled = false;
    for (const [n, member] of members.entries()) {
      const end = await this.#safely(member);
      if (end?.stop === 'cancelled') cancelled = true;
      if (end === null || end.stop === 'cancelled') continue;
      await this.leave(members.slice(end.begun ? n + 1 : n), end.stop);
      return end.stop;
    }
    return cancelled ? 'cancelled' : null;
  }

  /** Why it ended early, and whether something of this one was begun. */
  async #safely(member: Member): Promise<{ stop: Stop; begun: boolean } | null> {
    try {
      const stop = await this.#one(member);
      return stop && { stop, begun: true };
    } catch (e) {
      if (!(e instanceof LeftOpen)) throw e;
      return { stop: e.why, begun: false };
    }
  }

  /** Whether a dependant has to be made anew, or started again. */
  isDue(member: Dependant): boolean {
    return this.#actOn(member) !== null;
  }

  /** Tells of those that are to be updated and have no turn any more. */
  async leave(members: readonly Member[], stop: Stop): Promise<void> {
    for (const member of members)
      if (member.act === 'update')
        await this.worker.settled(this.shift, member.aim.container, {
          state: 'skipped',
          why: { code: stop },
        });
  }

  async #one(member: Member): Promise<Stop | null> {
    const container = member.act === 'update' ? member.aim.container : member.container;
    const end = await this.#turnOf(member);
    if (end === null) return null;
    this.#note(container, member.act, end);
    if ('open' in end) return end.open;
    const { result } = end;
    if (member.act === 'update' && wasLeft(end)) {
      const stop = await this.#follow(member, result);
      if (stop) return stop;
    }
    return wasCancelled(result) ? 'cancelled' : null;
  }

  async #turnOf(member: Member): Promise<WorkEnd | null> {
    const { worker, shift } = this;
    if (member.act === 'update') {
      const { aim, after } = member;
      const ended = endedBy(shift);
      if (ended)
        return worker.settled(shift, aim.container, { state: 'skipped', why: { code: ended } });
      const root = after.find((name) => this.#failed.has(name));
      if (root === undefined) return worker.work(shift, aim);
      const why = { code: 'root-failed', container: root } as const;
      return worker.settled(shift, aim.container, { state: 'rolled-back', why, log: [] });
    }
    const { container } = member;
    const act = this.#actOn(member);
    if (act === null) return null;
    const now = await worker.asked(shift, container, (engine) => engine.containerNow(container));
    if (now && 'result' in now) return now;
    if (!now || (act === 'restart' && now.status !== 'running')) return null;
    return worker.work(shift, aimOf(container, act, now));
  }

  /** It is not updated, but hangs on what was replaced or started again: what it runs follows that. */
  async #follow({ aim, after, otherwise }: Target, result: UpdateResult): Promise<Stop | null> {
    const { id, container } = aim;
    if (otherwise === null) return null;
    const stop = await this.#one({ id, container, act: otherwise, after });
    // Of what was asked for, that is what became of it.
    if (stop === null && this.#fates.get(container) !== 'as-it-was')
      await this.worker.settled(this.shift, container, result);
    return stop;
  }

  #actOn({ act, after }: Dependant): Dependant['act'] | null {
    const fates = after.map((name) => this.#fates.get(name));
    if (fates.includes('replaced')) return act;
    return fates.includes('restarted') ? 'restart' : null;
  }

  #note(container: string, act: Member['act'], end: WorkEnd): void {
    const done = 'result' in end && isDone(end.result);
    if (act === 'update' && !done) this.#failed.add(container);
    const fate = done && act !== 'restart' ? 'replaced' : done || end.stopped ? 'restarted' : null;
    this.#fates.set(container, fate ?? 'as-it-was');
  }
}

/** To be as it is, of what it is: only anew, or started again. */
function aimOf(container: string, kind: Dependant['act'], now: ContainerNow): Aim {
  const { id, imageId, reference } = now;
  return bareAim({ kind, container, id, reference, from: { ...unknownVersion, imageId } });
}
