import type { EngineEvent, ListedImage } from '../../adapters/docker/types.js';

export type ImageEvent = EngineEvent & { kind: 'image' };
export type ContainerEvent = EngineEvent & { kind: 'container' };

/** What has to be read again, as events named it. */
export interface Due {
  /** True when events did not say what changed. */
  all: boolean;
  /** Image IDs with the events that named them. */
  images: Map<string, ImageEvent[]>;
  /** References that may mean another image now, with the events that named no ID. */
  refs: Map<string, ImageEvent[]>;
  containers: Set<string>;
}

const nothing = (): Due => ({
  all: false,
  images: new Map(),
  refs: new Map(),
  containers: new Set(),
});

/** Collects what events change, until it is read. */
export class Changes {
  #due = nothing();

  /** Notes what an event changes, among the images that are listed now. */
  mark(event: EngineEvent, images: Iterable<ListedImage>): void {
    const due = this.#due;
    if (event.kind === 'container') {
      due.containers.add(event.id);
      return;
    }
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
export function isEmpty({ all, images, refs, containers }: Due): boolean {
  return !all && images.size + refs.size + containers.size === 0;
}
