import { looksSecret } from '../recreate/secret.js';
import type { Pseudonyms } from './pseudonyms.js';

/** What JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What tells who a person is, and on which machine. */
export interface Person {
  /** The person's own folder. */
  home: string;
  user: string;
  /** The machine's name. */
  host: string;
}

export const redacted = '(redacted)';

/** What a person wrote or set freely: of a mapping each value goes, of a list whatever follows `=`. */
const free = new Set(['env', 'environment', 'labels', 'note', 'options', 'headers', 'args', 'cmd']);
/** What Careen itself says in a word, which may be a container's name by chance. */
const ownWords = new Set(['code', 'kind', 'state', 'status', 'verdict', 'decidedBy', 'outcome']);
/** Accounts whose name tells nothing. */
const nobody = new Set(['root', 'user', 'admin', '']);

/**
 * A value without what is nobody else's business: secrets by their name or their look, values of
 * variables and labels, who the person is; and where stand-ins are given, the names of things.
 *
 * @param names null: names stay as they are
 */
export function redact(value: Json, person: Person, names: Pseudonyms | null): Json {
  const scrub = scrubber(person, names);
  const walk = (at: Json, key: string | null): Json => {
    if (typeof at === 'string') {
      if (looksSecret(key, at)) return redacted;
      return key !== null && ownWords.has(key) ? scrub(at, false) : scrub(at, true);
    }
    if (at === null || typeof at !== 'object') return at;
    if (key !== null && free.has(key)) return withoutValues(at);
    if (Array.isArray(at)) return at.map((one) => walk(one, key));
    return Object.fromEntries(
      Object.entries(at).map(([name, one]) => {
        if (free.has(name) && typeof one === 'string') return [name, redacted];
        return [looksSecret(null, name) ? redacted : scrub(name, names !== null), walk(one, name)];
      }),
    );
  };
  return walk(value, null);
}

function withoutValues(value: Json[] | { [key: string]: Json }): Json {
  if (!Array.isArray(value))
    return Object.keys(value).length === 0
      ? {}
      : { [`${Object.keys(value).length} values`]: redacted };
  return value.map(() => redacted);
}

function scrubber({ home, user, host }: Person, names: Pseudonyms | null) {
  const others = [
    // Homes of whoever it is, as each system has them.
    [/(?:\/(?:home|Users)\/|[A-Za-z]:[\\/]Users[\\/])[^\\/\s"']+/g, '~'],
    // What an address says beside host and path.
    [/\?[^\s"']*/g, ''],
    [/:\/\/[^/\s@]*@/g, '://'],
  ] as const;
  const words = [
    ...(nobody.has(user) ? [] : [[wordOf(user), 'user'] as const]),
    ...(host.length < 2 || host === 'localhost' ? [] : [[wordOf(host), 'host'] as const]),
  ];
  return (text: string, withNames: boolean): string => {
    let result = home.length > 1 ? text.replaceAll(home, '~') : text;
    for (const [pattern, by] of [...others, ...words]) result = result.replace(pattern, by);
    return names !== null && withNames ? names.replace(result) : result;
  };
}

/** A word wherever no letter or digit goes on. */
function wordOf(text: string): RegExp {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu');
}
