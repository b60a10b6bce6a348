import type { Clock } from '../../adapters/clock.js';
import type { InspectedImage } from '../../adapters/docker/container-acts.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import type { UpdatePreview } from '../../contract/update-preview.js';
import { CareenError, isCareenError, meansLost } from '../../domain/errors.js';
import type { Inventory, Millis } from '../../domain/facts.js';
import { composeImageLabel, recreate } from '../../domain/recreate/index.js';
import type { ContainerSpec, ImageDefaults } from '../../domain/recreate/types.js';
import { copyableVolumes, dataMounts } from '../../domain/update/data.js';
import { dependantsIn, groupsOf } from '../../domain/update/groups.js';
import { hooksOf } from '../../domain/update/hooks.js';
import { labelsOf } from '../../domain/update/labels.js';
import { versionLabel } from '../../domain/update/version-label.js';
import { clean } from '../../domain/unsafe-text.js';
import type { Target } from '../types.js';
import { noRoom } from './room.js';
import { usersOf } from './copies.js';
import { membersOf } from './members.js';
import { othersOf } from './others.js';
import { platformOf } from './recreation.js';
import { ofService } from './service/preview.js';

/** What is read of a new version before it is taken. */
export interface NewVersion {
  created: Millis | null;
  labels: Record<string, string>;
  /** Its changelog: https only. */
  link: string | null;
  /** What it gives a container. */
  defaults: ImageDefaults;
  /** To pull at most; null: the manifest does not tell, 0: it is here. */
  bytes: number | null;
}

/** What a preview is put together from. */
export interface PreviewGround {
  engine(): DockerEngine;
  /** The engine as it is known to be. */
  inventory(): Promise<Inventory>;
  /** Asks the registry again. Throws `container-unknown`, `version-unknown`. */
  target(container: string, to: string | null): Promise<Target>;
  /** What a target is to become; null where the engine has lost it. Throws as registries do. */
  details(target: Target): Promise<NewVersion | null>;
  /** Bytes that can still be written where the engine keeps images; null where that is not known. */
  available(): Promise<number | null>;
  /** Names that other containers had, by IDs that may no longer lead to them. */
  names(engine: DockerEngine, container: string): Promise<Record<string, string>>;
}

/** Milliseconds that each part of a preview may take; what takes longer is not known. */
export interface PreviewPatience {
  details: number;
  layer: number;
  sizes: number;
}

export const standardPreviewPatience: PreviewPatience = {
  details: 20_000,
  layer: 10_000,
  sizes: 15_000,
};

/** Paths of the writable layer that are named; a cache in it can hold thousands. */
const mostPaths = 100;

/** What an update would change, found out without changing anything (UPDATING §4). */
export class Previews {
  constructor(
    private readonly ground: PreviewGround,
    private readonly clock: Clock,
    private readonly patience: PreviewPatience = standardPreviewPatience,
  ) {}

  /**
   * @param to one of its new tags; null: as the rule says
   * @throws CareenError `container-unknown`, `version-unknown`; failures of the engine's connection
   */
  async preview(container: string, to: string | null): Promise<UpdatePreview> {
    const engine = this.ground.engine();
    const target = await this.ground.target(container, to);
    if (target.kind === 'service') return ofService(engine, target);
    const spec = await engine.inspectContainer(target.id);
    if (!spec) throw new CareenError('container-unknown', { container });
    const [inventory, image, available, version] = await Promise.all([
      this.ground.inventory(),
      engine.inspectImage(spec.Image),
      this.ground.available(),
      isToBeRead(target) ? this.#within(this.patience.details, this.ground.details(target)) : null,
    ]);
    const [recreation, writable, dependants, copy] = await Promise.all([
      this.#recreation(engine, target, spec, image, version),
      this.#writable(engine, spec),
      this.#dependants(engine, inventory, target.id),
      this.#copy(engine, inventory, target, spec, available),
    ]);
    const bytes = version?.bytes ?? target.bytes;
    const { rules } = target.mode;
    return {
      container: target.container,
      id: target.id,
      reference: target.reference,
      from: target.from,
      to: versionTold(target, version),
      pull: bytes,
      link: version?.link ?? null,
      ...recreation,
      writable,
      dependants,
      keepsData: dataMounts(spec).map(({ kind, name, at }) => ({
        kind,
        name: clean(name),
        at: clean(at),
      })),
      copy,
      hooks: hooksOf(spec, image?.labels ?? null, rules.hooks).map(({ when, command }) => ({
        when,
        command: clean(command),
      })),
      heldBack: target.heldBack,
      refused: target.refused ?? noRoom({ pullBy: target.pullBy, bytes }, available),
      service: null,
    };
  }

