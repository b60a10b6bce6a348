import { z } from 'zod';
import type { NodeFacts, Platform } from '../../../domain/swarm/types.js';
import { cleanRecord, text } from '../text.js';

const labels = z.record(z.string(), z.string()).nullish();

/** Of a node, and of what a service may be placed on. */
export const platformSchema = z.looseObject({ Architecture: text, OS: text });

export const platformOf = (raw: z.output<typeof platformSchema>): Platform => {
  return { os: raw.OS, architecture: raw.Architecture };
};

/** A row of `/nodes`. */
export const nodeSchema = z.looseObject({
  ID: text,
  Spec: z.looseObject({ Role: text, Availability: text, Labels: labels }),
  Description: z
    .looseObject({
      Hostname: text,
      Platform: platformSchema.nullish(),
      Engine: z.looseObject({ Labels: labels }).nullish(),
    })
    .nullish(),
  Status: z.looseObject({ State: text }),
});

/** What a manager tells of a node. */
export function nodeOf(raw: z.output<typeof nodeSchema>): NodeFacts {
  const { Availability: availability, Role: role } = raw.Spec;
  const { State: status } = raw.Status;
  const { Hostname: hostname = '', Platform: platform, Engine: engine } = raw.Description ?? {};
  // Of a node that has never told, all of it is there and empty.
  const hasTold = hostname !== '';
  return {
    id: raw.ID,
    name: hostname || raw.ID,
    role: role === 'manager' ? 'manager' : 'worker',
    availability: availability === 'pause' || availability === 'drain' ? availability : 'active',
    state:
      status === 'ready' || status === 'down' || status === 'disconnected' ? status : 'unknown',
    hostname: hasTold ? hostname : null,
    platform: hasTold && platform ? platformOf(platform) : null,
    engineLabels: hasTold && engine ? cleanRecord(engine.Labels) : null,
    labels: cleanRecord(raw.Spec.Labels),
  };
}
