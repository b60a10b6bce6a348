import { z } from 'zod';
import { clean } from './text.js';
import type { ListedContainer } from './types.js';

/** `NetworkSettings` of a container, the same in a list and in inspect. */
export const networkedSchema = z
  .looseObject({ Networks: z.record(z.string(), z.unknown()).nullish() })
  .nullish();

const mountPoint = z.looseObject({
  Type: z.string().nullish(),
  Name: z.string().nullish(),
  Source: z.string().nullish(),
  Destination: z.string().nullish(),
});

/** `Mounts` of a container, the same in a list and in inspect. */
export const mountSchema = z.array(mountPoint.transform(named)).nullish();

/**
 * 28.5 leaves out the name of a volume that was made by a bind without a source; the folder that the
 * engine keeps it in is called by it.
 */
function named(mount: z.output<typeof mountPoint>): z.output<typeof mountPoint> {
  if (mount.Type !== 'volume' || mount.Name) return mount;
  const [, name] = /[\\/]volumes[\\/]([^\\/]+)[\\/]_data$/.exec(mount.Source ?? '') ?? [];
  return name === undefined ? mount : { ...mount, Name: name };
}

type Attachments = Pick<ListedContainer, 'networks' | 'volumes' | 'mountPoints' | 'mountsSocket'>;

/** Where an engine's own socket lies on its host, or is put in a container. */
const socket = /(^|[\\/])(docker|podman)\.sock$|^\\\\\.\\pipe\\docker_engine/;

/** What a container is attached to; one that was stopped keeps its attachments. */
export function attachmentsOf(
  networked: z.output<typeof networkedSchema>,
  mounts: z.output<typeof mountSchema>,
): Attachments {
  const mountPoints: Record<string, string> = {};
  for (const { Type: type, Name: name, Destination: at } of mounts ?? [])
    if (type === 'volume' && name) mountPoints[clean(name)] = clean(at ?? '');
  return {
    networks: Object.keys(networked?.Networks ?? {}).map(clean),
    volumes: Object.keys(mountPoints),
    mountPoints,
    mountsSocket: (mounts ?? []).some(({ Source: source, Destination: at }) =>
      [source, at].some((path) => socket.test(path ?? '')),
    ),
  };
}
