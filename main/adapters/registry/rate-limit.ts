import {
  type BareItem,
  type Dictionary,
  type Item,
  type List,
  parseDictionary,
  parseList,
  Token,
} from 'structured-headers';
import { type Headers, headerOf } from './headers.js';

/** How often a registry lets itself be asked, as its answer says. */
export interface Rate {
  limit: number | null;
  remaining: number | null;
  /** Seconds until there is more. */
  reset: number | null;
}

/**
 * Reads what an answer says of its limits; null where it says nothing that can be read. Of several
 * limits the one that is nearest.
 *
 * Known are `RateLimit-Limit`, `-Remaining` and `-Reset` (Docker Hub's `100;w=21600`, and
 * draft-ietf-httpapi-ratelimit-headers up to 06), `RateLimit: limit=100, remaining=5, reset=30` (07)
 * and `RateLimit: "default";r=5;t=30` with `RateLimit-Policy: "default";q=100;w=60` (from 08 on).
 */
export function rateOf(headers: Headers): Rate | null {
  const rate = ofOne(headers) ?? ofMany(headers) ?? ofThree(headers);
  return rate.limit === null && rate.remaining === null ? null : rate;
}

function ofThree(headers: Headers): Rate {
  const first = (name: string) => countOf(listOf(headerOf(headers, name))[0]);
  return {
    limit: first('ratelimit-limit'),
    remaining: first('ratelimit-remaining'),
    reset: first('ratelimit-reset'),
  };
}

function ofOne(headers: Headers): Rate | null {
  const fields = dictionaryOf(headerOf(headers, 'ratelimit'));
  const remaining = countOf(fields?.get('remaining'));
  if (!fields || remaining === null) return null;
  return { limit: countOf(fields.get('limit')), remaining, reset: countOf(fields.get('reset')) };
}

function ofMany(headers: Headers): Rate | null {
  const policies = listOf(headerOf(headers, 'ratelimit-policy'));
  const rates = listOf(headerOf(headers, 'ratelimit')).map((item) => {
    const policy = policies.find(([name]) => nameOf(name) === nameOf(item[0]));
    return {
      limit: count(policy?.[1].get('q')),
      remaining: count(item[1].get('r')),
      reset: count(item[1].get('t')),
    };
  });
  const nearest = (rate: Rate) => rate.remaining ?? Infinity;
  return rates.sort((a, b) => nearest(a) - nearest(b))[0] ?? null;
}

/** Names are strings, and were tokens in a draft; nothing else names a limit. */
const nameOf = (name: BareItem) => (name instanceof Token ? name.toString() : name);

const countOf = (item: List[number] | undefined) => count(item?.[0]);

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function listOf(text: string): Item[] {
  return (parsed(parseList, text) ?? []).filter((one): one is Item => !Array.isArray(one[0]));
}

const dictionaryOf = (text: string): Dictionary | null => parsed(parseDictionary, text);

/** Null for what is none of that form: the forms are told apart by trying. */
function parsed<T>(parse: (text: string) => T, text: string): T | null {
  if (text === '') return null;
  try {
    return parse(text);
  } catch {
    return null;
  }
}
