import PQueue from 'p-queue';
import type { DockerEngine } from '../../adapters/docker/types.js';
import { type AskedBy, isPerson } from '../../contract/runs.js';
import type { UpdateResult } from '../../contract/update-steps.js';
import { toWire } from '../../contract/wire.js';
import { CareenError, isCareenError, meansLost } from '../../domain/errors.js';
import type { ServiceImages } from '../../domain/facts.js';
import { asTag, splitReference } from '../../domain/reference.js';
import { isUntold, serviceNamed } from '../../domain/swarm/subject.js';
import { type Named, versionNamed } from '../../domain/update/kept.js';
import { unknownVersion } from '../../domain/update/types.js';
import { versionKey } from '../../domain/update/version-key.js';
import type { Target } from '../types.js';
import type { EngineVersions } from '../versions/of-engine.js';
import type { StoredVersion } from '../versions/stored.js';
import { type Aim, bareAim, versionOf } from './plan.js';
import { noRoom } from './room.js';
import type { UpdateGround } from './types.js';

/** One container of what is wanted. */
interface Wanted {
  container: string;
  to: string | null;
  /** Whether it is one of a list of all; else it is named. */
  ofAll: boolean;
  /** The version that was shown for it, which alone is taken; null: whatever it is. */
  shown: string | null;
}

/** A container in whatever version there is when its turn comes. */
export const inAnyVersion = (container: string): Wanted => ({
  container,
  to: null,
  ofAll: false,
  shown: null,
});

/** What a person, or a check, wants of a run; null: all that `--all` takes. */
export interface UpdateWanted {
  containers: readonly Wanted[] | null;
  /** Names of those whose named volumes are copied first. */
  copy: readonly string[];
}

/** One container of a run, and why it has no turn; null: it has one. */
export interface Asked {
  aim: Aim;
  result: UpdateResult | null;
}

/** Asks at once: a registry takes no more from one place. */
const width = 4;

/**
 * Asks again what each container is to become. Throws `container-unknown`, `version-unknown` of those
 * that a person names; others are left and told.
 */
export async function aimsOf(
  ground: UpdateGround,
  wanted: UpdateWanted,
  by: AskedBy,
): Promise<Asked[]> {
  const each: readonly Wanted[] = wanted.containers ?? (await ground.all()).map(inAnyVersion);
  const byName = new Map(each.map((one) => [one.container, one]));
  const queue = new PQueue({ concurrency: width });
  const available = await ground.available();
  const asked = await queue.addAll(
    [...byName.values()].map(({ container, to, ofAll, shown }) => async (): Promise<Asked[]> => {
      const isNamed = wanted.containers !== null && !ofAll && isPerson(by);
      const taker = isNamed ? null : isPerson(by) ? 'all' : 'auto';
      try {
        const target = await ground.target(container, to, taker);
        const aim = aimOf(target, wanted.copy.includes(container));
        return [{ aim, result: refused(target, isNamed, { ofAll, shown }, available) }];
      } catch (e) {
        if (isNamed || meansLost(e)) throw e;
        const of = { container, id: '', reference: container, from: unknownVersion };
        const aim = bareAim({ kind: 'update', ...of });
        // It went since it was checked, and nobody named it.
        if (isCareenError(e, 'container-unknown'))
          return ofAll ? [{ aim, result: { state: 'skipped', why: { code: 'gone' } } }] : [];
        return [{ aim, result: { state: 'failed', error: toWire(e) } }];
      }
    }),
  );
  return asked.flat();
}

function aimOf(target: Target, copy: boolean): Aim {
  const { container, id, from, to, reference, pullBy, bytes, mode } = target;
  const bare = bareAim({ kind: 'update', container, id, reference, from });
  const isService = target.kind === 'service';
  return { ...bare, to, pullBy, bytes, rules: mode.rules, copy, isService };
}

