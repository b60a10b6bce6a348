import type { ImageFacts, Project } from './facts.js';

/** Whether a project stands, whatever is left of its images. */
export type ProjectPresence = Pick<Project, 'kind' | 'name' | 'folder' | 'present'>;

/** What else than its name tells a project from others; what is undefined narrows nothing. */
interface Narrowing {
  kind?: Project['kind'] | undefined;
  folder?: string | undefined;
}

/**
 * Which projects are known to stand no more. Two folders may hold Compose projects of one name, and
 * a dev container may be called what a project is: each is told by its kind and folder. One of which
 * it is not known stands.
 */
export class GoneProjects {
  readonly #byName = new Map<string, ProjectPresence[]>();

  constructor(projects: Iterable<ProjectPresence>) {
    for (const project of projects) {
      const same = this.#byName.get(project.name);
      if (same) same.push(project);
      else this.#byName.set(project.name, [project]);
    }
  }

  /** Whether any project answers to this, and all that do are known to be gone. */
  has(name: string, { kind, folder }: Narrowing = {}): boolean {
    const own = (this.#byName.get(name) ?? []).filter(
      (one) =>
        (kind === undefined || one.kind === kind) &&
        (folder === undefined || one.folder === folder),
    );
    return own.length > 0 && own.every(({ present }) => present === false);
  }
}

/** What Compose writes on an image that it built (docker/compose:pkg/api/labels.go). */
const builtFor = 'com.docker.compose.project';

/**
 * The one project that an image is counted to: whose container used it last, else the one that
 * Compose built it for; null where none is known.
 */
export function projectOfImage({
  projects,
  labels,
}: Pick<ImageFacts, 'projects' | 'labels'>): string | null {
  const last = projects.reduce<Project | null>(
    (latest, one) => (latest === null || one.lastUsed > latest.lastUsed ? one : latest),
    null,
  );
  return last?.name ?? (labels[builtFor] || null);
}
