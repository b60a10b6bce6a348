/** By what a person may name an engine of the list. */
interface Nameable {
  key: string;
  name: string | null;
  context: string | null;
  endpoint: string | null;
}

/**
 * The engine that a person means: by its key, else its address, else the name that only it has, else
 * its docker context. Null: none, or one of several.
 */
export function engineNamed<E extends Nameable>(engines: readonly E[], text: string): E | null {
  const by = (is: (engine: E) => boolean) => engines.filter(is);
  const ways = [
    by(({ key }) => key === text),
    by(({ endpoint }) => endpoint === text),
    by(({ name }) => name === text),
    by(({ context }) => context === text),
  ];
  const found = ways.find(({ length }) => length > 0) ?? [];
  return found.length === 1 ? (found[0] ?? null) : null;
}
