import type { EngineEvent, ListedImage } from '../../adapters/docker/types.js';

export type ImageEvent = EngineEvent & { kind: 'image' };
export type ContainerEvent = EngineEvent & { kind: 'container' };

/** What is listed whole when it changes: one request each. */
export type ListedKind = 'networks' | 'volumes' | 'cache' | 'swarm';

/** What has to be read again, as events named it. */
export interface Due {
  /** True when events did not say what changed. */
  all: boolean;
  /** Image IDs with the events that named them. */
  images: Map<string, ImageEvent[]>;
  /** References that may mean another image now, with the events that named no ID. */
  refs: Map<string, ImageEvent[]>;
  containers: Set<string>;
  lists: Set<ListedKind>;
}

const nothing = (): Due => ({
  all: false,
  images: new Map(),
  refs: new Map(),
  containers: new Set(),
  lists: new Set(),
});

/** Collects what events change, until it is read. */
export class Changes {
  #due = nothing();

  /** Notes what an event changes, among the images that are listed now. */
  mark(event: EngineEvent, images: Iterable<ListedImage>): void {
    switch (event.kind) {
      case 'image':
        this.#markImage(event, images);
        break;
      case 'container':
        this.#due.containers.add(event.id);
        break;
      case 'network':
        // Who is attached to a network is the container's to tell, not the network's.
        if (event.action !== 'connect' && event.action !== 'disconnect')
          this.#due.lists.add('networks');
        else if (event.container !== null) this.#due.containers.add(event.container);
        break;
      case 'volume':
        if (event.action !== 'mount' && event.action !== 'unmount') this.#due.lists.add('volumes');
        break;
      case 'builder':
        this.#due.lists.add('cache');
        break;
      case 'swarm':
        this.#due.lists.add('swarm');
        break;
    }
  }

  #markImage(event: ImageEvent, images: Iterable<ListedImage>): void {
    const due = this.#due;
    const { id, ref, action } = event;
    if (action === 'prune' || (id === null && ref === null)) due.all = true;
    if (id !== null) note(due.images, id, event);
    if (ref === null) return;
    for (const image of images) if (image.refs.includes(ref)) note(due.images, image.id);
    if (id === null) note(due.refs, ref, event);
    // What a pull brought under this name has lost it again: only the list still tells of it.
    else if (due.refs.delete(ref)) due.all = true;
  }

  /** Notes that everything has to be read. */
  markAll(): void {
    this.#due.all = true;
  }

  /** Gives what is due and begins anew. */
  take(): Due {
    const due = this.#due;
    this.#due = nothing();
    return due;
  }

  /** Puts back what could not be read; next time everything is read. */
  untake({ images, refs, containers }: Due): void {
    const due = this.#due;
    due.all = true;
    for (const [id, events] of images)
      due.images.set(id, [...events, ...(due.images.get(id) ?? [])]);
    for (const [ref, events] of refs) due.refs.set(ref, [...events, ...(due.refs.get(ref) ?? [])]);
    for (const id of containers) due.containers.add(id);
  }
}

/** Notes a key, and what was heard of it where something was. */
function note(due: Map<string, ImageEvent[]>, key: string, event?: ImageEvent): void {
  const events = due.get(key) ?? [];
  due.set(key, event ? [...events, event] : events);
}

/** Whether there is nothing to read. */
export function isEmpty({ all, images, refs, containers, lists }: Due): boolean {
  return !all && images.size + refs.size + containers.size + lists.size === 0;
}
