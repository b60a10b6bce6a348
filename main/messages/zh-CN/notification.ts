import type { CleanRun } from '../../contract/runs.js';
import type { GaugesSlice, Question } from '../../contract/slices.js';
import type { LostImages } from '../../domain/plan/lost.js';
import type { notification as english } from '../en/notification.js';
import type { Reclaimable } from '../../domain/verdict/types.js';
import { thingsOf, type Note } from '../types.js';
import type { format } from './format.js';
import { gauge } from './gauge.js';
import { lost } from './lost.js';
import { spaced } from './spacing.js';
import { things } from './things.js';

type Gauge = GaugesSlice['engine'];

export function notification(f: ReturnType<typeof format>): ReturnType<typeof english> {
  const { full, returns } = gauge(f);

  const freed = (run: CleanRun) =>
    run.measured === null
      ? spaced(`按计划释放 ${f.reclaimable(run.estimated)}；引擎自己的数字未知。`)
      : spaced(
          `按引擎的统计释放了 ${f.bytes(run.measured)}；计划为 ${f.reclaimable(run.estimated)}。`,
        );

  const rest = (run: CleanRun) => {
    const parts = [
      ...(run.skipped.length > 0 ? [spaced(`跳过 ${things(thingsOf(run.skipped))}`)] : []),
      ...(run.failed.length > 0 ? [`${things(thingsOf(run.failed))}失败`] : []),
    ];
    return parts.length === 0 ? '' : `${parts.join('，')}。`;
  };

  const now = (disk: Gauge | null) => {
    const isFull = disk && full('engine', disk);
    return isFull === null ? '' : `现在 ${isFull}。`;
  };

  const headline = (run: CleanRun): string => {
    const removed =
      run.removed.length === 0
        ? '没有移除任何内容'
        : spaced(`移除了 ${things(thingsOf(run.removed))}`);
    switch (run.outcome) {
      case 'done':
      case null:
        return removed;
      case 'cancelled':
        return `清理已取消，${removed}`;
      case 'engine-lost':
        return `Docker 断开了，${removed}`;
      case 'interrupted':
        return `清理中断了，${removed}`;
      case 'failed':
        return `清理失败，${removed}`;
      case 'unhealthy':
        return `Docker 状态不正常，清理已停止，${removed}`;
    }
  };

  const why: Record<Question['why'], string> = {
    mode: '',
    'estimated-disk': '磁盘有多满只能估计。',
    'many-items': '数量超过了策略允许一次清理的上限。',
    'many-bytes': '空间超过了策略允许一次清理的上限。',
    'large-share': '超过全部镜像的 30%。',
    'new-policy': '这是按新策略进行的第一次自动清理。',
    'nothing-can-go': '所有内容都在使用中，或被策略保留。可以在窗口中查看是什么占用了空间。',
    gap: spaced('自动清理要等 Careen 重新观察满 24 小时。'),
    offline: '自动清理要等镜像仓库可以访问。',
  };

  return {
    ofEngine: (name, { title, body }) => ({ title: `${name}：${title}`, body }),
    question: (
      { planId, by, why: reason, items, reclaimable, lost: of }: Question,
      disk: Gauge,
    ): Note => {
      const isFull = full('engine', disk) ?? 'Docker 的磁盘快满了';
      if (planId === null)
        return {
          title: reason === 'nothing-can-go' ? `${isFull}，按策略没有可清理的内容` : isFull,
          body: why[reason],
        };
      return {
        title:
          by === 'pressure'
            ? spaced(`${isFull}${items === 0 ? '' : `，可释放 ${f.reclaimable(reclaimable)}`}`)
            : '有一次清理在等待你的确认',
        body:
          items === 0
            ? '可以清理的内容需要你来选择。尚未移除任何内容。'
            : spaced(
                `可清理 ${f.count(items)} 项，可释放 ${f.reclaimable(reclaimable)}。${lost.sentence(of) ?? ''}${why[reason]}尚未移除任何内容。`,
              ),
      };
    },
    cleaned: (run: CleanRun, disk: Gauge | null = null): Note => ({
      title: headline(run),
      body: `${run.removed.length === 0 ? '引擎没有变化。' : freed(run)}${rest(run)}${now(disk)}`,
    }),
    cleanFailed: (why: string): Note => ({ title: '清理失败', body: why }),
    hostFull: (host: Gauge, engine: Gauge, canGo: Reclaimable, of: LostImages): Note => ({
      title: full('host', host) ?? '这台电脑的磁盘快满了',
      body: [
        canGo.max === 0
          ? '按你的策略，Docker 没有可清理的内容。'
          : spaced(`Docker 可释放 ${f.reclaimable(canGo)}。${lost.sentence(of) ?? ''}`),
        ...[returns(engine)].filter((sentence) => sentence !== null),
      ].join(''),
    }),
    test: { title: '来自 Careen 的通知', body: '通知可以送达。这一条没有别的内容。' },
    trayMissing: {
      title: '这里没有 Careen 的托盘图标',
      body: '这个桌面不显示托盘。GNOME 需要 AppIndicator 扩展。再次启动 Careen 可以打开窗口；在此之前它会继续运行。',
    },
    staysInTray: {
      title: 'Careen 留在托盘中',
      body: '可以从托盘菜单打开或退出。',
    },
  };
}
