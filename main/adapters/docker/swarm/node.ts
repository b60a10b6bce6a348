import { z } from 'zod';
import type { NodeFacts, Platform, Resources } from '../../../domain/swarm/types.js';
import { cleanRecord, text } from '../text.js';

const labels = z.record(z.string(), z.string()).nullish();

/** Of a node, and of what a service may be placed on. */
export const platformSchema = z.looseObject({ Architecture: text, OS: text });

export const platformOf = (raw: z.output<typeof platformSchema>): Platform => {
  return { os: raw.OS, architecture: raw.Architecture };
};

const amount = z
  .number()
  .nullish()
  .transform((n) => n ?? 0);

/** Of a node, and of what a task reserves. */
export const resourcesSchema = z.looseObject({ NanoCPUs: amount, MemoryBytes: amount });

export const resourcesOf = (
  raw: z.output<typeof resourcesSchema> | null | undefined,
): Resources => {
  return { nanoCpus: raw?.NanoCPUs ?? 0, memory: raw?.MemoryBytes ?? 0 };
};

const plugin = z.looseObject({ Type: text, Name: text });

/** A row of `/nodes`. */
export const nodeSchema = z.looseObject({
  ID: text,
  Spec: z.looseObject({ Role: text, Availability: text, Labels: labels }),
  Description: z
    .looseObject({
      Hostname: text,
      Platform: platformSchema.nullish(),
      Engine: z.looseObject({ Labels: labels, Plugins: z.array(plugin).nullish() }).nullish(),
      Resources: resourcesSchema.nullish(),
    })
    .nullish(),
  Status: z.looseObject({ State: text, Addr: text }),
});

/** What a manager tells of a node. */
export function nodeOf(raw: z.output<typeof nodeSchema>): NodeFacts {
  const { Availability: availability, Role: role } = raw.Spec;
  const { State: status, Addr: address } = raw.Status;
  const { Platform: platform, Engine: engine, Resources: resources } = raw.Description ?? {};
  const hostname = raw.Description?.Hostname ?? '';
  // Of a node that has never told, all of it is there and empty.
  const hasTold = hostname !== '';
  return {
    id: raw.ID,
    name: hostname || raw.ID,
    role: role === 'manager' ? 'manager' : 'worker',
    availability: availability === 'pause' || availability === 'drain' ? availability : 'active',
    state:
      status === 'ready' || status === 'down' || status === 'disconnected' ? status : 'unknown',
    address: address || null,
    hostname: hasTold ? hostname : null,
    platform: hasTold && platform ? platformOf(platform) : null,
    engineLabels: hasTold && engine ? cleanRecord(engine.Labels) : null,
    resources: hasTold && resources ? resourcesOf(resources) : null,
    plugins:
      hasTold && engine?.Plugins
        ? engine.Plugins.map(({ Type: type, Name: name }) => ({ type, name }))
        : null,
    labels: cleanRecord(raw.Spec.Labels),
  };
}
