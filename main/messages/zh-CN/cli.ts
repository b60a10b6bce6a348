import { isAnyGoing } from '../../contract/going.js';
import type { EngineFacts } from '../../domain/facts.js';
import type { FreeGoal, Plan } from '../../domain/plan/types.js';
import type { ReasonKind, Reclaimable } from '../../domain/verdict/types.js';
import type { cli as english } from '../en/cli.js';
import type { format } from './format.js';
import type { ThingCounts } from '../types.js';
import { cliEngines } from './cli-engines.js';
import { cliSuggest } from './cli-suggest.js';
import { cliUpdates } from './cli-updates.js';
import { things } from './things.js';
import { cleanUpScreen } from './window/clean-up.js';
import { spaced } from './spacing.js';

const { group } = cleanUpScreen.cleanup;

const keptAs: Record<ReasonKind, string> = {
  hold: '使用中或被依赖',
  protect: '受保护',
  grace: '新镜像',
  keep: '按规则保留',
  remove: '因另一个名称保留',
  default: '没有规则涉及',
};

export function cli(f: ReturnType<typeof format>): ReturnType<typeof english> {
  const images = (n: number) => `${f.count(n)} 个镜像`;
  return {
    heading: {
      verdict: '判断',
      size: '大小',
      id: 'ID',
      image: '镜像',
      why: '原因',
      created: '创建时间',
      used: '最近使用',
      usedBy: '使用者',
      when: '时间',
      outcome: '结果',
      removed: '项目',
      freed: '释放',
      run: 'ID',
      kind: '种类',
      by: '由谁发起',
    },
    never: '未知',
    untagged: (id: string) => `<无标签> ${id}`,
    status: {
      engine: '引擎',
      found: '来源',
      engineDisk: '引擎磁盘',
      hostDisk: '本机磁盘',
      images: '镜像',
      policy: '策略',
      lastRun: '上次清理',
      home: '数据文件夹',
      paused: '已暂停',
      byItself: '自动操作',
      next: '接下来',
    },
    byItself: {
      paused: '暂停中，什么也不做',
      suggest: '只显示可以清理什么',
      confirm: '移除之前先询问',
      auto: '移除可以恢复的内容',
      gap: (cause: string) => `${cause}：等重新观察满 24 小时`,
      offline: (cause: string) => `${cause}：等待镜像仓库可以访问`,
      battery: (cause: string) => `${cause}：等待接通电源`,
    },
    engine: (e: EngineFacts) => `${e.name} ${e.version}，位于 ${e.endpoint}，${e.store} 镜像存储`,
    noEngine: '无',
    notFound: (start: string) =>
      `没有找到 Docker 引擎。请启动一个（如 "${start}"），或用 --engine 指明它的套接字。`,
    looked: '已查找：',
    onDisk: (n: number, bytes: number) => `${images(n)}，占用 ${f.bytes(bytes)}`,
    canGo: (r: Reclaimable, n: number, of: Reclaimable) => {
      if (!isAnyGoing(r, n)) return '没有需要清理的。';
      const part = r.max === of.max ? images(n) : `其中 ${images(n)}占 ${f.reclaimable(of)}`;
      return spaced(`可释放 ${f.reclaimable(r)}${n === 0 ? '' : `，${part}`}。`);
    },
    couldGo: (n: number) => `另有 ${images(n)}，选入后也可以清理。`,
    policyDefault: (file: string) => `默认策略，因为没有 ${file}`,
    pausedUntil: (when: string) => spaced(`到 ${when}`),
    modeLowered: ({ why, path, from }) =>
      why === 'writable-by-others'
        ? `虽然策略写的是 ${from}，触发时只给出建议：其他用户可以改写 ${path}。对它执行 "chmod go-w" 即可恢复。`
        : `虽然策略写的是 ${from}，触发时只给出建议：${path} 属于另一个用户。把它改为你自己的即可恢复。`,
    movedAside: (file: string, to: string) => `${file} 无法读取，已移到 ${to}，改用默认值。`,
    running: '正在清理。',
    contextMoved: (name: string) =>
      `Docker 当前的上下文已是 "${name}"；在你选择之前，Careen 不会跟随。`,
    none: '还没有',
    plan: {
      head: (planId: string) => `计划 ${planId}，一小时内有效。`,
      goes: '将清理：',
      needsTick: (apart, sure) =>
        ({
          unrecoverable: `${group.unrecoverable(sure)}；只有加上 --also unrecoverable 才会清理：`,
          left: `${group.left}；只有加上 --also unrecoverable 才会清理：`,
          estimates: `${group.estimates}；只有加上 --also estimates 才会清理：`,
        })[apart],
      leftOut: '不在其中：',
      unticked: '只有用 --also 逐个指定才会移除，并且无法恢复：',
      kept: (kept: Plan['kept']) =>
        `保留：${kept.map(({ kind, images: n }) => `${f.count(n)} 个${keptAs[kind]}`).join('，')}。`,
      total: (what: ThingCounts, r: Reclaimable) =>
        spaced(`将移除 ${things(what)}，${f.reclaimable(r)}。`),
      free: ({ wanted, shortfall }: FreeGoal) =>
        shortfall === 0
          ? `足够释放 ${f.bytes(wanted)}；其中每一项都少不了。`
          : `不够释放 ${f.bytes(wanted)}：还差 ${f.bytes(shortfall)}，规则不允许再多。`,
      belongsTo: (name: string) => `属于 ${name}`,
      nothing: '没有可清理的。',
      run: (planId: string) => `按此移除：careen clean --plan ${planId}`,
      offline: '仅凭文件判断；没有询问引擎，也不能执行。',
    },
    keptAs,
    confirm: (what: ThingCounts, r: Reclaimable) =>
      spaced(`移除 ${things(what)}，${f.reclaimable(r)}？[y/N] `),
    lost: (what: ThingCounts, sure: boolean) =>
      spaced(`其中 ${things(what)}${sure ? '无法恢复' : '不确定能否恢复'}。`),
    yes: ['y', 'yes', '是'],
    progress: (done: number, total: number, what: string) => `${done}/${total}：${what}`,
    checking: '正在核对制定计划之后的变化…',
    measuring: '正在向引擎询问释放了多少…',
    cancelling: '处理完当前这一项后取消…',
    staying: '本命令已结束；还有别的 careen 命令要通过它完成，等它们结束后退出…',
    endsAll: '还有别的 careen 命令要通过它完成；再次中断会让它们也结束。',
    state: { removed: '已移除', restored: '已拉回', skipped: '已跳过', failed: '失败' },
    kind: {
      image: '镜像',
      container: '容器',
      network: '网络',
      volume: '卷',
      buildCache: '构建缓存',
    },
    removedHead: '已移除：',
    skippedHead: '已跳过：',
    failedHead: '失败：',
    outcome: {
      done: '完成',
      cancelled: '已取消',
      'engine-lost': 'Docker 断开',
      interrupted: '中断',
      failed: '失败',
      unhealthy: '状态不正常，已停止',
      running: '进行中',
    },
    protect: {
      changed: (file: string, until: string | null) =>
        spaced(`已保护${until === null ? '' : `到 ${until}`}，写入 ${file}：`),
      taken: (file: string) => `不再保护，写入 ${file}：`,
      already: '原本就受保护：',
      absent: '没有条目提到：',
    },
    slowed: { battery: '使用电池，已放慢', 'engine-busy': 'Docker 应答变慢，已放慢' },
    history: {
      empty: '还没有清理过。',
      none: '没有符合条件的记录。"careen history" 会列出全部。',
      kind: { clean: '清理', undo: '撤销', update: '更新', rollback: '回滚', release: '放弃保留' },
    },
    by: {
      window: '窗口',
      tray: '托盘',
      cli: '命令行',
      schedule: '计划时间',
      'after-update': '更新之后',
      pressure: '磁盘将满',
      'image-budget': '镜像限额',
      check: '检查',
    },
    undo: {
      restoredHead: '已重新拉取：',
      back: '可以重新拉取：',
      lost: '无法恢复：',
      nothing: '那次清理的内容都无法恢复。',
      confirm: (n: number) => `重新拉取 ${images(n)}？[y/N] `,
      done: (n: number) => (n === 0 ? '没有重新拉取任何镜像。' : `重新拉取了 ${images(n)}。`),
    },
    space: {
      images: '镜像，每层只算一次',
      containers: '容器写入的数据',
      volumes: '卷',
      buildCache: '构建缓存独占的部分',
      otherStore: '另一个镜像存储',
      rest: '不属于 Docker，或它没有说明的',
      explained: (explained: number, used: number | null) =>
        used === null
          ? `已说明 ${f.bytes(explained)}；总共用了多少未知。`
          : `已用 ${f.bytes(used)}，其中 ${f.bytes(explained)} 有说明。`,
      incomplete: 'Docker 没有及时统计完；缺少的部分算在其余里。',
    },
    engines: cliEngines(),
    suggest: cliSuggest(f),
    updates: cliUpdates(f),
    policy: {
      valid: (file: string) => `${file} 是有效的策略。`,
      warning: (place: string, sentence: string) => `${place}: 提醒：${sentence}`,
      stoodIn: '没有写明的采用：',
      written: (file: string) => `已写出 ${file}。修改后可用 "careen policy check" 检查。`,
    },
  };
}
