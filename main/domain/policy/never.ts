import { splitReference } from '../reference.js';
import { parsePattern } from './pattern.js';

/** What a text that can match nothing was probably meant to be, where that can be told. */
interface Wrong {
  meant: string | null;
}

const wildcards = '*?[\\]\\\\';
const pathSyntax = new RegExp(`^[a-z0-9._/${wildcards}-]*$`);
const domainSyntax = new RegExp(`^[A-Za-z0-9.:[\\]${wildcards}-]+$`);
const tagSyntax = new RegExp(`^[A-Za-z0-9_.${wildcards}-]{1,128}$`);
const digestSyntax = new RegExp(`^[a-z0-9+._:${wildcards}-]+$`);

/** Whether no image can have a reference that a valid pattern matches; null where one can. */
export function neverMatches(text: string): Wrong | null {
  if (parsePattern(text)?.kind !== 'name') return null;
  const { name, tag, digest } = splitReference(text);
  if (name === 'sha256' && tag !== null && /^[0-9a-f]{12,}$/.test(tag)) return { meant: null };
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const hasDomain = first === 'localhost' || /[.:*]/.test(first);
  const path = hasDomain ? name.slice(slash + 1) : name;
  if (hasDomain && !domainSyntax.test(first)) return { meant: null };
  if (!pathSyntax.test(path)) {
    const small = path.toLowerCase();
    const isMeant = small !== path && pathSyntax.test(small);
    return { meant: isMeant ? text.replace(path, small) : null };
  }
  if (tag !== null && !tagSyntax.test(tag)) return { meant: null };
  return digest !== null && !digestSyntax.test(digest) ? { meant: null } : null;
}

const systems =
  /^(linux|windows|darwin|freebsd|netbsd|openbsd|dragonfly|solaris|illumos|aix|plan9|wasip1|js|unknown)$/;

/** Whether no image can be of a platform, for it is no `os/arch`; null where one can. */
export function platformMeant(text: string): Wrong | null {
  const [system = '', machine] = text.split('/');
  if (/[A-Z\s]/.test(text)) return { meant: text.toLowerCase().trim() };
  if (systems.test(system)) return null;
  return { meant: machine === undefined && /^[a-z0-9]+$/.test(system) ? `linux/${system}` : null };
}
