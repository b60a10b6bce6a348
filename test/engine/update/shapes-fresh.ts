import type Docker from 'dockerode';
import { textOf } from '../../../main/domain/recreate/json.js';
import type { ContainerSpec } from '../../../main/domain/recreate/types.js';
import type { TestEngine } from '../../support/engine.js';
import type { Row } from '../../support/pairwise.js';
import type { Request } from './shapes.js';

/** Makes a container by the engine's own API, without any code that is under test. Gives its ID. */
export async function freshly(
  test: TestEngine,
  request: Request,
  starts: boolean,
): Promise<string> {
  const { EndpointsConfig: endpoints = {} } = request.NetworkingConfig ?? {};
  const main = request.HostConfig.NetworkMode ?? '';
  const later =
    test.version === '20.10' ? Object.keys(endpoints).filter((one) => one !== main) : [];
  const container = await test.docker.createContainer({
    ...request,
    NetworkingConfig: {
      EndpointsConfig: Object.fromEntries(
        Object.entries(endpoints).filter(([network]) => !later.includes(network)),
      ),
    },
  });
  for (const network of later)
    await test.docker
      .getNetwork(network)
      .connect({ Container: container.id, EndpointConfig: endpoints[network] });
  if (starts) await container.start();
  return container.id;
}

/** Volumes that a row's container got without asking for them by name: their names by their place. */
export function anonymousPlaces(
  spec: ContainerSpec,
  row: Row,
  more: string[],
): Record<string, string> {
  const own = row['storage'] === 'anonymous' ? ['/own', '/single', '/entry'] : [];
  const others = row['storage'] === 'volumes-from' ? ['/image1', '/shared'] : [];
  const places = [...more, '/shared', ...own].filter((at) => !others.includes(at));
  const mounts = spec.Mounts.map(
    ({ Destination: at, Name: name }) => [textOf(at), textOf(name)] as const,
  );
  return Object.fromEntries(mounts.filter(([at]) => places.includes(at)));
}

/** The same request with those volumes asked for by name, as RECREATE says that they are. */
export function withVolumes(request: Request, volumes: Record<string, string>): Request {
  const copy = structuredClone(request);
  const left = { ...volumes };
  const take = (at: string) => {
    const name = left[at];
    delete left[at];
    return name;
  };
  const binds = copy.HostConfig.Binds?.map((bind) =>
    bind === '/single' ? `${take(bind)}:${bind}` : bind,
  );
  const mounts = (copy.HostConfig.Mounts ?? []).map((mount) =>
    mount.Target === '/entry' ? { ...mount, Source: take('/entry') ?? '' } : mount,
  );
  const added = Object.entries(left).map(([Target, Source]) => ({
    Type: 'volume',
    Source,
    Target,
  }));
  return {
    ...copy,
    HostConfig: {
      ...copy.HostConfig,
      ...(binds ? { Binds: binds } : {}),
      Mounts: [...mounts, ...added] as Docker.MountConfig,
    },
  };
}
