import { count } from '../format.js';
import type { historyScreen as english } from '../../en/window/history.js';

const images = (n: number) => `${count(n)} 个镜像`;

export const historyScreen: typeof english = {
  history: {
    title: (amount: string) => `至今释放了 ${amount}。`,
    titleNone: '还没有清理过。',
    lead: 'Careen 所作的每个改动，以及可能的恢复办法。',
    empty: 'Careen 移除的镜像会列在这里，并附上恢复的办法。',
    list: '清理记录',
    by: { window: '来自窗口', tray: '来自托盘', cli: '来自命令行' },
    removed: (n: number) => `移除了 ${images(n)}`,
    skipped: (n: number) => `跳过 ${count(n)} 个`,
    failed: (n: number) => `失败 ${count(n)} 个`,
    outcome: {
      done: '完成',
      cancelled: '由你停止',
      'engine-lost': 'Docker 断开',
      interrupted: '中断',
      failed: '失败',
      running: '进行中',
    },
    figures: (said: string, measured: string) => `预计 ${said}，实测 ${measured}`,
    canPull: (n: number) => `${count(n)} 个可以重新拉取`,
    older: '显示更早的',
    rule: (rule: string) => `规则 ${rule}`,
  },
};
