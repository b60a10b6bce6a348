import type { WireError } from '../../contract/wire.js';
import type { UpdatePreview, UpdateRefusal } from '../../contract/update-preview.js';
import type {
  ProofFailure,
  StepKind,
  TakenOverBy,
  UpdatedContainer,
  UpdateResult,
} from '../../contract/update-steps.js';
import { isNotBack } from '../../contract/update-outcome.js';
import type { Owner } from '../../domain/owners/types.js';
import type { OnItsWay } from '../../domain/swarm/tasks.js';
import type { CheckVerdict, HeldBack, ModeReason, NotChecked } from '../../domain/update/types.js';
import type { update as english } from '../en/update.js';
import { count } from '../count.js';
import { shortName } from '../short.js';
import { versionName, versionPair } from '../version.js';
import { list, type format } from './format.js';
import { ownerUpdates } from './owner.js';
import { serviceLines } from './service.js';
import { spaced } from './spacing.js';

type Skipped = Extract<UpdateResult, { state: 'skipped' }>['why'];

const notChecked: Record<NotChecked, string> = {
  pinned: '固定到摘要：始终是这个版本。',
  'local-build': '在本机构建：没有镜像仓库知道它。',
  ignored: '更新方式为“忽略”，因此不检查。',
  'owner-pulls': '不检查：创建它的工具会自己拉取镜像。',
  'no-reference': '它的镜像没有名称，因此无从查询。',
};

const steps: Record<StepKind, (from: string) => string> = {
  retain: (from) => `保留 ${from} 供回滚`,
  pull: () => '拉取',
  'hook-before': () => '运行更新前的钩子',
  create: () => '在旁边创建新容器',
  'copy-volumes': () => '复制卷',
  'restart-policy-off': () => '不让旧容器再次启动',
  stop: () => '停止旧容器',
  rename: () => '把名称交给新容器',
  start: () => '启动新容器',
  prove: () => '验证',
  'hook-after': () => '运行更新后的钩子',
  dependants: () => '随它所依赖的容器一起重启',
  retire: () => '移除旧容器',
  tag: () => '把标签指向目标镜像',
  'clean-up': () => '按策略清理',
  restore: () => '恢复卷的副本',
  'roll-out': () => '由 Swarm 替换它的任务',
};

const takenOver: Record<TakenOverBy, string> = {
  removed: '移除了它',
  renamed: '改了它的名称',
  stopped: '停止了它',
  restarted: '重启了它',
  recreated: '重新创建了它',
  image: '换了它的镜像',
  written: '改了它的设置',
  'rolled-back': '让 Swarm 回滚了它',
};

const standstill: Record<OnItsWay, string> = {
  assigned: '新任务的节点没有接手它',
  accepted: '新任务的节点没有开始处理它',
  preparing: '新任务的节点没有准备好镜像',
  ready: '新任务没有被启动',
  starting: '新任务没有变为健康',
};

