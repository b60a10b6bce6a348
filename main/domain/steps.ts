/** Work that is done in steps: between two of them whoever does it may rest. */
export type Steps<T> = Generator<void, T, void>;

/** Does all of it at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Of what is done to each of many: a step ends after so many of them. */
export function* eachInSteps<T, R>(
  all: readonly T[],
  act: (one: T, place: number) => R,
  most = 500,
): Steps<R[]> {
  const done: R[] = [];
  for (const [place, one] of all.entries()) {
    if (place > 0 && place % most === 0) yield;
    done.push(act(one, place));
  }
  return done;
}
