import type { Millis } from '../../domain/facts.js';
import type { Listed, Sighting } from '../types.js';
import { attachmentKey, type KnownAttachment, prunedAttachments, withUse } from './attachments.js';
import {
  type ImageSighting,
  type KnowledgeRecord,
  type Known,
  pruned,
  unknownImage,
  withNames,
  withSighting,
} from './known.js';
import {
  type KnownProject,
  projectKey,
  projectOf,
  prunedProjects,
  withContainer,
} from './projects.js';

type Container = Sighting & { kind: 'container' };

/** All that is remembered of one engine but the time it was observed; changes are told as records. */
export class EngineMemory {
  readonly images = new Map<string, Known>();
  readonly projects = new Map<string, KnownProject>();
  readonly attachments = new Map<string, KnownAttachment>();
  firstMet: Millis | null = null;

  constructor(private readonly changed: (record: KnowledgeRecord) => void) {}

  /** Takes up what was written before. */
  take(record: KnowledgeRecord): void {
    switch (record.t) {
      case 'met':
        this.firstMet ??= record.at;
        break;
      case 'image':
        this.images.set(record.known.id, record.known);
        break;
      case 'project':
        this.projects.set(projectKey(record.project), record.project);
        break;
      case 'attached':
        this.attachments.set(attachmentKey(record.attached), record.attached);
        break;
      case 'day':
      case 'observed':
        // The observation's.
        break;
    }
  }

  see(sighting: Sighting): void {
    if (sighting.kind === 'container') this.#seeContainer(sighting);
    else if (sighting.kind === 'attached') {
      const { to, id, at, by, mountedAt } = sighting;
      this.#use({ to, id, at, by, mountedAt, project: null });
    } else this.#seeImage(sighting);
  }

  /**
   * Takes in the whole list: names, and images that came while nobody watched. Those of the first
   * meeting have no arrival: they are the baseline (JUDGING §2).
   */
  seeList(listed: Listed): void {
    const first = this.firstMet === null;
    if (first) {
      this.firstMet = listed.takenAt;
      this.changed({ t: 'met', at: listed.takenAt });
    }
    const { takenAt: at } = listed;
    for (const image of listed.images.values()) {
      const known = this.images.get(image.id);
      let next = known ?? unknownImage(image.id);
      if (!first && (!known || known.goneAt !== null))
        next = withSighting(next, { kind: 'arrived', id: image.id, at, how: 'seen' });
      next = withNames(next, [...image.refs, ...image.digests]);
      this.#putImage(known, next);
    }
    for (const known of this.images.values())
      if (known.goneAt === null && !listed.images.has(known.id))
        this.#putImage(known, withSighting(known, { kind: 'gone', id: known.id, at }));
    this.#seeAttachments(listed);
  }

  /** The mount point below which a project's folder was seen to stand. */
  stands(key: string, mount: string): void {
    const project = this.projects.get(key);
    if (project && project.stoodOn !== mount) this.#putProject({ ...project, stoodOn: mount });
  }

  /** Forgets what is not worth it any more, and gives all that is left. */
  prune(now: Millis): KnowledgeRecord[] {
    replace(this.images, pruned(this.images.values(), now), (known) => known.id);
    const knows = (id: string) => this.images.has(id);
    replace(this.projects, prunedProjects(this.projects.values(), knows), projectKey);
    replace(this.attachments, prunedAttachments(this.attachments.values(), now), attachmentKey);
    return [
      ...(this.firstMet === null ? [] : [{ t: 'met' as const, at: this.firstMet }]),
      ...[...this.images.values()].map((known) => ({ t: 'image' as const, known })),
      ...[...this.projects.values()].map((project) => ({ t: 'project' as const, project })),
      ...[...this.attachments.values()].map((attached) => ({ t: 'attached' as const, attached })),
    ];
  }

  #seeImage(sighting: ImageSighting): void {
    const id = sighting.kind === 'nature' ? sighting.nature.id : sighting.id;
    const before = this.images.get(id) ?? unknownImage(id);
    this.#putImage(before, withSighting(before, sighting));
  }

  #seeContainer({ container, networks, mountPoints, at }: Container): void {
    const labels = this.images.get(container.imageId)?.nature?.labels ?? {};
    const seen = projectOf(container, labels);
    const by = container.name;
    const project = seen?.name ?? null;
    for (const id of networks) this.#use({ to: 'network', id, at, by, mountedAt: null, project });
    for (const id of container.volumes)
      this.#use({ to: 'volume', id, at, by, mountedAt: mountPoints[id] ?? null, project });
    if (!seen) return;
    const before = this.projects.get(projectKey(seen));
    const next = withContainer(before, seen, container, at);
    if (next !== before) this.#putProject(next);
  }

  #seeAttachments({ networks, volumes, takenAt: at }: Listed): void {
    for (const known of this.attachments.values()) {
      const there = known.to === 'network' ? networks.has(known.id) : volumes.has(known.id);
      if (there !== (known.goneAt === null))
        this.#putAttachment({ ...known, goneAt: there ? null : at });
    }
  }

  #use(use: Parameters<typeof withUse>[1]): void {
    const before = this.attachments.get(attachmentKey(use));
    const next = withUse(before, use);
    if (next !== before) this.#putAttachment(next);
  }

  #putImage(before: Known | undefined, next: Known): void {
    if (next === before) return;
    this.images.set(next.id, next);
    this.changed({ t: 'image', known: next });
  }

  #putProject(project: KnownProject): void {
    this.projects.set(projectKey(project), project);
    this.changed({ t: 'project', project });
  }

  #putAttachment(attached: KnownAttachment): void {
    this.attachments.set(attachmentKey(attached), attached);
    this.changed({ t: 'attached', attached });
  }
}

function replace<T>(map: Map<string, T>, all: readonly T[], key: (one: T) => string): void {
  map.clear();
  for (const one of all) map.set(key(one), one);
}
