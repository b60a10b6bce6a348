import type { Inventory } from '../facts.js';

/** A project that is known to stand no more. */
export interface GoneProject {
  name: string;
  folder: string | null;
}

/**
 * Projects whose folders are gone, by name. One stands while any folder of that name stands, or is
 * not known to be gone.
 */
export function goneProjects({ images }: Inventory): Map<string, GoneProject> {
  const gone = new Map<string, GoneProject>();
  const standing = new Set<string>();
  for (const { projects } of images)
    for (const { name, folder, present } of projects)
      if (present === false) gone.set(name, { name, folder });
      else standing.add(name);
  for (const name of standing) gone.delete(name);
  return gone;
}

/** Projects that stand, or of which that is not known. */
export function standingProjects({ images }: Inventory): Set<string> {
  return new Set(
    images.flatMap(({ projects }) =>
      projects.flatMap(({ name, present }) => (present === false ? [] : [name])),
    ),
  );
}
