/** One problem found in a policy text. Lines and columns count from 1. */
export interface PolicyProblem {
  line: number;
  column: number;
  code:
    | 'syntax'
    | 'unknown-key'
    | 'wrong-type'
    | 'bad-value'
    | 'missing'
    | 'duplicate-key'
    | 'too-large'
    | 'too-many-aliases';
  /** Where in the document, e.g. `keep[0].usedWithin`; empty for the whole. */
  path: string;
  found: string;
  expected: string;
  /** A key or value that was probably meant. */
  suggestion: string | null;
}

/** One place where an engine was looked for and what was found there. */
export interface LookedAt {
  /** How the place is called: a context's name, a variable, a product. */
  name: string;
  kind: 'variable' | 'context' | 'socket' | 'practice' | 'chosen';
  endpoint: string;
  outcome:
    | 'answers'
    | 'not-set'
    | 'no-socket'
    | 'refused'
    | 'no-permission'
    | 'silent'
    | 'not-an-engine'
    | 'remote'
    | 'missing';
}

/**
 * Every failure that a user can meet, with the values that its sentence needs (DESIGN §6).
 * The sentences stand in `messages`; exit codes in `contract/exit.ts`.
 */
export interface ErrorDetails {
  'engine-not-found': { looked: LookedAt[] };
  'engine-permission': { endpoint: string };
  'engine-silent': { endpoint: string; seconds: number };
  'engine-refused': { endpoint: string };
  'engine-lost': { endpoint: string };
  'engine-unsupported': { endpoint: string; found: string };
  'engine-error': { status: number; message: string };
  'engine-changed': { endpoint: string };
  /** The app at work holds another engine than the one asked for. */
  'engine-other': { wanted: string; current: string };
  /** No engine of that key is in the list. */
  'engine-unknown': { engine: string };
  /** A name that several engines of the list have. */
  'engine-several': { engine: string; among: { key: string; endpoint: string | null }[] };
  /** The one that Careen finds by itself is always in the list. */
  'engine-first': Record<never, never>;
  /** A run was cut off on it, and who takes it off the list, or says that it is another one, was not told. */
  'engine-unfinished': { name: string; act: 'remove' | 'another' };
  /** The engine at that address is in the list already, under that name. */
  'engine-twice': { endpoint: string; name: string };
  /**
   * By way of the engine of that name, which may be the same one, something is half done. `silent`: it
   * does not answer.
   */
  'twin-unfinished': { name: string; silent: boolean };
  /** They say two IDs: they are no one engine. */
  'engines-differ': { name: string; other: string };
  /** At the address of the engine of that name answers one with another ID. */
  'engine-replaced': { endpoint: string; name: string; engine: string };
  'context-missing': { name: string };
  'context-unreadable': { file: string };
  /** It is on another machine, where Careen goes only when a person chose that. */
  'endpoint-remote': { endpoint: string };
  /** Neither encrypted nor proven, and not this machine alone. */
  'endpoint-plain': { endpoint: string };
  /** `said`: ssh's last words, docker's on the other side, or what came instead of an answer. */
  'ssh-failed': {
    host: string;
    /** As the address has them; null: left to ssh. */
    user: string | null;
    port: number | null;
    /** Of a key that changed, where ssh found the old one; null: it does not say. */
    oldKey: { file: string; line: number } | null;
    why:
      | 'no-ssh'
      | 'unknown-key'
      | 'changed-key'
      | 'login-refused'
      | 'unresolved'
      | 'refused'
      | 'no-route'
      | 'timed-out'
      | 'silent'
      | 'noise'
      | 'no-docker'
      | 'old-docker'
      | 'no-permission'
      | 'no-engine'
      | 'ended';
    said: string;
  };
  /**
   * `said`: the code of Node's or OpenSSL's; of `files` the file. `client-…`: what the engine says of
   * our certificate; `plain-there`, `tls-there`: one side speaks TLS and the other does not.
   */
  'tls-failed': {
    endpoint: string;
    why:
      | 'unknown-ca'
      | 'other-name'
      | 'expired'
      | 'not-yet'
      | 'client-unknown'
      | 'client-expired'
      | 'client-missing'
      | 'client-refused'
      | 'pair'
      | 'files'
      | 'unreadable'
      | 'passphrase'
      | 'plain-there'
      | 'tls-there'
      | 'skips-verify'
      | 'other';
    said: string;
  };
  'endpoint-invalid': { endpoint: string };
  'image-in-use': { id: string; message: string };
  'image-gone': { id: string };
  'image-unknown': { reference: string };
  'protected-by-rule': { id: string; file: string };
  'reference-invalid': { text: string; problem: string };
  'registry-unreachable': { registry: string; why: string };
  'registry-silent': { registry: string; seconds: number };
  'registry-tls': { registry: string; why: string };
  /** `unsafe`: it asks for credentials over a way that they must not take. */
  'registry-auth': {
    registry: string;
    repository: string;
    why: 'not-signed-in' | 'refused' | 'unsafe';
  };
  /** `retryAfter`: seconds, where the registry said them. */
  'registry-limited': { registry: string; retryAfter: number | null };
  'registry-error': { registry: string; status: number; message: string };
  /** What answers is no registry, or gives what was not asked for. */
  'registry-unsupported': { registry: string; found: string };
  /** What it gave cannot be what was asked for, or does not let itself be read. */
  'registry-invalid': {
    registry: string;
    why: 'digest' | 'cut-off' | 'too-large' | 'unreadable' | 'redirect';
  };
  /** It does not have that, or not for that platform (`linux/arm64`), or as no container image. */
  'registry-lacks': {
    reference: string;
    what: 'manifest' | 'platform' | 'image';
    platform: string | null;
  };
  /** A credential helper that the docker CLI's config names and that stands in none of these places. */
  'helper-missing': { helper: string; looked: string[] };
  'helper-failed': { helper: string; why: 'silent' | 'failed' | 'unreadable' | 'bad-name' };
  'credentials-unreadable': { file: string; why: string };
  'policy-invalid': { file: string; problems: PolicyProblem[] };
  'policy-exists': { file: string };
  /** Somebody wrote another text into it since the one that was edited. */
  'policy-changed': { file: string };
  'policy-unreadable': { file: string; why: string };
  'file-missing': { file: string };
  'file-unwritable': { file: string; why: string };
  'folder-unopened': { folder: string; why: string };
  'notifications-missing': Record<string, never>;
  /** `not-here`: this installation cannot be started at login at all. */
  'login-item-refused': { why: 'not-allowed' | 'not-kept' | 'not-here' };
  'file-invalid': { file: string; where: string; expected: string };
  'plan-unknown': { planId: string };
  'plan-expired': { planId: string };
  'plan-other-engine': { planId: string };
  'run-cancelled': Record<never, never>;
  'run-under-way': Record<never, never>;
  /** Containers that Careen updated, has not proven, and that are not well: nothing is cleaned. */
  'update-unwell': { containers: string[] };
  /** No clean-up of that ID is in the history. */
  'run-unknown': { runId: string };
  /** No such suggestion, or none any more. */
  'suggestion-unknown': { key: string };
  /** The engine could not pull; `message` is its own, or the registry's. */
  'pull-failed': { reference: string; message: string };
  /** A pull by digest gave another image than the one that was removed. */
  'pulled-other': { reference: string };
  /** No container of that name, or ID, is on the engine. */
  'container-unknown': { container: string };
  /** Another tool made it and would not know a copy; `command` is that tool's own way. */
  'container-owned': { container: string; tool: string; command: string | null };
  /** Nothing is kept that a container could go back to. */
  'nothing-kept': { container: string };
  /** None of the versions that are kept, or that a check found, is the one that was named. */
  'version-unknown': { container: string; wanted: string };
  /** Someone else recreated, renamed or removed a container in the middle of its update. */
  'taken-over': { container: string };
  /** The engine is a node of a swarm, and no manager that has a leader answers there. */
  'swarm-silent': { endpoint: string };
  /** The engine left the swarm, by its own word, in the middle of a service's update. */
  'swarm-left': { service: string; endpoint: string };
  /** A service of a swarm was written in the middle of its update. */
  'service-changed': { service: string };
  /** Where a service's Spec has numbers that would not come back the same. */
  'service-inexact': { service: string; at: string[] };
  /**
   * A service that did not get back to what it ran. `no-digest`: what it ran is named by none;
   * `asked-before`: it was asked once, and has the new one again; `no-image`: neither the registry nor
   * the nodes have the old one; `not-running`: Swarm did not bring it to run. `message` in Swarm's words.
   */
  'service-not-back': {
    service: string;
    why: 'no-digest' | 'asked-before' | 'no-image' | 'refused' | 'not-running';
    message: string;
  };
  /** Bytes. */
  'no-room': { needed: number; available: number };
  /**
   * A lifecycle hook before an update that did not end well. `exitCode` null: it had not ended in
   * time, or could not be run; `message`: the end of what it wrote, or the engine's own words.
   */
  'hook-failed': { command: string; exitCode: number | null; message: string };
  /**
   * A volume that could not be copied, or not given the content of its copy. `in-use`: by these
   * containers, which run; `differs`: the copy is not the same; `gone`: the copy is not there.
   */
  'copy-failed': {
    volume: string;
    copy: string;
    why: 'in-use' | 'differs' | 'not-put-back' | 'gone';
    by: string[];
  };
  'home-foreign': { home: string };
  'home-unwritable': { home: string; why: string };
  /** The owner went away without a word: whether the command was done is not known. */
  'home-lost': { home: string };
  /** The owner ended, or was followed by another, before it began the command. */
  'owner-ended': { home: string };
  'log-unwritable': { file: string };
  /** The log could be written no further in the middle of a run; `removed`: what went until then. */
  'log-cut-off': { file: string; removed: { id: string; refs: string[] }[] };
  /** Lines of a log that are no records, or the bytes of a last one that a crash cut off. */
  'log-damaged': { file: string; lines: number; bytes: number };
  'not-confirmed': { act: string };
  'input-invalid': { what: string; found: string; expected: string };
  'owner-other-version': { found: string; own: string };
  internal: { message: string };
}

