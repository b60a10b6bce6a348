import type { Json } from './redact.js';
import type { NameKind, Pseudonyms } from './pseudonyms.js';

/** What Careen and engines themselves say: never a name that a person gave. */
const spoken = new Set([
  ...['code', 'kind', 'state', 'status', 'verdict', 'decidedBy', 'outcome', 'health', 'tool'],
  ...['version', 'apiVersion', 'platform'],
]);
/** Sentences of engines, registries and systems, with names only here and there. */
const sentences = new Set(['message', 'why', 'problem', 'expected']);
const references = new Set([
  ...['ref', 'refs', 'reference', 'repository', 'pull', 'pulled', 'formerRefs', 'digests'],
]);
const kinds: Readonly<Record<string, NameKind>> = {
  container: 'container',
  containers: 'container',
  unhealthy: 'container',
  registry: 'host',
  host: 'host',
  endpoint: 'host',
  tag: 'tag',
  newTags: 'tag',
};

/** Parts of addresses, paths and engines' names that are the same on everybody's machine. */
const everywhere = new Set([
  ...['unix', 'tcp', 'http', 'https', 'ssh', 'npipe', 'fd', 'var', 'run', 'usr', 'local', 'bin'],
  ...['etc', 'opt', 'srv', 'home', 'users', 'user', 'tmp', 'library', 'pipe', 'docker.sock'],
  ...['podman.sock', 'podman', 'docker', 'desktop', 'desktop-linux', 'colima', 'orbstack', 'lima'],
  ...['rancher', 'engine', 'rootless', 'default', 'docker_host', 'docker_context', 'config.json'],
  ...['config', 'contexts', 'sock', 'careen', 'latest', 'localhost', 'docker_engine', 'share'],
  ...['osxkeychain', 'wincred', 'pass', 'secretservice', 'policy.yaml', 'compose.yaml'],
  ...['compose.yml', 'docker-compose.yml', 'docker-compose.yaml', 'com', 'redacted'],
]);
const numberLike = /^v?\d[\d.]*[a-z]{0,2}$/i;
const address = /^(?!127\.)\d{1,3}(\.\d{1,3}){3}$/;
const hash = /^[0-9a-f]{12,}$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What parts the words of a name, whichever it is: only what remains can be a name. */
const words = /[\p{L}\p{N}](?:[\p{L}\p{N}_.+-]*[\p{L}\p{N}])?/gu;
/** In a sentence: what is quoted, absolute paths, and what an address, a host or a reference is. */
const suspects = [
  /"[^"]+"|'[^']+'|`[^`]+`|“[^”]+”/g,
  /(?<![^\s("'=])\/[^\s"']+/g,
  /[^\s"']*[\p{L}\p{N}][/\\:@.]+[\p{L}\p{N}][^\s"']*/gu,
];

/**
 * Notes whatever may be a name in a value: each text that is not known to be of Careen's own
 * vocabulary, so that a field that comes later is covered before anybody thinks of it.
 *
 * @param isOwn whether Careen says this word itself
 */
export function collectNames(
  value: Json,
  names: Pseudonyms,
  isOwn: (word: string) => boolean,
): void {
  const note = (text: string, kind: NameKind) => {
    for (const [word] of text.matchAll(words)) {
      const tellsNothing =
        isOwn(word) || everywhere.has(word.toLowerCase()) || hash.test(word) || uuid.test(word);
      if (address.test(word)) names.add('host', word);
      else if (!tellsNothing && !numberLike.test(word)) names.add(kind, word);
    }
  };
  const walk = (at: Json, key: string) => {
    if (typeof at === 'string') noteText(at, key);
    else if (Array.isArray(at)) for (const one of at) walk(one, key);
    else if (at !== null && typeof at === 'object')
      for (const [name, one] of Object.entries(at)) {
        note(name, 'name');
        walk(one, name);
      }
  };
  const noteText = (text: string, key: string) => {
    if (spoken.has(key) || isOwn(text)) return;
    if (sentences.has(key)) {
      for (const suspect of suspects)
        for (const [found] of text.matchAll(suspect)) note(found, 'name');
      return;
    }
    if (references.has(key)) names.image(text);
    note(text, kinds[key] ?? 'name');
  };
  walk(value, '');
}
