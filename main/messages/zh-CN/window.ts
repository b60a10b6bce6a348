import type { window as english } from '../en/window.js';
import { count } from '../count.js';
import { day, passed } from '../time.js';
import { cleanUpScreen } from './window/clean-up.js';
import { fleetScreen } from './window/fleet.js';
import { historyScreen } from './window/history.js';
import { imageActs } from './window/image-acts.js';
import { imagesScreen } from './window/images.js';
import { layersScreen } from './window/layers.js';
import { mapWords } from './window/map.js';
import { overviewScreen } from './window/overview.js';
import { paletteScreen } from './window/palette.js';
import { policyForm } from './window/policy-form.js';
import { policyScreen } from './window/policy.js';
import { settingsScreen } from './window/settings.js';
import { updatesScreen } from './window/updates.js';
import { welcomeScreen } from './window/welcome.js';

const images = (n: number) => `${count(n)} 个镜像`;

export const window: typeof english = {
  nav: {
    label: '页面',
    overview: '概览',
    images: '镜像',
    updates: '更新',
    cleanup: '清理',
    policy: '策略',
    history: '历史',
    settings: '设置',
    engines: '所有引擎',
  },
  common: {
    close: '关闭',
    copy: '复制',
    copied: '已复制',
    notCopied: '没能复制到剪贴板。请选中文字后手动复制。',
    cancel: '取消',
    done: '完成',
    why: '原因',
    none: '–',
    emptyPart: '空',
    comma: '，',
    sentence: (text: string) => `${text}。`,
    between: '',
    sentences: (all: readonly string[]) => all.join(''),
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
    items: (n: number) => `${count(n)} 项`,
    cleanUp: '清理…',
    openPolicy: '打开策略',
    asOf: (when: string) => `${when}的情况`,
    untagged: '无标签',
    oneOf: {
      container: '容器',
      network: '网络',
      volume: '卷',
      buildCache: '构建缓存',
    },
  },
  question: {
    waits: {
      window: (n: string, amount: string) => `有一次清理在等你决定：${n}，${amount}。`,
      tray: (n: string, amount: string) => `有一次清理在等你决定：${n}，${amount}。`,
      cli: (n: string, amount: string) => `有一次清理在等你决定：${n}，${amount}。`,
      schedule: (n: string, amount: string) => `定时清理在等你决定：${n}，${amount}。`,
      'after-update': (n: string, amount: string) => `更新之后的清理在等你决定：${n}，${amount}。`,
      pressure: (n: string, amount: string) =>
        `引擎磁盘快满了，有一次清理在等你决定：${n}，${amount}。`,
      check: (n: string, amount: string) => `更新之后的清理在等你决定：${n}，${amount}。`,
      'image-budget': (n: string, amount: string) =>
        `镜像超出了限额，有一次清理在等你决定：${n}，${amount}。`,
    },
    why: {
      mode: '策略要求先问你。',
      'estimated-disk': '磁盘有多满只能估计，里面可能已经有空闲空间。',
      'many-items': '这次不寻常：数量超过策略允许自动清理的上限。',
      'many-bytes': '这次不寻常：空间超过策略允许自动清理的上限。',
      'large-share': '这次不寻常：超过全部镜像的 30%。',
      'new-policy': '这是策略更改之后的第一次。',
      'nothing-can-go': '所有内容都在使用中，或被策略保留。',
      gap: '自动清理要等 Careen 重新观察满 24 小时。',
      offline: '自动清理要等镜像仓库可以访问。',
    },
    withoutPlan: '引擎磁盘快满了，没有为此清理任何内容。',
    open: '打开计划',
    later: '以后再说',
  },
  ...cleanUpScreen,
  ...fleetScreen,
  ...historyScreen,
  ...imageActs,
  ...imagesScreen,
  ...layersScreen,
  ...mapWords,
  ...overviewScreen,
  ...paletteScreen,
  ...policyForm,
  ...policyScreen,
  ...settingsScreen,
  ...updatesScreen,
  ...welcomeScreen,
};
