import type { Gauge, Missing } from '../../domain/disk/types.js';
import { shareOf } from '../../domain/disk/share.js';
import type { gauge as english } from '../en/gauge.js';
import type { format } from './format.js';
import { spaced } from './spacing.js';

export function gauge(f: ReturnType<typeof format>): ReturnType<typeof english> {
  const why = ({ why: code, about }: Missing): string => {
    const it = about ?? '它的磁盘文件';
    switch (code) {
      case 'no-engine':
        return '没有连接引擎。';
      case 'some-vm':
        return '引擎运行在某个虚拟机里，Careen 不认识这个产品。';
      case 'outside-wsl':
        return '磁盘属于 Windows，从这个发行版里看不到。';
      case 'not-agreed':
        return '一个应用读取另一个应用的文件之前，macOS 会先询问；你还没有同意，可以在“设置”里同意。';
      case 'refused':
        return spaced(`系统不允许 Careen 读取 ${it}。`);
      case 'no-file':
        return about === null ? '没有找到它的磁盘文件。' : `${about} 不存在。`;
      case 'no-volume':
        return spaced(`卷 ${it} 没有挂载。`);
      case 'silent':
        return spaced(`${it} 所在的文件系统没有应答。`);
      case 'unreadable':
        return spaced(`读取 ${it} 失败。`);
      case 'damaged':
        return spaced(`${it} 的内容不合理。`);
      case 'elsewhere':
        return about === null
          ? '引擎在另一台机器上，从这里看不到它的磁盘用了多少。'
          : spaced(`${it} 在另一台机器上，Careen 不会去读。`);
      case 'ambiguous':
        return '可能属于它的虚拟机不止一个。';
      case 'no-limit':
        return '不知道这块磁盘最多能有多大。';
    }
  };
  const how = ({ how: by, of, bound }: Gauge): string[] => {
    const at = of ?? '它的磁盘文件';
    if (by === 'file-system') return [spaced(`在 ${at} 测得。`)];
    if (by === 'engine') return ['已用空间由引擎自己给出。'];
    if (bound === null) return [];
    return [
      spaced(
        `按 ${at} 在这台电脑上占用的空间估计：已用空间不会更多${bound === 'close' ? '，大致就是这些。' : '；里面已经释放的空间可能仍算在内。'}`,
      ),
    ];
  };
  const limit = ({ limit: most }: Gauge): string[] => {
    if (most === null) return [];
    const bytes = f.bytes(most.bytes);
    if (most.from === 'settings') return [`设置允许它最多增长到 ${bytes}。`];
    if (most.from === 'assumed') return [`假定它最多能增长到 ${bytes}。`];
    return [`它最多能增长到 ${bytes}。`];
  };
  const binds = {
    limit: '在这台电脑自己的磁盘写满之前，会先到这个上限。',
    host: '这台电脑自己的磁盘会先写满。',
  };
  const returns = {
    shortly: '里面释放的空间通常很快就会还给这台电脑。',
    restart: '里面释放的空间要等虚拟机下次启动，或在里面执行 trim 之后，才会还给这台电脑。',
    no: '里面释放的空间不会还给这台电脑，但可以在里面再次使用。',
  };
  return {
    unknown: why,
    details: (g: Gauge): string[] => [
      ...how(g),
      ...limit(g),
      ...(g.binds ? [binds[g.binds]] : []),
      ...(g.returns ? [returns[g.returns]] : []),
      ...(g.oddity ? [`${g.oddity.file} 里的大小应为 MiB，却写成了字节，因此没有采用。`] : []),
      ...(g.missing ? [why(g.missing)] : []),
    ],
    full: (whose: 'engine' | 'host', g: Gauge): string | null => {
      const share = shareOf(g);
      const disk = { engine: 'Docker 的磁盘', host: '这台电脑的磁盘' }[whose];
      return share === null
        ? null
        : spaced(`${disk}${g.bound === null ? '' : '最多'}已用 ${share}%`);
    },
    returns: (g: Gauge): string | null => g.returns && returns[g.returns],
    line(g: Gauge): string {
      if (g.used === null) return g.missing ? `未知：${why(g.missing)}` : '未知';
      const atMost = g.bound === null ? '' : '最多';
      if (g.available === null) {
        const reason = g.missing ? `：${why(g.missing)}` : '';
        return spaced(`${atMost}已用 ${f.bytes(g.used)}，剩余未知${reason}`);
      }
      const percent = Math.round((100 * g.used) / Math.max(1, g.used + g.available));
      const atLeast = g.qualityOf.available === 'estimated' ? '至少' : '';
      return spaced(
        `${atMost}已用 ${percent}%，${atLeast}剩余 ${f.bytes(g.available)}${g.quality === 'estimated' ? '，估计值' : ''}${g.of === null ? '' : `（${g.of}）`}`,
      );
    },
  };
}
