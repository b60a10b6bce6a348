import type { Serve } from './owner.js';

/**
 * Answers clients once there is who answers them: a home has its owner before the owner is put
 * together. Who calls early waits, and learns why where that failed.
 */
export class LateServe {
  #begin: (serve: Serve) => void = () => undefined;
  #fail: (why: unknown) => void = () => undefined;
  readonly #served: Promise<Serve>;

  constructor() {
    this.#served = new Promise((resolve, reject) => {
      this.#begin = resolve;
      this.#fail = reject;
    });
    // That no client waits for it is no failure of its own.
    this.#served.catch(() => undefined);
  }

  readonly serve: Serve = async (name, params, client, engine) =>
    (await this.#served)(name, params, client, engine);

  begin(serve: Serve): void {
    this.#begin(serve);
  }

  fail(why: unknown): void {
    this.#fail(why);
  }
}
