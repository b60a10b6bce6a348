import type { Reclaimable } from '../../domain/verdict/types.js';
import { bytesParts, bytesText } from '../bytes.js';
import { count } from '../count.js';
import type { format as english } from '../en/format.js';
import {
  day,
  interval,
  midnightsTo,
  minute,
  passed,
  sameYear,
  span,
  took,
  type Amount,
  type TimeStyle,
} from '../time.js';

const unitNames = { second: '秒', minute: '分钟', hour: '小时', day: '天' } as const;
const amount = ({ n, unit }: Amount) => `${count(n)} ${unitNames[unit]}`;

/** `web`、`web、db`、`web、db 等 5 个`。 */
export function list(names: readonly string[], shown = 3): string {
  if (names.length <= shown) return names.join('、');
  const first = names.slice(0, shown - 1).join('、');
  return `${first}${first.endsWith('）') ? '' : ' '}等 ${count(names.length)} 个`;
}

export function format(style: TimeStyle): ReturnType<typeof english> {
  /** One space between Han and digits, as everywhere in Careen's Chinese. */
  const date = (ms: number, now: number) =>
    new Intl.DateTimeFormat('zh-CN', {
      day: 'numeric',
      month: 'long',
      ...(sameYear(ms, now, style) ? {} : { year: 'numeric' }),
      ...style,
    })
      .format(ms)
      .replaceAll(/(\d)(?=[年月日])/g, '$1 ')
      .replaceAll(/([年月])(?=\d)/g, '$1 ');
  const time = (ms: number) =>
    new Intl.DateTimeFormat('zh-CN', {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      ...style,
    }).format(ms);
  return {
    bytes: bytesText,
    bytesParts,
    reclaimable(r: Reclaimable): string {
      switch (r.certainty) {
        case 'exact':
          return bytesText(r.min);
        case 'at-least':
          return `至少 ${bytesText(r.min)}`;
        case 'at-most':
          return `至多 ${bytesText(r.max)}`;
        case 'range':
          return `约 ${bytesText((r.min + r.max) / 2)}`;
      }
    },
    range: (r: Reclaimable) => `${bytesText(r.min)} 至 ${bytesText(r.max)}`,
    age: (since: number, now: number) => amount(passed(now - since)),
    when(ms: number, now: number): string {
      const distance = Math.abs(now - ms);
      if (distance >= day) return date(ms, now);
      if (distance < minute) return ms > now ? '马上' : '刚刚';
      return `${amount(passed(distance))}${ms > now ? '后' : '前'}`;
    },
    date,
    dayHead: (ms: number, now: number) =>
      ['今天', '昨天'][midnightsTo(ms, now, style)] ??
      `${date(ms, now)}${new Intl.DateTimeFormat('zh-CN', { weekday: 'long', ...style }).format(ms)}`,
    time,
    clock: (ms: number, now: number) =>
      midnightsTo(ms, now, style) === 0 ? time(ms) : `${date(ms, now)} ${time(ms)}`,
    duration: (ms: number) => amount(span(ms)),
    every(ms: number): string {
      const each = interval(ms);
      return each.n === 1 ? `每${unitNames[each.unit]}` : `每 ${amount(each)}`;
    },
    seconds(ms: number): string {
      const { minutes, seconds } = took(ms);
      return minutes === 0 ? `${seconds} 秒` : `${count(minutes)} 分 ${seconds} 秒`;
    },
    count,
  };
}
