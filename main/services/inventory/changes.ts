import type { EngineEvent, ListedImage } from '../../adapters/docker/types.js';

export type ImageEvent = EngineEvent & { kind: 'image' };
export type ContainerEvent = EngineEvent & { kind: 'container' };

/** What has to be read again, as events named it. */
export interface Due {
  /** True when events did not say what changed. */
  all: boolean;
  images: Set<string>;
  /** References that may mean another image now, with the event that said so last. */
  refs: Map<string, ImageEvent>;
  containers: Set<string>;
}

const nothing = (): Due => ({
  all: false,
  images: new Set(),
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
    if (id !== null) due.images.add(id);
    if (ref === null) return;
    due.refs.set(ref, event);
    for (const image of images) if (image.refs.includes(ref)) due.images.add(image.id);
  }

  /** Gives what is due and begins anew. */
  take(): Due {
    const due = this.#due;
    this.#due = nothing();
    return due;
  }
}

/** Whether there is nothing to read. */
export function isEmpty({ all, images, refs, containers }: Due): boolean {
  return !all && images.size + refs.size + containers.size === 0;
}
