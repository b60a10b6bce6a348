import type { window as english } from '../en/window.js';
import { day, passed } from '../time.js';
import { count } from './format.js';
import { cleanUpScreen } from './window/clean-up.js';
import { historyScreen } from './window/history.js';
import { imagesScreen } from './window/images.js';
import { overviewScreen } from './window/overview.js';
import { settingsScreen } from './window/settings.js';

const images = (n: number) => `${count(n)} 个镜像`;

export const window: typeof english = {
  nav: {
    label: '页面',
    overview: '概览',
    images: '镜像',
    cleanup: '清理',
    history: '历史',
    settings: '设置',
  },
  common: {
    close: '关闭',
    copy: '复制',
    copied: '已复制',
    cancel: '取消',
    done: '完成',
    why: '原因',
    none: '–',
    unknown: '未知',
    notices: '通知',
    dismiss: '关闭通知',
    shortAge: (ms: number) => {
      if (ms >= 730 * day) return `${count(Math.floor(ms / (365 * day)))} 年`;
      if (ms >= 60 * day) return `${count(Math.floor(ms / (30 * day)))} 个月`;
      const { n, unit } = passed(ms);
      return `${n} ${{ second: '秒', minute: '分钟', hour: '小时', day: '天' }[unit]}`;
    },
    percent: (p: number) => `${count(p)}%`,
    now: '正在用',
    images,
    cleanUp: '清理…',
    asOf: (when: string) => `${when}的情况`,
    untagged: '无标签',
  },
  ...cleanUpScreen,
  ...historyScreen,
  ...imagesScreen,
  ...overviewScreen,
  ...settingsScreen,
};
