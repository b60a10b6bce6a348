import { z } from 'zod';
import type { Requests } from './requests.js';
import { clean, cleanRecord } from './text.js';
import { timeOf } from './time.js';
import type { ListedNetwork } from './types.js';

const rowSchema = z.looseObject({
  Id: z.string(),
  Name: z.string(),
  Driver: z.string().default(''),
  Created: z.string().nullish(),
  Labels: z.record(z.string(), z.string()).nullish(),
  Scope: z.string().nullish(),
  Ingress: z.boolean().nullish(),
  ConfigOnly: z.boolean().nullish(),
});
type Row = z.output<typeof rowSchema>;

/** Networks that the engine makes for itself, and Podman's own default. */
const builtIn = new Set(['bridge', 'host', 'none', 'ingress', 'docker_gwbridge', 'podman']);

/** Every network: one request, which names no container. */
export async function allNetworks(requests: Requests): Promise<ListedNetwork[]> {
  const rows = await requests.get(z.array(rowSchema), { path: '/networks' });
  return rows.map(networkOf);
}

function networkOf(row: Row): ListedNetwork {
  return {
    id: clean(row.Id),
    name: clean(row.Name),
    driver: clean(row.Driver),
    created: timeOf(row.Created),
    labels: cleanRecord(row.Labels),
    builtIn: builtIn.has(row.Name) || row.Ingress === true,
    usersListed: row.Scope !== 'swarm' && row.ConfigOnly !== true,
  };
}
