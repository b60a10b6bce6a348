import { z } from 'zod';
import type { ContainerSpec, JsonObject } from '../../domain/recreate/types.js';
import type { ContainerNow } from './container-acts.js';
import { mountSchema } from './attachments.js';
import { healthOf, nameOf, stateOf } from './containers.js';
import { imageId, inPath } from './names.js';
import type { Requests } from './requests.js';
import { clean } from './text.js';
import { timeOf } from './time.js';

const inspected = z.looseObject({
  Id: z.string(),
  Name: z.string(),
  Image: z.string(),
  State: z
    .looseObject({
      Status: z.string().nullish(),
      ExitCode: z.number().nullish(),
      StartedAt: z.string().nullish(),
      FinishedAt: z.string().nullish(),
      Health: z.looseObject({ Status: z.string().nullish() }).nullish(),
    })
    .nullish(),
  RestartCount: z.number().nullish(),
  Config: z.looseObject({
    Image: z.string().nullish(),
    Tty: z.boolean().nullish(),
    StopTimeout: z.number().nullish(),
  }),
  HostConfig: z.looseObject({
    AutoRemove: z.boolean().nullish(),
    RestartPolicy: z.looseObject({ Name: z.string().nullish() }).nullish(),
    Tmpfs: z.record(z.string(), z.string()).nullish(),
  }),
  Mounts: mountSchema,
  NetworkSettings: z.looseObject({}),
  SizeRw: z.number().nullish(),
});

/** A container's inspect, with every field that the engine gave. */
export type RawContainer = z.output<typeof inspected>;

/** A container by ID or name, null where there is none. `query`: e.g. `{ size: 1 }`. */
export function rawContainer(
  requests: Requests,
  idOrName: string,
  query: Record<string, number> = {},
): Promise<RawContainer | null> {
  return requests.find(inspected, { path: `/containers/${inPath(idOrName)}/json`, query });
}

/**
 * A container's inspect, whole and exactly as the engine says it, since it is given back to the
 * engine: nothing in it is made safe for a person to read. Only a volume's name that the engine
 * leaves out is filled in.
 */
export async function inspectContainer(
  requests: Requests,
  idOrName: string,
): Promise<ContainerSpec | null> {
  const found = await rawContainer(requests, idOrName);
  return (
    found && {
      ...(found as JsonObject),
      Id: found.Id,
      Name: found.Name,
      Image: imageId(found.Image),
      Config: found.Config as JsonObject,
      HostConfig: found.HostConfig as JsonObject,
      Mounts: (found.Mounts ?? []) as JsonObject[],
      NetworkSettings: found.NetworkSettings as JsonObject,
    }
  );
}

/** How a container is at this moment; null where it is gone. */
export async function containerNow(
  requests: Requests,
  idOrName: string,
): Promise<ContainerNow | null> {
  const found = await rawContainer(requests, idOrName);
  if (!found) return null;
  const { State: state, Config: config, HostConfig: host } = found;
  const status = stateOf(state?.Status);
  return {
    id: clean(found.Id),
    name: nameOf(found.Name),
    imageId: imageId(found.Image),
    reference: clean(config.Image ?? ''),
    status,
    health: healthOf(state?.Health?.Status),
    startedAt: timeOf(state?.StartedAt),
    finishedAt: timeOf(state?.FinishedAt),
    exitCode: exitCodeOf(status, state?.ExitCode ?? 0),
    restartCount: found.RestartCount ?? 0,
    autoRemove: host.AutoRemove === true,
    // An engine leaves the name out where none was given.
    restartPolicy: clean(host.RestartPolicy?.Name ?? '') || 'no',
  };
}

/** An engine says 0 of what runs and of what never did; what failed to start has its own code. */
function exitCodeOf(status: ContainerNow['status'], code: number): number | null {
  if (status === 'running' || status === 'paused') return null;
  return status === 'created' && code === 0 ? null : code;
}
