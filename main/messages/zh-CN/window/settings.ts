import { count } from '../../count.js';
import { spaced } from '../spacing.js';
import { settingsGroups } from './settings-groups.js';
import type { settingsScreen as english } from '../../en/window/settings.js';

const images = (n: number) => `${count(n)} 个镜像`;

export const settingsScreen: typeof english = {
  engine: {
    choose: '选择引擎',
    looking: '正在查找 Docker',
    none: '没有引擎',
    store: { classic: '经典存储', containerd: 'containerd 存储' },
    version: (version: string, store: string) => `${version} · ${store}`,
    api: (version: string, api: string, store: string) => `${version}，API ${api} · ${store}`,
    chosenBy: {
      variable: (name: string) => `取自 ${name}`,
      context: (name: string) => `取自 Docker 上下文 ${name}`,
      socket: (name: string) => `在 ${name} 的套接字找到`,
      practice: () => '练习引擎：这里的一切都是模拟的',
      chosen: () => '由你选择',
    },
    lookedFor: '查找过的位置',
    use: '使用',
    useOf: (name) => `使用 ${name}`,
    used: '使用中',
    automatic: '恢复自动查找',
    lookAgain: '重新查找',
    chooseSocket: '选择套接字…',
    lost: (name: string, when: string) =>
      `${name} 自 ${when} 起没有应答。没有作任何改动。Careen 会继续尝试；这里显示的是当时的情况。`,
    remembered: (when: string) => `这里显示的是截至 ${when} 记住的情况。Docker 正在列出镜像。`,
    otherUpdater: (tool: string, container: string) =>
      `${tool}（容器 ${container}）也在改动这个引擎上的东西。它运行期间，Careen 不会自行更新或移除任何东西，只会先询问。`,
    contextMoved: (name: string) => `Docker 当前的上下文已改为 ${name}。Careen 仍使用现在的引擎。`,
    practice: '这是练习引擎，这里的一切都是模拟的。',
    homeBusy: '有一个 careen 命令正在使用数据文件夹。它结束后 Careen 就会继续。',
  },
  settings: {
    title: '设置',
    lead: '保存在这台电脑上。清理什么、保留什么，见',
    leadPolicy: '策略',
    leadEnd: '。',
    engine: '引擎',
    app: '应用',
    appearance: '外观',
    theme: { system: '跟随系统', light: '浅色', dark: '深色' },
    language: '语言',
    languages: { system: '跟随系统', en: 'English', 'zh-CN': '简体中文' },
    otherAppsData: 'Docker Desktop 和 OrbStack 的磁盘',
    otherAppsDataHint:
      'Careen 会读取它们的设置和磁盘文件的大小，以得知磁盘有多满。macOS 会询问是否允许 Careen 访问其他应用的数据。',
    launchAtLogin: '登录时启动',
    launchAtLoginHint: '登录后 Careen 在托盘中启动，不打开窗口。',
    pause: '暂停',
    pauseHint: '暂停期间 Careen 不会自行开始任何操作，也不主动提醒。',
    pausedUntil: (when: string) => `已暂停，${when}继续。`,
    pauseFor: { hour: '一小时', tomorrow: '到明天', days: (n: number) => `${n} 天` },
    pauseDays: '暂停的天数',
    resume: '现在继续',
    data: '数据',
    home: '数据文件夹',
    moved: (file: string, to: string) => `${file} 已移到 ${to}，改用默认值。`,
    ...settingsGroups,
  },
  policy: {
    byItself: '自动清理',
    mode: { suggest: '只建议', confirm: '先询问', auto: '自动' },
    modeHint: {
      suggest: 'Careen 只显示可以清理什么，不会自行开始。',
      confirm: 'Careen 到时制定计划，等你决定。',
      auto: 'Careen 自动移除能够恢复的，以及明显的中间产物。',
    },
    containers: '容器',
    networks: '网络',
    buildCache: '构建缓存',
    afterUpdate: '更新之后',
    afterUpdateHint: '新版本通过验证后，清理被更新替换的内容',
    lowered: {
      'writable-by-others': (path: string, mode: string) =>
        `策略写的是“${mode}”，但其他用户可以改写 ${path}。修正之前 Careen 只提建议。`,
      'owned-by-another': (path: string, mode: string) =>
        `策略写的是“${mode}”，但 ${path} 属于另一个用户。修正之前 Careen 只提建议。`,
    },
  },
  noEngine: {
    title: '没有 Docker 引擎应答。',
    lead: '没有作任何改动。Careen 会继续查找，有引擎应答就自动继续。',
    replaced: '应答的已不是原来的引擎。',
    replacedLead: '没有作任何改动。在你说明它是哪个引擎之前，Careen 不会查看其中的内容。',
    looking: '正在查找 Docker 引擎。',
    lookingLead: '依次询问 docker 命令会查找的位置。',
    start: '启动一个',
    contextNamed: (name: string) => `Docker 上下文 ${name}`,
    asItWas: '之前的情况',
    remembered: (n: number) => `记住了 ${images(n)}。`,
    wasDisk: (of: string) => `引擎磁盘已用 ${of}。`,
    waited: (canGo: string | null, updates: number) => {
      const parts = [
        ...(canGo === null ? [] : [spaced(`当时可释放${canGo}`)]),
        ...(updates === 0 ? [] : [`有 ${count(updates)} 个更新可用`]),
      ];
      return parts.length === 0 ? [] : [`${parts.join('，')}。`];
    },
    lookAtImages: '查看镜像',
    actingWaits: '；有引擎应答后才能清理。',
    permission:
      '你无权打开 Docker 套接字。以下命令将你加入它的用户组，此后你运行的每个程序都等同于拥有 root 权限；执行后请重新登录：',
  },
};
