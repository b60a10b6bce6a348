import type { Clock } from '../../adapters/clock.js';
import type { Question } from '../../contract/slices.js';
import type { Inventory } from '../../domain/facts.js';
import { asTicked, choose } from '../../domain/plan/choose.js';
import { unusualAbout } from '../../domain/plan/limits.js';
import { lostImages } from '../../domain/plan/lost.js';
import { nothing } from '../../domain/plan/sum.js';
import type { Mode } from '../../domain/policy/types.js';
import { planToAsk } from '../../domain/triggers/plans.js';
import type { Cleaner } from '../cleaner/index.js';
import type { PolicyInForce } from '../policies.js';
import type { Aim } from './aim.js';
import { agreementOf, type Memory } from './memory.js';
import type { Questions } from './questions.js';
import type { Telling } from './telling.js';
import { type Asked, type Bid, keyOf, type Senses } from './types.js';

/** What a cause is answered by. */
export interface Ready extends Aim {
  inForce: PolicyInForce;
  mode: Mode;
}

/** Puts a cause to a person: with a plan of now, or that nothing can go. */
export class Asking {
  constructor(
    private readonly from: { senses: Senses; cleaner: Pick<Cleaner, 'keep'> },
    private readonly questions: Questions,
    private readonly memory: Memory,
    private readonly telling: Telling,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks a person.
   *
   * @param rest whether this is about what a run by itself left
   * @param before the question that this renews; where it is dismissed or run meanwhile, nothing is asked
   */
  async ask(
    bid: Bid,
    ready: Ready,
    why: Question['why'],
    rest = false,
    before: Asked | null = null,
  ): Promise<void> {
    const { senses, cleaner } = this.from;
    const { inForce, scope } = ready;
    const made = this.clock.now();
    // Where so much is to be freed, all that a person may take is worth asking about.
    const beyond = rest && scope.free === null ? 'auto' : null;
    const draftOf = (of: Inventory) =>
      planToAsk(of, inForce.policy, bid.cause, scope, this.clock.now(), beyond);
    // What registries say decides what is ticked.
    const { items } = draftOf(await senses.inventory());
    await senses.verify(items.flatMap(({ kind, id }) => (kind === 'image' ? [id] : [])));
    const inventory = await senses.inventory();
    const draft = draftOf(inventory);
    const plan = draft.items.length === 0 ? null : await cleaner.keep(draft, inForce, inventory);
    const chosen = plan && choose(plan, inventory, asTicked);
    // That a disk is full is told although nothing would go without a tick.
    const isEmpty = chosen === null || (chosen.order.length === 0 && bid.cause !== 'pressure');
    if (before !== null && this.questions.current !== before) return;
    const at = before?.question.at ?? this.clock.now();
    if (plan === null || isEmpty) return this.#nothing(bid, ready, at);
    if (before === null && !this.questions.yields(bid)) return;
    const policy = agreementOf(inForce.text, plan.engine);
    const isNew = this.memory.agreed !== policy;
    const { limits } = inForce.policy;
    const unusual =
      bid.onlyAsk && ready.mode === 'auto' && why === 'mode'
        ? unusualAbout(plan, chosen, inventory, limits, isNew)
        : null;
    const going = new Set(chosen.order);
    const question: Question = {
      planId: plan.planId,
      by: bid.cause,
      why: unusual ?? why,
      items: chosen.order.length,
      reclaimable: chosen.reclaimable,
      lost: lostImages(plan.items.filter(({ id }) => going.has(id))),
      at,
    };
    this.questions.put({ question, made, bid, free: scope.free, policy, rest });
    if (before === null) this.telling.tell(bid.cause, question);
  }

  /** Nothing can go: of a full disk that is told all the same, and stands until something can. */
  #nothing(bid: Bid, { isFull }: Ready, at: number): void {
    const { current } = this.questions;
    const isOurs = current !== null && keyOf(current.bid) === keyOf(bid);
    const stands = isOurs && current.question.planId === null;
    if (!isFull && !stands) {
      if (isOurs) this.questions.put(null);
      return;
    }
    const question = withoutPlan('nothing-can-go', at);
    const made = this.clock.now();
    if (current === null || isOurs)
      this.questions.put({ question, made, bid, free: null, policy: '', rest: false });
    this.telling.tell(bid.cause, question);
  }
}

/** What is told of a full disk where no plan can be. */
export function withoutPlan(why: Question['why'], at: number): Question {
  return {
    planId: null,
    by: 'pressure',
    why,
    items: 0,
    reclaimable: nothing,
    lost: lostImages([]),
    at,
  };
}
