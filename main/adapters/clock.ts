import type { Millis } from '../domain/facts.js';

export interface Timer {
  cancel(): void;
}

/** Time as services are handed it, so that tests can pass it at will. */
export interface Clock {
  now(): Millis;
  /** Calls once after `ms`. */
  after(ms: number, act: () => void): Timer;
  /** Calls every `ms` until cancelled. */
  every(ms: number, act: () => void): Timer;
}

/**
 * The system's clock.
 *
 * @param options.unref timers then do not keep the process alive, as a one-shot command wants it
 */
export function systemClock(options: { unref?: boolean } = {}): Clock {
  const held = (timer: NodeJS.Timeout, clear: (timer: NodeJS.Timeout) => void): Timer => {
    if (options.unref) timer.unref();
    return { cancel: () => clear(timer) };
  };
  return {
    now: () => Date.now(),
    after: (ms, act) => held(setTimeout(act, ms), clearTimeout),
    every: (ms, act) => held(setInterval(act, ms), clearInterval),
  };
}

/** Resolves after `ms`, or as soon as `signal` is aborted. */
export function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      timer.cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = clock.after(ms, done);
    signal.addEventListener('abort', done);
  });
}
