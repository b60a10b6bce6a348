import type { welcomeScreen as english } from '../../en/window/welcome.js';
import { count } from '../../count.js';

const images = (n: number) => `${count(n)} 个镜像`;

export const welcomeScreen: typeof english = {
  welcome: {
    label: '初次使用',
    step: (n, of) => `第 ${count(n)} 步，共 ${count(of)} 步`,
    back: '上一步',
    next: '下一步',
    skip: '跳过',
    start: (level) => `以“${level}”开始`,
    skipped: (level) => `内置策略已生效：相当于“${level}”，清理之前一定会询问。没有写入任何文件。`,
    found: {
      title: (engine) => `找到了 ${engine}。`,
      lead: '只读取了其中的内容，没有作任何改动。未经你同意，不会清理任何内容。',
      reading: '正在向 Docker 询问其中的内容。',
      engine: '引擎',
      address: '地址',
      there: '现有内容',
      images: (n, bytes) => `${n}，占用 ${bytes}`,
      containers: (n) => `${count(n)} 个容器`,
      next: '下一步：可以清理多少',
    },
    much: {
      title: '可以清理多少？',
      lead: (n, engine) =>
        `Careen 已读取 ${engine} 上的 ${images(n)}。选一个起点；每个数字都是今天可以清理的量。现在不会清理任何内容，所有规则以后都能改。`,
      leadWithout: '还没有引擎应答，因此没有数字。先选一个起点；所有规则以后都能改。',
      choices: '起点',
      level: { careful: '谨慎', balanced: '均衡', tight: '紧凑' },
      stays: (last, within, lately) =>
        `每个仓库保留最新 ${count(last)} 个版本${within === null ? '' : `（${within}内用过的）`}，以及 ${lately}内用过的所有镜像。`,
      images,
      ofThem: (n) => `其中 ${count(n)} 个须勾选`,
      unsure:
        '有些镜像 Careen 还不知道上次何时用过，或者能否重新拉取。它们会列出来，只有你勾选才会清理。',
      never: {
        used: '容器用到的镜像都会保留，无论是否在运行',
        replaced: (span) => `更新替换下来的镜像保留 ${span}`,
        volumes: '卷只有逐个指定才会清理',
        rest: '没有规则涉及的一律保留',
      },
      would: (level) => `“${level}”今天会清理什么`,
      next: '接下来：何时运行，是否询问',
    },
    when: {
      title: '何时运行，是否询问？',
      lead: '只有出现下列情况之一，才会自动开始清理。',
      runs: '何时运行',
      schedule: '定时',
      scheduleHint: '当地时间中午 12 点',
      schedules: { daily: '每天', weekly: '每周一', never: '不定时' },
      pressure: '磁盘快满时',
      pressureHint: (high, budget) =>
        `引擎磁盘用量超过 ${high}${budget === null ? '' : `，或镜像占用超过 ${budget}`}`,
      asks: '是否询问',
      auto: '不询问而直接清理，以后可以在策略里开启。',
      around: '其他',
      check: '检查更新',
      checkHint: '用你自己的凭据查询镜像仓库；没有你的同意不会更新',
      checks: { '6h': '每 6 小时', '24h': '每天', '7d': '每周' },
    },
  },
};
