import { splitReference } from '../reference.js';

/** What a name is of, which its stand-in says. */
export type NameKind = 'image' | 'tag' | 'host' | 'container' | 'name';

/** Registries that everybody knows: their names tell nothing of a person. */
const publicHosts = new Set([
  'docker.io',
  'ghcr.io',
  'quay.io',
  'gcr.io',
  'lscr.io',
  'mcr.microsoft.com',
  'public.ecr.aws',
  'registry.k8s.io',
  'registry.gitlab.com',
  'docker.elastic.co',
  'localhost',
]);
/** Parts of names that everybody has. */
const common = new Set(['library', 'latest', 'docker', 'com', 'www']);
/** Versions tell a problem apart and nothing of a person. */
const versionLike = /^v?\d[\d.]*$/;
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/;

/** A run of what names are made of; whatever else stands in a text parts them. */
const runs = /[\p{L}\p{N}][\p{L}\p{N}_.:@/+-]*/gu;
const isLetter = (c: string | undefined) => c !== undefined && /[\p{L}\p{N}]/u.test(c);

/**
 * Stand-ins for the names that a person gave things: the same name has the same one throughout, and
 * none tells anything of it, so that nobody can try which name it was.
 */
export class Pseudonyms {
  readonly #known = new Map<string, string>();
  /** Which lengths known names have, the longest first: no other part of a text is looked up. */
  #lengths: number[] = [];
  readonly #counts: Partial<Record<NameKind, number>> = {};

  /** Notes the name of an image in any form, with its parts: repository, tag, host and path. */
  image(reference: string): void {
    const { name, tag } = splitReference(reference);
    const slash = name.indexOf('/');
    const first = slash < 0 ? '' : name.slice(0, slash);
    const hasHost = /[.:]/.test(first) || first === 'localhost';
    if (hasHost) this.host(first);
    const path = hasHost ? name.slice(slash + 1) : name;
    this.add('image', path);
    for (const part of path.split('/')) this.add('name', part);
    if (tag !== null && !versionLike.test(tag)) this.add('tag', tag);
  }

  /** Notes a registry's host, with its port. */
  host(name: string): void {
    if (loopback.test(name)) return;
    this.add('host', name);
    this.add('host', name.replace(/:\d+$/, ''));
  }

  /** Notes any other name. */
  add(kind: NameKind, name: string): void {
    if (name.length < 2 || common.has(name) || publicHosts.has(name) || this.#known.has(name))
      return;
    const count = (this.#counts[kind] ?? 0) + 1;
    this.#counts[kind] = count;
    this.#known.set(name, `${kind}-${count}`);
    if (!this.#lengths.includes(name.length))
      this.#lengths = [...this.#lengths, name.length].sort((a, b) => b - a);
  }

  /** A text with each name in it replaced, the longest first, wherever no letter or digit goes on. */
  replace(text: string): string {
    const whole = this.#known.get(text);
    if (whole !== undefined) return whole;
    return text.replace(runs, (run) => this.#replaceIn(run));
  }

  #replaceIn(run: string): string {
    let result = '';
    let at = 0;
    while (at < run.length) {
      const end = isLetter(run[at - 1]) ? null : this.#endOfNameAt(run, at);
      if (end === null) {
        result += run[at] ?? '';
        at += 1;
      } else {
        result += this.#known.get(run.slice(at, end)) ?? '';
        at = end;
      }
    }
    return result;
  }

  #endOfNameAt(run: string, at: number): number | null {
    for (const length of this.#lengths) {
      const end = at + length;
      if (end > run.length || (isLetter(run[end - 1]) && isLetter(run[end]))) continue;
      if (this.#known.has(run.slice(at, end))) return end;
    }
    return null;
  }
}
