import { z } from 'zod';
import { isCareenError } from '../../domain/errors.js';
import { allContainers } from './containers.js';
import { imageId, namesOf } from './names.js';
import { allNetworks } from './networks.js';
import { hasStatus, type Requests } from './requests.js';
import { listedSwarm, swarmInfo } from './swarm/read.js';
import type { ListedImage, Listing } from './types.js';
import { allVolumes } from './volumes.js';

const rowSchema = z.looseObject({
  Id: z.string(),
  ParentId: z.string().nullish(),
  RepoTags: z.array(z.string()).nullish(),
  RepoDigests: z.array(z.string()).nullish(),
  Size: z.number().nonnegative().default(0),
});

const infoSchema = z.looseObject({ Containers: z.number().default(0), Swarm: swarmInfo });

/** A containerd store takes 11 s for a thousand images when nothing else is asked of it. */
const listDeadline = 300_000;

/** Everything that can change, read whole: on connect and after a gap only (DESIGN §3). */
export async function readListing(requests: Requests): Promise<Listing> {
  const [images, containers, about, networks, volumes] = await Promise.all([
    listImages(requests),
    allContainers(requests),
    readAbout(requests),
    answered(allNetworks(requests)),
    answered(allVolumes(requests)),
  ]);
  return { images, containers, networks, volumes, ...about };
}

async function readAbout(requests: Requests) {
  const call = { path: '/info', deadline: listDeadline };
  const { Containers, Swarm } = await requests.get(infoSchema, call);
  return { containersCounted: Containers, swarm: await listedSwarm(requests, Swarm) };
}

/** A volume plugin that hangs or fails says nothing of the images. */
async function answered<T>(list: Promise<T>): Promise<T | null> {
  try {
    return await list;
  } catch (e) {
    if (isCareenError(e, 'engine-silent') || hasStatus(e, 500)) return null;
    throw e;
  }
}

async function listImages(requests: Requests): Promise<ListedImage[]> {
  const call = { path: '/images/json', deadline: listDeadline };
  const rows = await requests.get(z.array(rowSchema), call);
  return rows.map((row) => ({
    id: imageId(row.Id),
    ...namesOf(row.RepoTags ?? null, row.RepoDigests ?? null),
    size: row.Size,
    parent: row.ParentId ? imageId(row.ParentId) : null,
  }));
}
