import type { Clock } from '../../adapters/clock.js';
import type { CleanRun } from '../../contract/runs.js';
import { CareenError, isCareenError } from '../../domain/errors.js';
import { isLocal } from '../../domain/identity.js';
import { policyIn } from '../../domain/plan/auto.js';
import { asTicked, choose } from '../../domain/plan/choose.js';
import { unusualAbout } from '../../domain/plan/limits.js';
import type { Mode, Policy } from '../../domain/policy/types.js';
import { type Awaited, decide, mayRunOnBattery, modeNow } from '../../domain/triggers/decide.js';
import { planByItself } from '../../domain/triggers/plans.js';
import type { Cause, Scope } from '../../domain/triggers/types.js';
import type { Cleaner } from '../cleaner/index.js';
import type { Connection } from '../connection.js';
import type { Gauges, Reading } from '../gauges.js';
import type { Judging } from '../judging.js';
import type { Policies, PolicyInForce } from '../policies.js';
import type { Preferences } from '../preferences.js';
import { aimOf, diskAfter } from './aim.js';
import { type Asking, type Ready, withoutPlan } from './asking.js';
import { findByItself, type Findings } from './by-itself.js';
import { agreementOf, type Memory } from './memory.js';
import { canAskNow, isOutdated } from './outdated.js';
import type { Questions } from './questions.js';
import type { Telling } from './telling.js';
import { type Bid, type Outcome, type Senses } from './types.js';
import type { Waiting, Waits } from './waits.js';

/** What answering a cause needs of the other services. */
export interface Ground {
  connection: Pick<Connection, 'engine'>;
  policies: Pick<Policies, 'current'>;
  cleaner: Pick<Cleaner, 'keep' | 'runWhole'>;
  gauges: Pick<Gauges, 'read' | 'reading'>;
  preferences: Pick<Preferences, 'value'>;
  judging: Pick<Judging, 'current' | 'policy'>;
  senses: Senses;
  /** Whether the machine runs on battery; null is unknown. */
  power(): Promise<boolean | null>;
}

const isMeasured = (cause: Cause) => cause === 'pressure' || cause === 'image-budget';

/** Answers causes that fired, each by the policy's mode (JUDGING §3, "Mode governs triggers only"). */
export class Answers {
  constructor(
    private readonly from: Ground,
    private readonly questions: Questions,
    private readonly waits: Waits,
    private readonly memory: Memory,
    private readonly asking: Asking,
    private readonly telling: Telling,
    /** Whether nothing may begin: Careen ends, or the machine is about to sleep or has hardly woken. */
    private readonly isHeld: () => boolean,
    private readonly clock: Clock,
  ) {}

