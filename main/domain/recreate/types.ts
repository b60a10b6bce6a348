/** JSON as an engine gives and takes it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A container's inspect, whole: what a recreation is made from. Unknown fields are kept. */
export interface ContainerSpec {
  Id: string;
  /** With the leading `/`. */
  Name: string;
  /** The image's ID. */
  Image: string;
  Config: JsonObject;
  HostConfig: JsonObject;
  Mounts: JsonObject[];
  NetworkSettings: JsonObject;
}

/** What of an image's config stands in for what a container leaves out; null parts are absent. */
export type ImageDefaults = JsonObject;

/** One network to join after creation and before the start, on engines that take one at create. */
export interface Joining {
  network: string;
  endpoint: JsonObject;
}

/** What the engine is to create. */
export interface CreatePayload {
  /** The body of `POST /containers/create`, without the name. */
  body: JsonObject;
  joins: Joining[];
  /** Whether it is taken off every network again before its start, as what ran before was. */
  offline: boolean;
  /** `os/architecture[/variant]`; null leaves the choice to the engine. */
  platform: string | null;
}

/** One line of the preview's diff (LOOK, Updates). */
export interface Change {
  /** `kept` as a person set it, `inherited` from the new image, `dropped`: made up by the old one. */
  kind: 'kept' | 'inherited' | 'dropped';
  /** E.g. `env PG_VERSION`, `ports`, `hostname`: an area, and a name inside it where there are many. */
  area: string;
  name: string | null;
  before: string | null;
  after: string | null;
  /** Whether its values may be secret: a window shows them only when asked to. */
  secret: boolean;
}

/** Containers that a config names, by ID or name as it does; null where one is gone. */
export interface Others {
  /** What it is called now. */
  nameOf: (id: string) => string | null;
  /** `Mounts` of one that it has its volumes from. */
  mountsOf: (id: string) => JsonObject[] | null;
}

export interface RecreateInput {
  container: ContainerSpec;
  /** What the container's image gave it; null where that is not known: then nothing is subtracted. */
  oldImage: ImageDefaults | null;
  newImage: ImageDefaults | null;
  /** To stand in `Image`: a reference that resolves to the wanted ID. */
  reference: string;
  /** Minor of the API version spoken, e.g. 41. */
  apiMinor: number;
  others: Others;
  /** `os/architecture[/variant]` that it must be of; null leaves the choice to the engine. */
  platform: string | null;
  /** What is to stand in `com.docker.compose.image`; null leaves it (OWNERS §1.9). */
  composeImage: string | null;
}

export interface Recreation {
  payload: CreatePayload;
  changes: Change[];
  /** Volumes that were anonymous and are carried over by name: where they are mounted, by name. */
  anonymous: Record<string, string>;
}
