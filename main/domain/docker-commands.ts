import type { EngineIdentity } from './facts.js';
import { shellWord } from './owners/command.js';
import { isLoopbackHost } from './policy/addresses.js';
import { asTag, splitReference } from './reference.js';

/** An image as commands name it. */
export interface CommandImage {
  id: string;
  refs: readonly string[];
  /** `repository@digest` of what a registry knows. */
  digests: readonly string[];
}

/** Commands that a person could type for some images, by what they are for. */
export interface DockerCommands {
  look: string[];
  /**
   * One command for all that may go: of several names docker takes off all but the last even where a
   * container uses the image.
   */
  remove: string[];
  /** What pulls again what a registry may still have, and gives it its names back. */
  back: string[];
  /** Images that no registry is known to have. */
  lost: CommandImage[];
}

/**
 * What a person would type to look at images, remove them and have them back. None of it forces:
 * neither do these commands, nor does Careen (DESIGN §1.2). An image of several names goes with the
 * last of them, so all are given; one without any is called by its ID.
 *
 * @param held IDs of images in use or protected, which get no command to remove them
 * @param engine where the docker CLI is led to, whatever its own context is; null: it goes there by itself
 */
export function dockerCommands(
  images: readonly CommandImage[],
  held: ReadonlySet<string>,
  engine: EngineIdentity | null = null,
): DockerCommands {
  const docker = dockerOf(engine);
  const all: DockerCommands = { look: [], remove: [], back: [], lost: [] };
  const names: string[] = [];
  for (const image of images) {
    const { id, refs, digests } = image;
    const word = shellWord(refs[0] ?? digests[0] ?? id);
    all.look.push(`${docker} image inspect ${word}`, `${docker} image history ${word}`);
    if (!held.has(id))
      names.push(...(refs.length > 0 ? refs : digests.length > 0 ? digests : [id]).map(shellWord));
    if (digests.length === 0) all.lost.push(image);
    else all.back.push(...commandsToPull(image, engine));
  }
  if (names.length > 0) all.remove.push(`${docker} image rm ${names.join(' ')}`);
  return all;
}

/**
 * What pulls an image again: by digest, since a tag may lead elsewhere by now, and then its tags. None
 * where no registry is known to have it.
 */
export function commandsToPull(
  { refs, digests }: Omit<CommandImage, 'id'>,
  engine: EngineIdentity | null = null,
): string[] {
  const docker = dockerOf(engine);
  const [first, ...others] = digests;
  if (first === undefined) return [];
  const tagged = refs.flatMap((ref) => asTag(ref) ?? []);
  const repositories = new Set(refs.map((ref) => splitReference(ref).name));
  const from =
    [first, ...others].find((one) => repositories.has(splitReference(one).name)) ?? first;
  const source = shellWord(from);
  return [
    `${docker} pull ${source}`,
    ...tagged.map((ref) => `${docker} tag ${source} ${shellWord(ref)}`),
  ];
}

/**
 * The docker CLI, led to an engine. With `-H` it takes no context's certificates, but those that
 * DOCKER_CERT_PATH leads to; and it knows no `https:`.
 */
function dockerOf(engine: Pick<EngineIdentity, 'endpoint'> | null): string {
  if (engine === null) return 'docker';
  const { endpoint } = engine;
  const [, scheme, host = '', port] = /^(tcp|https):\/\/(.*):(\d+)$/.exec(endpoint) ?? [];
  // Beyond loopback it is always TLS (`endpoint-plain`).
  if (scheme === 'https' || (scheme === 'tcp' && !isLoopbackHost(host)))
    return `docker --tlsverify -H ${shellWord(`tcp://${host}:${port ?? ''}`)}`;
  return `docker -H ${shellWord(endpoint)}`;
}
