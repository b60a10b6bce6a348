import { z } from 'zod';
import type { EngineFacts, Store } from '../../domain/facts.js';
import { registryConfig } from './registries.js';
import { text } from './text.js';

/** What `/version` tells of an engine; excerpts and unknown fields are fine. */
export const versionSchema = z.looseObject({
  Version: text,
  ApiVersion: text,
  MinAPIVersion: text,
  Os: text,
  Arch: text,
  Components: z.array(z.looseObject({ Name: text })).nullish(),
});
export type EngineVersion = z.output<typeof versionSchema>;

/** The same of `/info`. */
export const infoSchema = z.looseObject({
  ID: text,
  Name: text,
  Driver: text,
  DriverStatus: z.array(z.array(z.string())).nullish(),
  OperatingSystem: text,
  OSType: text,
  KernelVersion: text,
  ServerVersion: text,
  DockerRootDir: text,
  Labels: z.array(z.string()).nullish(),
  Containerd: z.looseObject({ Address: text }).nullish(),
  BuildahVersion: text,
  RegistryConfig: registryConfig,
});
export type EngineInfo = z.output<typeof infoSchema>;

type Product = EngineFacts['product'];

/** Names as a person knows them. */
const names: Record<Product, string> = {
  'docker-engine': 'Docker Engine',
  'docker-desktop': 'Docker Desktop',
  orbstack: 'OrbStack',
  'rancher-desktop': 'Rancher Desktop',
  colima: 'Colima',
  lima: 'Lima',
  podman: 'Podman',
  snap: 'Docker (snap)',
  wsl: 'Docker Engine (WSL)',
  practice: 'Practice engine',
  unknown: 'Docker',
};

/** The label that the practice engine is started with. */
const practiceLabel = 'careen.practice=true';

/**
 * Which product an engine belongs to, by the tests of HOSTS §1 in their order. What no test matches
 * is an Engine on Linux, and on macOS and Windows an engine in some VM: unknown.
 */
function productOf(info: EngineInfo, version: EngineVersion, platform: NodeJS.Platform): Product {
  const { OperatingSystem: system, Name: name, KernelVersion: kernel } = info;
  const component = version.Components?.[0]?.Name ?? '';
  if (component === 'Podman Engine' || info.BuildahVersion !== '') return 'podman';
  if (info.Labels?.includes(practiceLabel)) return 'practice';
  if (system.startsWith('Docker Desktop')) return 'docker-desktop';
  if (system.startsWith('OrbStack') || kernel.includes('-orbstack-')) return 'orbstack';
  if (name.startsWith('lima-rancher-desktop') || system.startsWith('Rancher Desktop'))
    return 'rancher-desktop';
  if (name === 'colima' || name.startsWith('colima-')) return 'colima';
  if (name.startsWith('lima-')) return 'lima';
  if (info.DockerRootDir.startsWith('/var/snap/docker/')) return 'snap';
  if (kernel.includes('microsoft-standard-WSL')) return 'wsl';
  return platform === 'linux' ? 'docker-engine' : 'unknown';
}

/** The kind of image store: DriverStatus names containerd's snapshotter where that holds the images. */
export function storeOf(info: EngineInfo): Store {
  const words = info.DriverStatus?.flat() ?? [];
  return words.some((word) => word.includes('io.containerd.snapshotter'))
    ? 'containerd'
    : 'classic';
}

/** What is told of an engine; `endpoint` is its real path (DESIGN §3, Engine identity). */
export function factsOf(
  endpoint: string,
  apiVersion: string,
  info: EngineInfo,
  version: EngineVersion,
  platform: NodeJS.Platform,
): EngineFacts {
  const product = productOf(info, version, platform);
  return {
    endpoint,
    id: idOf(product, info),
    store: storeOf(info),
    name: names[product],
    product,
    version: version.Version || info.ServerVersion,
    apiVersion,
    platform: version.Os && version.Arch ? `${version.Os}/${version.Arch}` : null,
  };
}

/** Whether an `/info` is of the engine that these facts were told of. */
export function isOf(info: EngineInfo, { product, id, store }: EngineFacts): boolean {
  return idOf(product, info) === id && storeOf(info) === store;
}

/** Podman gives a new ID at each call; its data root stands in. */
function idOf(product: Product, info: EngineInfo): string {
  return product === 'podman' ? `podman:${info.DockerRootDir}` : info.ID;
}
