import type { Clock } from '../../adapters/clock.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import { isCareenError } from '../../domain/errors.js';
import { heldBy } from '../../domain/update/kept.js';
import { isLastName } from '../../domain/update/last-name.js';
import { isAside } from '../../domain/update/own-names.js';
import type { Released } from '../../domain/update/released.js';
import type { EngineVersions } from '../versions/of-engine.js';
import type { StoredVersion } from '../versions/stored.js';
import type { UpdateGround, VolumeCopies } from './types.js';

/** Gives up what is kept for going back (UPDATING §5). */
export class Retention {
  constructor(
    private readonly ground: Pick<UpdateGround, 'rollback' | 'isHeldBeside'>,
    private readonly copies: VolumeCopies,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives up of these containers' versions those that the policy holds no longer, and what was left
   * over.
   *
   * @param isUnderWay whether a run may still need what it has put aside
   */
  async tidy(
    engine: DockerEngine,
    versions: EngineVersions,
    containers: readonly string[],
    isUnderWay: (runId: string) => boolean,
  ): Promise<void> {
    const rollback = await this.ground.rollback();
    for (const container of containers) {
      const all = versions.of(container);
      const held = heldBy(all, rollback, this.clock.now());
      // What may still have to be gone back to stays, however old.
      const isNeeded = (version: StoredVersion) =>
        held.includes(version) || (version === all[0] && versions.unproven(container) !== null);
      const strays = versions.strays(container).filter(({ runId }) => !isUnderWay(runId));
      for (const version of [...all.filter((one) => !isNeeded(one)), ...strays])
        await this.giveUp(engine, versions, container, version);
      await this.retire(engine, versions, container, versions.leftovers(container));
    }
  }

  /**
   * Gives up one version: its copies go, and its tag where the image stays without it. Where the tag
   * is its last name the engine would remove the image with it, so it stays on record for the judge: a
   * clean-up takes it along with the image. What the engine refuses is tried again when it is tidied.
   */
  async giveUp(
    engine: DockerEngine,
    versions: EngineVersions,
    container: string,
    version: StoredVersion,
  ): Promise<void> {
    try {
      await this.copies.remove(engine, version.copies);
      await this.#leaveToTheJudge(engine, versions, container, version);
    } catch (e) {
      if (!isCareenError(e, 'engine-error')) throw e;
      await versions.change(container, version.runId, { replaced: false });
    }
  }

  /**
   * Removes stopped containers that Careen put aside, unforced; one that is gone is fine, and one that
   * stays is tried again later. One that a person gave another name, or its own again, is theirs.
   */
  async retire(
    engine: DockerEngine,
    versions: EngineVersions,
    container: string,
    ids: readonly string[],
  ): Promise<void> {
    const before = versions.leftovers(container);
    if (before.length + ids.length === 0) return;
    const stays: string[] = [];
    for (const id of new Set([...before, ...ids]))
      if (!(await isRemoved(engine, container, id))) stays.push(id);
    await versions.setLeftovers(container, stays);
  }

  /**
   * Gives up every version of a container, and removes the images that go once a person named them;
   * the others are left to the judge. The engine's own refusal is the last word: nothing is forced.
   *
   * @returns IDs of the images that went
   */
  async release(
    engine: DockerEngine,
    versions: EngineVersions,
    container: string,
  ): Promise<string[]> {
    const gone: string[] = [];
    const all = versions.onRecord(container);
    const own = all.map(({ imageId, replacedAt }) => ({ container, imageId, replacedAt }));
    for (const version of all) {
      await this.copies.remove(engine, version.copies);
      const tag = versions.tagOf(container, version);
      const { imageId } = version;
      if (await this.#isHeld(engine, imageId, tag, own)) {
        await this.#leaveToTheJudge(engine, versions, container, version);
      } else {
        await this.#untag(engine, version, tag);
        // A classic store leaves the image to the digest that it was pulled by (RECREATE).
        if (await engine.listImage(imageId)) await engine.removeImage(imageId);
        await versions.drop(container, version.n);
      }
      if ((await engine.listImage(imageId)) === null) gone.push(imageId);
    }
    return gone;
  }

  async #leaveToTheJudge(
    engine: DockerEngine,
    versions: EngineVersions,
    container: string,
    version: StoredVersion,
  ): Promise<void> {
    const tag = versions.tagOf(container, version);
    const image = await engine.listImage(version.imageId);
    if (isLastName(image, engine.facts.store, tag)) {
      // Looked at each time all is tidied, and written down once.
      if (!version.givenUp) await versions.giveUp(container, version.runId);
      return;
    }
    await this.#untag(engine, version, tag);
    await versions.drop(container, version.n);
  }

  async #untag(engine: DockerEngine, { imageId }: StoredVersion, tag: string): Promise<void> {
    if ((await engine.resolve(tag)) === imageId) await engine.untag(tag);
  }

  /** Whether anything but this very tag, and these versions, keeps it. */
  async #isHeld(
    engine: DockerEngine,
    imageId: string,
    tag: string,
    own: readonly Released[],
  ): Promise<boolean> {
    const image = await engine.listImage(imageId);
    if (!image) return false;
    const names = [...image.refs, ...image.ownRefs.filter((ref) => ref !== tag)];
    return (
      names.length > 0 ||
      (await engine.usersOf(imageId)).length > 0 ||
      (await this.ground.isHeldBeside(imageId, own))
    );
  }
}

/** Whether there is nothing left to be removed. */
async function isRemoved(engine: DockerEngine, container: string, id: string): Promise<boolean> {
  try {
    const now = await engine.containerNow(id);
    if (!now || !isAside(now.name, container)) return true;
    const removal = await engine.removeContainer(id);
    return removal.done || removal.status === 404;
  } catch (e) {
    if (!isCareenError(e, 'engine-error')) throw e;
    return false;
  }
}
