import { count } from './few.js';
import { goneProjects, type GoneProject } from './gone-projects.js';
import type { Finding, Ground, Suggester } from './types.js';

const projectLabel = 'com.docker.compose.project';

/** What a project left behind whose folder is gone. */
export const projectGone: Suggester = {
  id: 'project-gone',
  find: (ground) =>
    [...goneProjects(ground.inventory).values()].map((project) => finding(project, ground)),
};

function finding({ name, folder }: GoneProject, { inventory, others }: Ground): Finding {
  const { images, containers, networks, volumes } = inventory;
  const isOwn = (one: { project: string | null }) => one.project === name;
  // What an owner needs besides is not the project's to give up.
  const owned = new Set(others.flatMap((one) => (one.decidedBy.code === 'owner' ? [one.id] : [])));
  const isFree = (id: string) => !owned.has(id);
  // An image that another project used is not this one's to give up.
  const own = images.filter(
    ({ projects }) => projects.length > 0 && projects.every((one) => one.name === name),
  );
  return {
    subject: name,
    named: [
      ...containers.filter(({ labels }) => labels[projectLabel] === name).map(({ id }) => id),
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
      folder,
      images: count(plan, 'image'),
      containers: count(plan, 'container'),
      volumes: count(plan, 'volume'),
      networks: count(plan, 'network'),
    }),
    whateverBytes: true,
  };
}
