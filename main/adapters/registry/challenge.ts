/** One way of saying who one is that a server offers; names in lower case. */
export interface Challenge {
  scheme: string;
  params: Readonly<Record<string, string>>;
}

const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const quoted = /"((?:[^"\\]|\\.)*)"/y;
const blank = /[ \t]*/y;
const token68 = /[A-Za-z0-9._~+/-]+=*(?=[ \t]*(?:,|$))/y;

/**
 * Reads `WWW-Authenticate` (RFC 9110 §11.6.1): several challenges in one header, and parameters with
 * commas in quotes. Of a header that breaks off, what was whole until then.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: Challenge[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(header);
    if (!found) return null;
    at = pattern.lastIndex;
    return found[1] ?? found[0];
  };
  let open: { scheme: string; params: Record<string, string> } | null = null;
  while (at < header.length) {
    take(blank);
    if (header[at] === ',') {
      at += 1;
      continue;
    }
    const name = take(token);
    if (name === null) break;
    take(blank);
    if (open !== null && header[at] === '=') {
      at += 1;
      take(blank);
      const text = header[at] === '"' ? take(quoted)?.replace(/\\(.)/g, '$1') : take(token);
      if (text === undefined || text === null) break;
      open.params[name.toLowerCase()] ??= text;
      continue;
    }
    open = { scheme: name.toLowerCase(), params: {} };
    challenges.push(open);
    if (header[at] !== ',') take(token68);
  }
  return challenges;
}
