import type { ImageFacts } from '../facts.js';
import { always } from './terms.js';
import type { FoundImage } from './tool.js';

/**
 * The image of a dev container is needed while its folder stands (OWNERS §5). `ownName` is the name
 * that only a tool for dev containers gives, else null. Where such an image's folder was never seen
 * nobody can tell: a person is asked.
 */
export function imageOfFolder(facts: ImageFacts, ownName: string | null): FoundImage | null {
  const folders = facts.projects.filter(({ kind }) => kind === 'dev-container');
  const standing = folders.find(({ present }) => present !== false);
  if (standing !== undefined)
    return {
      unit: standing.name,
      proof: ownName ?? standing.folder ?? standing.name,
      term: always,
    };
  if (ownName === null || folders.length > 0) return null;
  return { unit: null, proof: ownName, term: always, strength: 'untick' };
}
