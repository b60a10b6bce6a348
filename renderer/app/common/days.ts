/** Midnight at the beginning of a day, in the system's time zone; null for what is no day. */
export function dayStart(text: string): number | null {
  const at = text === '' ? NaN : new Date(`${text}T00:00:00`).getTime();
  return Number.isNaN(at) ? null : at;
}

/** Milliseconds of the next midnight; a day is not always 24 hours long. */
export function nextDay(at: number): number {
  const date = new Date(at);
  date.setHours(0, 0, 0, 0);
  date.setDate(date.getDate() + 1);
  return date.getTime();
}

/** A day as a date field writes it, `2026-11-24`. */
export function dayText(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
