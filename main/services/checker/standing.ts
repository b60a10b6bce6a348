import type { UpdateRow } from '../../contract/updates.js';
import type { Millis } from '../../domain/facts.js';
import { normalise, type Reference, repositoryOf, splitReference } from '../../domain/reference.js';
import { sinceRecreated } from '../../domain/update/recreated.js';
import { newerTags } from '../../domain/update/tags.js';
import type { CheckVerdict, ModeInForce, Version } from '../../domain/update/types.js';
import { verdictOf, versionOf } from '../../domain/update/verdict.js';
import { versionLabel } from '../../domain/update/version-label.js';
import type { Memory } from './memory.js';
import type { Named, Subject, Subjects } from './subjects.js';

/** What of an image is remembered elsewhere. */
export interface Past {
  /** Every name that an image was ever seen under, digests too (knowledge). */
  namesOf(imageId: string): readonly string[];
  /** Digests of versions that a container can go back to, by image ID (versions). */
  keptDigests(container: string, imageId: string): readonly string[];
}

/** How one container stands with its updates. */
export interface Standing {
  subject: Subject;
  mode: ModeInForce;
  now: Version;
  verdict: CheckVerdict;
  newTags: string[];
  /** Why its registry could not be asked since the answer that the verdict rests on. */
  error: UpdateRow['error'];
  checkedAt: Millis | null;
  firstSeen: Millis | null;
}

export type Available = Extract<CheckVerdict, { state: 'available' }>;

/** What is known of containers, without asking anybody. */
export class Standings {
  constructor(
    private readonly subjects: Subjects,
    private readonly memory: Memory,
    private readonly past: Past,
  ) {}

  get all(): Standing[] {
    return this.subjects.all.map((subject) => this.of(subject));
  }

  /** @param wanted a tag that a person chose instead of the newest; null: as the rule says */
  of(subject: Subject, wanted: string | null = null): Standing {
    const { container, image, reference } = subject;
    const remembered = this.memory.container(container.name);
    const recreated = remembered?.recreated ?? null;
    const mode =
      recreated === null || recreated.allowed
        ? subject.mode
        : sinceRecreated(subject.mode, recreated.at);
    const newTags = this.#newTags(subject);
    const known = isTag(reference) ? this.memory.reference(normalise(reference)) : null;
    const tag = wanted ?? this.#newest(reference, newTags);
    const verdict = this.#verdict(subject, mode, tag);
    const counts = verdict.state !== 'not-checked';
    return {
      subject,
      mode,
      now: image ? versionOf(image, reference) : this.#forgotten(subject),
      verdict,
      newTags: counts ? newTags : [],
      error: counts ? this.#error(subject, tag) : null,
      checkedAt: counts ? (known?.answer?.at ?? null) : null,
      firstSeen: this.#firstSeen(reference, verdict),
    };
  }

  /** Whether its registry has shown the digest of the image that a container runs. */
  isShown({ image, reference, container: { imageId } }: Subject): boolean {
    if (reference === null) return false;
    const names = [
      ...(image === null ? [] : [...image.digests, ...image.formerRefs]),
      ...this.past.namesOf(imageId),
    ];
    const repository = repositoryOf(reference);
    return digestsIn(names).some((digest) => this.memory.firstSeen(repository, digest) !== null);
  }

  /** Whether a registry has anything to say of a container. */
  isAsked(subject: Subject): subject is Named {
    if (!subject.mode.asksRegistry || !isTag(subject.reference)) return false;
    const silent = this.#silent(subject);
    return (
      silent.state === 'unchecked' || (silent.state === 'available' && silent.source === 'pulled')
    );
  }

  /** Whether a container is one that is updated. */
  isWatched(subject: Subject): boolean {
    return this.#silent(subject).state !== 'not-checked';
  }

