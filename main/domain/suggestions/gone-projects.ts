import type { NetworkFacts, Project, VolumeFacts } from '../facts.js';
import type { GoneProjects, ProjectPresence } from '../projects.js';

export const projectLabel = 'com.docker.compose.project';
const folderLabel = 'com.docker.compose.project.working_dir';

/** Projects of one kind and name of which some folder is known to be gone. */
export interface GoneProject {
  kind: Project['kind'];
  name: string;
  /** Those that are gone. */
  folders: string[];
}

/** What is known to stand no more, each kind and name once. */
export function goneOf(projects: readonly ProjectPresence[], gone: GoneProjects): GoneProject[] {
  const found = new Map<string, GoneProject>();
  for (const { kind, name, folder } of projects) {
    if (folder === null || !gone.has(name, { kind, folder })) continue;
    const key = `${kind} ${name}`;
    const { folders } = found.get(key) ?? { folders: [] };
    found.set(key, { kind, name, folders: [...new Set([...folders, folder])] });
  }
  return [...found.values()];
}

/** Whether a container's Compose project is known to be gone. */
export function isContainerOfGone(labels: Readonly<Record<string, string>>, gone: GoneProjects) {
  const name = labels[projectLabel];
  return name !== undefined && gone.has(name, { kind: 'compose', folder: labels[folderLabel] });
}

/**
 * Whether the project of a network or volume is known to be gone. Those carry a name alone, so all
 * folders of that name have to be; without Compose's label it may be a project of either kind.
 */
export function isOfGone(
  { project, labels }: Pick<NetworkFacts | VolumeFacts, 'project' | 'labels'>,
  gone: GoneProjects,
): boolean {
  const kind = labels[projectLabel] === undefined ? undefined : 'compose';
  return project !== null && gone.has(project, { kind });
}