/** Why it has no turn: what holds an update back yields to a person who names it. */
function refused(
  { refused: refusal, heldBack, forAll, to, pullBy, bytes }: Target,
  isNamed: boolean,
  { ofAll, shown }: Pick<Wanted, 'ofAll' | 'shown'>,
  available: number | null,
): UpdateResult | null {
  if (refusal) return { state: 'skipped', why: refusal };
  if (heldBack && !isNamed) return { state: 'skipped', why: { code: 'held-back', held: heldBack } };
  if ((ofAll && !forAll) || (shown !== null && versionKey(to) !== shown))
    return { state: 'skipped', why: { code: 'changed' } };
  const why = noRoom({ pullBy, bytes }, available);
  return why && { state: 'skipped', why };
}

/**
 * The way to a kept version.
 *
 * @param to an image ID or a reference; null is the last that ran well
 * @throws CareenError `container-unknown`, `swarm-silent`, `nothing-kept`, `version-unknown`
 */
export async function rollbackOf(
  engine: DockerEngine,
  ground: UpdateGround,
  versions: EngineVersions,
  wanted: { container: string; to: string | null; copies: boolean },
): Promise<Asked> {
  const { container, to } = wanted;
  const inventory = await ground.inventory();
  const service = serviceNamed(inventory, container);
  if (service) return serviceRollback(ground, versions, service, wanted);
  const now = await engine.containerNow(container);
  const { endpoint } = engine.facts;
  if (!now && isUntold(inventory, container)) throw new CareenError('swarm-silent', { endpoint });
  if (!now) throw new CareenError('container-unknown', { container });
  const version = chosen(versions.of(container), container, to);
  const { reference, tag, digest, imageId, created, label } = version;
  const image = await engine.inspectImage(now.imageId);
  return {
    result: null,
    aim: {
      ...bareAim({
        kind: 'rollback',
        container,
        id: now.id,
        reference: asTag(reference) ?? reference,
        from: versionOf(now.imageId, image, now.reference),
      }),
      to: { tag, digest, imageId, created, label },
      pullBy: await pullOf(engine, version),
      rules: await ground.rules(container),
      version,
      giveBack: wanted.copies,
    },
  };
}

/** The same of a service, by its name in the list of updates. */
async function serviceRollback(
  ground: UpdateGround,
  versions: EngineVersions,
  service: ServiceImages,
  { container, to }: { container: string; to: string | null },
): Promise<Asked> {
  const kept = versions.ofService(service.id).map((one) => {
    return { ...one, imageId: one.digest, reference: one.image };
  });
  const version = chosen(kept, container, to);
  const { tag, digest, image } = version;
  const from = { ...unknownVersion, ...tagAndDigest(service.image) };
  const bare = bareAim({ kind: 'rollback', container, id: service.id, reference: image, from });
  return {
    result: null,
    aim: {
      ...bare,
      to: { ...unknownVersion, tag, digest },
      rules: await ground.rules(container),
      isService: true,
    },
  };
}

function tagAndDigest(image: string) {
  const { tag, digest } = splitReference(image);
  return { tag, digest };
}

function chosen<T extends Named & { proven: boolean }>(
  kept: readonly T[],
  container: string,
  to: string | null,
): T {
  const version = to === null ? kept.find(({ proven }) => proven) : versionNamed(kept, to);
  if (version) return version;
  throw to === null || kept.length === 0
    ? new CareenError('nothing-kept', { container })
    : new CareenError('version-unknown', { container, wanted: to });
}

/** Where the image is there no more, although it was kept, what it can be pulled by. */
async function pullOf(
  engine: DockerEngine,
  { imageId, digests, digest }: StoredVersion,
): Promise<string | null> {
  if (await engine.listImage(imageId)) return null;
  const own = digests.find(
    (one) => !one.startsWith('careen.invalid/') && one.endsWith(digest ?? ''),
  );
  if (own === undefined) throw new CareenError('image-gone', { id: imageId });
  return own;
}
