import type { Clock } from '../../adapters/clock.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import { toWire } from '../../contract/wire.js';
import { CareenError } from '../../domain/errors.js';
import { asTag } from '../../domain/reference.js';
import { notNow } from '../../domain/update/hooks.js';
import { clean } from '../../domain/unsafe-text.js';
import { versionLabel } from '../../domain/update/version-label.js';
import type { StepOutcome } from '../journal/update-records.js';
import type { Hooks } from './hooks.js';
import { createdAsItIs } from './lead.js';
import { namesIn, othersOf } from './others.js';
import { PullProgress } from './pull-progress.js';
import { platformOf, recreationOf } from './recreation.js';
import { noRoom } from './room.js';
import type { UpdateGround } from './types.js';
import { knownNames, TurnBack, type Wanted, type Work } from './work.js';

/** What a step leaves behind, for its outcome. */
export type Did = Partial<Pick<StepOutcome, 'id' | 'image' | 'bytes' | 'state'>>;

/** The steps of an update while the service still runs; all of them can be done again. */
export class Preparing {
  constructor(
    private readonly ground: UpdateGround,
    private readonly hooks: Hooks,
    private readonly clock: Clock,
  ) {}

  /** Records what runs, and keeps its image under a tag of Careen's own. */
  async retain(work: Work): Promise<Did> {
    const { engine, versions, plan, before, from } = work;
    const spec = await engine.inspectContainer(plan.id);
    if (!spec) throw new TurnBack({ state: 'skipped', why: { code: 'gone' } });
    const image = await engine.inspectImage(plan.imageId);
    const wasUnproven = versions.unproven(plan.container) !== null;
    const tag = await versions.keep(plan.container, {
      imageId: plan.imageId,
      reference: plan.oldReference,
      tag: from.tag,
      digest: from.digest,
      digests: image?.digests ?? [],
      created: from.created ?? image?.created ?? null,
      label: from.label,
      replacedAt: this.clock.now(),
      proven: !wasUnproven && before?.status !== 'restarting' && before?.health !== 'unhealthy',
      runId: plan.runId,
      spec,
      defaults: image?.defaults ?? null,
      names: await namesIn(engine, spec, knownNames(work)),
      anonymous: {},
    });
    // What is only made anew keeps its image anyway.
    if (image && plan.kind !== 'recreate') await engine.tag(image.id, tag);
    return {};
  }

  async pull(work: Work): Promise<Did> {
    const { engine, plan, pen, cancel } = work;
    const wanted = wantedOf(work);
    if (wanted.pullBy === null) return { state: 'skipped' };
    // What was pulled before it in this run lies there now.
    const why = noRoom(wanted, await this.ground.available());
    if (why) throw new TurnBack({ state: 'skipped', why });
    const progress = new PullProgress((bytes, layers) => pen.pulling(bytes, layers));
    const platform = wanted.image && platformOf(wanted.image);
    await engine.pull(wanted.pullBy, {
      auth: await this.ground.auth(plan.reference),
      signal: cancel,
      onProgress: (word) => progress.take(word),
      ...(platform === null ? {} : { platform }),
    });
    wanted.imageId = await engine.resolve(wanted.pullBy);
    return { bytes: progress.bytes };
  }

  /** The reference leads to the wanted image from here on: the new container is created by it. */
  async tag(work: Work): Promise<Did> {
    const { engine, plan } = work;
    const wanted = wantedOf(work);
    const id = wanted.imageId;
    const found = id === null ? null : await engine.inspectImage(id);
    if (id === null || !found) throw new CareenError('image-gone', { id: id ?? plan.reference });
    // An index can change without the platform's image changing (UPDATING §2).
    if (id === plan.imageId) throw new TurnBack({ state: 'skipped', why: { code: 'nothing-new' } });
    const image = { id, created: found.created, label: versionLabel(found) };
    const isThere = asTag(plan.reference) === null || (await engine.resolve(plan.reference)) === id;
    if (isThere) return { image, state: 'skipped' };
    work.moved = true;
    await engine.tag(id, plan.reference);
    return { image };
  }

  async hookBefore(work: Work): Promise<Did> {
    const { plan, cancel } = work;
    const consent = await this.hooks.before(plan.id, wantedOf(work).hooks, cancel);
    if (consent.go) return consent.told.length === 0 ? {} : { state: 'failed' };
    const { hook, exitCode, output: message } = consent.failure;
    if (consent.why === 'not-now')
      throw new TurnBack({ state: 'skipped', why: { code: 'hook', exitCode: notNow } });
    const command = clean(hook.command);
    throw new CareenError('hook-failed', { command, exitCode, message });
  }

  async create(work: Work): Promise<Did> {
    const { engine, versions, plan } = work;
    const wanted = wantedOf(work);
    const imageId = wanted.imageId ?? plan.imageId;
    const newImage = await engine.inspectImage(imageId);
    if (!newImage) throw new CareenError('image-gone', { id: imageId });
    await this.#clear(engine, plan.temporary);
    const { payload, anonymous } = recreationOf({
      container: wanted.spec,
      oldImage: wanted.image,
      oldDefaults: wanted.defaults,
      newImage,
      reference: plan.reference,
      engine: engine.facts,
      others: await othersOf(engine, wanted.spec, knownNames(work)),
    });
    await versions.change(plan.container, plan.runId, { anonymous });
    const id = await createdAsItIs(work, plan.temporary, payload);
    work.nextId = id;
    const made = await engine.containerNow(id);
    if (made?.imageId !== imageId)
      throw new CareenError('pulled-other', { reference: plan.reference });
    if (plan.kind !== 'recreate') await this.#unproven(work, id);
    return { id };
  }

  async #unproven({ versions, plan }: Work, id: string): Promise<void> {
    const { container, runId } = plan;
    const known = versions.unproven(container);
    const previous = known?.runId === runId ? known.previous : known;
    const asides = [...(previous?.asides ?? []), ...(plan.autoRemove ? [] : [plan.id])];
    const since = this.clock.now();
    await versions.setUnproven(container, { since, runId, id, asides, previous });
  }

  /** One that was created before Careen or its engine ended may be half made. */
  async #clear(engine: DockerEngine, name: string): Promise<void> {
    const left = await engine.containerNow(name);
    if (left) await engine.removeOwnContainer(left.id);
  }

  /** After an engine's crash an old container that started again would run beside the new one. */
  async restartPolicyOff({ engine, plan }: Work): Promise<Did> {
    if (plan.restartPolicy.Name === 'no') return { state: 'skipped' };
    await engine.setRestartPolicy(plan.id, { Name: 'no' });
    return {};
  }
}

/** What only the way forward needs, and always has. */
export function wantedOf({ wanted, plan }: Pick<Work, 'wanted' | 'plan'>): Wanted {
  if (!wanted)
    throw new CareenError('internal', { message: `${plan.container} is only to be finished` });
  return wanted;
}

/** Why the way forward ended before the service was stopped. */
export function endOfPreparing(e: unknown): TurnBack {
  if (e instanceof TurnBack) return e;
  return new TurnBack({ state: 'failed', error: toWire(e) });
}
