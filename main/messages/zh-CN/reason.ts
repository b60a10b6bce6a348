import type { ContainerState, Recoverable } from '../../domain/facts.js';
import type { RuleName } from '../../domain/policy/rule-name.js';
import type { ServiceNeed } from '../../domain/swarm/holds.js';
import type { Age, ChangesWhen, Reason, ReasonKind } from '../../domain/verdict/types.js';
import type { reason as english } from '../en/reason.js';
import { servicesOf } from '../services.js';
import { shortId } from '../short.js';
import type { ReasonContext, RecoverableState, VerdictOf } from '../types.js';
import { list, type format } from './format.js';
import { ownerSentence } from './owner.js';
import { rule, theRule } from './rule.js';
import { spaced } from './spacing.js';

type Keep = Extract<Reason, { kind: 'keep'; code: 'rule' }>;
type Remove = Extract<Reason, { kind: 'remove'; code: 'rule' }>;
type Young = Extract<Reason, { code: 'young' }>;
type Part = Extract<Reason, { code: 'part' }>;

const by = (name: RuleName) => spaced(`依据${rule(name)}`);

const state: Record<ContainerState, string> = {
  created: '还没有启动',
  running: '正在运行',
  paused: '已暂停',
  restarting: '正在重启',
  removing: '正在被移除',
  exited: '已退出',
  dead: '已失效',
  unknown: '处于 Careen 不认识的状态',
};

