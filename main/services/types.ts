import type {
  ImageNature,
  ListedImage,
  ListedNetwork,
  ListedVolume,
} from '../adapters/docker/types.js';
import type { UpdateRefusal } from '../contract/update-preview.js';
import type { CacheRecord, ContainerFacts, Millis, Used } from '../domain/facts.js';
import type { ServiceFacts, Surroundings } from '../domain/swarm/types.js';
import type { HeldBack, ModeInForce, Version } from '../domain/update/types.js';

/** Services of the swarm that an engine is a node of. */
export interface ListedServices extends Surroundings {
  /** Whether a manager answered; else they are those that one told of before, if it ever did. */
  answered: boolean;
  services: readonly ServiceFacts[];
  /** This engine's own among the swarm's nodes, and its managers, as far as it tells. */
  nodeId: string | null;
  managers: string[];
}

/** What other engines of the list know of the swarm that an engine is a node of. */
export interface OtherEngines {
  /** Images of the kept versions of a service, by its ID. */
  keptOfService(id: string): string[];
  /** Its services, by whichever of these managers answers; null: none of them does. */
  servicesBy(managers: readonly string[]): readonly ServiceFacts[] | null;
}

/** The engine's own answer, kept current from its events. */
export interface Listed {
  images: ReadonlyMap<string, ListedImage>;
  containers: ReadonlyMap<string, ContainerFacts>;
  /** How many containers `/info` counted beyond those that it listed. */
  hiddenContainers: number;
  /** By ID. */
  networks: ReadonlyMap<string, ListedNetwork>;
  /** By name. */
  volumes: ReadonlyMap<string, ListedVolume>;
  /** Null where the engine is no node of a swarm. */
  swarm: ListedServices | null;
  buildCache: 'none' | 'unshared' | 'shared' | 'unknown';
  /** Null until the engine was asked. */
  cacheRecords: CacheRecord[] | null;
  /** Bytes as the engine counted them last, by container ID and by volume name. */
  sizes: { containers: ReadonlyMap<string, number>; volumes: ReadonlyMap<string, number> };
  takenAt: Millis;
}

/** Something seen to happen, as knowledge keeps it. */
export type Sighting =
  | { kind: 'arrived'; id: string; at: Millis; how: 'pulled' | 'built' | 'loaded' | 'seen' }
  | {
      kind: 'used';
      id: string;
      at: Millis;
      source: Used['source'];
      by: string;
    }
  | { kind: 'tagged'; id: string; at: Millis }
  | { kind: 'named'; id: string; names: string[] }
  | { kind: 'nature'; nature: ImageNature }
  | { kind: 'gone'; id: string; at: Millis }
  /** Registries were asked whether they have it. */
  | { kind: 'recoverable'; id: string; at: Millis; state: 'verified' | 'no' }
  /** A container as it was read, with what it used until then. */
  | {
      kind: 'container';
      container: ContainerFacts;
      /** Its networks' IDs. */
      networks: string[];
      /** Where each of its volumes is mounted, as far as that was read. */
      mountPoints: Record<string, string>;
      at: Millis;
    }
  /** A container used a network (by ID) or a volume (by name). */
  | {
      kind: 'attached';
      to: 'network' | 'volume';
      id: string;
      at: Millis;
      by: string;
      mountedAt: string | null;
    };

/** Who asked for a run. */
export type AskedBy = 'window' | 'tray' | 'cli';

/** What a container is to be updated to, asked of its registry right before it is done. */
export interface Target {
  kind: 'container' | 'service';
  /** Its name, and its ID now. */
  container: string;
  id: string;
  from: Version;
  to: Version;
  /** With a tag, in the familiar form: to stand in the new container's `Image`. */
  reference: string;
  /** `repository@digest` to pull it by; null: the engine has it under `to.imageId`. */
  pullBy: string | null;
  source: 'registry' | 'pulled' | 'built';
  /** Why neither `auto` nor `--all` takes it; a person who names it may. */
  heldBack: HeldBack | null;
  /** Whether it is one of those that "all" is about (`isForAll`). */
  forAll: boolean;
  mode: ModeInForce;
  /** Why it is not done, whoever asks. */
  refused: UpdateRefusal | null;
  /** Bytes that the pull fetches at most; null: the manifest does not tell. */
  bytes: number | null;
}
