import type { ImageNature, ListedImage } from '../adapters/docker/types.js';
import type { ContainerFacts, Millis, Used } from '../domain/facts.js';

/** The engine's own answer, kept current from its events. */
export interface Listed {
  images: ReadonlyMap<string, ListedImage>;
  containers: ReadonlyMap<string, ContainerFacts>;
  /** How many containers `/info` counted beyond those that it listed. */
  hiddenContainers: number;
  buildCache: 'none' | 'unshared' | 'shared' | 'unknown';
  takenAt: Millis;
}

/** Something seen to happen to an image, as knowledge keeps it. */
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
  | { kind: 'gone'; id: string; at: Millis };

/** Who asked for a run. */
export type AskedBy = 'window' | 'tray' | 'cli';
