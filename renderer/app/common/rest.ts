/** Milliseconds without pointer, wheel and keys after which a person has rested. */
const STILL = 1500;

const leftSince = (at: number) => Math.max(0, at + STILL - performance.now());

/** Whether a key is for the whole window: what it asks for, as to look anew, is not to wait because of it. */
const isCommand = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) =>
  ctrlKey || metaKey || altKey || /^F\d/.test(key);

/**
 * Whether somebody is at work on what an element shows: what is new waits until they rest, so that
 * nothing jumps under the pointer or between two keys. What they ask for themselves is not to wait.
 */
export class Rest {
  #pointerAt = -Infinity;
  #keysAt = -Infinity;
  #act: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Milliseconds that are left until they have rested; 0: nobody is at it. */
  get left(): number {
    return leftSince(Math.max(this.#pointerAt, this.#keysAt));
  }

  /** Does this once they have rested, which may be now, in place of what waited before. */
  wait(act: () => void): void {
    this.cancel();
    if (this.left === 0) return act();
    this.#act = act;
    // They may have moved on by then.
    this.#timer = setTimeout(() => this.wait(act), this.left);
  }

  /** Gives up what waits. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#act = undefined;
  }

  /** Somebody is at it by pointer or wheel. */
  pointed(): void {
    this.#pointerAt = performance.now();
  }

  /** Somebody is at it by keys. */
  pressed(): void {
    this.#keysAt = performance.now();
  }

  /** The pointer is elsewhere: what waits is done, but between two keys, where an element narrows. */
  gone(): void {
    this.#pointerAt = -Infinity;
    if (this.#act) this.wait(this.#act);
  }

  /** Listens to an element and all that is in it; to be attached to it. */
  readonly hears = (node: EventTarget): (() => void) => {
    const closing = new AbortController();
    const on = (type: string, then: (event: Event) => unknown, capture = false) =>
      node.addEventListener(type, then, { passive: true, capture, signal: closing.signal });
    on('pointermove', () => this.pointed());
    on('wheel', () => this.pointed());
    on('keydown', (event) => isCommand(event as KeyboardEvent) || this.pressed());
    // A scrollbar that is dragged lets no move through, however long it is held in one place.
    let held = false;
    on('pointerdown', () => (held = true));
    on('pointerup', () => (held = false));
    const scrolled = () => {
      // A list also scrolls because of what is new in it: that alone must not hold up what comes next.
      if (held || leftSince(this.#pointerAt) > 0) this.pointed();
      if (leftSince(this.#keysAt) > 0) this.pressed();
    };
    on('scroll', scrolled, true);
    on('pointerleave', (event) => {
      held = false;
      // A finger that begins to scroll is no pointer any more.
      if ((event as PointerEvent).pointerType !== 'touch') this.gone();
    });
    return () => closing.abort();
  };
}
