/** A span of time that a choice offers, as the policy writes it. */
export interface Span {
  value: string;
  ms: number;
}

/**
 * The spans to choose from, with the one in force among them in its place, so that what stands in the
 * policy is never shown as something else.
 *
 * @param now as the policy writes it, with its milliseconds
 */
export function withSpan(offered: readonly Span[], now: Span): Span[] {
  const others = offered.filter(({ ms }) => ms !== now.ms);
  return [...others, now].sort((a, b) => a.ms - b.ms);
}
