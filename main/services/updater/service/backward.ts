import type { Clock } from '../../../adapters/clock.js';
import type { DockerEngine } from '../../../adapters/docker/types.js';
import type { ServiceNow } from '../../../adapters/docker/swarm/tasks.js';
import type { ServiceWhole } from '../../../adapters/docker/swarm/write.js';
import type { UpdateResult } from '../../../contract/update-steps.js';
import { toWire } from '../../../contract/wire.js';
import {
  CareenError,
  type ErrorDetails,
  isCareenError,
  meansLost,
} from '../../../domain/errors.js';
import { type Advance, furthest } from '../../../domain/swarm/advance.js';
import { digestMeant, imageName, isSameImage } from '../../../domain/swarm/image.js';
import { isGoingBack, progressOf } from '../../../domain/swarm/progress.js';
import { familiar } from '../../../domain/reference.js';
import { allRun, nodesThatRan, standingOf, tasksOf } from '../../../domain/swarm/tasks.js';
import { readyToGoBack, serviceWayBack } from '../../../domain/swarm/way-back.js';
import { LeftOpen } from '../work.js';
import type { UpdateGround } from '../types.js';
import type { Watch } from '../watch.js';
import { AskingRefused, type ServiceAsking } from './asking.js';
import { lookAt, ServiceEnd, type ServiceWork, takenOver } from './work.js';

type NotBack = ErrorDetails['service-not-back']['why'];

/** Gets a service back to what it ran, by Swarm's own rollback or another update (FLEET, 5). */
export class ServiceBackward {
  constructor(
    private readonly asking: ServiceAsking,
    private readonly ground: Pick<UpdateGround, 'auth'>,
    private readonly clock: Clock,
    /** Milliseconds between two looks at the most. */
    private readonly pace: number,
  ) {}

  /**
   * Resolves once every task runs what it ran before, however long Swarm takes for them all: it is
   * given up once it gets no further. Throws `ServiceEnd`, `LeftOpen`,
   * `service-not-back`, and what means that the engine is lost.
   *
   * @param result what is told in the end
   */
  async run(work: ServiceWork, result: UpdateResult, watch: Watch): Promise<void> {
    const { shift, plan } = work;
    const begun = this.clock.now();
    const most = plan.rules.proveWithin + plan.rules.stuckAfter;
    let reached: Advance | null = null;
    for (;;) {
      if (shift.leave.aborted) throw new LeftOpen('interrupted');
      const now = await lookAt(shift.engine, plan.serviceId);
      const state = this.#stateOf(work, now, begun);
      if (state === 'back') return;
      if (state === 'to-ask' && (await this.#ask(work, result).catch(refusedAt(work, now)))) {
        reached = null;
        continue;
      }
      const at = this.clock.now();
      reached = furthest(reached, standingOfBack(work, now), at);
      if (at > reached.at + most) throw notBack(now, 'not-running');
      await watch.news(this.clock, this.pace, shift.leave);
    }
  }

  /** Where it is on its way: as with an update, by what Swarm shows and what is on record. */
  #stateOf(
    { plan, back }: ServiceWork,
    now: ServiceNow,
    heardSince: number,
  ): 'to-ask' | 'under-way' | 'back' {
    const { service } = now;
    const { before, image, version, rules, at: askedAt } = plan;
    // Without a digest in its Spec the tag may lead elsewhere by now.
    const hasOld = isSameImage(service.image, before.image);
    const isIt = before.digest === null ? hasOld : digestMeant(service.image) === before.digest;
    if (back === null) return isIt && runsWhole(now) ? 'back' : 'to-ask';
    const isBack = back.by === 'engine';
    const hasBegun = isGoingBack(service) && service.version !== back.version;
    if (isBack && isSameImage(service.image, back.from) && !hasBegun) {
      // It may have come through and been undone since: to ask again is for a person to decide.
      if (service.version !== back.version) throw takenOver('written');
      return 'to-ask';
    }
    const intent = isBack
      ? { image, before, version, askedAt, backAsked: true }
      : {
          image: back.image,
          before: { image: back.from, digest: digestMeant(back.from) },
          version: back.version,
          askedAt: this.clock.now(),
          backAsked: false,
        };
    const look = { intent, ...now, proof: null, now: this.clock.now(), heardSince, rules };
    const { progress } = progressOf(look);
    switch (progress.state) {
      case 'not-begun':
        return 'to-ask';
      case 'rolled-back':
        if (isBack) return 'back';
        throw notBack(now, 'not-running');
      case 'done':
      case 'proven':
      case 'unproven':
        return 'back';
      case 'someone-else-acted':
        throw takenOver(progress.act);
      case 'failed': {
        const { why } = progress;
        const isAtIt =
          why.by === 'swarm' &&
          (why.state === 'rollback_started' || why.state === 'rollback_completed');
        if (isAtIt) return 'under-way';
        throw notBack(now, 'not-running');
      }
      default:
        return 'under-way';
    }
  }

