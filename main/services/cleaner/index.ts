import type { Clock } from '../../adapters/clock.js';
import { sha256 } from '../../adapters/hash.js';
import type { AskedBy, CleanRun } from '../../contract/runs.js';
import { CareenError, isCareenError } from '../../domain/errors.js';
import type { Inventory, Millis } from '../../domain/facts.js';
import { sameEngine } from '../../domain/identity.js';
import { LayerIndex } from '../../domain/layers.js';
import { asTicked, choose, type Choice, type Chosen } from '../../domain/plan/choose.js';
import {
  cutPlan,
  makePlan,
  planText,
  type PlanDraft,
  type PlanOptions,
} from '../../domain/plan/make.js';
import { planOfNamed } from '../../domain/plan/named.js';
import type { Plan } from '../../domain/plan/types.js';
import { keepAll } from '../../domain/policy/keep-all.js';
import type { Policy } from '../../domain/policy/types.js';
import { judge } from '../../domain/verdict/judge.js';
import { judgeOthers } from '../../domain/verdict/others/index.js';
import type { JudgedImage, JudgedOther } from '../../domain/verdict/types.js';
import { readPolicy } from '../../domain/policy/read.js';
import type { Judgement } from '../judging.js';
import type { PolicyInForce, PolicyOverride } from '../policies.js';
import type { Runs } from '../runs.js';
import type { Execution } from './execution.js';
import { Plans, type PlanStore, type StoredPlan } from './plans.js';

/** Milliseconds for which a plan may be run (JUDGING §5). */
export const planLife = 3_600_000;

/** Senses, judges, plans and cleans; the engine and its images as they are now. */
export interface Sense {
  /** Everything that is judged, with all that events have told so far; throws without an engine. */
  inventory(): Promise<Inventory>;
  /** The judgement that holds, with all that events have told so far; throws without an engine. */
  judgement(): Promise<Pick<Judgement, 'inventory' | 'index' | 'rules' | 'others' | 'plan'> | null>;
  policy(override: PolicyOverride | null): Promise<PolicyInForce>;
  /** Asks registries about images, and waits for their answers at most `deadline` ms. */
  verify(imageIds: readonly string[], deadline: number): Promise<void>;
  /** The same with nobody waiting. */
  beginVerifying(inventory: Inventory, imageIds: readonly string[]): void;
}

/** Makes plans and runs them (JUDGING §5, §6). */
export class Cleaner {
  readonly #plans: Plans;

  constructor(
    private readonly sense: Sense,
    plans: PlanStore,
    private readonly runs: Runs,
    private readonly execution: Execution,
    private readonly clock: Clock,
  ) {
    this.#plans = new Plans(plans);
  }

  /** The verdict on every image now. */
  async judge(override: PolicyOverride | null): Promise<JudgedImage[]> {
    const inventory = await this.sense.inventory();
    const { policy } = await this.sense.policy(override);
    return judgeNow(inventory, policy, this.clock.now());
  }

  /**
   * The verdict on what takes space beside images. While the policy in force has an error nothing of it
   * goes, as of images; throws `policy-invalid` for one that is given.
   */
  async others(override: PolicyOverride | null): Promise<JudgedOther[]> {
    const policy = await this.sense.policy(override).then(
      (found) => found.policy,
      (e: unknown) => {
        if (override === null && isCareenError(e, 'policy-invalid')) return keepAll;
        throw e;
      },
    );
    const judged = await this.sense.judgement();
    if (judged?.rules === policy) return judged.others;
    const inventory = await this.sense.inventory();
    return judgeOthers(inventory, policy, { now: this.clock.now(), ages: 'calendar' });
  }

  /**
   * Makes and keeps a plan; nothing is changed. Registries are asked whether its images can be had
   * again, and not waited for (JUDGING §2) but by a caller who shows the plan once.
   *
   * @param wanted.verifyWithin milliseconds to wait for registries; default 0
   * @param wanted.lookedAt whether it is only looked at, and stored once a person starts it
   */
  async make(override: PolicyOverride | null, wanted: PlanWanted = {}): Promise<Plan> {
    const { lookedAt = false } = wanted;
    const { policy, text, file } = await this.sense.policy(override);
    const { draft, inventory } =
      (lookedAt ? await this.#draftOfJudged(policy, wanted) : null) ??
      (await this.#draftAnew(policy, wanted));
    const images = draft.items.flatMap(({ kind, id }) => (kind === 'image' ? [id] : []));
    if (!wanted.verifyWithin) {
      this.sense.beginVerifying(inventory, images);
      return this.keep(draft, { file, text }, inventory, lookedAt);
    }
    await this.sense.verify(images, wanted.verifyWithin);
    const verified = await this.sense.inventory();
    const anew = draftOf(verified, policy, this.clock.now(), wanted);
    return this.keep(anew, { file, text }, verified, lookedAt);
  }

  async #draftAnew(policy: Policy, wanted: Wanted): Promise<Drafted> {
    const inventory = await this.sense.inventory();
    return { draft: draftOf(inventory, policy, this.clock.now(), wanted), inventory };
  }

  /**
   * The plan that was judged last, or what of it frees enough: one is made at each step of the amount
   * to free, and nothing of it is another while nothing changes. Null where that is another plan.
   */
  async #draftOfJudged(policy: Policy, { free, kinds, only }: Wanted): Promise<Drafted | null> {
    if (kinds || only) return null;
    const judged = await this.sense.judgement();
    if (judged?.rules !== policy) return null;
    const { plan, index, inventory } = judged;
    const whole = { ...plan, takenAt: this.clock.now() };
    return { draft: free == null ? whole : cutPlan(whole, free, index), inventory };
  }

