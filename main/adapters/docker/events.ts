import { z } from 'zod';
import { CareenError } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import { readLines } from './lines.js';
import { familiar, imageId } from './names.js';
import { networkActions, networkEvent, volumeActions, volumeEvent } from './other-events.js';
import type { Requests } from './requests.js';
import { clean } from './text.js';
import type { EngineEvent, EventSink } from './types.js';

const schema = z.looseObject({
  Type: z.string(),
  Action: z.string(),
  Actor: z.looseObject({
    ID: z.string().default(''),
    Attributes: z.record(z.string(), z.string()).nullish(),
  }),
  time: z.number().default(0),
  timeNano: z.number().nullish(),
});
type Raw = z.output<typeof schema>;

type ImageEvent = Extract<EngineEvent, { kind: 'image' }>;
type ContainerEvent = Extract<EngineEvent, { kind: 'container' }>;

const imageActions: Record<string, ImageEvent['action']> = {
  pull: 'pull',
  load: 'load',
  import: 'import',
  tag: 'tag',
  untag: 'untag',
  delete: 'delete',
  create: 'create',
  prune: 'prune',
  push: 'other',
  // Podman's own words.
  remove: 'delete',
  loadfromarchive: 'load',
  build: 'create',
};

const containerActions: Record<string, ContainerEvent['action']> = {
  create: 'create',
  start: 'start',
  die: 'die',
  died: 'die',
  destroy: 'destroy',
  remove: 'destroy',
  rename: 'rename',
  health_status: 'health',
  pause: 'other',
  unpause: 'other',
  update: 'other',
};

/** Of a service and of a node. */
const swarmActions = ['create', 'update', 'remove'] as const;

/** Health checks send three exec events each: left out by the engine, not here. */
const asked = {
  type: ['image', 'container', 'network', 'volume', 'builder', 'service', 'node'],
  event: [
    ...new Set([
      ...[imageActions, containerActions, networkActions, volumeActions].flatMap(Object.keys),
      ...swarmActions,
    ]),
  ],
};

/** It has no swarm. */
const podmanTypes = asked.type.filter((type) => type !== 'service' && type !== 'node');

/**
 * Opens the event stream.
 *
 * @param since replays events from then on (at most 256, none from before the engine's start)
 * @returns once it is open; `close` ends it and tells the sink nothing more
 */
export async function openEvents(
  requests: Requests,
  sink: EventSink,
  since: Millis | null,
  podman: boolean,
): Promise<{ close(): void }> {
  const filters = JSON.stringify(podman ? { type: podmanTypes } : asked);
  const { stream, end } = await requests.stream({
    path: '/events',
    query: { filters, ...(since === null ? {} : { since: (since / 1000).toFixed(3) }) },
  });
  let open = true;
  const ended = (error: unknown): void => {
    if (!open) return;
    open = false;
    end();
    sink.closed(error);
  };
  readLines(stream, (line) => {
    if (!open) return;
    const event = eventOf(line);
    if (event === 'unreadable') {
      const found = `GET /events: ${clean(line.slice(0, 80))}`;
      ended(new CareenError('engine-unsupported', { endpoint: requests.url, found }));
    } else if (event) sink.event(event);
  });
  stream.on('error', (e) => ended(requests.failure(e)));
  stream.on('close', () => ended(new CareenError('engine-lost', { endpoint: requests.url })));
  return {
    close: () => {
      open = false;
      end();
    },
  };
}

/** An event in Careen's words, null for one of no matter here. */
function eventOf(line: string): EngineEvent | null | 'unreadable' {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return 'unreadable';
  }
  const { success, data } = schema.safeParse(json);
  if (!success) return null;
  return eventOfType[data.Type]?.(data) ?? null;
}

const eventOfType: Record<string, (raw: Raw) => EngineEvent | null> = {
  image: imageEvent,
  container: containerEvent,
  network: (raw) => networkEvent(saidBy(raw)),
  volume: (raw) => volumeEvent(saidBy(raw)),
  // Of the builder's own acts only that its cache was cleaned changes what is known.
  builder: (raw) =>
    raw.Action === 'prune' ? { kind: 'builder', action: 'prune', at: atOf(raw) } : null,
  service: swarmEvent,
  node: swarmEvent,
};

function swarmEvent(raw: Raw): EngineEvent | null {
  const action = swarmActions.find((one) => one === raw.Action);
  return action === undefined ? null : { kind: 'swarm', action, at: atOf(raw) };
}

function saidBy(raw: Raw) {
  const { ID: id, Attributes: attributes } = raw.Actor;
  return { action: raw.Action, id, attributes: attributes ?? {}, at: atOf(raw) };
}

/**
 * Its ID is the image for some actions and the name for others; the name likewise, by store
 * (ACCOUNTING, Events).
 */
function imageEvent(raw: Raw): ImageEvent | null {
  const action = imageActions[raw.Action];
  if (!action) return null;
  const said = [raw.Actor.ID, raw.Actor.Attributes?.['name'] ?? ''].filter((text) => text !== '');
  const id = said.map(imageId).find(isId) ?? null;
  const ref = said.find((text) => !isId(imageId(text)));
  return {
    kind: 'image',
    action,
    id,
    ref: ref === undefined ? null : familiar(ref),
    at: atOf(raw),
  };
}

function containerEvent(raw: Raw): ContainerEvent | null {
  const action = containerActions[raw.Action.replace(/:.*$/s, '')];
  if (!action) return null;
  const { name = '', image = '' } = raw.Actor.Attributes ?? {};
  return {
    kind: 'container',
    action,
    id: clean(raw.Actor.ID),
    name: clean(name),
    reference: familiar(image),
    at: atOf(raw),
  };
}

function isId(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

function atOf(raw: Raw): Millis {
  return raw.timeNano ? Math.floor(raw.timeNano / 1e6) : raw.time * 1000;
}
