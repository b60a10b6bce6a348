import { CareenError } from './errors.js';

/**
 * The name of an image in the grammar of the Distribution project (`distribution/reference`), with
 * Docker's rules for short names: no domain means `docker.io`, and there one component means
 * `library/`.
 */
export interface Reference {
  domain: string;
  path: string;
  tag: string | null;
  /** `sha256:…`; on a containerd store a tag and a digest can stand together. */
  digest: string | null;
}

/** What is wrong with a text that is no reference. */
export type ReferenceProblem =
  'empty' | 'uppercase' | 'domain' | 'path' | 'tag' | 'digest' | 'too-long' | 'looks-like-id';

const hubDomain = 'docker.io';
const officialPrefix = 'library/';
const longestPath = 255;

const domainPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domainSyntax = new RegExp(
  `^(?:${domainPart}(?:\\.${domainPart})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`,
);
const pathPart = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const pathSyntax = new RegExp(`^${pathPart}(?:/${pathPart})*$`);
const tagSyntax = /^\w[\w.-]{0,127}$/;
const digestLengths: Record<string, number> = { sha256: 64, sha384: 96, sha512: 128 };
const bareId = /^[a-f0-9]{64}$/;

/** A reference taken apart at its separators, nothing checked and no short name filled in. */
export interface ReferenceParts {
  name: string;
  tag: string | null;
  digest: string | null;
}

/** Takes apart a reference or a pattern of references; checks nothing. */
export function splitReference(text: string): ReferenceParts {
  const at = text.indexOf('@');
  const tagged = at < 0 ? text : text.slice(0, at);
  const digest = at < 0 ? null : text.slice(at + 1);
  const colon = tagged.lastIndexOf(':');
  if (colon < 0 || colon < tagged.lastIndexOf('/')) return { name: tagged, tag: null, digest };
  return { name: tagged.slice(0, colon), tag: tagged.slice(colon + 1), digest };
}

/** Fills in what a short name leaves out, as `ParseNormalizedNamed` of the Distribution project. */
function expand(name: string): { domain: string; path: string } {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isDomain = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
  const domain = isDomain ? (first === 'index.docker.io' ? hubDomain : first) : hubDomain;
  const path = isDomain ? name.slice(slash + 1) : name;
  return {
    domain,
    path: domain === hubDomain && !path.includes('/') ? officialPrefix + path : path,
  };
}

function isDigest(text: string): boolean {
  const colon = text.indexOf(':');
  const hex = text.slice(colon + 1);
  return digestLengths[text.slice(0, colon)] === hex.length && /^[a-f0-9]+$/.test(hex);
}

/**
 * Reads a reference in any form that docker takes (`postgres`, `ghcr.io/a/b:1`, `a@sha256:…`).
 * Throws CareenError 'reference-invalid' with a ReferenceProblem.
 */
export function parseReference(text: string): Reference {
  const refuse = (problem: ReferenceProblem) =>
    new CareenError('reference-invalid', { text, problem });
  if (text === '') throw refuse('empty');
  if (bareId.test(text)) throw refuse('looks-like-id');
  const { name, tag, digest } = splitReference(text);
  const { domain, path } = expand(name);
  if (!domainSyntax.test(domain)) throw refuse('domain');
  if (path !== path.toLowerCase()) throw refuse('uppercase');
  if (!pathSyntax.test(path)) throw refuse('path');
  if (path.length > longestPath) throw refuse('too-long');
  if (tag !== null && !tagSyntax.test(tag)) throw refuse('tag');
  if (digest !== null && !isDigest(digest)) throw refuse('digest');
  return { domain, path, tag, digest };
}

const suffix = (ref: { tag: string | null; digest: string | null }) =>
  (ref.tag === null ? '' : `:${ref.tag}`) + (ref.digest === null ? '' : `@${ref.digest}`);

/** The full form: `docker.io/library/postgres:16`. */
export function normalise(ref: Reference): string {
  return repositoryOf(ref) + suffix(ref);
}

/** The full name without tag and digest: what JUDGING calls a repository. */
export function repositoryOf(ref: Reference): string {
  return `${ref.domain}/${ref.path}`;
}

/** The repository of a name in any form, unchecked: for names that an engine gave. */
export function repositoryOfName(name: string): string {
  const { domain, path } = expand(name);
  return `${domain}/${path}`;
}

/** The form that docker prints: `postgres:16`, `myorg/api@sha256:…`. */
export function familiar(ref: Reference): string {
  return familiarRepository(repositoryOf(ref)) + suffix(ref);
}

/** A repository in the form that docker prints; it reads back as the same repository. */
export function familiarRepository(repository: string): string {
  if (!repository.startsWith(`${hubDomain}/`)) return repository;
  const path = repository.slice(hubDomain.length + 1);
  const official = path.startsWith(officialPrefix) ? path.slice(officialPrefix.length) : '';
  const short = official !== '' && !official.includes('/') ? official : path;
  return !bareId.test(short) && repositoryOfName(short) === repository ? short : repository;
}

/** A reference as a name that can be put on an image; null: it is an ID, or leads to a digest. */
export function asTag(reference: string): string | null {
  const { name, tag, digest } = splitReference(reference);
  if (digest !== null || /^(sha256:)?[0-9a-f]{64}$/.test(reference) || name === 'sha256')
    return null;
  return `${name}:${tag ?? 'latest'}`;
}