  get #isPaused(): boolean {
    const { pausedUntil } = this.from.preferences.value;
    return pausedUntil !== null && pausedUntil > this.clock.now();
  }

  /** What triggers may do now at most; null while they may do nothing. */
  modeNow(inForce: PolicyInForce | CareenError | null): Mode | null {
    const { connection, judging } = this.from;
    const readable = inForce !== null && !(inForce instanceof CareenError);
    return modeNow({
      mode: readable ? inForce.policy.mode : 'suggest',
      paused: this.#isPaused,
      engineIsLocal: connection.engine !== null && isLocal(connection.engine.facts),
      otherUpdater: (judging.current?.otherUpdater ?? null) !== null,
    });
  }

  /** Does what the policy lets this cause do: nothing, a question, or a run. */
  async answer(bid: Bid): Promise<Exclude<Outcome, 'failed'>> {
    const waited = this.waits.take(bid);
    try {
      const ground = await this.#ground(bid);
      if (ground === 'away') return this.#waitOn(waited) ? 'waits' : 'barred';
      if (ground === 'barred') return 'barred';
      if (ground !== 'no need') {
        const since = waited?.since ?? null;
        if ((await this.#answer(bid, ground, since)) === 'anew') return 'anew';
      }
    } catch (e) {
      this.#waitOn(waited);
      throw e;
    }
    return this.waits.has(bid) ? 'waits' : 'answered';
  }

  /** What could not be answered is tried again as before; what is measured fires anew by itself. */
  #waitOn(waited: Waiting | null): boolean {
    if (waited === null || isMeasured(waited.bid.cause)) return false;
    this.waits.add(waited.bid, waited.for, waited.since);
    return this.waits.has(waited.bid);
  }

  /** Asks the question that stands anew, with a plan of now; it goes where it is answered by itself. */
  async renew(): Promise<void> {
    const asked = this.questions.current;
    if (asked === null) return;
    const ready = await this.#ground(asked.bid);
    if (this.questions.current !== asked) return;
    if (typeof ready === 'string') {
      // A full disk fires anew by itself.
      if (this.#isPaused && asked.bid.cause !== 'pressure') this.questions.later(asked.bid);
      return this.questions.put(null);
    }
    const why = asked.question.planId === null ? this.#plainWhy(asked.bid) : asked.question.why;
    await this.asking.ask(asked.bid, ready, why, asked.rest, asked);
  }

  /** Whether what is asked of a full disk is no longer what would be asked now. */
  get isOutdated(): boolean {
    return isOutdated(this.questions.current, this.from);
  }

  /** Whether something can go now that a full disk was told of though nothing could. */
  get canAskNow(): boolean {
    return canAskNow(this.questions.current, this.from, this.clock.now());
  }

  async #answer(bid: Bid, ready: Ready, waitedSince: number | null): Promise<'anew' | void> {
    const why = this.#plainWhy(bid);
    if (ready.mode === 'confirm' || why !== 'mode' || bid.onlyAsk)
      await this.asking.ask(bid, ready, why);
    else return this.#byItself(bid, ready, waitedSince);
  }

  /** Why a plan with nothing unusual about it is asked about. */
  #plainWhy({ cause }: Bid): 'mode' | 'estimated-disk' {
    const isCertain = cause !== 'pressure' || this.from.gauges.reading?.certain;
    return isCertain ? 'mode' : 'estimated-disk';
  }

  /**
   * What an answer goes by, or why there is none: `away` where there is no engine, or no policy that
   * can be read, as yet.
   */
  async #ground(
    bid: Bid,
    disk: Reading | null = null,
  ): Promise<Ready | 'away' | 'barred' | 'no need'> {
    const inForce = await this.from.policies.current();
    const mode = this.modeNow(inForce);
    if (mode === null) return 'barred';
    if (inForce instanceof CareenError || this.from.connection.engine === null) return 'away';
    if (mode === 'suggest') return 'barred';
    const aim = await aimOf(bid, inForce.policy, this.from, disk);
    return aim === null ? 'no need' : { inForce, mode, ...aim };
  }

  async #byItself(bid: Bid, ready: Ready, waitedSince: number | null): Promise<'anew' | void> {
    const { policy, text } = ready.inForce;
    if (await this.#lacksPower(bid)) return this.#wait(bid, 'battery', waitedSince);
    const found = await findByItself(this.from.senses, policy, bid.cause, ready.scope, this.clock);
    const chosen = choose(found.plan, found.inventory, asTicked);
    const isNew = this.memory.agreed !== agreementOf(text, found.plan.engine);
    const decision = decide({
      ...found,
      taken: chosen.order.length,
      unusual: unusualAbout(found.plan, chosen, found.inventory, policy.limits, isNew),
    });
    if (decision.act === 'ask') return this.asking.ask(bid, ready, decision.why);
    if (decision.act === 'wait') return this.#wait(bid, decision.for, waitedSince);
    const run = decision.act === 'run' ? await this.#run(bid, ready, found) : null;
    if (run === 'anew') return 'anew';
    if (run === 'unpowered') return this.#wait(bid, 'battery', waitedSince);
    if (decision.act === 'run' && run === null) return;
    await this.#rest(bid, found, waitedSince, run && diskAfter(ready.disk, run));
  }

  /** Lets it be tried again later; that a full disk waits is told. */
  #wait(bid: Bid, what: Awaited, since: number | null): void {
    this.waits.add(bid, what, since);
    if (bid.cause === 'pressure' && what !== 'battery' && this.waits.has(bid))
      this.telling.tell(bid.cause, withoutPlan(what, this.clock.now()));
  }

  async #lacksPower({ cause }: Bid): Promise<boolean> {
    return !mayRunOnBattery(cause) && (await this.from.power()) === true;
  }

  /**
   * Runs a plan by itself; null where a person cancelled it before it began. Registries and other runs
   * take their time: whether it may begin is asked again when its turn comes.
   */
  async #run(
    bid: Bid,
    { inForce: { policy, text }, scope }: Ready,
    found: Findings,
  ): Promise<CleanRun | 'anew' | 'unpowered' | null> {
    const { cause } = bid;
    let refused: 'anew' | 'unpowered' | null = null;
    const isStillAuto = async () => {
      refused = (await this.#lacksPower(bid)) ? 'unpowered' : null;
      if (!(await this.#needs(bid, policy, scope, found))) refused = 'anew';
      const now = await this.from.policies.current();
      // Asked last: nothing is awaited between this and the run.
      if (this.isHeld()) refused = 'anew';
      if (refused !== null || now instanceof CareenError) return false;
      return now.text === text && this.modeNow(now) === 'auto';
    };
    try {
      const run = await this.from.cleaner.runWhole(
        found.plan,
        policyIn('auto', policy),
        text,
        cause,
        isStillAuto,
      );
      this.telling.ran(cause);
      return run;
    } catch (e) {
      // What the end of Careen cancels is not answered.
      if (isCareenError(e, 'run-cancelled')) return refused ?? (this.isHeld() ? 'anew' : null);
      throw e;
    }
  }

  /** Whether the need of now is no smaller than what was planned for it: another run may have come before. */
  async #needs(
    bid: Bid,
    policy: Policy,
    { free }: Scope,
    { inventory, plan }: Findings,
  ): Promise<boolean> {
    const aim = await aimOf(bid, policy, this.from, null);
    if (aim === null || free === null || aim.scope.free === null) return aim !== null;
    if (aim.scope.free >= free) return true;
    // What is written and deleted all the time moves a need by less than an item.
    const { items } = planByItself(inventory, policy, bid.cause, aim.scope, this.clock.now());
    return items.length >= plan.items.length;
  }

  /**
   * What a run by itself left: it waits for its registries, or for a person.
   *
   * @param disk what the engine's disk must be by now, where a reading would not show it yet
   */
  async #rest(
    bid: Bid,
    found: Findings,
    waitedSince: number | null,
    disk: Reading | null,
  ): Promise<void> {
    const ready = await this.#ground(bid, disk);
    if (typeof ready === 'string' || ready.mode !== 'auto') return;
    if (found.unreached > 0) return this.#wait(bid, 'offline', waitedSince);
    await this.asking.ask(bid, ready, 'mode', true);
  }
}
