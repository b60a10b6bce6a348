import PQueue from 'p-queue';
import { z } from 'zod';
import { isCareenError } from '../../domain/errors.js';
import type { ContainerFacts, ContainerState } from '../../domain/facts.js';
import { attachmentsOf, mountSchema, networkedSchema } from './attachments.js';
import { familiar, imageId, inPath } from './names.js';
import { hasStatus, type Requests } from './requests.js';
import { clean, cleanRecord } from './text.js';
import { timeOf } from './time.js';
import type { ListedContainer } from './types.js';

const record = z.record(z.string(), z.string()).nullish();

const rowSchema = z.looseObject({
  Id: z.string(),
  Names: z.array(z.string()).nullish(),
  Image: z.string().default(''),
  ImageID: z.string().default(''),
  Created: z.number().nullish(),
  State: z.string().nullish(),
  Status: z.string().nullish(),
  Labels: record,
  Mounts: mountSchema,
  NetworkSettings: networkedSchema,
});
type Row = z.output<typeof rowSchema>;

const inspected = z.looseObject({
  Id: z.string(),
  Name: z.string().default(''),
  Image: z.string().default(''),
  Created: z.string().nullish(),
  State: z
    .looseObject({
      Status: z.string().nullish(),
      StartedAt: z.string().nullish(),
      FinishedAt: z.string().nullish(),
      Health: z.looseObject({ Status: z.string().nullish() }).nullish(),
    })
    .nullish(),
  Config: z.looseObject({ Image: z.string().nullish(), Labels: record }).nullish(),
  HostConfig: z
    .looseObject({ LogConfig: z.looseObject({ Type: z.string(), Config: record }).nullish() })
    .nullish(),
  Mounts: mountSchema,
  NetworkSettings: networkedSchema,
});
type Inspected = z.output<typeof inspected>;

/** A stuck container holds its own inspect back, and must not hold back the list. */
const patience = 5_000;

/** Every container, in any state, with what only inspect tells (when it started and finished). */
export async function allContainers(requests: Requests): Promise<ListedContainer[]> {
  const rows = await listRows(requests);
  const queue = new PQueue({ concurrency: 8 });
  const all = await Promise.all(rows.map((row) => queue.add(() => completed(requests, row))));
  return all.filter((container) => container !== null);
}

/**
 * Containers in any state made from this image, from the list alone: one request; when they started
 * and finished is null. The engine's own `ancestor` filter also names those of images built on it.
 */
export async function containersOf(requests: Requests, image: string): Promise<ContainerFacts[]> {
  const rows = await listRows(requests);
  return rows.filter((row) => imageId(row.ImageID) === image).map(factsOfRow);
}

/** Every container from the list alone: one request; when they started and finished is null. */
export async function listedContainers(requests: Requests): Promise<ListedContainer[]> {
  return (await listRows(requests)).map(factsOfRow);
}

/** One container; null when it is gone. One that is stuck is told as the list tells it. */
export async function oneContainer(
  requests: Requests,
  id: string,
): Promise<ListedContainer | null> {
  try {
    return await inspect(requests, id);
  } catch (e) {
    if (!isStuck(e)) throw e;
    const row = (await listRows(requests)).find((one) => one.Id === id);
    return row ? factsOfRow(row) : null;
  }
}

async function completed(requests: Requests, row: Row): Promise<ListedContainer | null> {
  try {
    return await inspect(requests, row.Id);
  } catch (e) {
    if (isStuck(e)) return factsOfRow(row);
    throw e;
  }
}

async function inspect(requests: Requests, id: string): Promise<ListedContainer | null> {
  const path = `/containers/${inPath(id)}/json`;
  const found = await requests.find(inspected, { path, deadline: patience });
  return found && factsOf(found);
}

/** Whether the engine cannot tell of this one container: that says nothing of the others. */
const isStuck = (e: unknown) => isCareenError(e, 'engine-silent') || hasStatus(e, 500);

async function listRows(requests: Requests): Promise<Row[]> {
  const query = { all: '1' };
  return requests.get(z.array(rowSchema), { path: '/containers/json', query });
}

function factsOf(found: Inspected): ListedContainer {
  const { State: state, Config: config } = found;
  return {
    id: clean(found.Id),
    name: nameOf(found.Name),
    imageId: imageId(found.Image),
    reference: familiar(config?.Image ?? found.Image),
    state: stateOf(state?.Status),
    health: healthOf(state?.Health?.Status),
    created: timeOf(found.Created),
    started: timeOf(state?.StartedAt),
    finished: timeOf(state?.FinishedAt),
    labels: cleanRecord(config?.Labels),
    sizeRw: null,
    log: logOf(found),
    ...attachmentsOf(found.NetworkSettings, found.Mounts),
  };
}

/** Of a driver's options none but these: others name accounts and tokens. */
function logOf({ HostConfig: host }: Inspected): ContainerFacts['log'] {
  const { Type: driver, Config: options } = host?.LogConfig ?? {};
  if (!driver) return null;
  const option = (name: string) => {
    const value = options?.[name];
    return value === undefined ? null : clean(value);
  };
  return { driver: clean(driver), maxSize: option('max-size'), maxFile: option('max-file') };
}

function factsOfRow(row: Row): ListedContainer {
  return {
    id: clean(row.Id),
    name: nameOf(row.Names?.[0] ?? ''),
    imageId: imageId(row.ImageID),
    reference: familiar(row.Image),
    state: stateOf(row.State),
    health: healthOf(/\((?:health: )?(\w+)\)$/.exec(row.Status ?? '')?.[1]),
    created: row.Created ? row.Created * 1000 : null,
    started: null,
    finished: null,
    labels: cleanRecord(row.Labels),
    sizeRw: null,
    log: null,
    ...attachmentsOf(row.NetworkSettings, row.Mounts),
  };
}

/** A container's name as people write it. */
export function nameOf(name: string): string {
  return clean(name).replace(/^\//, '');
}

const states: Record<string, ContainerState> = {
  created: 'created',
  running: 'running',
  paused: 'paused',
  restarting: 'restarting',
  removing: 'removing',
  exited: 'exited',
  dead: 'dead',
  // Podman's own words.
  configured: 'created',
  initialized: 'created',
  stopping: 'running',
  stopped: 'exited',
};

/** A state by the engine's word for it; `unknown` for one that this Careen does not know. */
export function stateOf(text: string | null | undefined): ContainerState {
  return states[text ?? ''] ?? 'unknown';
}

/** A health by the engine's word for it; `none` where it says none, or one that is not known. */
export function healthOf(text: string | null | undefined): ContainerFacts['health'] {
  return text === 'starting' || text === 'healthy' || text === 'unhealthy' ? text : 'none';
}
