/** When clean-ups come by the clock, as a person would say it. */
export type Schedule =
  | { kind: 'off' }
  | { kind: 'daily'; at: string }
  /** `day` as cron counts them: Sunday is 0. */
  | { kind: 'weekly'; at: string; day: number }
  | { kind: 'own'; cron: string };

export type ScheduleKind = Schedule['kind'];

/** `12:00` where nothing else was said. */
export const usualTime = '12:00';
/** As cron counts the days. */
export const monday = 1;
const plain = /^(\d{1,2}) (\d{1,2}) \* \* (\*|[0-7])$/;
const time = /^([01]?\d|2[0-3]):([0-5]\d)$/;

/** A cron expression of the policy in a person's words; what has none stays as it is written. */
export function scheduleOf(cron: string | null): Schedule {
  if (cron === null) return { kind: 'off' };
  const [, minute = '', hour = '', day = ''] = plain.exec(cron.trim()) ?? [];
  if (minute === '' || Number(minute) > 59 || Number(hour) > 23) return { kind: 'own', cron };
  const at = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  return day === '*' ? { kind: 'daily', at } : { kind: 'weekly', at, day: Number(day) % 7 };
}

/** The same as the policy writes it; `undefined`: its time is none, or the expression is empty. */
export function cronOf(schedule: Schedule): string | null | undefined {
  if (schedule.kind === 'off') return null;
  if (schedule.kind === 'own') return schedule.cron.trim() || undefined;
  const [, hour, minute] = time.exec(schedule.at) ?? [];
  if (hour === undefined || minute === undefined) return undefined;
  const day = schedule.kind === 'weekly' ? String(schedule.day) : '*';
  return `${Number(minute)} ${Number(hour)} * * ${day}`;
}

/** A schedule of another kind that keeps of the one before what it can. */
export function changedTo(kind: ScheduleKind, before: Schedule): Schedule {
  const at = 'at' in before ? before.at : usualTime;
  switch (kind) {
    case 'off':
      return { kind };
    case 'daily':
      return { kind, at };
    case 'weekly':
      return { kind, at, day: 'day' in before ? before.day : monday };
    case 'own':
      return { kind, cron: cronOf(before) ?? '0 12 * * *' };
  }
}
