import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What of certificates a context can hold, in PEM. */
export interface ContextFiles {
  ca?: string;
  cert?: string;
  key?: string;
}

export interface TestContext extends ContextFiles {
  /** Default `build`. */
  name?: string;
  host: string;
  /** Takes any certificate. */
  skipsVerify?: boolean;
}

/**
 * Writes a context as the docker CLI keeps it in its configuration folder; one of that name is replaced.
 * Gives the folder of its certificates.
 */
export async function writeContext(
  config: string,
  { name = 'build', host, skipsVerify = false, ...files }: TestContext,
): Promise<string> {
  const id = createHash('sha256').update(name).digest('hex');
  const meta = path.join(config, 'contexts/meta', id);
  const tls = path.join(config, 'contexts/tls', id, 'docker');
  await Promise.all([meta, tls].map((one) => mkdir(one, { recursive: true })));
  const docker = { Host: host, SkipTLSVerify: skipsVerify };
  const said = { Name: name, Metadata: {}, Endpoints: { docker } };
  await writeFile(path.join(meta, 'meta.json'), JSON.stringify(said));
  for (const kind of ['ca', 'cert', 'key'] as const) {
    const pem = files[kind];
    if (pem !== undefined) await writeFile(path.join(tls, `${kind}.pem`), pem);
  }
  return tls;
}
