import type { Forecast } from '../../domain/forecast/forecast.js';
import type { ahead as english } from '../en/ahead.js';
import { day, hour, midnightsTo, type TimeStyle, unitsAhead } from '../time.js';
import type { Ahead } from '../types.js';
import type { format } from './format.js';
import { spaced } from './spacing.js';

export function ahead(f: ReturnType<typeof format>, style: TimeStyle): ReturnType<typeof english> {
  const dayTime = (at: number, now: number): string => {
    const on = ['今天', '明天'][midnightsTo(now, at, style)] ?? f.date(at, now);
    return spaced(`${on} ${f.time(at)}`);
  };
  const roughly = (at: number, now: number): string => {
    if (at - now >= day) return `${dayTime(at, now)} `;
    return at - now < hour ? '一小时内' : f.when(at, now);
  };
  const steps = ({ cleanUp, check }: Ahead, now: number): string | null => {
    const parts = [
      ...(cleanUp === null ? [] : [`${dayTime(Math.max(cleanUp, now), now)} 清理`]),
      ...(check === null ? [] : [`${roughly(check, now)}检查更新`]),
    ];
    return parts.length === 0 ? null : parts.join('，');
  };
  return {
    full(forecast: Forecast, now: number): string {
      const { unit, likely, first, last } = unitsAhead(forecast, now);
      const word = unit === 'hour' ? '小时' : '天';
      const bounds = first === last ? '' : `（${first} 到 ${last} ${word}）`;
      return `约 ${likely} ${word}后写满${bounds}`;
    },
    fullIf: '这里假设磁盘按最近 30 天的速度继续写入，且期间不做清理。',
    next: (plan: Ahead, now: number): string | null => {
      const text = steps(plan, now);
      return text && `接下来：${text}`;
    },
    steps,
  };
}
