import type { ContainerSpec, JsonObject } from '../../../../main/domain/recreate/types.js';

/** A container of that name as far as a test cares; its ID follows from the name. */
export function spec({
  name = 'one',
  labels = {},
  host = {},
  networks = {},
  mounts = [],
}: {
  name?: string;
  labels?: Record<string, string>;
  host?: JsonObject;
  networks?: JsonObject;
  mounts?: JsonObject[];
} = {}): ContainerSpec {
  return {
    Id: idOf(name),
    Name: `/${name}`,
    Image: 'sha256:1',
    Config: { Labels: labels },
    HostConfig: host,
    Mounts: mounts,
    NetworkSettings: { Networks: networks },
  };
}

export const idOf = (name: string) => name.padEnd(64, '0');