export function reason(f: ReturnType<typeof format>): ReturnType<typeof english> {
  const named = ({ name = shortId }: ReasonContext, ids: readonly string[]) => list(ids.map(name));

  const services = (needs: readonly ServiceNeed[]) => {
    const runs = servicesOf(needs, 'spec');
    return runs.length > 0
      ? spaced(`服务 ${list(runs)} 正在运行它`)
      : spaced(`服务 ${list(servicesOf(needs))} 回滚时需要它`);
  };

  const aged = (age: Age, now: number) => {
    const past = f.age(age.since, now);
    switch (age.from) {
      case 'used':
        return `${past}前用过`;
      case 'arrived':
        return `${past}前首次出现，之后没有用过`;
      case 'lastTagged':
        return `${past}前打的标签，之后没有用过`;
      case 'created':
        return `${past}前创建，没有使用记录`;
      case 'finished':
        return `${past}前结束`;
    }
  };

  const young = (r: Young, now: number) =>
    r.age === null
      ? '保留：不知道它从什么时候起没有被使用。'
      : `保留：${aged(r.age, now)}，还在 ${r.part} 规定的 ${f.duration(r.unusedFor)}之内。`;

  const fate = ({ going = true, gone = false }: ReasonContext) => {
    if (gone) return '已移除';
    return going ? '将清理' : '由你选择后可清理';
  };

  const part = (r: Part, context: ReasonContext) => {
    const { now } = context;
    if (r.keep !== null)
      return `${fate(context)}：${f.duration(r.unusedFor)}没有使用的部分，清理到剩 ${f.bytes(r.keep)} 为止（${r.part}）。`;
    return r.age === null
      ? `${fate(context)}：依据 ${r.part}。`
      : `${fate(context)}：${aged(r.age, now)}，超过了 ${r.part} 规定的 ${f.duration(r.unusedFor)}。`;
  };

  const keep = (r: Keep, now: number) => {
    const parts: string[] = [];
    if (r.rank !== null && r.last !== null)
      parts.push(`在要保留的 ${r.last} 个版本中排第 ${r.rank} 新`);
    if (r.usedWithin !== null)
      parts.push(
        r.age === null
          ? `使用时间未知，视为在 ${f.duration(r.usedWithin)}之内`
          : `${aged(r.age, now)}，在 ${f.duration(r.usedWithin)}之内`,
      );
    return parts.length === 0
      ? `保留：符合${theRule(r)}。`
      : `保留：${parts.join('；')}（${rule(r)}）。`;
  };

  const remove = (r: Remove, context: ReasonContext) => {
    const { now } = context;
    if (r.age === null) return `${fate(context)}：符合${theRule(r)}。`;
    const why =
      r.age.from === 'used' ? `已有 ${f.age(r.age.since, now)}没有使用` : aged(r.age, now);
    return `${fate(context)}${r.age.estimated ? '（估计）' : ''}：${why}（${rule(r)}）。`;
  };

  const sentence = (r: Reason, context: ReasonContext): string => {
    switch (r.kind) {
      case 'hold':
        switch (r.code) {
          case 'used':
            return spaced(`保留：容器 ${list(r.containers)} 正在使用它。`);
          case 'base-of':
            return spaced(`保留：${named(context, r.images)} 以它为基础，并且会留下。`);
          case 'rollback':
            return `保留：容器 ${r.container} 回滚时需要它。`;
          case 'unproven':
            return `保留：容器 ${r.container} 的更新还没有得到验证。`;
          case 'fact-unknown':
            return '保留：Docker 没有说明哪些容器在使用它。';
          case 'service':
            return `保留：${services(r.needs)}。`;
          case 'service-unknown':
            return '保留：没有 Swarm 管理节点应答，可能有服务需要它。把一个管理节点加入引擎列表，就能问到。';
          case 'owner':
            return ownerSentence(r);
          case 'project':
            return `保留：它属于项目 ${r.project}。`;
          case 'state':
            return `保留：容器${state[r.state]}。`;
          case 'built-in':
            return '保留：它是 Docker 自带的。';
        }
        break;
      case 'protect':
        if (r.code === 'container-label') return `受保护：容器 ${r.container} 的 Label 要求保留。`;
        return `受保护：${by(r)}${r.until === null ? '' : `，到 ${f.date(r.until - 1, context.now)}为止`}${r.note === null ? '' : `（${r.note}）`}。`;
      case 'grace':
        return `保留：${f.age(r.since, context.now)}前才出现在本机或打上标签，宽限期到 ${f.when(r.until, context.now)}为止。`;
      case 'keep':
        if (r.code === 'young') return young(r, context.now);
        if (r.code === 'small') return `保留：未超过 ${r.part} 允许的 ${f.bytes(r.keep)}。`;
        return keep(r, context.now);
      case 'remove':
        if (r.code === 'named') return `${fate({ ...context, going: true })}：这是你指定的。`;
        return r.code === 'part' ? part(r, context) : remove(r, context);
      case 'default':
        switch (r.code) {
          case 'no-rule':
            return '保留：没有规则允许清理它。';
          case 'not-enabled':
            return `保留：策略中的 ${r.part} 没有启用。`;
          case 'by-name-only':
            return '保留：卷只有在你指定之后才会移除。';
        }
    }
  };

  const short = (r: Reason, context: ReasonContext): string => {
    switch (r.kind) {
      case 'hold':
        switch (r.code) {
          case 'used':
            return spaced(`${list(r.containers, 2)} 在用`);
          case 'base-of':
            return `${f.count(r.images.length)} 个镜像的基础`;
          case 'rollback':
            return `${r.container} 回滚需要`;
          case 'unproven':
            return `${r.container} 的更新未验证`;
          case 'fact-unknown':
            return '使用情况未知';
          case 'service':
            return spaced(`服务 ${list(servicesOf(r.needs), 2)} 需要`);
          case 'service-unknown':
            return '服务情况未知';
          case 'owner':
            return r.unit === null ? `${r.tool} 需要` : `${r.tool} ${r.unit} 需要`;
          case 'project':
            return `属于项目 ${r.project}`;
          case 'state':
            return state[r.state];
          case 'built-in':
            return 'Docker 自带';
        }
        break;
      case 'protect':
        return r.code === 'rule' ? by(r) : `${r.container} 的 Label`;
      case 'grace':
        return spaced(`新镜像，宽限到 ${f.when(r.until, context.now)}`);
      case 'keep':
        if (r.code === 'young') return r.age === null ? '时间未知' : aged(r.age, context.now);
        if (r.code === 'small') return `未超过 ${f.bytes(r.keep)}`;
        if (r.rank !== null && r.last !== null)
          return r.rank === 1 ? '最新版本' : `第 ${r.rank} 新，保留 ${r.last} 个`;
        return r.age === null ? rule(r) : `${f.age(r.age.since, context.now)}前用过`;
      case 'remove':
        if (r.code === 'named') return '由你指定';
        if (r.code === 'part')
          return r.age === null ? `依据 ${r.part}` : `${f.age(r.age.since, context.now)}没有使用`;
        if (r.age === null) return rule(r);
        return r.age.from === 'created'
          ? `${f.age(r.age.since, context.now)}前创建`
          : `${f.age(r.age.since, context.now)}没有使用`;
      case 'default':
        switch (r.code) {
          case 'no-rule':
            return '没有规则';
          case 'not-enabled':
            return `${r.part} 未启用`;
          case 'by-name-only':
            return '只能单独指定';
        }
    }
  };

  const verdict = ({ verdict: v, going, decidedBy, code }: VerdictOf): string => {
    if (v === 'remove') return going ? '将清理' : '可清理';
    const holds: Record<string, string> = {
      used: '使用中',
      'base-of': '基础镜像',
      rollback: '回滚备用',
      unproven: '更新未验证',
      'fact-unknown': '未知',
      service: '被依赖',
      'service-unknown': '未知',
      owner: '被依赖',
      project: '属于项目',
      state: '使用中',
      'built-in': '自带',
    };
    const kinds: Record<ReasonKind, string> = {
      hold: holds[code] ?? '保留',
      protect: '受保护',
      grace: '新镜像',
      keep: '保留',
      remove: '保留',
      default: '保留',
    };
    return kinds[decidedBy];
  };

  const changesOn = {
    newerVersion: '有更新的版本到来时',
    containerGone: '不再有容器使用它时',
    ruleChange: '策略改变时',
    fact: 'Careen 了解到更多情况时',
  } as const;

  const recoverable: Record<RecoverableState, string> = {
    verified: '镜像仓库中仍有',
    likely: '多半可以重新拉取',
    no: '无法恢复',
    unknown: '不确定能否恢复',
  };

  return {
    reason: sentence,
    reasonShort: short,
    verdict,
    changesWhen(changes: readonly ChangesWhen[], now: number): string {
      if (changes.length === 0) return '目前看不到会改变它的事。';
      const parts = changes.map((c) => ('at' in c ? f.when(c.at, now) : changesOn[c.on]));
      return spaced(`可能改变：${parts.join('，或')}。`);
    },
    recoverable: (r: Recoverable | RecoverableState) =>
      recoverable[typeof r === 'string' ? r : r.state],
    kind: {
      hold: '使用中或被依赖',
      protect: '受保护',
      grace: '新镜像',
      keep: '按规则保留',
      remove: '将清理',
      default: '没有规则',
    },
    group: { unrecoverable: '无法恢复', estimates: '基于估计' },
  };
}