  /** What is kept, inherited and dropped; anonymous volumes are told also where that is not known. */
  async #recreation(
    engine: DockerEngine,
    { container, reference, to }: Target,
    spec: ContainerSpec,
    image: InspectedImage | null,
    version: NewVersion | null,
  ): Promise<Pick<UpdatePreview, 'changes' | 'anonymous' | 'composeRecreates'>> {
    const compose = composeLabel(spec, image, to.imageId);
    const recorded = await this.ground.names(engine, container);
    const known = { names: new Map<string, string>(), recorded };
    const { changes, anonymous } = recreate({
      container: spec,
      oldImage: image?.defaults ?? null,
      newImage: version?.defaults ?? null,
      reference,
      apiMinor: Number(engine.facts.apiVersion.split('.')[1] ?? 0),
      others: await othersOf(engine, spec, known),
      platform: image && platformOf(image),
      composeImage: compose.next,
    });
    return {
      changes: version ? changes : null,
      anonymous: Object.entries(anonymous).map(([volume, at]) => ({ volume, at })),
      composeRecreates: compose.recreates,
    };
  }

  async #writable(
    engine: DockerEngine,
    { Id: id }: ContainerSpec,
  ): Promise<UpdatePreview['writable']> {
    const { layer } = this.patience;
    const [bytes, paths] = await Promise.all([
      this.#within(layer, engine.writableBytes(id)),
      this.#within(layer, engine.changedPaths(id)),
    ]);
    if (bytes === null && paths === null) return null;
    return { bytes, paths: (paths ?? []).slice(0, mostPaths) };
  }

  async #dependants(
    engine: DockerEngine,
    inventory: Inventory,
    id: string,
  ): Promise<UpdatePreview['dependants']> {
    return groupsOf([id], await membersOf(engine, inventory)).flatMap(dependantsIn);
  }

  /** Offered where all can be copied: nobody else writes there, it is no more than the policy lets, and there is room. */
  async #copy(
    engine: DockerEngine,
    { containers }: Inventory,
    { id, mode }: Target,
    spec: ContainerSpec,
    available: number | null,
  ): Promise<UpdatePreview['copy']> {
    const volumes = copyableVolumes(spec);
    const others = containers.filter((one) => one.id !== id);
    if (volumes.length === 0 || volumes.some((volume) => usersOf(volume, others).length > 0))
      return null;
    const sizes = await this.#within(this.patience.sizes, engine.volumeSizes(this.patience.sizes));
    const each = volumes.map((volume) => sizes?.get(volume) ?? null);
    if (each.some((size) => size === null)) return null;
    const bytes = each.reduce<number>((sum, size) => sum + (size ?? 0), 0);
    const most = Math.min(mode.rules.copyUpTo, available ?? Infinity);
    return bytes > most ? null : { volumes: volumes.map(clean), bytes };
  }

  /** What an answer brings in time; null where it takes longer or fails, unless the engine is gone. */
  async #within<T>(ms: number, answer: Promise<T>): Promise<T | null> {
    const late = new AbortController();
    const timer = this.clock.after(ms, () => late.abort());
    try {
      return await Promise.race([
        answer,
        new Promise<null>((resolve) => {
          late.signal.addEventListener('abort', () => resolve(null));
        }),
      ]);
    } catch (e) {
      if (!(e instanceof CareenError) || (meansLost(e) && !isCareenError(e, 'engine-silent')))
        throw e;
      return null;
    } finally {
      timer.cancel();
    }
  }
}

/** Whether there is a new version to read of; what is refused for lack of one has none. */
function isToBeRead({ refused }: Target): boolean {
  return refused === null || refused.code === 'owned' || refused.code === 'paused';
}

function versionTold({ to }: Target, version: NewVersion | null): UpdatePreview['to'] {
  return {
    ...to,
    created: to.created ?? version?.created ?? null,
    label: to.label ?? (version && versionLabel(version)),
  };
}

/**
 * What Compose would compare afterwards. Before the pull the new image has no identity: whether the
 * old label is one that can be written anew tells the old image alone (OWNERS §1.9).
 */
function composeLabel(
  spec: ContainerSpec,
  image: InspectedImage | null,
  imageId: string | null,
): { next: string | null; recreates: boolean } {
  const labels = labelsOf(spec);
  const label = labels['com.docker.compose.image'];
  if (label === undefined) return { next: null, recreates: false };
  const version = labels['com.docker.compose.version'] ?? null;
  const known = imageId ?? '';
  const next =
    image && composeImageLabel(label, image, { id: known, manifestDigest: known }, version);
  return { next: next === '' ? null : next, recreates: next === null };
}
