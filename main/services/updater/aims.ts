import PQueue from 'p-queue';
import type { DockerEngine } from '../../adapters/docker/types.js';
import { type AskedBy, isPerson } from '../../contract/runs.js';
import type { UpdateRefusal } from '../../contract/update-preview.js';
import type { UpdateResult } from '../../contract/update-steps.js';
import { CareenError } from '../../domain/errors.js';
import { asTag } from '../../domain/reference.js';
import { versionNamed } from '../../domain/update/kept.js';
import type { Target } from '../types.js';
import type { EngineVersions } from '../versions/of-engine.js';
import type { StoredVersion } from '../versions/stored.js';
import { type Aim, versionOf } from './plan.js';

import type { UpdateGround } from './types.js';

/** What a person, or a check, wants of a run; null: all that `--all` takes. */
export interface UpdateWanted {
  containers: readonly { container: string; to: string | null }[] | null;
  /** Names of those whose named volumes are copied first. */
  copy: readonly string[];
}

/** One container of a run, and why it has no turn; null: it has one. */
export interface Asked {
  id: string;
  aim: Aim;
  result: UpdateResult | null;
}

/** Asks at once: a registry takes no more from one place. */
const width = 4;

/** How often the bytes of compressed layers are needed at once: as they are, and unpacked. */
const unpacked = 2;

/** Asks again what each container is to become. Throws `container-unknown`, `version-unknown`. */
export async function aimsOf(
  ground: UpdateGround,
  wanted: UpdateWanted,
  by: AskedBy,
): Promise<Asked[]> {
  const each =
    wanted.containers ?? (await ground.all()).map((container) => ({ container, to: null }));
  const byName = new Map(each.map((one) => [one.container, one]));
  const isNamed = wanted.containers !== null && isPerson(by);
  const taker = isNamed ? null : isPerson(by) ? 'all' : 'auto';
  const queue = new PQueue({ concurrency: width });
  const available = await ground.available();
  return queue.addAll(
    [...byName.values()].map(({ container, to }) => async () => {
      const target = await ground.target(container, to, taker);
      const copy = wanted.copy.includes(container);
      return {
        id: target.id,
        aim: aimOf(target, copy),
        result: refused(target, isNamed, available),
      };
    }),
  );
}

function aimOf(target: Target, copy: boolean): Aim {
  const { container, from, to, reference, pullBy, mode } = target;
  return {
    kind: 'update',
    container,
    from,
    to,
    reference,
    pullBy,
    rules: mode.rules,
    copy,
    version: null,
    giveBack: false,
  };
}

/** Why it has no turn: what holds an update back yields to a person who names it. */
function refused(
  { refused: refusal, heldBack, pullBy, bytes }: Target,
  isNamed: boolean,
  available: number | null,
): UpdateResult | null {
  if (refusal) return { state: 'skipped', why: refusal };
  if (heldBack && !isNamed) return { state: 'skipped', why: { code: 'held-back', held: heldBack } };
  const why = noRoom({ pullBy, bytes }, available);
  return why && { state: 'skipped', why };
}

/** Whether the engine's disk is too small for a pull; null where it is not, or that is not known. */
export function noRoom(
  { pullBy, bytes }: Pick<Target, 'pullBy' | 'bytes'>,
  available: number | null,
): UpdateRefusal | null {
  const needed = pullBy === null || bytes === null ? 0 : bytes * unpacked;
  if (available === null || needed <= available) return null;
  return { code: 'no-room', needed, available };
}

/**
 * The way to a kept version.
 *
 * @param to an image ID or a reference; null is the last that ran well
 * @throws CareenError `container-unknown`, `nothing-kept`, `version-unknown`
 */
export async function rollbackOf(
  engine: DockerEngine,
  ground: UpdateGround,
  versions: EngineVersions,
  wanted: { container: string; to: string | null; copies: boolean },
): Promise<Asked> {
  const { container, to } = wanted;
  const now = await engine.containerNow(container);
  if (!now) throw new CareenError('container-unknown', { container });
  const version = chosen(versions, container, to);
  const { reference, tag, digest, imageId, created, label } = version;
  const image = await engine.inspectImage(now.imageId);
  return {
    id: now.id,
    result: null,
    aim: {
      kind: 'rollback',
      container,
      from: versionOf(now.imageId, image, now.reference),
      to: { tag, digest, imageId, created, label },
      reference: asTag(reference) ?? reference,
      pullBy: await pullOf(engine, version),
      rules: await ground.rules(container),
      copy: false,
      version,
      giveBack: wanted.copies,
    },
  };
}

function chosen(versions: EngineVersions, container: string, to: string | null): StoredVersion {
  const kept = versions.of(container);
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
