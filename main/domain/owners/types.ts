import type { Millis } from '../facts.js';

/** Whose a container, image, volume or network is (OWNERS §5). */
export type OwnerKind =
  | 'person'
  | 'compose'
  | 'swarm'
  | 'cluster'
  | 'editor'
  | 'devstack'
  | 'ephemeral'
  | 'builder'
  | 'platform'
  | 'updater'
  | 'systemd';

/** Who made a container and will make it again. */
export interface Owner {
  kind: OwnerKind;
  /** The tool's name as its users know it, e.g. `DDEV`, `kind`. */
  tool: string;
  /** What of the tool's it belongs to: a project, a cluster, a service. */
  unit: string | null;
  /** What the tool's users type to update it; null where there is none. */
  command: string | null;
  /** The label or name that it was recognised by. */
  proof: string;
}

/** Something that an owner still needs though no container uses it. */
export interface OwnerHold {
  kind: OwnerKind;
  tool: string;
  unit: string | null;
  /** Until when; Infinity: for as long as it is there. */
  until: Millis;
  /**
   * `hold` yields to nothing but a person naming the item; `untick`: never taken by `auto`, and
   * stands unticked in a plan, with the owner named (OWNERS §5, compose).
   */
  strength: 'hold' | 'untick';
}

/** What owners need of an inventory: by image ID, volume name and network name. */
export interface OwnerNeeds {
  images: ReadonlyMap<string, OwnerHold>;
  volumes: ReadonlyMap<string, OwnerHold>;
  networks: ReadonlyMap<string, OwnerHold>;
  /** Whose each container is, by its ID. */
  containers: ReadonlyMap<string, Owner>;
  /** Containers that their owner needs though they do not run, by ID: state is no sign (§1.6). */
  containerHolds: ReadonlyMap<string, OwnerHold>;
}
