import { z } from 'zod';
import { inPath } from './names.js';
import type { Requests } from './requests.js';
import { type RawContainer, rawContainer } from './spec.js';
import { clean } from './text.js';
import { timeOf } from './time.js';

const changes = z.array(z.looseObject({ Path: z.string() })).nullish();

/** The engine walks the layer. */
const deadline = 60_000;

/** What the engine itself puts into every container. */
const engineOwn = [
  '/.dockerenv',
  '/dev',
  '/etc/hostname',
  '/etc/hosts',
  '/etc/resolv.conf',
  '/etc/mtab',
  '/proc',
  '/run/secrets',
  '/sbin/docker-init',
  '/sys',
];

/**
 * Paths that a container's writable layer holds: data that a recreation loses. Mount points, what
 * the engine puts there, and folders that are named only for what is in them are left out.
 *
 * @returns null where it is gone or never started: the engine tells nothing then
 */
export async function changedPaths(requests: Requests, id: string): Promise<string[] | null> {
  const container = await rawContainer(requests, id);
  if (!container || timeOf(container.State?.StartedAt) === null) return null;
  const path = `/containers/${inPath(id)}/changes`;
  const found = await requests.find(changes, { path, deadline });
  const others = [...engineOwn, ...mountPointsOf(container)];
  const own = (found ?? [])
    .map(({ Path: path }) => path)
    .filter((path) => !others.some((other) => isWithin(path, other) || isWithin(other, path)));
  return own
    .filter((path) => !own.some((other) => other !== path && isWithin(other, path)))
    .map(clean)
    .sort();
}

/** Bytes of a container's writable layer; null where it is gone, or the engine does not tell. */
export async function writableBytes(requests: Requests, id: string): Promise<number | null> {
  return (await rawContainer(requests, id, { size: 1 }))?.SizeRw ?? null;
}

function mountPointsOf({ Mounts: mounts, HostConfig: host }: RawContainer): string[] {
  const mounted = (mounts ?? []).map((mount) => mount.Destination ?? '');
  return [...mounted, ...Object.keys(host.Tmpfs ?? {})]
    .map((path) => path.replace(/\/+$/, ''))
    .filter((path) => path !== '');
}

const isWithin = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);
