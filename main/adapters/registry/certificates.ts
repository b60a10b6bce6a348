import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import tls from 'node:tls';
import { systemCode } from '../system-error.js';
import { CareenError } from '../../domain/errors.js';
import type { RegistryHost } from './types.js';

/** Which CAs are believed about a host, and how this machine proves who it is to that host. */
export interface Identities {
  /** For the host itself. */
  own: tls.SecureContext;
  /** For others that it leads to: the same CAs, nothing of this machine's. */
  others: tls.SecureContext;
}

/** Where Linux systems keep their CAs in one file, for a Node that cannot ask the system. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/**
 * The system's CAs and Node's, and what docker's folder for that host adds: `*.crt` are CAs, a pair
 * of `x.cert` and `x.key` is this machine's own.
 *
 * @param name the registry as references call it
 * @throws CareenError `registry-tls` where docker's folder holds what cannot be used
 */
export async function identitiesFor(name: string, host: RegistryHost): Promise<Identities> {
  const ca = await generalCas(host);
  const cert: string[] = [];
  const key: string[] = [];
  for (const folder of foldersOf(name, host))
    for (const file of await namesIn(name, folder)) {
      const at = path.join(folder, file);
      if (file.endsWith('.crt')) ca.push(await read(name, at));
      if (!file.endsWith('.cert')) continue;
      cert.push(await read(name, at));
      key.push(await read(name, at.replace(/\.cert$/, '.key')));
    }
  try {
    const others = tls.createSecureContext({ ca });
    return { others, own: cert.length > 0 ? tls.createSecureContext({ ca, cert, key }) : others };
  } catch (e) {
    throw new CareenError('registry-tls', { registry: name, why: 'certs.d' }, { cause: e });
  }
}

/** docker's folders of certificates for one registry, the system's first. */
function foldersOf(name: string, { platform, env, home }: RegistryHost): string[] {
  // A colon is no character of a file name on Windows; docker leaves it out there.
  if (platform === 'win32') return [path.join(home, '.docker', 'certs.d', name.replace(':', ''))];
  if (platform === 'darwin') return [path.join(home, '.docker', 'certs.d', name)];
  const settings = env['XDG_CONFIG_HOME'] || path.join(home, '.config');
  return [path.join('/etc/docker/certs.d', name), path.join(settings, 'docker', 'certs.d', name)];
}

async function generalCas({ env }: RegistryHost): Promise<string[]> {
  // Node 20 has no such call.
  if (typeof tls.getCACertificates === 'function')
    return [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
  const file = env['SSL_CERT_FILE'];
  for (const bundle of file ? [file] : bundles) {
    const text = await readFile(bundle, 'utf8').catch(() => null);
    if (text !== null) return [...tls.rootCertificates, text];
  }
  return [...tls.rootCertificates];
}

/** Names in a folder of docker's; most registries have none. */
async function namesIn(registry: string, folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (e) {
    const code = systemCode(e);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    const why = `${folder}: ${code ?? 'unreadable'}`;
    throw new CareenError('registry-tls', { registry, why }, { cause: e });
  }
}

async function read(registry: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (e) {
    const why = `${path.basename(file)}: ${systemCode(e) ?? 'unreadable'}`;
    throw new CareenError('registry-tls', { registry, why }, { cause: e });
  }
}
