import { GoneProjects } from '../projects.js';
import { count } from './few.js';
import {
  goneOf,
  type GoneProject,
  isContainerOfGone,
  isOfGone,
  projectLabel,
} from './gone-projects.js';
import type { Finding, Ground, Suggester } from './types.js';

/** What a project left behind whose folder is gone. */
export const projectGone: Suggester = {
  id: 'project-gone',
  find(ground) {
    const gone = new GoneProjects(ground.projects);
    return goneOf(ground.projects, gone).map((project) => finding(project, gone, ground));
  },
};

function finding(
  { kind, name, folders }: GoneProject,
  gone: GoneProjects,
  { inventory, others }: Ground,
): Finding {
  const { images, containers, networks, volumes } = inventory;
  const isCompose = kind === 'compose';
  const isOwn = (one: { project: string | null; labels: Record<string, string> }) =>
    one.project === name &&
    (isCompose || one.labels[projectLabel] === undefined) &&
    isOfGone(one, gone);
  // What an owner needs besides is not the project's to give up.
  const owned = new Set(others.flatMap((one) => (one.decidedBy.code === 'owner' ? [one.id] : [])));
  const isFree = (id: string) => !owned.has(id);
  // An image that a project used which stands is not this one's to give up.
  const own = images.filter(
    ({ projects }) =>
      projects.some((one) => one.kind === kind && one.name === name) &&
      projects.every((one) =>
        gone.has(one.name, { kind: one.kind, folder: one.folder ?? undefined }),
      ),
  );
  return {
    subject: `${kind} ${name}`,
    named: [
      ...containers
        .filter(
          ({ labels }) =>
            isCompose && labels[projectLabel] === name && isContainerOfGone(labels, gone),
        )
        .map(({ id }) => id),
      ...networks.filter(isOwn).map(({ id }) => id),
      ...volumes
        .filter(isOwn)
        .map((volume) => `volume:${volume.name}`)
        .filter(isFree),
      ...own.map(({ id }) => id),
    ],
    tell: (plan) => ({
      id: 'project-gone',
      project: name,
      folder: folders.length === 1 ? (folders[0] ?? null) : null,
      images: count(plan, 'image'),
      containers: count(plan, 'container'),
      volumes: count(plan, 'volume'),
      networks: count(plan, 'network'),
    }),
    whateverBytes: true,
  };
}
