import { count } from '../count.js';
import type { ThingCounts } from '../types.js';

/** `12 个镜像、2 个网络和构建缓存` */
export function things(counts: ThingCounts): string {
  const { image = 0, container = 0, network = 0, volume = 0, buildCache = 0 } = counts;
  const parts = [
    ...(image > 0 ? [`${count(image)} 个镜像`] : []),
    ...(container > 0 ? [`${count(container)} 个容器`] : []),
    ...(network > 0 ? [`${count(network)} 个网络`] : []),
    ...(volume > 0 ? [`${count(volume)} 个卷`] : []),
    ...(buildCache > 0 ? ['构建缓存'] : []),
  ];
  const last = parts.pop();
  if (last === undefined) return '0 项';
  return parts.length === 0 ? last : `${parts.join('、')}和${last}`;
}
