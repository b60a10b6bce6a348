/** An image ID as docker prints it: twelve hex digits, without the algorithm. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}

/** Cut to at most `most` characters (UTF-16 units), the last an ellipsis where something was cut. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** A name as it is told: an ID, and what the engine named for want of a name, by its beginning. */
export function shortName(name: string): string {
  if (name.startsWith('sha256:')) return shortId(name);
  return /^[0-9a-f]{64}$/.test(name) ? name.slice(0, 12) : name;
}