export function update(
  f: ReturnType<typeof format>,
  error: (e: WireError) => string,
): ReturnType<typeof english> {
  const exited = (code: number | null) => (code === null ? '' : `，退出码 ${code}`);
  const said = (message: string) => (message === '' ? '' : `：${message.replace(/[.。\s]+$/, '')}`);

  const job = '它是一次性作业：更新会让它再运行一遍。可用 "docker service update"。';

  const heldBack = (held: HeldBack, now: number): string => {
    switch (held.code) {
      case 'min-age':
        return `发布时间还没有达到策略的要求，${f.when(held.until, now)}即可更新。`;
      case 'snoozed':
        return `你已推迟它，${f.when(held.until, now)}再提示。`;
      case 'skipped':
        return '你跳过了这个版本；下一个版本会再提示。';
      case 'rolled-back':
        return `${f.when(held.at, now)}已回滚；不会再自动更新到这个版本。`;
      case 'too-large':
        return `需要拉取 ${f.bytes(held.bytes)}，超过策略允许自动拉取的 ${f.bytes(held.most)}。`;
      case 'major-with-data':
        return '这是大版本更新，而它有数据：不会自动进行。';
      case 'never-starts':
        return '它先启动新任务（start-first），而新任务会一直等待：能接收它的节点都没有旧任务之外的余地（节点端口、预留的内存和 CPU，或每个节点的任务数上限）。只有单独指定时才更新。可用 "docker service update --update-order stop-first" 更改。';
      case 'not-running':
        return '它没有运行，只有单独指定时才更新，更新也不会启动它。';
      case 'paused':
        return '它已暂停。请先恢复运行。';
      case 'job':
        return job;
      case 'built-here':
        return '在本机以同一标签构建：只有单独指定时才应用。';
    }
  };

  const proofFailure = (p: ProofFailure): string => {
    switch (p.code) {
      case 'unhealthy':
        return '它的健康检查报告不健康。';
      case 'exited':
        return `它退出了${exited(p.exitCode)}。`;
      case 'restarting':
        return `它无法保持运行：重启了 ${count(p.restarts)} 次。`;
      case 'not-started':
        return `它没有启动${said(p.message)}。`;
      case 'not-healthy-in-time':
        return `它在 ${f.duration(p.ms)}内没有变为健康。`;
      case 'probe':
        return `它没有通过探测${said(p.message)}。`;
      case 'hook':
        return `更新后的钩子失败${exited(p.exitCode)}${said(p.message)}。`;
      case 'root-failed':
        return `与它一起更新的 ${p.container} 失败了。`;
      case 'swarm':
        return `Swarm 已自行回滚${said(p.message)}。`;
      case 'task-died':
        return `Swarm 报告完成之后，有任务退出${said(p.message)}。`;
      case 'tasks-replaced':
        return `它的任务无法保持运行：被替换了 ${count(p.times)} 次。`;
      case 'tasks-missing':
        return `${count(p.wanted)} 个任务中只有 ${count(p.running)} 个在运行。`;
      case 'stuck':
        return {
          'host-port': `新任务在等待旧任务占用的端口${said(p.message)}。`,
          pending: `Swarm 没有为新任务找到节点${said(p.message)}。`,
          'not-begun': 'Swarm 没有开始；它的管理节点可能没有领导者。',
        }[p.by];
      case 'standstill':
        return `${f.duration(p.ms)}内${standstill[p.state]}${said(p.message)}。`;
      case 'cancelled':
        return '你取消了它。';
    }
  };

  const refusal = (r: UpdateRefusal): string => {
    switch (r.code) {
      case 'owned':
        return ownerUpdates(r.owner);
      case 'paused':
        return '它已暂停。请先恢复运行。';
      case 'not-checked':
        return Object.hasOwn(notChecked, r.why)
          ? notChecked[r.why as NotChecked]
          : '它没有被检查，因此不知道有没有新版本。';
      case 'nothing-new':
        return '它已是最新版本。';
      case 'no-room':
        return `拉取需要 ${f.bytes(r.needed)}，而可用空间是 ${f.bytes(r.available)}。请先腾出空间。`;
      case 'service':
        return r.why === 'job' ? job : 'Swarm 正在处理它。请等它结束。';
      case 'unreachable':
        return error(r.error);
    }
  };

  const skipped = (why: Skipped, now: number): string => {
    switch (why.code) {
      case 'held-back':
        return heldBack(why.held, now);
      case 'hook':
        return `更新前的钩子表示现在不更新${exited(why.exitCode)}。`;
      case 'cancelled':
        return '轮到它之前已取消。';
      case 'engine-lost':
        return '轮到它之前与 Docker 的连接中断了。';
      case 'changed':
        return '它与之前显示的已不同，因此没有更新。请重新查看。';
      case 'interrupted':
        return '轮到它之前就结束了。';
      case 'gone':
        return '它已经不在了。';
      default:
        return refusal(why);
    }
  };

  const result = (c: Pick<UpdatedContainer, 'from' | 'to' | 'result'>, now: number): string => {
    const { from, to } = versionPair(c.from, c.to);
    const r = c.result;
    switch (r?.state) {
      case undefined:
        return '进行中。';
      case 'updated':
        return r.proven
          ? `已更新到 ${to}，并通过验证。`
          : `已更新到 ${to}；尚未通过验证，因此保留着 ${from}。`;
      case 'rolled-back':
        if (r.why.code === 'cancelled') return `你取消了到 ${to} 的更新，已回到 ${from}。`;
        return `已回滚到 ${from}：${to} 没有通过验证。${proofFailure(r.why)}`;
      case 'restored':
        return `已换回 ${to}。`;
      case 'released':
        return r.freed === null
          ? '已放弃为回滚保留的内容。'
          : `已放弃为回滚保留的内容，释放 ${f.bytes(r.freed)}。`;
      case 'restarted':
        return '已随它所依赖的容器一起重启。';
      case 'skipped':
        return `未改动。${skipped(r.why, now)}`;
      case 'taken-over':
        return `中途有其他程序${takenOver[r.by]}。Careen 已停下，没有再动它。`;
      case 'failed':
        return isNotBack(r)
          ? error(r.error)
          : `没有更新：它和之前一样是 ${from}。${error(r.error)}`;
    }
  };

  return {
    versionName,
    versionPair,
    majors: (containers) =>
      spaced(
        `${list(containers, 12)} 要跨大版本，并且有数据：新版本写入其中的内容会留下，即使回滚也不会撤销。`,
      ),
    fromTo(c): string {
      const { from, to } = versionPair(c.from, c.to);
      return `${from} → ${to}`;
    },
    mode: { auto: '自动', notify: '先通知', tell: '只告知', ignore: '忽略' },
    modeMeans: {
      auto: '自动更新并验证',
      notify: '有新版本时告诉你，由你决定',
      tell: '告诉你怎样用它自己的工具更新',
      ignore: '不检查',
    },
    modeReason(r: ModeReason): string {
      switch (r.by) {
        case 'name':
          return '策略中单独列出了它。';
        case 'entry':
          return `由策略${r.matches ? `针对 ${list(r.matches.map(shortName))} ` : ''}的条目决定。`;
        case 'default':
          return `策略的默认方式（${r.rule}）。`;
        case 'label':
          return `由它的 Label ${r.label} 决定。`;
        case 'owner':
          return `它由 ${r.tool} 创建，${r.tool} 不会识别新建的容器，因此 Careen 到此为止。`;
        case 'other-updater':
          return `${r.tool} 也在更新这里的容器，因此不会自动进行。`;
        case 'elsewhere':
          return '引擎在另一台机器上，那里不会自动进行，由你决定。';
        case 'recreated':
          return '上次更新它的不是 Careen，因此不会自动进行；由你更新一次，或在策略中单独列出它，即可恢复。';
      }
    },
    verdict(v: CheckVerdict): string {
      switch (v.state) {
        case 'current':
          return '它已是最新版本。';
        case 'available':
          return {
            registry: '镜像仓库中有新版本。',
            pulled: '新版本已拉取，尚未应用。',
            built: '新版本已在本机构建，尚未应用。',
          }[v.source];
        case 'not-checked':
          return notChecked[v.why];
        case 'gone':
          return '镜像仓库中已没有这个标签。正在运行的不受影响；请换一个标签。';
        case 'unchecked':
          return '还没有检查过。';
      }
    },
    owner: (owner: Owner): string => ownerUpdates(owner),
    service: serviceLines(f),
    noManager:
      '此引擎是 Swarm 的节点，但没有管理节点应答：不检查服务，它们可能需要的镜像会保留。请在管理节点的引擎上查看。',
    heldBack,
    proofFailure,
    refusal,
    skipped,
    result,
    step: (step: StepKind, from: string): string => steps[step](from),
    changeKind: { inherited: '来自新镜像', dropped: '不再带上', kept: '原样保留' },
    pulls: ({ to, pull }: Pick<UpdatePreview, 'to' | 'pull'>): string => {
      if (to.imageId !== null) return '新镜像已在本机。';
      if (pull === null) return '需要拉取多少无从得知。';
      return pull === 0 ? '各层都已在本机，只需拉取镜像的描述。' : `至多拉取 ${f.bytes(pull)}。`;
    },
    dataStays: (names: readonly string[]): string =>
      spaced(`回滚不会撤销写入 ${list(names)} 的数据。`),
    downFor: (ms: number): string => `中断 ${f.seconds(ms)}`,
    recovered: {
      finished: 'Careen 中途退出；下次启动时完成了它。',
      'rolled-back': 'Careen 中途退出；下次启动时回滚了它。',
    },
    otherUpdated: (name: string, at: number, now: number): string =>
      `${f.when(at, now)}有其他程序更新了 ${name}。`,
    updates: (n: number): string => `${count(n)} 个更新`,
    summary(containers): string {
      const of = (...states: UpdateResult['state'][]) =>
        containers.filter(({ result: r }) => r !== null && states.includes(r.state)).length;
      const parts = [
        ['更新', of('updated')],
        ['换回', of('restored')],
        ['放弃保留', of('released')],
        ['回滚', of('rolled-back')],
        ['失败', of('failed', 'taken-over')],
        ['未改动', of('skipped')],
      ] as const;
      return parts
        .filter(([, n]) => n > 0)
        .map(([word, n]) => `${word} ${count(n)} 个`)
        .join('，');
    },
  };
}