  /** Whether something was asked: where it has the old one already, Swarm is only waited for. */
  async #ask(work: ServiceWork, result: UpdateResult): Promise<boolean> {
    const { engine } = work.shift;
    const now = await engine.serviceWhole(work.plan.serviceId);
    if (now === null) throw takenOver('removed');
    const { plan, back } = work;
    if (back?.by === 'engine' && now.service.version !== back.version) return true;
    const likely = wayOf(work, now);
    if (likely.by === 'none') {
      if (likely.why === 'is-back') return false;
      if (likely.why === 'someone-else-acted') throw takenOver('image');
      throw notBack(now, likely.why);
    }
    const { image: old } = likely.by === 'engine' ? work.plan.before : likely;
    const seen = await lookAt(engine, work.plan.serviceId);
    const given = await this.#givenTo(engine, old);
    // Swarm tries until the image is there, and what failed is no better meanwhile.
    const isFreeToStay = plan.kind === 'rollback' && runsWhole(seen);
    if (given.to === 'none' && isFreeToStay && !(await haveIt(engine, old, seen)))
      throw notBack(now, 'no-image');
    const way = given.to === 'login' ? wayOf(work, now, true) : likely;
    if (way.by !== 'update') {
      await this.#record(work, result, backOf(now, 'engine', old));
      try {
        await this.asking.rollback(work, now);
      } catch (e) {
        if (!isCareenError(e, 'service-changed')) throw e;
        // Nothing was asked, and its state alone may have moved: it is looked at once more.
        work.back = null;
      }
      return true;
    }
    const { image } = way;
    await this.asking.back(work, { image, auth: given.auth }, async (again) => {
      // An asking that was cut off before may have come through by now.
      if (isSameImage(again.service.image, image)) return false;
      if (!isSameImage(again.service.image, now.service.image)) throw takenOver('image');
      await this.#record(work, result, backOf(again, 'update', image));
      return true;
    });
    return true;
  }

  async #record(
    work: ServiceWork,
    result: UpdateResult,
    back: NonNullable<ServiceWork['back']>,
  ): Promise<void> {
    await work.pen.serviceTurned(result, back);
    work.turned = result;
    work.back = back;
  }

  /**
   * To whom the registry gives an image now, and the login that is known: whatever keeps it from
   * answering, to none. A helper that fails must not keep the service: nodes may have the image, and
   * Swarm its credentials.
   */
  async #givenTo(engine: DockerEngine, image: string): Promise<Given> {
    const byDigest = digestReference(image);
    if (byDigest === null) return { to: 'none', auth: null };
    const auth = await this.ground.auth(byDigest).catch(unlessToldOf);
    const isGiven = async (as: string | null) =>
      (await engine.distribution(byDigest, as).catch(unlessToldOf)) !== null;
    if (!(await isGiven(auth))) return { to: 'none', auth };
    return { to: auth === null || (await isGiven(null)) ? 'anyone' : 'login', auth };
  }
}

interface Given {
  to: 'anyone' | 'login' | 'none';
  auth: string | null;
}

/** Whether each node that can take a task has the image. */
async function haveIt(
  engine: DockerEngine,
  image: string,
  { service, tasks, nodes }: ServiceNow,
): Promise<boolean> {
  const byDigest = digestReference(image);
  if (byDigest === null) return false;
  const isHere = (await engine.resolve(byDigest)) !== null;
  const own = (await engine.swarm())?.nodeId ?? null;
  // Of other nodes only their own engines can tell, or a task that has run it there.
  const haveRun = nodesThatRan(tasksOf(service, tasks), image);
  const has = (id: string) => (id === own ? isHere : haveRun.has(id) || null);
  return readyToGoBack(nodes, false, has).state === 'ready';
}

/** Null for what is known to go wrong with registries and helpers; of all else the caller is to know. */
function unlessToldOf(e: unknown): null {
  if (!(e instanceof CareenError) || meansLost(e)) throw e;
  return null;
}

function digestReference(image: string): string | null {
  const name = imageName(image);
  return name && familiar({ ...name, tag: null });
}

function wayOf({ plan, back }: ServiceWork, { service }: ServiceWhole, needsLogin = false) {
  const { image, before, kind } = plan;
  const hasGone = back !== null && isGoingBack(service) && service.version !== back.version;
  const backAsked = hasGone && isSameImage(service.image, image);
  const intent = { image, before, backAsked };
  return serviceWayBack(service, intent, kind === 'rollback', needsLogin);
}

/** How many tasks run what it goes back to. */
const standingOfBack = ({ plan, back }: ServiceWork, { service, tasks, nodes }: ServiceNow) =>
  standingOf(service, tasks, back?.image ?? plan.before.image, nodes);

/** What a refusal of the way back is told as: a service that a person wanted back is as it was. */
function refusedAt({ plan }: ServiceWork, { service }: ServiceNow) {
  return (e: unknown): never => {
    if (!(e instanceof AskingRefused)) throw e;
    if (plan.kind === 'rollback') throw new ServiceEnd({ state: 'failed', error: toWire(e.why) });
    const message = isCareenError(e.why, 'engine-error') ? e.why.details.message : '';
    throw new CareenError('service-not-back', { service: service.name, why: 'refused', message });
  };
}

/** Whether every task runs what its Spec has now, whichever that is. */
const runsWhole = ({ service, tasks, nodes }: ServiceNow) =>
  allRun(standingOf(service, tasks, service.image, nodes));

function backOf({ service }: ServiceWhole, by: 'engine' | 'update', image: string) {
  return { by, image, from: service.image, version: service.version };
}

function notBack({ service }: Pick<ServiceNow, 'service'>, why: NotBack) {
  const message = service.status?.message ?? '';
  return new CareenError('service-not-back', { service: service.name, why, message });
}
