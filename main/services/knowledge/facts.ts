import type { ListedImage } from '../../adapters/docker/types.js';
import type {
  ContainerFacts,
  EngineFacts,
  ImageFacts,
  Inventory,
  Millis,
  Project,
  Recoverable,
  Store,
  Use,
} from '../../domain/facts.js';
import type { Listed } from '../types.js';
import type { Known } from './known.js';

/** What is known of an engine beyond its images. */
export interface EngineMemory {
  firstMet: Millis | null;
  observedDays: number;
}

/**
 * Joins what the engine lists with what is remembered into what is judged. An image whose
 * immutable facts are not read yet has `layers: null`: unknown, so it is kept.
 */
export function joinFacts(
  engine: EngineFacts,
  listed: Listed,
  known: ReadonlyMap<string, Known>,
  memory: EngineMemory,
): Inventory {
  const uses = usesByImage(listed.containers.values());
  const images = [...listed.images.values()].map((image) =>
    imageFacts(image, known.get(image.id), uses.get(image.id) ?? [], engine.store),
  );
  return {
    takenAt: listed.takenAt,
    engine,
    images,
    containers: [...listed.containers.values()],
    buildCache: listed.buildCache,
    useIncomplete: useIncomplete(listed, known),
    firstMet: memory.firstMet,
    observedDays: memory.observedDays,
    observedOn: [],
    hoursSinceGap: null,
    retained: [],
    networks: [],
    volumes: [],
    cacheRecords: null,
  };
}

function imageFacts(
  image: ListedImage,
  known: Known | undefined,
  users: ContainerFacts[],
  store: Store,
): ImageFacts {
  const nature = known?.nature ?? null;
  return {
    id: image.id,
    refs: [...image.refs].sort(),
    digests: [...image.digests].sort(),
    formerRefs: formerRefs(image, known),
    created: nature?.created ?? null,
    arrived: known?.arrived ?? null,
    used: known?.used ?? null,
    lastTagged: known?.lastTagged ?? null,
    size: image.size,
    layers: nature?.layers ?? null,
    layersInDoubt: nature?.layersInDoubt ?? false,
    history: nature?.history ?? null,
    content: nature?.content ?? null,
    usedBy: users.map(useOf),
    labels: nature?.labels ?? {},
    platform: nature?.platform ?? 'unknown',
    origin: known?.origin ?? 'unknown',
    recoverable: recoverable(image, store),
    projects: projectsOf(users, nature?.labels ?? {}),
    parent: image.parent,
  };
}

/** What is remembered of the names of an image that has none left (JUDGING §1, "Version"). */
function formerRefs({ refs, digests }: ListedImage, known: Known | undefined): string[] {
  return refs.length + digests.length > 0 ? [] : [...(known?.names ?? [])].sort();
}

/**
 * A digest on a classic store was pulled or pushed once; on a containerd store local builds have
 * one too, so there only a registry can tell (JUDGING §2).
 */
function recoverable(image: ListedImage, store: Store): Recoverable {
  if (image.digests.length === 0) return { state: 'no' };
  return { state: store === 'classic' ? 'likely' : 'unknown' };
}

const useOf = ({ id, name, state }: ContainerFacts): Use => ({ id, name, state });

function usesByImage(containers: Iterable<ContainerFacts>): Map<string, ContainerFacts[]> {
  const uses = new Map<string, ContainerFacts[]>();
  for (const c of containers) {
    const list = uses.get(c.imageId);
    if (list) list.push(c);
    else uses.set(c.imageId, [c]);
  }
  return uses;
}

/** Compose projects by their containers' labels; labels that the image itself carries are none. */
function projectsOf(users: ContainerFacts[], imageLabels: Record<string, string>): Project[] {
  const projects = new Map<string, Project>();
  for (const c of users) {
    const own = (key: string) => (imageLabels[key] === c.labels[key] ? undefined : c.labels[key]);
    const name = own('com.docker.compose.project');
    if (name === undefined || c.labels['com.docker.compose.config-hash'] === undefined) continue;
    const folder = own('com.docker.compose.project.working_dir') ?? null;
    const files = own('com.docker.compose.project.config_files')?.split(',') ?? [];
    const lastUsed = Math.max(c.created ?? 0, c.started ?? 0, c.finished ?? 0);
    const before = projects.get(name);
    projects.set(name, {
      kind: 'compose',
      present: null,
      latestOf: [],
      name,
      folder,
      files,
      lastUsed: Math.max(lastUsed, before?.lastUsed ?? 0),
    });
  }
  return [...projects.values()];
}

/** Signs that containers are hidden from the API (JUDGING §2, Use may be incomplete). */
function useIncomplete(
  listed: Listed,
  known: ReadonlyMap<string, Known>,
): Inventory['useIncomplete'] {
  if (listed.hiddenContainers > 0) return 'hidden-containers';
  const kubernetes = (name: string) =>
    name.startsWith('registry.k8s.io/') || name.startsWith('docker/desktop-');
  for (const image of listed.images.values()) if (image.refs.some(kubernetes)) return 'kubernetes';
  for (const k of known.values()) if (k.names.some(kubernetes)) return 'kubernetes';
  return null;
}
