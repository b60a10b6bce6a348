import { CareenError, type ErrorDetails } from '../../../domain/errors.js';
import type { SshEndpoint } from '../parse-endpoint.js';
import { clean } from '../text.js';

type Why = ErrorDetails['ssh-failed']['why'];

/** OpenSSH's own words, which it says in no other language (FLEET, ssh://); the first that fits counts. */
const bySsh: readonly (readonly [RegExp, Why])[] = [
  [/REMOTE HOST IDENTIFICATION HAS CHANGED/, 'changed-key'],
  [/Host key verification failed/, 'unknown-key'],
  [/Permission denied|Too many authentication failures/, 'login-refused'],
  [/Could not resolve/, 'unresolved'],
  [/Timeout, server .* not responding/, 'silent'],
  [/timed out/i, 'timed-out'],
  [/Connection refused/, 'refused'],
  [/No route to host|Network is unreachable|Network is down/, 'no-route'],
];

/** The words of docker on the other side. */
const byDocker: readonly (readonly [RegExp, Why])[] = [
  [/permission denied/i, 'no-permission'],
  [/no such file|connection refused|Cannot connect|Is the docker daemon running/i, 'no-engine'],
  [/not a docker command|unknown command/i, 'old-docker'],
];

/** The longest path that Linux opens. */
const longestPath = 4096;
/** The most of ssh's words that is told. */
const longest = 200;

/**
 * Why a connection by ssh ended, from how ssh did and what it said.
 *
 * @param code its exit code; null where a signal ended it
 * @param said what it wrote to its standard error
 */
export function sshFailure(at: SshEndpoint, code: number | null, said: string): CareenError {
  const why = whyOf(code, said);
  return failed(at, why, lastLine(said), undefined, why === 'changed-key' ? oldKeyIn(said) : null);
}

function whyOf(code: number | null, said: string): Why {
  if (code === 126 || code === 127) return 'no-docker';
  const words = code === 255 || code === null ? bySsh : byDocker;
  return words.find(([pattern]) => pattern.test(said))?.[1] ?? 'ended';
}

/** The same where ssh could not be started at all. */
export function sshNotStarted(at: SshEndpoint, e: NodeJS.ErrnoException): CareenError {
  return failed(at, e.code === 'ENOENT' ? 'no-ssh' : 'ended', e.message, e);
}

/** The same where something else than an engine's answer came first: a greeting of the login shell's. */
export function sshNoise(at: SshEndpoint, said: string, e: unknown): CareenError {
  return failed(at, 'noise', said.trim().split('\n')[0] ?? '', e);
}

function failed(
  { host, user, port }: SshEndpoint,
  why: Why,
  said: string,
  cause?: unknown,
  oldKey: ErrorDetails['ssh-failed']['oldKey'] = null,
): CareenError {
  const short = clean(said.trim()).slice(0, longest);
  return new CareenError('ssh-failed', { host, user, port, oldKey, why, said: short }, { cause });
}

/** Where ssh says that the key stands which is another now (OpenSSH, `verify_host_key`). */
function oldKeyIn(said: string): ErrorDetails['ssh-failed']['oldKey'] {
  // What stands last is ssh's own: a banner, or a proxy's ssh, comes before.
  const found = [...said.matchAll(/^Offending (?:\S+ )?key in (.+):(\d{1,9})\s*$/gm)].at(-1);
  const [, file, line] = found ?? [];
  return file === undefined
    ? null
    : { file: clean(file).slice(0, longestPath), line: Number(line) };
}

/** What ended it comes last; warnings and banners come before. */
function lastLine(said: string): string {
  return said.trim().split('\n').at(-1) ?? '';
}
