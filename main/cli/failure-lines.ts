import { errorDetails } from '../contract/errors.js';
import type { WireError } from '../contract/wire.js';
import type { CareenError, LookedAt } from '../domain/errors.js';
import type { Messages } from '../messages/index.js';
import { indented } from './lines.js';

/**
 * What a failure says on a terminal. That there is no engine says first what to do now, and has the
 * places that were looked at below, one a line; of a policy each problem has its own.
 */
export function failureLines(m: Messages, error: WireError | CareenError): string[] {
  const looked = lookedFor(error);
  if (looked === null) return m.error(error).split('\n');
  const [first] = m.howToStart(process.platform);
  const places = looked.map((place) => m.lookedAt(place));
  return [
    m.cli.notFound(first?.command ?? 'dockerd'),
    ...(places.length === 0 ? [] : [m.cli.looked, ...indented(places)]),
  ];
}

/** Where an engine was looked for in vain; null: it is another failure. */
function lookedFor({ code, details }: WireError | CareenError): LookedAt[] | null {
  if (code !== 'engine-not-found') return null;
  const parsed = errorDetails()[code].safeParse(details);
  return parsed.success ? parsed.data.looked : null;
}
