import Link from 'http-link-header';
import { z } from 'zod';
import { CareenError } from '../../domain/errors.js';
import { errorOf, read } from './content.js';
import { headerOf } from './headers.js';
import type { Registry } from './registry.js';
import type { Answer } from './transport.js';
import type { TagList } from './types.js';

/** Tags that a page is asked for; a registry may give fewer. */
const asked = 1_000;
const most = { tags: 20_000, pages: 250, pageBytes: 4 * 1024 * 1024 };

/** As in a reference; nothing else can be pulled. */
const tag = /^\w[\w.-]{0,127}$/;

const page = z.looseObject({ tags: z.array(z.string()).nullish() });

/** Reads page after page, as `Link` leads, until there are no more or enough. */
export async function tagsOf(registry: Registry, path: string): Promise<TagList> {
  const tags = new Set<string>();
  const seen = new Set<string>();
  let next: string | null = `/v2/${path}/tags/list?n=${asked}`;
  while (next !== null) {
    if (seen.has(next) || seen.size >= most.pages || tags.size > most.tags)
      return { found: true, tags: [...tags].slice(0, most.tags), more: true };
    seen.add(next);
    const answer: Answer = await registry.ask(path, next, {
      method: 'GET',
      headers: { accept: 'application/json' },
      follow: true,
      longest: most.pageBytes,
    });
    if (answer.status === 404 && seen.size === 1) return { found: false };
    if (answer.status !== 200) throw errorOf(answer, registry.name);
    for (const one of read(page, answer, registry.name).tags ?? [])
      if (tag.test(one)) tags.add(one);
    next = nextPage(answer, next, registry.name);
  }
  return { found: true, tags: [...tags].slice(0, most.tags), more: tags.size > most.tags };
}

/**
 * Where the next page is asked for (RFC 8288); null after the last. Only the path is taken: a registry
 * behind a proxy may name itself by another host, and no other host is asked.
 */
export function nextPage({ headers }: Answer, from: string, registry: string): string | null {
  const header = headerOf(headers, 'link');
  if (header === '') return null;
  const invalid = new CareenError('registry-invalid', { registry, why: 'unreadable' });
  const target = nextIn(header, invalid);
  if (target === null) return null;
  const base = new URL(from, 'https://registry.invalid');
  if (!URL.canParse(target, base)) throw invalid;
  const { pathname, search } = new URL(target, base);
  if (!pathname.startsWith('/v2/')) throw invalid;
  return pathname + search;
}

function nextIn(header: string, invalid: CareenError): string | null {
  try {
    return Link.parse(header).rel('next')[0]?.uri ?? null;
  } catch {
    throw invalid;
  }
}
