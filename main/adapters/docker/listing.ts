import { z } from 'zod';
import { allContainers } from './containers.js';
import { imageId, namesOf } from './names.js';
import type { Requests } from './requests.js';
import type { ListedImage, Listing } from './types.js';

const rowSchema = z.looseObject({
  Id: z.string(),
  ParentId: z.string().nullish(),
  RepoTags: z.array(z.string()).nullish(),
  RepoDigests: z.array(z.string()).nullish(),
  Size: z.number().nonnegative().default(0),
});

const counts = z.looseObject({ Containers: z.number().default(0) });

/** A containerd store takes 11 s for a thousand images when nothing else is asked of it. */
const listDeadline = 300_000;

/** Everything that can change, read whole: on connect and after a gap only (DESIGN §3). */
export async function readListing(requests: Requests): Promise<Listing> {
  const [images, containers, info] = await Promise.all([
    listImages(requests),
    allContainers(requests),
    requests.get(counts, { path: '/info', deadline: listDeadline }),
  ]);
  return { images, containers, containersCounted: info.Containers };
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
