import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RegistryClient } from '../../../main/adapters/registry/client.js';
import { Credentials } from '../../../main/adapters/registry/credentials/index.js';
import type { RegistryHost, RegistryPatience } from '../../../main/adapters/registry/types.js';
import { HttpHost } from '../../support/http-host.js';

/** A user of this machine with a home of a test's own, as registries see him, and hosts to ask. */
export class RegistryUser {
  env: Record<string, string> = { PATH: '' };
  systemProxy: RegistryHost['systemProxy'];
  /** What his engine calls insecure. */
  insecure: string[] = [];
  now = Date.now();
  readonly #clients: RegistryClient[] = [];
  readonly #hosts: HttpHost[] = [];

  private constructor(readonly home: string) {}

  static async start(): Promise<RegistryUser> {
    return new RegistryUser(await mkdtemp(join(tmpdir(), 'careen-registry-')));
  }

  /** As he would be let in now. */
  client(patience?: RegistryPatience): RegistryClient {
    const { env, home, systemProxy } = this;
    const host = { platform: process.platform, env, home, ...(systemProxy && { systemProxy }) };
    const now = () => this.now;
    const made = new RegistryClient(
      host,
      new Credentials(host, now),
      () => ({ insecure: this.insecure, isElsewhere: false }),
      now,
      patience,
    );
    this.#clients.push(made);
    return made;
  }

  /** Writes the docker CLI's config.json. */
  async signIn(config: object): Promise<void> {
    await mkdir(join(this.home, '.docker'), { recursive: true });
    await writeFile(join(this.home, '.docker', 'config.json'), JSON.stringify(config));
  }

  /** With a name and a password, as `docker login` leaves them. */
  signInTo(registry: string, user: { username: string; password: string }): Promise<void> {
    return this.signIn({ auths: { [registry]: { auth: encoded(user) } } });
  }

  /** Puts a CA into docker's folder for a registry. */
  async trust(registry: string, ca: string): Promise<void> {
    const folder = join(this.home, '.config', 'docker', 'certs.d', registry);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'ca.crt'), ca);
  }

  /** A host that answers so, for as long as he is there. */
  async host(...answer: Parameters<typeof HttpHost.start>): Promise<HttpHost> {
    const made = await HttpHost.start(...answer);
    this.#hosts.push(made);
    return made;
  }

  async dispose(): Promise<void> {
    for (const one of [...this.#clients, ...this.#hosts]) await one.close();
    await rm(this.home, { recursive: true });
  }
}

export const encoded = (user: { username: string; password: string }) =>
  Buffer.from(`${user.username}:${user.password}`).toString('base64');
