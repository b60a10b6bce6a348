import type { ContainerNow, InspectedImage } from '../../adapters/docker/container-acts.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import type { UpdateResult } from '../../contract/update-steps.js';
import type { UpdateRules } from '../../domain/policy/types.js';
import { namespaceIds } from '../../domain/recreate/host.js';
import type { ContainerSpec } from '../../domain/recreate/types.js';
import {
  asTag,
  familiar,
  parseReference,
  repositoryOfName,
  splitReference,
} from '../../domain/reference.js';
import { copyableVolumes } from '../../domain/update/data.js';
import { hooksOf } from '../../domain/update/hooks.js';
import { ownNames } from '../../domain/update/own-names.js';
import { stepsOf } from '../../domain/update/steps.js';
import type { Version } from '../../domain/update/types.js';
import { versionLabel } from '../../domain/update/version-label.js';
import type { Undertaken } from '../journal/update-records.js';
import type { StoredVersion } from '../versions/stored.js';
import type { Wanted } from './work.js';

/** What a container's turn is to lead to. */
export interface Aim {
  kind: Undertaken['kind'];
  container: string;
  /** Whether it is a service of a swarm, known by its own ID. */
  isService: boolean;
  /** Which container that is: one that has its name since is someone else's. */
  id: string;
  from: Version;
  to: Version;
  reference: string;
  pullBy: string | null;
  /** Bytes to be pulled, compressed; null: not known. */
  bytes: number | null;
  rules: Pick<UpdateRules, 'settle' | 'proveWithin' | 'stuckAfter' | 'probe' | 'hooks'>;
  /** Whether named volumes are copied first. */
  copy: boolean;
  /** Of a rollback: the kept version, and whether its volumes get their copies back. */
  version: StoredVersion | null;
  giveBack: boolean;
}

/** An aim at what a container is already: what it is to become is added. */
export function bareAim({
  from,
  ...of
}: Pick<Aim, 'kind' | 'container' | 'id' | 'reference' | 'from'>): Aim {
  return {
    ...of,
    from,
    to: from,
    pullBy: null,
    bytes: null,
    rules: { settle: 0, proveWithin: 0, stuckAfter: 0, probe: null, hooks: false },
    copy: false,
    isService: false,
    version: null,
    giveBack: false,
  };
}

/** A turn as it can begin, or why it does not. */
export type Planned =
  | {
      plan: Omit<Undertaken, 't' | 'runId' | 'container' | 'at'>;
      wanted: Wanted;
      before: ContainerNow;
    }
  | { result: UpdateResult };

/**
 * Looks at a container right before its turn and says how it goes.
 *
 * @param names names of containers by the IDs that they had before this run
 */
export async function planOf(
  engine: DockerEngine,
  aim: Aim,
  runId: string,
  names: ReadonlyMap<string, string>,
): Promise<Planned> {
  const { container, kind, rules, version } = aim;
  const before = await engine.containerNow(container);
  const isIt = before?.id === aim.id;
  const spec = isIt ? await engine.inspectContainer(before.id) : null;
  if (!before || !spec || before.status === 'removing' || before.status === 'dead')
    return { result: { state: 'skipped', why: { code: 'gone' } } };
  if (before.status === 'paused') return { result: { state: 'skipped', why: { code: 'paused' } } };
  const image = await engine.inspectImage(before.imageId);
  const running = before.status === 'running' || before.status === 'restarting';
  const hooks = kind === 'update' ? hooksOf(spec, image?.labels ?? null, rules.hooks) : [];
  const copies = aim.copy ? copyableVolumes(spec) : [];
  const giveBack = aim.giveBack ? (version?.copies ?? []) : [];
  const { autoRemove } = before;
  const name = kind === 'recreate' ? asTag(before.reference) : null;
  const leads = name === null ? null : await engine.resolve(name);
  return {
    before,
    wanted: {
      pullBy: aim.pullBy,
      imageId: aim.pullBy === null ? aim.to.imageId : null,
      spec: version?.spec ?? spec,
      defaults: version ? version.defaults : (image?.defaults ?? null),
      image,
      hooks,
      copies,
      bytes: aim.bytes,
    },
    plan: {
      kind,
      id: before.id,
      imageId: before.imageId,
      oldReference: before.reference,
      reference: aim.reference,
      ...ownNames(container, runId),
      running,
      autoRemove,
      remake: autoRemove || namespaceIds(spec.HostConfig).some((id) => names.has(id)),
      leads,
      restartPolicy: restartPolicyOf(spec),
      rules: { settle: rules.settle, proveWithin: rules.proveWithin, probe: rules.probe },
      version: version?.n ?? null,
      copies: giveBack,
      steps: stepsOf({
        kind,
        running,
        autoRemove,
        pull: aim.pullBy !== null,
        hooks: {
          before: hooks.some(({ when }) => when === 'pre-update'),
          after: hooks.some(({ when }) => when === 'post-update'),
        },
        copies: copies.length + giveBack.length > 0,
      }),
    },
  };
}

/** As it is given back: a count belongs to `on-failure` alone. */
function restartPolicyOf({ HostConfig: host }: ContainerSpec): Undertaken['restartPolicy'] {
  const { Name: name, MaximumRetryCount: count } = Object(host['RestartPolicy']) as {
    Name?: unknown;
    MaximumRetryCount?: unknown;
  };
  const Name = typeof name === 'string' && name !== '' ? name : 'no';
  return Name === 'on-failure' && typeof count === 'number'
    ? { Name, MaximumRetryCount: count }
    : { Name };
}

/** What a container runs, as its image and its reference tell. */
export function versionOf(
  imageId: string,
  image: InspectedImage | null,
  reference: string,
): Version {
  const { name, tag } = splitReference(reference);
  const repository = repositoryOfName(name);
  const digests = (image?.digests ?? []).map(splitReference);
  return {
    tag,
    digest: digests.find((one) => repositoryOfName(one.name) === repository)?.digest ?? null,
    imageId,
    created: image?.created ?? null,
    label: image && versionLabel(image),
  };
}

/** A reference in the familiar form; what is none stays as it is. */
export function familiarOf(reference: string): string {
  try {
    return familiar(parseReference(reference));
  } catch {
    return reference;
  }
}
