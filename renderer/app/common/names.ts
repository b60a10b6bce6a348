/** A familiar name in parts: what a person looks for first, the registry's host after it. */
export interface NameParts {
  name: string;
  host: string | null;
}

/** Splits `mcr.microsoft.com/playwright` into `playwright` and its host; no host is Docker Hub. */
export function nameParts(repository: string): NameParts {
  const slash = repository.indexOf('/');
  const first = repository.slice(0, slash);
  const isHost = slash > 0 && (/[.:]/.test(first) || first === 'localhost');
  return isHost
    ? { name: repository.slice(slash + 1), host: first }
    : { name: repository, host: null };
}

/** Splits `myorg/api:1.12` into `myorg/api` and `:1.12`; a name by digest or without a tag has none. */
export function tagParts(name: string): { repository: string; tag: string } {
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') && !name.includes('@')
    ? { repository: name.slice(0, colon), tag: name.slice(colon) }
    : { repository: name, tag: '' };
}

/** The tags that an image has in `repository`; names in other repositories stay whole. */
export function tagsIn(repository: string | null, refs: readonly string[]): string[] {
  const prefix = `${repository ?? ''}:`;
  return refs.map((ref) => (ref.startsWith(prefix) ? ref.slice(prefix.length) : ref));
}
