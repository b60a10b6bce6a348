import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { enginePath } from '../../scripts/lib/engines.mjs';
import { must } from '../../scripts/lib/process.mjs';
import type { TestEngine } from './engine.js';

/** Which CLI: 26.1 has Compose 2.26, 28.5 has 2.40. */
export type CliVersion = '26.1' | '28.5';

/**
 * Runs the docker CLI with buildx and Compose against an engine, with a configuration folder in the
 * engine's home and nothing of this machine's own.
 *
 * @returns what it wrote to stdout. Rejects when it fails, with its last lines.
 */
export async function dockerCli(
  engine: TestEngine,
  args: string[],
  cwd?: string,
  version: CliVersion = '26.1',
): Promise<string> {
  const config = path.join(engine.home, 'cli');
  await mkdir(config, { recursive: true });
  const plugins = enginePath(version, 'usr/libexec/docker/cli-plugins');
  await writeFile(
    path.join(config, 'config.json'),
    JSON.stringify({ cliPluginsExtraDirs: [plugins] }),
  );
  const env = { PATH: process.env['PATH'], DOCKER_HOST: engine.url, DOCKER_CONFIG: config };
  return must(enginePath(version, 'usr/bin/docker'), args, { env, ...(cwd ? { cwd } : {}) });
}

export interface BuildOptions {
  tag: string;
  dockerfile: string;
  files?: Record<string, string | Buffer>;
}

/**
 * Builds with BuildKit as a person does, which leaves build cache records. The context holds the
 * given files only; `FROM` an image loaded before.
 */
export async function buildImage(engine: TestEngine, options: BuildOptions): Promise<void> {
  const context = path.join(engine.home, 'build');
  await mkdir(context, { recursive: true });
  await writeFile(path.join(context, 'Dockerfile'), options.dockerfile);
  for (const [name, data] of Object.entries(options.files ?? {}))
    await writeFile(path.join(context, name), data);
  // Without its attestations, which a classic store cannot keep and a containerd one lists as images.
  await dockerCli(engine, ['build', '--provenance=false', '-q', '-t', options.tag, context]);
}
