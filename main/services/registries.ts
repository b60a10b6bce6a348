import type { CredentialsFound, RegistryAsked } from '../adapters/registry/types.js';
import type { Result } from '../contract/commands.js';
import type { SeenRegistry } from '../contract/registries.js';
import { toWire, type WireError } from '../contract/wire.js';
import type { CareenError } from '../domain/errors.js';
import type { ImageFacts, Millis } from '../domain/facts.js';
import { parseReference } from '../domain/reference.js';

interface Known {
  judging: { readonly current: { inventory: { images: readonly ImageFacts[] } } | null };
  /** What earlier checks remember, by the name asked about. */
  checker: { asked(): { name: string; at: Millis; error: WireError | null }[] };
  /** What this process asked. */
  registry: { asked(): RegistryAsked[] };
  credentials: {
    found(registry: string): CredentialsFound | null;
    readonly looked: { config: string; helpers: string[] };
  };
}

/** Which registries there are here and how they were asked last, from what is known already. */
export class Registries {
  constructor(private readonly from: Known) {}

  /** By name; no registry and no helper is asked for it, and nothing of a credential is in it. */
  seen(): Result<'registries'> {
    const { judging, checker, registry, credentials } = this.from;
    const all = new Map<string, SeenRegistry>();
    const of = (name: string): SeenRegistry => {
      const before = all.get(name);
      if (before) return before;
      const made: SeenRegistry = {
        registry: name,
        images: 0,
        access: 'unknown',
        credentials: credentials.found(name),
        at: null,
        error: null,
      };
      all.set(name, made);
      return made;
    };
    for (const image of judging.current?.inventory.images ?? [])
      for (const name of registriesOf(image)) of(name).images += 1;
    for (const { name, at, error } of checker.asked()) {
      const domain = domainOf(name);
      if (domain === null) continue;
      const one = of(domain);
      if (one.at !== null && one.at >= at) continue;
      Object.assign(one, { at, error, access: isRefusal(error) ? 'refused' : 'unknown' });
    }
    for (const { registry: name, at, as, error } of registry.asked())
      Object.assign(of(name), { at, error: error && toWire(error), access: accessOf(as, error) });
    const registries = [...all.values()].sort((a, b) => (a.registry < b.registry ? -1 : 1));
    return { registries, looked: credentials.looked };
  }
}

function accessOf(as: RegistryAsked['as'], error: CareenError | null): SeenRegistry['access'] {
  if (isRefusal(error)) return 'refused';
  return as ?? 'unknown';
}

const isRefusal = (error: { code: string } | null) => error?.code === 'registry-auth';

/** A build made here bears a name that no registry need know. */
function registriesOf({ refs, digests, origin }: ImageFacts): Set<string> {
  if (origin === 'built') return new Set();
  return new Set(
    [...refs, ...digests].map(domainOf).filter((domain): domain is string => domain !== null),
  );
}

/** The registry of a name as engines and checks write them; null: it is no reference. */
function domainOf(name: string): string | null {
  try {
    return parseReference(name).domain;
  } catch {
    return null;
  }
}
