import { z } from 'zod';
import type { ContainerFacts, Millis, Project } from '../../domain/facts.js';

const kind = z.enum(['compose', 'dev-container']);

/** What is remembered of a Compose project or a dev container's folder, also when it is down. */
export const knownProject = z.object({
  kind,
  name: z.string(),
  folder: z.string().nullable(),
  files: z.array(z.string()),
  lastUsed: z.number(),
  /** Images that its containers were made from, and when they used them last. */
  images: z.array(z.object({ id: z.string(), at: z.number() })),
  /** The image that each service was created from last. */
  services: z.array(z.object({ name: z.string(), image: z.string(), at: z.number() })),
  /** The mount point below which its folder was seen to stand; null: never seen. */
  stoodOn: z.string().nullable(),
});
export type KnownProject = z.infer<typeof knownProject>;

/** How much is remembered: projects in all, images and services of one, projects told of an image. */
export const projectBounds = { projects: 500, images: 100, services: 100, told: 20 };

/** One project: two folders may hold projects of one name. */
export function projectKey({ kind, name, folder }: Pick<Project, 'kind' | 'name' | 'folder'>) {
  return [kind, name, folder ?? ''].join('|');
}

/** A project as one container's labels name it. */
export interface Seen extends Pick<Project, 'kind' | 'name' | 'folder' | 'files'> {
  /** The service that this container is, where it is one. */
  service: string | null;
}

const compose = 'com.docker.compose.';

/**
 * The project that a container belongs to. Labels that its image carries too say nothing of the
 * container, and Compose owns one only if the config hash is there (OWNERS §1.2, §1.3); it gives the
 * images that it builds the project's name as well, so the name alone may be the same on both.
 *
 * @param imageLabels empty where the image could not be read
 */
export function projectOf(
  { labels }: ContainerFacts,
  imageLabels: Readonly<Record<string, string>>,
): Seen | null {
  const own = (key: string) =>
    Object.hasOwn(imageLabels, key) && imageLabels[key] === labels[key] ? undefined : labels[key];
  const name = labels[`${compose}project`];
  if (name !== undefined && own(`${compose}config-hash`) !== undefined)
    return {
      kind: 'compose',
      name,
      folder: labels[`${compose}project.working_dir`] || null,
      files: filesOf(labels[`${compose}project.config_files`]),
      // A one-off of `compose run` is no service.
      service: isTrue(labels[`${compose}oneoff`]) ? null : (labels[`${compose}service`] ?? null),
    };
  const folder = own('devcontainer.local_folder') ?? own('vsch.local.folder');
  if (!folder) return null;
  return {
    kind: 'dev-container',
    name: folder.split(/[\\/]/).findLast((part) => part !== '') ?? folder,
    folder,
    files: filesOf(own('devcontainer.config_file')),
    service: null,
  };
}

const isTrue = (text: string | undefined) => text?.toLowerCase() === 'true';

function filesOf(text: string | undefined): string[] {
  return (text ?? '').split(',').filter((file) => file !== '');
}

/**
 * What is known of a project after one of its containers was seen; the very same object when that
 * tells nothing new.
 *
 * @param at until when the container used its image
 * @param created when the container was created: the service's latest is the one created last
 */
export function withContainer(
  before: KnownProject | undefined,
  seen: Seen,
  { imageId, created }: ContainerFacts,
  at: Millis,
): KnownProject {
  const { service, ...named } = seen;
  const project = before ?? { ...named, lastUsed: 0, images: [], services: [], stoodOn: null };
  const images = latest(project.images, { id: imageId, at }, (one) => one.id, projectBounds.images);
  const services =
    service === null
      ? project.services
      : latest(
          project.services,
          { name: service, image: imageId, at: created ?? at },
          (one) => one.name,
          projectBounds.services,
        );
  // The files that it was last brought up with.
  const files = at >= project.lastUsed && seen.files.length > 0 ? seen.files : project.files;
  if (
    before &&
    images === before.images &&
    services === before.services &&
    files.join() === before.files.join()
  )
    return before;
  return { ...project, files, images, services, lastUsed: Math.max(project.lastUsed, at) };
}

/** The list with `next` in it where that is later than what it had; the newest first, up to a bound. */
function latest<T extends { at: Millis }>(
  all: T[],
  next: T,
  key: (one: T) => string,
  most: number,
): T[] {
  const had = all.find((one) => key(one) === key(next));
  if (had && had.at >= next.at) return all;
  return [...all.filter((one) => one !== had), next]
    .sort((a, b) => b.at - a.at || (key(a) < key(b) ? -1 : 1))
    .slice(0, most);
}

/** What is still worth remembering: the projects used last, without images that nothing is known of. */
export function prunedProjects(
  all: Iterable<KnownProject>,
  knows: (imageId: string) => boolean,
): KnownProject[] {
  return [...all]
    .sort((a, b) => b.lastUsed - a.lastUsed)
    .slice(0, projectBounds.projects)
    .map((project) => ({
      ...project,
      images: project.images.filter(({ id }) => knows(id)),
      services: project.services.filter(({ image }) => knows(image)),
    }));
}

/**
 * Projects by the images that they used, the latest use first.
 *
 * @param presence whether each stands on this host, by its key
 */
export function projectsByImage(
  all: Iterable<KnownProject>,
  presence: ReadonlyMap<string, boolean | null>,
): Map<string, Project[]> {
  const byImage = new Map<string, Project[]>();
  for (const project of all) {
    const { kind, name, folder, files, images, services } = project;
    const present = presence.get(projectKey(project)) ?? null;
    const latest = new Map<string, string[]>();
    for (const { image, name: service } of services) listIn(latest, image).push(service);
    for (const { id, at } of images) {
      const latestOf = latest.get(id)?.sort() ?? [];
      listIn(byImage, id).push({ kind, name, folder, files, lastUsed: at, present, latestOf });
    }
  }
  for (const [id, projects] of byImage)
    byImage.set(
      id,
      projects
        .sort((a, b) => b.lastUsed - a.lastUsed || (projectKey(a) < projectKey(b) ? -1 : 1))
        .slice(0, projectBounds.told),
    );
  return byImage;
}

function listIn<T>(map: Map<string, T[]>, key: string): T[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}
