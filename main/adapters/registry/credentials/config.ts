import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { systemCode } from '../../system-error.js';
import { CareenError } from '../../../domain/errors.js';
import type { Credential, RegistryHost } from '../types.js';

const text = z.string().nullish();

/** What of the docker CLI's `config.json` says who one is; all else is of no matter. */
export const dockerConfig = z.looseObject({
  auths: z
    .record(
      z.string(),
      z
        .looseObject({
          auth: text,
          username: text,
          password: text,
          identitytoken: text,
          registrytoken: text,
        })
        .nullish(),
    )
    .nullish(),
  credsStore: text,
  credHelpers: z.record(z.string(), text).nullish(),
});
export type DockerConfig = z.output<typeof dockerConfig>;

/** Where the docker CLI keeps its settings. */
export function dockerConfigFile({ env, home }: RegistryHost): string {
  return path.join(env['DOCKER_CONFIG'] || path.join(home, '.docker'), 'config.json');
}

/**
 * The docker CLI's settings; empty where there is no file.
 *
 * @throws CareenError `credentials-unreadable`
 */
export async function readDockerConfig(host: RegistryHost): Promise<DockerConfig> {
  const file = dockerConfigFile(host);
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (e) {
    const why = systemCode(e) ?? 'unreadable';
    if (why === 'ENOENT') return {};
    throw new CareenError('credentials-unreadable', { file, why });
  }
  try {
    return dockerConfig.parse(JSON.parse(content.replace(/^\ufeff/, '')));
  } catch {
    // What was thrown quotes the file, which may hold passwords.
    throw new CareenError('credentials-unreadable', { file, why: 'JSON' });
  }
}

/** Docker Hub goes by an old address in settings and helpers. */
const hubKey = 'https://index.docker.io/v1/';

/** How settings and helpers call a registry that references call `name`. */
export function credentialKey(name: string): string {
  return name === 'docker.io' ? hubKey : name;
}

/** The helper that keeps this registry's credentials; null: the file itself does. */
export function helperFor(config: DockerConfig, name: string): string | null {
  return lookUp(config.credHelpers ?? {}, name) || config.credsStore || null;
}

/** The credentials that stand in the file; null where it has none for this registry. */
export function credentialIn(config: DockerConfig, name: string): Credential | null {
  const entry = lookUp(config.auths ?? {}, name);
  if (!entry) return null;
  if (entry.registrytoken) return { kind: 'registry', token: entry.registrytoken };
  if (entry.identitytoken) return { kind: 'identity', token: entry.identitytoken };
  const decoded = Buffer.from(entry.auth ?? '', 'base64')
    .toString('utf8')
    .replace(/\0+$/, '');
  const colon = decoded.indexOf(':');
  const username = entry.username || decoded.slice(0, Math.max(colon, 0));
  const password = entry.password || (colon < 0 ? '' : decoded.slice(colon + 1));
  return username === '' ? null : { kind: 'password', username, password };
}

/** By the very key first; then by any key of the same host, since old ones are whole addresses. */
function lookUp<T>(entries: Readonly<Record<string, T>>, name: string): T | null {
  const key = credentialKey(name);
  if (Object.hasOwn(entries, key)) return entries[key] ?? null;
  const host = hostOf(key);
  const other = Object.keys(entries).find((one) => hostOf(one) === host);
  return other === undefined ? null : (entries[other] ?? null);
}

function hostOf(key: string): string {
  const host = key.replace(/^https?:\/\//, '').replace(/\/.*$/s, '');
  return host === 'docker.io' ? 'index.docker.io' : host;
}
