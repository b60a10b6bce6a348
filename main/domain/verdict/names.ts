import type { ImageFacts, Millis } from '../facts.js';
import { repositoryOfName, splitReference } from '../reference.js';
import { plausible } from './age.js';

/** One name of one image, numbered through the inventory. */
export interface Name {
  /** Its place among all names. */
  place: number;
  /** As it is told; of an image without a name the one that it had, or its ID. */
  text: string;
  kind: 'tag' | 'digest' | 'untagged';
  /** Its repository's number; -1 for an image without a name. */
  repository: number;
  tag: string | null;
  digest: string | null;
}

/** A repository with its versions, newest first (JUDGING §1, "Rank"). */
export interface Repository {
  /** The full name. */
  name: string;
  /** Images by their place in the inventory. */
  versions: number[];
  /** Versions that nothing but their ID tells apart from another. */
  tied: ReadonlySet<number>;
  /** Ranked as the oldest because nobody saw them arrive, which they need not be. */
  unplaced: ReadonlySet<number>;
}

export interface Names {
  /** For each image its names; at least one. */
  ofImage: Name[][];
  count: number;
  repositories: Repository[];
}

/**
 * Every name that is judged: tags, and digests of repositories in which the image has no tag. A
 * pulled image that has neither is judged under the repositories whose names it had; any other has
 * one stand-in that no pattern selects (JUDGING §4).
 */
export function namesOf(images: readonly ImageFacts[], takenAt: Millis): Names {
  const numberOfName = new Map<string, number>();
  const numberOfRepository = new Map<string, number>();
  const repositories: { name: string; versions: number[] }[] = [];
  let count = 0;

  const repositoryOf = (name: string): number => {
    const known = numberOfName.get(name);
    if (known !== undefined) return known;
    const full = repositoryOfName(name);
    let number = numberOfRepository.get(full);
    if (number === undefined) {
      number = repositories.push({ name: full, versions: [] }) - 1;
      numberOfRepository.set(full, number);
    }
    numberOfName.set(name, number);
    return number;
  };

  const ofImage = images.map((image, place) => {
    const names: Name[] = [];
    const add = (text: string, kind: Name['kind']) => {
      const { name, tag, digest } = splitReference(text);
      const repository = repositoryOf(name);
      const isKnown = names.some((own) => own.repository === repository);
      if (kind !== 'tag' && isKnown) return;
      if (!isKnown) repositories[repository]?.versions.push(place);
      names.push({ place: count++, text, kind, repository, tag, digest });
    };
    for (const ref of image.refs) add(ref, 'tag');
    for (const digest of image.digests) add(digest, 'digest');
    if (names.length === 0) for (const name of formerNames(image)) add(name, 'untagged');
    if (names.length === 0)
      names.push({
        place: count++,
        text: image.id,
        kind: 'untagged',
        repository: -1,
        tag: null,
        digest: null,
      });
    return names;
  });
  return { ofImage, count, repositories: repositories.map((one) => ranked(one, images, takenAt)) };
}

/** Names that a pulled image had; without tags, which mean other images now. */
function formerNames({ origin, formerRefs }: ImageFacts): string[] {
  if (origin !== 'pulled') return [];
  const digests = formerRefs.filter((ref) => ref.includes('@'));
  return [...digests, ...formerRefs.map((ref) => splitReference(ref).name)];
}

function ranked(
  { name, versions }: { name: string; versions: number[] },
  images: readonly ImageFacts[],
  takenAt: Millis,
): Repository {
  const none: ReadonlySet<number> = new Set();
  if (versions.length < 2) return { name, versions, tied: none, unplaced: none };
  const facts = (place: number) => images[place] as ImageFacts;
  const created = (place: number) => facts(place).created ?? -Infinity;
  const arrived = (place: number) => facts(place).arrived?.at ?? -Infinity;
  const distinct = new Set(versions.map(created)).size === versions.length;
  if (distinct && versions.every((place) => plausible(facts(place).created, takenAt))) {
    versions.sort((a, b) => created(b) - created(a));
    return { name, versions, tied: none, unplaced: none };
  }
  const compare = (a: number, b: number) => {
    const [newer, older] = [arrived(b), arrived(a)];
    if (newer !== older) return newer > older ? 1 : -1;
    const [younger, elder] = [created(b), created(a)];
    return younger === elder ? 0 : younger > elder ? 1 : -1;
  };
  versions.sort((a, b) => compare(a, b) || (facts(a).id < facts(b).id ? -1 : 1));
  const tied = new Set<number>();
  for (let i = 1; i < versions.length; i++) {
    const [one, other] = [versions[i - 1] as number, versions[i] as number];
    if (compare(one, other) === 0) tied.add(one).add(other);
  }
  const unplaced = new Set(versions.filter((place) => facts(place).arrived === null));
  return { name, versions, tied, unplaced };
}
