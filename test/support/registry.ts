import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { enginePath } from '../../scripts/lib/engines.mjs';
import { capture, sleep } from '../../scripts/lib/process.mjs';
import { testRun, uniqueName } from './namespace.js';

export interface RegistryOptions {
  /** Default 5000. */
  port?: number;
  /** IPv4, of the run's namespace; default loopback. */
  address?: string;
  /** `basic` asks for `REGISTRY_USER`. Default plain. */
  auth?: 'plain' | 'basic';
  /** Asks for tokens of this address, signed by that certificate. */
  token?: { realm: string; issuer: string; certFile: string };
  tls?: { certFile: string; keyFile: string };
}

/** Who may use a registry with basic auth, in the form of `authconfig`. */
export const REGISTRY_USER = { username: 'u', password: 'p' } as const;

/** bcrypt, the only kind the registry takes, of that password. */
const HTPASSWD = 'u:$2b$04$careencareencareencarex/xvj16MrU894QBA.wW8dbnhyG1sPpq\n';

/** Debian's docker-registry on loopback, in the namespace of this run's engines. */
export class TestRegistry {
  #child: ChildProcess | undefined;
  /** Characters of its log that were read. */
  #read = 0;

  private constructor(
    readonly port: number,
    private readonly address: string,
    private readonly home: string,
    private readonly namespace: string,
  ) {}

  static async start(options: RegistryOptions): Promise<TestRegistry> {
    const { port = 5000, address = '127.0.0.1' } = options;
    const { folder, namespace } = await testRun();
    const home = path.join(folder, uniqueName('registry'));
    await mkdir(path.join(home, 'data'), { recursive: true });
    await writeFile(path.join(home, 'htpasswd'), HTPASSWD);
    const registry = new TestRegistry(port, address, home, namespace);
    await registry.again(options);
    return registry;
  }

  /** Starts it with other settings, with everything that was pushed. */
  async again(options: Omit<RegistryOptions, 'port' | 'address'>): Promise<void> {
    await this.stop();
    const config = configOf(this.home, this.host, options);
    await writeFile(path.join(this.home, 'config.yml'), JSON.stringify(config));
    await this.start();
  }

  /** What stands before an image's name: `127.0.0.1:5000`. */
  get host(): string {
    return `${this.address}:${this.port}`;
  }

  /** Starts it again after `stop`, with everything that was pushed. */
  async start(): Promise<void> {
    if (this.#child) return;
    const log = path.join(this.home, 'log');
    const out = openSync(log, 'a');
    const program = enginePath('tools', 'usr/bin/docker-registry');
    const child = spawn(
      'nsenter',
      [`--net=/run/netns/${this.namespace}`, program, 'serve', path.join(this.home, 'config.yml')],
      { stdio: ['ignore', out, out] },
    );
    closeSync(out);
    this.#child = child;
    for (let i = 0; i < 200 && child.exitCode === null; i++) {
      if (await this.#listens()) return;
      await sleep(50);
    }
    await this.stop();
    throw new Error(`The registry did not come up: ${await readFile(log, 'utf8')}`);
  }

  /** Ends it at once, as an outage does; what was pushed stays for `start`. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** What Careen asked it since the last time, from the registry's own log: `HEAD /v2/acme/app/…`. */
  async takeAsked(): Promise<string[]> {
    const log = await readFile(path.join(this.home, 'log'), 'utf8');
    const fresh = log.slice(this.#read);
    this.#read = log.length;
    const lines = fresh.matchAll(/"([A-Z]+ \/\S*) HTTP\/[\d.]+" \d+ \d+ "[^"]*" "careen"/g);
    return [...lines].map(([, asked = '']) => asked).sort();
  }

  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.home, { recursive: true, force: true });
  }

  /** This process may not be in the namespace, so the kernel's own list is read there. */
  async #listens(): Promise<boolean> {
    const inside = [`--net=/run/netns/${this.namespace}`, 'cat', '/proc/net/tcp'];
    const { stdout } = await capture('nsenter', inside);
    const port = this.port.toString(16).toUpperCase().padStart(4, '0');
    const address = Buffer.from(this.address.split('.').map(Number).reverse());
    return stdout.includes(`${address.toString('hex').toUpperCase()}:${port} 00000000:0000 0A`);
  }
}

/** JSON is YAML. */
function configOf(home: string, addr: string, { auth, token, tls }: RegistryOptions) {
  return {
    version: 0.1,
    log: { level: 'warn' },
    storage: { filesystem: { rootdirectory: path.join(home, 'data') }, delete: { enabled: true } },
    http: {
      addr,
      secret: 'test',
      ...(tls ? { tls: { certificate: tls.certFile, key: tls.keyFile } } : {}),
    },
    ...(auth === 'basic'
      ? { auth: { htpasswd: { realm: 'careen', path: path.join(home, 'htpasswd') } } }
      : {}),
    ...(token
      ? {
          auth: {
            token: {
              realm: token.realm,
              service: 'test-registry',
              issuer: token.issuer,
              rootcertbundle: token.certFile,
            },
          },
        }
      : {}),
  };
}

/** Starts a real registry and waits until it listens: under a second. */
export function startRegistry(options: RegistryOptions = {}): Promise<TestRegistry> {
  return TestRegistry.start(options);
}
