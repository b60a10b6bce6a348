import { CareenError } from './errors.js';

/** By what a person may name an engine of the list. */
interface Nameable {
  key: string;
  name: string | null;
  context: string | null;
  endpoint: string | null;
  /** Other addresses of it. */
  aliases: readonly string[];
}

/**
 * The engines that a person may mean: those with that key, address or name (without one a docker
 * context is it), else with that docker context. Several: none of them is to be acted on.
 */
export function enginesNamed<E extends Nameable>(engines: readonly E[], text: string): E[] {
  const called = engines.filter(({ key, endpoint, aliases, name, context }) =>
    [key, endpoint, ...aliases, name ?? context].includes(text),
  );
  return called.length > 0 ? called : engines.filter(({ context }) => context === text);
}

/**
 * The one of them, or null: none is called so.
 *
 * @throws CareenError `engine-several`: it may be one or another
 */
export function engineNamed<E extends Nameable>(engines: readonly E[], text: string): E | null {
  const [found = null, ...others] = enginesNamed(engines, text);
  if (found === null || others.length === 0) return found;
  const among = [found, ...others].map(({ key, endpoint }) => ({ key, endpoint }));
  throw new CareenError('engine-several', { engine: text, among });
}