  /** What there is to say while no registry says anything. */
  #silent(subject: Subject): CheckVerdict {
    return this.#verdictBy(subject, subject.mode, null, null);
  }

  /** Tags that the rule allows and that are newer, as far as the registry was asked, newest first. */
  #newTags(subject: Subject): string[] {
    const { reference, mode } = subject;
    if (reference?.tag == null || !asksForTags(subject)) return [];
    const tags = this.memory.tags(repositoryOf(reference))?.answer?.tags ?? [];
    return newerTags(reference.tag, tags, mode.tags);
  }

  /** Of those that are listed, the newest that is there. */
  #newest(reference: Reference | null, newTags: readonly string[]): string | null {
    if (reference === null) return null;
    const isThere = (tag: string) =>
      this.memory.reference(normalise({ ...reference, tag }))?.answer?.digest !== null;
    return newTags.find(isThere) ?? null;
  }

  #error(subject: Subject, tag: string | null): UpdateRow['error'] {
    const { reference } = subject;
    if (!isTag(reference)) return null;
    const failures = [
      this.memory.reference(normalise(reference))?.failure,
      asksForTags(subject) ? this.memory.tags(repositoryOf(reference))?.failure : null,
      tag === null ? null : this.memory.reference(normalise({ ...reference, tag }))?.failure,
    ];
    return failures.find((failure) => failure != null)?.error ?? null;
  }

  #verdict(subject: Subject, mode: ModeInForce, tag: string | null): CheckVerdict {
    const { reference, platform } = subject;
    if (!isTag(reference)) return this.#verdictBy(subject, mode, null, null);
    const digestOf = (of: Reference) => this.memory.reference(normalise(of))?.answer ?? null;
    const shown = digestOf(reference);
    const newer =
      tag === null || tag === reference.tag
        ? null
        : { tag, digest: digestOf({ ...reference, tag })?.digest ?? null };
    const verdict = this.#verdictBy(subject, mode, shown && { digest: shown.digest }, newer);
    if (verdict.state !== 'available' || verdict.source !== 'registry') return verdict;
    const { digest } = verdict.to;
    const repository = repositoryOf(reference);
    const read =
      digest === null ? null : this.memory.image({ repository, asked: digest, platform });
    if (read === null) return verdict;
    const { created } = read.image;
    return { ...verdict, to: { ...verdict.to, created, label: versionLabel(read.image) } };
  }

  #verdictBy(
    subject: Subject,
    mode: ModeInForce,
    shown: { digest: string | null } | null,
    newer: { tag: string; digest: string | null } | null,
  ): CheckVerdict {
    const { container, image, tagged } = subject;
    // What one node has, the others may still have to pull.
    const imageOf = subject.kind === 'service' ? () => null : this.subjects.imageOf;
    const sameAs = this.#sameAs(subject);
    return verdictOf({ container, image, mode, tagged, shown, newer, sameAs, imageOf });
  }

  /** A containerd store calls an image by its digest, and takes its other names from it. */
  #sameAs({ container: { name, imageId } }: Subject): string[] {
    return [
      imageId,
      ...digestsIn(this.past.namesOf(imageId)),
      ...this.past.keptDigests(name, imageId),
      ...(this.memory.container(name)?.sameAs ?? []),
    ];
  }

  #forgotten({ container, reference }: Subject): Version {
    return {
      tag: reference?.tag ?? null,
      digest: digestsIn(this.past.namesOf(container.imageId))[0] ?? null,
      imageId: container.imageId,
      created: null,
      label: null,
    };
  }

  #firstSeen(reference: Reference | null, verdict: CheckVerdict): Millis | null {
    if (reference === null || verdict.state !== 'available') return null;
    const { digest } = verdict.to;
    return digest === null ? null : this.memory.firstSeen(repositoryOf(reference), digest);
  }
}

/** Whether a rule looks at other tags than the container's own. */
export const asksForTags = ({ mode, reference }: Subject) =>
  mode.asksRegistry && mode.tags.level !== 'same' && isTag(reference);

const isTag = (reference: Reference | null): reference is Reference =>
  reference !== null && reference.digest === null;

const digestsIn = (names: readonly string[]): string[] =>
  names.flatMap((name) => splitReference(name).digest ?? []);
