import { shellWord } from '../command.js';
import { always, needsOfKind } from '../terms.js';
import type { ContainerSeen, OwnerTool } from '../tool.js';

const label = (name: string) => `com.docker.compose.${name}`;

/** Whether a stack's files lie inside Portainer: the host has none, whatever its disk says. */
export function isInPortainer(folder: string | null | undefined): boolean {
  return /^(?:[A-Za-z]:)?[\\/]data[\\/]compose[\\/]\d+(?:[\\/]|$)/.test(folder ?? '');
}

/**
 * Compose (docker/compose:pkg/api/labels.go). A container is Compose's only by its config hash: a
 * project's name alone is paint (OWNERS §1.2). The image that each
 * service used last is named in every plan while the project stands (OWNERS §5).
 */
export const compose: OwnerTool = {
  kind: 'compose',
  tool: 'Compose',
  container(seen) {
    if (!isComposed(seen)) return null;
    return {
      unit: seen.labels[label('project')] ?? null,
      command: composeCommand(seen),
      proof: label('config-hash'),
    };
  },
  images: {
    project: true,
    of({ facts }) {
      for (const { kind, name, folder, present, latestOf } of facts.projects) {
        const isHere = present !== false || isInPortainer(folder);
        if (kind === 'compose' && latestOf.length > 0 && isHere)
          return { unit: name, proof: label('project'), term: always, strength: 'untick' };
      }
      return null;
    },
  },
  volume: ({ labels }) => ofProject(labels, label('volume')),
  network: ({ labels }) => ofProject(labels, label('network')),
  needs: needsOfKind.service,
};

/** Whether Compose itself made and lists a container. */
export function isComposed({ own }: ContainerSeen): boolean {
  return own[label('config-hash')] !== undefined && own[label('oneoff')]?.toLowerCase() !== 'true';
}

function ofProject(labels: Readonly<Record<string, string>>, proof: string) {
  const project = labels[label('project')];
  if (project === undefined || labels[proof] === undefined) return null;
  return { unit: project, proof };
}

/** What a project's user types, with every file that it was started with; null if that is not known. */
export function composeCommand({ labels, imageLabels }: ContainerSeen): string | null {
  const service = labels[label('service')];
  const project = labels[label('project')];
  const files = listOf(labels[label('project.config_files')]);
  if (service === undefined || project === undefined || files.includes('-')) return null;
  const folder = labels[label('project.working_dir')];
  const first = files[0];
  const isElsewhere = folder !== undefined && (first === undefined || !isIn(first, folder));
  const base = [
    'docker compose',
    `-p ${shellWord(project)}`,
    ...(isElsewhere ? [`--project-directory ${shellWord(folder)}`] : []),
    ...files.map((file) => `-f ${shellWord(file)}`),
    ...listOf(labels[label('project.environment_file')]).map(
      (file) => `--env-file ${shellWord(file)}`,
    ),
  ].join(' ');
  const name = shellWord(service);
  // Compose labels the images that it builds: those are built anew, not pulled.
  if (imageLabels[label('service')] !== undefined) return `${base} up -d --build ${name}`;
  return `${base} pull ${name} && ${base} up -d ${name}`;
}

const listOf = (text: string | undefined) => (text ?? '').split(',').filter((one) => one !== '');

const isIn = (file: string, folder: string) =>
  file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'))) === folder;
