import { isDeepStrictEqual } from 'node:util';
import type { Distribution } from '../../../adapters/docker/distribution.js';
import type { ServiceWhole } from '../../../adapters/docker/swarm/write.js';
import { toWire } from '../../../contract/wire.js';
import { CareenError, isCareenError, meansLost, toCareenError } from '../../../domain/errors.js';
import { familiar, type Reference } from '../../../domain/reference.js';
import { changeSpec } from '../../../domain/swarm/change.js';
import { imageName, isSameImage } from '../../../domain/swarm/image.js';
import type { UpdateGround } from '../types.js';
import { ServiceEnd, type ServiceWork, takenOver } from './work.js';

/** How often an update is asked for anew, where Swarm's own notes moved the version meanwhile. */
const tries = 5;

/** Swarm was asked and said no: nothing of it is under way. */
export class AskingRefused extends Error {
  constructor(readonly why: CareenError) {
    super(why.message);
  }
}

function unlessRefused(e: unknown): never {
  const isOther = isCareenError(e, 'service-changed') || isCareenError(e, 'swarm-silent');
  if (!(e instanceof CareenError) || meansLost(e) || isOther) throw e;
  throw new AskingRefused(toCareenError(e));
}

/** Asks Swarm for another image of a service, with the whole Spec and nothing else of it changed. */
export class ServiceAsking {
  constructor(private readonly ground: Pick<UpdateGround, 'auth'>) {}

  /** The first asking of an update. Throws `ServiceEnd`. */
  async update(work: ServiceWork): Promise<void> {
    const { plan, pen } = work;
    let rests = work.spec;
    const name = nameOf(plan.image);
    const auth = await this.ground.auth(familiar({ ...name, tag: null }));
    const found = await work.shift.engine.distribution(familiar({ ...name, tag: null }), auth);
    if (found === null) throw new ServiceEnd({ state: 'failed', error: toWire(lacks(plan.image)) });
    await this.#write(work, { name, platforms: found.platforms, auth }, async (now) => {
      // An asking that was cut off before may have come through by now: a look tells.
      if (work.asked && isSameImage(now.service.image, plan.image)) return false;
      if (!isSameImage(now.service.image, plan.before.image)) throw takenOver('image');
      // What was read when Careen ended is known by its version alone.
      if (rests === null && now.service.version !== work.plan.version) throw takenOver('written');
      rests ??= now.spec;
      if (!isDeepStrictEqual(now.spec, rests)) throw takenOver('written');
      const { version } = now.service;
      if (version !== work.plan.version)
        work.plan = await pen.serviceUndertaken({ ...rest(work.plan), version });
      await pen.intent('roll-out');
      work.asked = true;
      return true;
    });
  }

  /**
   * The asking of a way back by another update.
   *
   * @param auth as of `ground.auth`; null: none is needed, or none is to be had
   * @param ready writes down what is about to be asked, and gives whether it still is to be
   */
  async back(
    work: ServiceWork,
    { image, auth }: { image: string; auth: string | null },
    ready: (now: ServiceWhole) => Promise<boolean>,
  ): Promise<void> {
    const name = nameOf(image);
    // It ran there: what nodes it may be placed on stays as the Spec has it.
    await this.#write(work, { name, platforms: [], auth }, ready);
  }

  /** The engine's own way back. Throws `service-changed` where it was written since it was read. */
  async rollback(work: ServiceWork, { service, spec }: ServiceWhole): Promise<void> {
    const write = { read: service, spec, auth: null, back: true };
    await work.shift.engine.writeService(write).catch(unlessRefused);
  }

  async #write(
    work: ServiceWork,
    { name, platforms, auth }: Wanted,
    ready: (now: ServiceWhole) => Promise<boolean>,
  ): Promise<void> {
    const { engine } = work.shift;
    const digest = name.digest ?? '';
    for (let n = 1; ; n++) {
      const now = await engine.serviceWhole(work.plan.serviceId);
      if (now === null) throw takenOver('removed');
      if (!(await ready(now))) return;
      const wanted = { name, digest, platforms: platforms.length > 0 ? platforms : null };
      const change = changeSpec(now.spec, wanted);
      if (change === null) throw takenOver('written');
      try {
        const write = { read: now.service, spec: change.spec, auth, back: false };
        await engine.writeService(write).catch(unlessRefused);
        return;
      } catch (e) {
        if (!isCareenError(e, 'service-changed') || n === tries) throw e;
      }
    }
  }
}

interface Wanted {
  name: Reference;
  /** Empty: they stay. */
  platforms: Distribution['platforms'];
  auth: string | null;
}

/** What Careen wrote down is always a name with a digest. */
function nameOf(image: string): Reference {
  const name = imageName(image);
  if (name === null) throw new CareenError('reference-invalid', { text: image, problem: 'empty' });
  return name;
}

const lacks = (reference: string) =>
  new CareenError('registry-lacks', { reference, what: 'manifest', platform: null });

function rest({
  serviceId,
  kind,
  image,
  before,
  version,
  rules,
  steps,
}: ServiceWork['plan']): Omit<ServiceWork['plan'], 't' | 'runId' | 'container' | 'at'> {
  return { serviceId, kind, image, before, version, rules, steps };
}
