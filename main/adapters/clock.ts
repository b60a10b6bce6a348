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

/** The system's clock. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return { cancel: () => clearTimeout(timer) };
    },
    every: (ms, act) => {
      const timer = setInterval(act, ms);
      return { cancel: () => clearInterval(timer) };
    },
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

/** Milliseconds that one timer is trusted with: it stands still in sleep, and clocks are set. */
const longestTimer = 10 * 60_000;

/** Calls once when the clock has reached `at`, however far off that is and whatever sets the clock. */
export function atMoment(clock: Clock, at: Millis, act: () => void): Timer {
  let timer: Timer;
  const wait = () => {
    const rest = Math.max(0, Math.min(at - clock.now(), longestTimer));
    timer = clock.after(rest, () => (clock.now() < at ? wait() : act()));
  };
  wait();
  return { cancel: () => timer.cancel() };
}
