import type {
  ContainerFacts,
  EngineFacts,
  ImageFacts,
  Millis,
  NetworkFacts,
  VolumeFacts,
} from '../facts.js';
import type { OwnerHold, OwnerKind } from './types.js';

/** A container as tools are asked about it. */
export interface ContainerSeen {
  facts: ContainerFacts;
  name: string;
  /** The labels that are its own: those that its image carries too are left out (OWNERS §1.3). */
  own: Readonly<Record<string, string>>;
  /** Every label: for what a label says once another proves whose it is. */
  labels: Readonly<Record<string, string>>;
  imageLabels: Readonly<Record<string, string>>;
  /** In the familiar form, without tag and digest: of its reference and of its image's names. */
  repositories: readonly string[];
}

/** An image as tools are asked about it: images are judged by their own labels. */
export interface ImageSeen {
  facts: ImageFacts;
  labels: Readonly<Record<string, string>>;
  /** The container that used it last, by name. */
  lastUser: string | null;
  product: EngineFacts['product'];
  /** Whether containers may be hidden from lists (JUDGING §2). */
  mayHide: boolean;
}

export interface VolumeSeen {
  facts: VolumeFacts;
  name: string;
  labels: Readonly<Record<string, string>>;
  /** Names of the containers that mount it, and of the one that did last. */
  users: readonly string[];
}

export interface NetworkSeen {
  facts: NetworkFacts;
  name: string;
  labels: Readonly<Record<string, string>>;
}

/** For how long a tool needs something that no container uses (OWNERS §5). */
export type Term =
  /** For as long as it is there. */
  | { for: 'always' }
  /** While a container of the tool is there (in any state, or running), then so many ms. */
  | { for: 'while'; state: 'any' | 'running'; then: Millis }
  | { for: 'nothing' };

export type ImageTerm =
  | Term
  /**
   * The `count` images of a family that were used last; only while the tool, or what of it the image
   * belongs to, has a container or a volume.
   */
  | { for: 'latest'; count: number; while: 'tool' | 'unit' | 'always' };

/** What of a tool's something is, and by which sign. */
export interface Found {
  unit: string | null;
  /** The label or name that it was recognised by. */
  proof: string;
  /** Where it is needed longer or shorter than others of the tool. */
  term?: Term;
}

export interface FoundContainer extends Found {
  /** What the tool's users type to update it; null where there is none. */
  command: string | null;
}

/** By what a tool's images can be known: it is asked of those that show any of these. */
export interface ImageSigns {
  /** Its name in the familiar form, without tag and digest. */
  repository?: RegExp;
  tag?: RegExp;
  /** A label that it carries. */
  label?: string;
  /** The name of the container that used it last. */
  lastUser?: RegExp;
  /** That a project used it. */
  project?: true;
}

export interface FoundImage extends Omit<Found, 'term'> {
  term?: ImageTerm;
  /** `hold` if not told. */
  strength?: OwnerHold['strength'];
  /** What its latest are counted among; its repositories if not told. */
  family?: string;
}

/** One tool that makes containers and makes them again: how to know its things, what it needs. */
export interface OwnerTool {
  kind: OwnerKind;
  tool: string;
  container?(seen: ContainerSeen): FoundContainer | null;
  images?: ImageSigns & {
    /** `sign`: the name or label that showed; null where it is a project. */
    of(seen: ImageSeen, sign: string | null): FoundImage | null;
  };
  volume?(seen: VolumeSeen): Found | null;
  network?(seen: NetworkSeen): Found | null;
  needs: { container: Term; image: ImageTerm; volume: Term; network: Term };
}
