const HOUR = 3_600_000;
/** When a working day has begun, by the local clock. */
const MORNING = 8;

/** The moment (milliseconds) until which a pause lasts that begins at `now`. */
export function pauseEnd(howLong: 'hour' | 'tomorrow', now: number): number {
  if (howLong === 'hour') return now + HOUR;
  const end = new Date(now);
  end.setDate(end.getDate() + 1);
  end.setHours(MORNING, 0, 0, 0);
  return end.getTime();
}