  /** Gives a plan that was made of this inventory its ID and keeps it, so that it can be run. */
  async keep(
    draft: PlanDraft,
    by: PolicyOverride,
    inventory: Inventory,
    lookedAt = false,
  ): Promise<Plan> {
    const plan = await this.#neverGrowing(identified(draft, by.text), inventory);
    const stored = { plan, policy: { file: by.file, text: by.text } };
    if (lookedAt) this.#plans.lookAt(stored);
    else await this.#plans.save(stored);
    return plan;
  }

  /** A plan made before, while it is good. */
  async get(planId: string): Promise<Plan> {
    return (await this.#stored(planId)).plan;
  }

  /** What would go with these taken out or in, and what it frees. */
  async preview(planId: string, choice: Choice): Promise<Chosen> {
    const { plan } = await this.#stored(planId);
    return choose(plan, await this.sense.inventory(), choice);
  }

  /**
   * Queues a plan's run and resolves with what became of it; its progress carries `token`, and the
   * history the trigger whose question it answers.
   */
  async run(
    planId: string,
    choice: Choice,
    by: AskedBy,
    { token = null, answers = null }: { token?: string | null; answers?: AskedBy | null } = {},
  ): Promise<CleanRun> {
    const stored = await this.#stored(planId);
    // A choice that names what is not in the plan is refused before anything is queued.
    choose(stored.plan, await this.sense.inventory(), choice);
    await this.#plans.started(stored);
    const policy = readPolicy(stored.policy.file, stored.policy.text);
    return this.runs.enqueue((run) => {
      // It may have waited behind another run.
      this.#assertGood(stored.plan);
      return this.execution.execute({ run, plan: stored.plan, policy, choice, by, answers, token });
    }, token);
  }

  /**
   * Queues the run of all of a plan that no person was shown, and that is therefore not kept.
   * Throws `run-cancelled` where it is no longer wanted when its turn comes.
   */
  async runWhole(
    draft: PlanDraft,
    policy: Policy,
    policyText: string,
    by: AskedBy,
    isWanted: () => Promise<boolean>,
  ): Promise<CleanRun> {
    const plan = identified(draft, policyText);
    return this.runs.enqueue(async (run) => {
      if (!(await isWanted()) || !this.#isGood(plan)) throw new CareenError('run-cancelled', {});
      return this.execution.execute({
        run,
        plan,
        policy,
        choice: asTicked,
        by,
        answers: null,
        token: null,
      });
    });
  }

  /**
   * A plan that was shown before under the same ID may be run by whoever saw it: what was not
   * ticked then is not ticked now (DESIGN §1.4).
   */
  async #neverGrowing(plan: Plan, inventory: Inventory): Promise<Plan> {
    const before = (await this.#plans.load(plan.planId))?.plan;
    if (!before || plan.takenAt - before.takenAt > planLife) return plan;
    const ticked = new Set(before.items.filter((i) => i.ticked).map((i) => i.id));
    const items = plan.items.map((item) => {
      const old = before.items.find((i) => i.id === item.id);
      // Its group stays too: who takes a group takes what stood in it.
      if (!old || ticked.has(item.id)) return item;
      return { ...item, ticked: false, untick: old.untick ?? item.untick, group: old.group };
    });
    const { reclaimable } = choose({ items }, inventory, asTicked);
    return { ...plan, items, reclaimable };
  }

  #assertGood(plan: Plan): void {
    if (!this.#isGood(plan)) throw new CareenError('plan-expired', { planId: plan.planId });
  }

  #isGood({ takenAt }: Plan): boolean {
    const age = this.clock.now() - takenAt;
    return age >= 0 && age <= planLife;
  }

  async #stored(planId: string): Promise<StoredPlan> {
    const stored = await this.#plans.load(planId);
    if (!stored) throw new CareenError('plan-unknown', { planId });
    this.#assertGood(stored.plan);
    const { engine } = await this.sense.inventory();
    if (!sameEngine(engine, stored.plan.engine))
      throw new CareenError('plan-other-engine', { planId });
    return stored;
  }
}

/** Verdicts for a run that a person confirms: ages count calendar days (JUDGING §2). */
export function judgeNow(
  inventory: Inventory,
  policy: Policy,
  now: Millis,
  index = new LayerIndex(inventory),
): JudgedImage[] {
  return judge(inventory, policy, { now, ages: 'calendar' }, index);
}

/** What a plan is asked for beside the policy; see PlanOptions. */
export type Wanted = Pick<PlanOptions, 'free' | 'kinds'> & {
  /** A plan of these items alone, which a person named; see `planOfNamed`. */
  only?: readonly string[] | null;
};

interface Drafted {
  draft: PlanDraft;
  inventory: Inventory;
}

type PlanWanted = Wanted & { verifyWithin?: number; lookedAt?: boolean };

function draftOf(inventory: Inventory, policy: Policy, now: Millis, wanted: Wanted): PlanDraft {
  const index = new LayerIndex(inventory);
  const options = { now, ages: 'calendar' } as const;
  if (wanted.only)
    return planOfNamed(inventory, policy, { ...options, named: new Set(wanted.only) }, index);
  const judged = judgeNow(inventory, policy, now, index);
  const others = judgeOthers(inventory, policy, options);
  return makePlan(judged, inventory, now, { ...wanted, others, index });
}

/** A plan with its ID: the hash of what `planText` says of it (JUDGING §5). */
function identified(draft: PlanDraft, policyText: string): Plan {
  return { ...draft, planId: sha256(planText(draft, policyText)).slice(0, 16) };
}

/** A plan made from files or facts alone, kept nowhere. */
export function planOf(
  inventory: Inventory,
  policy: Policy,
  policyText: string,
  now: Millis,
  wanted: Wanted = {},
): Plan {
  return identified(draftOf(inventory, policy, now, wanted), policyText);
}
