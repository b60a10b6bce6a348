import { z } from 'zod';
import type { EngineVersion } from './product.js';
import { Requests } from './requests.js';

const component = z.looseObject({
  Details: z.looseObject({ MinAPIVersion: z.string().regex(/^\d+\.\d+\.\d+$/) }),
});
const bytes = z.number().int().nonnegative();
const libpodInfo = z.looseObject({
  store: z.looseObject({ graphRootUsed: bytes, graphRootAllocated: bytes }),
});

/** Milliseconds: it is asked for once a minute, and one that hangs must not hold that up. */
const deadline = 5_000;

/**
 * How full the file system under Podman's store is, from its own API (`GET /libpod/info`), which
 * counts its versions apart from Docker's. Failures as of `Requests`.
 */
export async function podmanStoreUse(
  { way }: Requests,
  version: EngineVersion,
): Promise<{ used: number; total: number }> {
  const read = component.safeParse(version.Components?.[0]);
  const api = read.success ? read.data.Details.MinAPIVersion : '4.0.0';
  const requests = new Requests(way, 'connected', api);
  const { store } = await requests.get(libpodInfo, { path: '/libpod/info', deadline });
  return { used: store.graphRootUsed, total: store.graphRootAllocated };
}
