import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeCertificates, type Certificates } from './certificates.js';
import { writeContext } from './contexts.js';
import { startEngine, type TestEngine } from './engine.js';
import { loadImages, runContainer } from './images.js';
import { TestSshd } from './sshd.js';

/** Where the engine behind TLS listens in the run's network namespace. */
const port = 8125;

const names = ['desk', 'cellar', 'server', 'build', 'spare'] as const;
export type FiveName = (typeof names)[number];

/** The key of one of them in a data home; the first one's is decided by Careen. */
export const keyOf = (name: FiveName): string =>
  name === 'desk' ? 'first' : names.indexOf(name).toString(16).repeat(16);

/**
 * Five real engines as a person may have them: `desk` is found by itself, `cellar` (20.10) and `spare`
 * are on this machine, too, `server` is reached by ssh, `build` with TLS.
 */
export class FiveEngines {
  private constructor(
    readonly engines: Record<FiveName, TestEngine>,
    readonly sshd: TestSshd,
    private readonly certificates: Certificates,
  ) {}

  /**
   * @param images how many each of them has; two containers use the first two.
   * @param patient see `SshdOptions`
   */
  static async start(images: number, patient = false): Promise<FiveEngines> {
    const certificates = await makeCertificates();
    const { caFile, certFile, keyFile } = certificates;
    const tls = ['--tlscacert', caFile, '--tlscert', certFile, '--tlskey', keyFile];
    const args = ['-H', `tcp://0.0.0.0:${port}`, '--tlsverify', ...tls];
    // One after the other: two at once would make the same chains of iptables.
    const engines = {
      desk: await startEngine(),
      cellar: await startEngine({ version: '20.10' }),
      server: await startEngine(),
      build: await startEngine({ args }),
      spare: await startEngine({ store: 'containerd' }),
    };
    for (const [name, engine] of Object.entries(engines)) await fill(engine, name, images);
    return new FiveEngines(
      engines,
      await TestSshd.start(engines.server, { patient }),
      certificates,
    );
  }

  /** Where Careen finds one of them. */
  endpoint(name: FiveName): string {
    if (name === 'server') return this.sshd.url();
    return name === 'build' ? `tcp://127.0.0.1:${port}` : this.engines[name].url;
  }

  /**
   * Writes all but the first into a data home, and what leads to them into a docker configuration.
   *
   * @param home is made where it is not there yet
   */
  async list(home: string, dockerConfig: string): Promise<void> {
    const { ca, cert, key } = this.certificates;
    await writeContext(dockerConfig, {
      ...{ name: 'build', host: this.endpoint('build') },
      ...{ ca, cert, key },
    });
    const others = names.filter((name) => name !== 'desk');
    const engines = await Promise.all(
      others.map(async (name) => ({
        ...{ key: keyOf(name), name, context: name === 'build' ? name : null },
        ...{ endpoint: this.endpoint(name), id: await this.#id(name) },
        ...{ policy: 'shared', addedAt: 0 },
      })),
    );
    await mkdir(home, { recursive: true, mode: 0o700 });
    const list = { version: 1, value: { together: false, engines } };
    await writeFile(path.join(home, 'engines.json'), JSON.stringify(list), { mode: 0o600 });
  }

  async dispose(): Promise<void> {
    await this.sshd.dispose();
    await Promise.all(Object.values(this.engines).map((engine) => engine.dispose()));
  }

  async #id(name: FiveName): Promise<string> {
    return ((await this.engines[name].docker.info()) as { ID: string }).ID;
  }
}

/** Versions of one repository, and two containers whose health checks make events of no matter. */
async function fill(engine: TestEngine, name: string, images: number): Promise<void> {
  const specs = Array.from({ length: images }, (_, n) => ({
    refs: [`acme/${name}:${n}`],
    created: new Date(Date.UTC(2026, 9, 1) + n * 60_000).toISOString(),
    layers: ['busybox' as const, { key: `${name}${n}`, kB: 1 }],
  }));
  await loadImages(engine, specs);
  const options = { Healthcheck: { Test: ['CMD', 'true'], Interval: 5e9 } };
  for (const n of [0, 1].slice(0, images))
    await runContainer(engine, { image: `acme/${name}:${n}`, name: `app${n}`, options });
}