export type ErrorCode = keyof ErrorDetails;

/** A failure with a code and the values of its sentence; never a sentence itself. */
export class CareenError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'CareenError';
  constructor(
    readonly code: C,
    readonly details: ErrorDetails[C],
    options?: { cause?: unknown },
  ) {
    super(code, options);
  }
}

/** Narrows a caught value to a CareenError of one code. */
export function isCareenError<C extends ErrorCode>(e: unknown, code: C): e is CareenError<C> {
  return e instanceof CareenError && e.code === code;
}

/** What is thrown and is no CareenError is a defect of Careen's: named as such, with its message. */
export function toCareenError(e: unknown): CareenError {
  if (e instanceof CareenError) return e as CareenError;
  return new CareenError(
    'internal',
    { message: e instanceof Error ? e.message : String(e) },
    { cause: e },
  );
}

/** Whether this machine has no way to a registry that an engine, or another machine, may well have. */
export function meansOutOfReach(e: unknown): boolean {
  return (
    isCareenError(e, 'registry-unreachable') ||
    isCareenError(e, 'registry-silent') ||
    isCareenError(e, 'registry-tls')
  );
}

/** Whether a failure means that the engine itself is gone. */
export function meansLost(e: unknown): boolean {
  return (
    isCareenError(e, 'engine-lost') ||
    isCareenError(e, 'engine-refused') ||
    isCareenError(e, 'engine-silent')
  );
}

/** Failures by ssh that stay until a person, here or there, changes something. */
const untilChanged: ReadonlySet<ErrorDetails['ssh-failed']['why']> = new Set([
  'no-ssh',
  'unknown-key',
  'changed-key',
  'login-refused',
  'noise',
  'no-docker',
  'old-docker',
  'no-permission',
]);

/** Whether trying again soon would change nothing, and might lock a person out of the machine there. */
export function meansRefused(e: unknown): boolean {
  if (isCareenError(e, 'ssh-failed')) return untilChanged.has(e.details.why);
  return isCareenError(e, 'tls-failed') || isCareenError(e, 'endpoint-plain');
}
