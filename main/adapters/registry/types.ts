import type { CareenError } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import type { ImageDefaults } from '../../domain/recreate/types.js';
import type { Reference } from '../../domain/reference.js';

/** What of this machine says how registries are reached; a value, so that every system's can be tested. */
export interface RegistryHost {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  /** The desktop's own answer for an address, in the form of proxy auto-configuration: `PROXY a:3128`. */
  systemProxy?: (url: string) => Promise<string>;
}

/** What registries are to the engine at hand. */
export interface EngineSide {
  /** What it calls insecure: names as in references, and CIDRs. */
  insecure: readonly string[];
  /** Whether its loopback is another than this machine's. */
  isElsewhere: boolean;
}

/** A reference that names one manifest for ever. */
export type Pinned = Reference & { digest: string };

/** How long registries are waited for, in ms; a value, so that a test need not wait. */
export interface RegistryPatience {
  /** One question: until its answer begins, redirects included, and as long again for its body. */
  question: number;
  /** What fails is left alone for `first`, and for twice as long each time it fails again. */
  leftAlone: { first: number; most: number };
}

/** What a registry says of a manifest. */
export type ManifestHead =
  | {
      found: true;
      mediaType: string;
      /** Bytes of the manifest itself; null where the registry does not say. */
      size: number | null;
    }
  | { found: false };

/** What a registry says a reference is now. */
export type TagHead =
  { found: true; digest: string; mediaType: string; size: number | null } | { found: false };

/** The tags of a repository, each once, in the registry's order. */
export type TagList =
  | {
      found: true;
      tags: string[];
      /** Whether there are more than Careen reads: those that come last are missing. */
      more: boolean;
    }
  | { found: false };

/** What a manifest and its config tell of one platform's image. */
export interface RegistryImage {
  /** Of the manifest that was chosen by platform; an index' own is the one asked for. */
  digest: string;
  /** The digest of its config: a classic store's image ID. */
  config: string;
  created: Millis | null;
  labels: Record<string, string>;
  /** The config's `config`: what the image gives a container (Env, Cmd, …). */
  defaults: ImageDefaults;
  /**
   * Compressed, in the order of `diffIds`: what a pull fetches of those that are not there. One digest
   * can stand there twice.
   */
  layers: { digest: string; size: number }[];
  /** Diff IDs, to be compared with what the engine has. */
  diffIds: string[];
}

/** How a registry was asked last; nothing of what was said to it. */
export interface RegistryAsked {
  registry: string;
  /** When it last answered, or failed. */
  at: Millis;
  /** As whom it answered last; null: it did not yet. */
  as: 'anonymous' | 'signed-in' | null;
  /** Null where it answered the last time. */
  error: CareenError | null;
}

/** Where credentials for a registry were found; never what they are. */
export interface CredentialsFound {
  from: 'helper' | 'config' | 'nowhere';
  /** The helper that was asked. */
  helper: string | null;
}

/** How to say who one is to a registry. Never to be shown, logged or kept on the disk. */
export type Credential =
  | { kind: 'password'; username: string; password: string }
  /** Only good for getting tokens. */
  | { kind: 'identity'; token: string }
  /** Sent as it is. */
  | { kind: 'registry'; token: string };

/** Whose credentials are at hand for a registry, by its name or null. */
export interface CredentialSource {
  /**
   * @param registry a reference's domain: `docker.io`, `ghcr.io`, `127.0.0.1:5000`
   * @throws CareenError `helper-missing`, `helper-failed`, `credentials-unreadable`
   */
  of(registry: string): Promise<Credential | null>;
}
