import type {
  Advice,
  Evidence,
  PolicyEdit,
  RuleFault,
  Safety,
} from '../../domain/suggestions/types.js';
import type { Reclaimable } from '../../domain/verdict/types.js';
import type { suggestion as english } from '../en/suggestion.js';
import { count } from '../count.js';
import { shortName } from '../short.js';
import type { AdviceText } from '../types.js';
import { list, type format } from './format.js';
import { spaced } from './spacing.js';
import { theRule } from './rule.js';
import { things } from './things.js';

const fault: Record<RuleFault, (rule: string) => string> = {
  'never-matches': (rule) => `${rule}没有匹配到任何内容`,
  'never-removes': (rule) => `${rule}永远不会清理任何内容`,
  'keeps-everything': (rule) => `${rule}会保留一切`,
  'removes-nothing': () => '策略不会清理任何内容',
};

const faultWhy: Record<RuleFault, string> = {
  'never-matches': '没有这个名字的镜像',
  'never-removes': '它要清理的都被另一条规则保留了',
  'keeps-everything': '有它在，其他规则都清理不了什么',
  'removes-nothing': 'remove 下面没有规则',
};

export function suggestion(f: ReturnType<typeof format>): ReturnType<typeof english> {
  const named = (names: readonly string[]) => list(names.map(shortName));

  const title = (e: Evidence, now: number): string => {
    switch (e.id) {
      case 'superseded':
        return `${count(e.images)} 个旧的 ${e.repository} 镜像`;
      case 'project-gone':
        return `项目 ${e.project} 已经不在了`;
      case 'exited-containers':
        return `${count(e.containers)} 个早已停止的容器`;
      case 'build-cache':
        return `${f.duration(e.unusedFor)}未使用的构建缓存`;
      case 'unused-volumes':
        return `${count(e.volumes)} 个没有容器使用的卷`;
      case 'same-content':
        return `${count(e.images)} 个层相同的镜像`;
      case 'foreign-platform':
        return spaced(`${count(e.images)} 个用于${list(e.platforms)}的镜像`);
      case 'policy-rule':
        return fault[e.fault](e.rule === null ? '' : theRule({ ...e, rule: e.rule }));
      case 'unbounded-logs':
        return `${count(e.containers)} 个容器的日志没有上限`;
      case 'writes-much':
        return `${e.container} 在容器内部写入了很多数据`;
      case 'costly-keep':
        return `${theRule(e)}保留的空间最多`;
      case 'fills-first':
        return e.fullAt <= now ? '磁盘已满' : `磁盘大约 ${f.age(now, e.fullAt)}后会满`;
      case 'host-bytes':
        return '虚拟机的磁盘文件比里面的内容大';
    }
  };

  const why = (e: Evidence, now: number): string => {
    switch (e.id) {
      case 'superseded':
        return `较新的 ${count(e.newer)} 个会留下`;
      case 'project-gone': {
        const { images: image, containers: container, volumes: volume, networks: network } = e;
        const left = spaced(`留下了${things({ image, container, volume, network })}`);
        return e.folder === null ? left : `${left}；${e.folder} 已不存在`;
      }
      case 'exited-containers':
        return e.images === 0
          ? named(e.names)
          : `${named(e.names)}；${count(e.images)} 个镜像只有它们在用`;
      case 'build-cache':
        return `共 ${f.bytes(e.bytes)}，其中保留 ${f.bytes(e.keep)}；以后构建会重新产生`;
      case 'unused-volumes':
        return list(
          e.first.map(({ name, mountedAt, by }) => {
            const place =
              mountedAt === null ? '' : `（${mountedAt}${by === null ? '' : `，容器 ${by}`}）`;
            return `${shortName(name)}${place}`;
          }),
        );
      case 'same-content':
        return `启动设置可能不同；${named(e.names)}`;
      case 'foreign-platform':
        return `这个引擎运行的是 ${e.own}；${named(e.names)}`;
      case 'policy-rule':
        return faultWhy[e.fault];
      case 'unbounded-logs':
        return `${named(e.names)}；${e.running === 0 ? '都没有运行' : `其中 ${count(e.running)} 个在运行`}`;
      case 'writes-much':
        return '更新时会丢失；放进卷里才能留住';
      case 'costly-keep':
        return `没有它，还可以清理 ${count(e.images)} 个镜像`;
      case 'fills-first':
        return e.nextRun === null ? '没有安排清理' : spaced(`下次清理：${f.when(e.nextRun, now)}`);
      case 'host-bytes':
        return e.returns === 'shortly' ? '它通常会自行归还' : '它重新启动时会归还';
    }
  };

  const advice = (a: Advice, e: Evidence): AdviceText => {
    switch (a.advice) {
      case 'limit-logs':
        return {
          text: 'Docker 会保留这些容器写出的全部日志。请在 compose 文件里或创建容器时设定上限，然后重新创建容器。',
          copy: [
            'logging: { driver: json-file, options: { max-size: "10m", max-file: "3" } }',
            'docker run --log-opt max-size=10m --log-opt max-file=3 …',
          ],
        };
      case 'use-volume':
        return {
          text: '它写入的数据就在容器内部，会随容器一起消失。请先看看写在哪里，再给那个目录挂一个卷。',
          copy: e.id === 'writes-much' ? [`docker diff ${e.container}`] : [],
        };
      case 'edit-policy':
        return {
          text: '请在策略文件里改写这条规则。下面的命令会指出在哪一行。',
          copy: ['careen policy check policy.yaml'],
        };
      case 'make-room':
        return {
          text: '按现有规则，目前没有可以清理的内容。请看看磁盘被什么占用：卷和旧版本只有在你指定时才会清理；少保留一些的规则也能多腾出空间。',
          copy: ['careen space', 'careen suggest --measure'],
        };
      case 'give-back':
        return giveBack(a.product);
    }
  };

  const frame = {
    heading: '建议',
    none: '目前没有。',
    all: (n: number) => `查看全部 ${count(n)} 条`,
    fewer: '收起',
    dismiss: (title: string) => `不再提示：${title}`,
    dismissed: (n: number) => `有 ${count(n)} 条建议不再提示。`,
    restore: '重新显示',
    measure: '统计容器日志',
    measured: (when: string) => spaced(`容器日志的统计时间：${when}。`),
    measureAgain: '重新统计日志',
    measuring: 'Docker 正在统计卷和日志，可能要几分钟。',
    edit: (e: PolicyEdit) =>
      e.edit === 'remove-rule'
        ? `从 ${e.list} 中去掉${theRule({ ...e, rule: e.id })}`
        : `在 ${e.list} 中加入规则“${e.rule.id}”`,
    effect: (n: number, bytes: Reclaimable) =>
      n === 0
        ? '目前不会因此多清理任何镜像。修改本身不会清理任何内容。'
        : `之后还可以清理 ${count(n)} 个镜像，${f.reclaimable(bytes)}。修改本身不会清理任何内容。`,
    andMore: (n: number) => `还有 ${count(n)} 个`,
    change: '修改策略',
  };

  return { title, why, advice, safety, button, frame };
}

const safety: Record<Safety, string | null> = {
  safe: null,
  asks: '不确定是否都能恢复',
  data: '写入的数据无法恢复',
  told: null,
};

const button = { plan: '查看', policy: '预览', advice: '怎么做' };

function giveBack(product: Extract<Advice, { advice: 'give-back' }>['product']): AdviceText {
  switch (product) {
    case 'docker-desktop':
      return {
        text: 'Docker Desktop 通常在镜像清理后不久就归还空间。如果没有，可以用下面的命令要求它归还。它会运行 Docker 的一个特权容器，所以由你自己决定。',
        copy: ['docker run --privileged --pid=host docker/desktop-reclaim-space'],
      };
    case 'orbstack':
      return { text: 'OrbStack 会自行归还空间，通常要过一会儿。', copy: [] };
    case 'colima':
      return {
        text: 'Colima 在下次启动时归还空间，也可以现在要求它归还。',
        copy: ['colima ssh -- sudo fstrim -a'],
      };
    case 'rancher-desktop':
      return {
        text: 'Rancher Desktop 每次启动时归还空间。',
        copy: ['rdctl shutdown', 'rdctl start'],
      };
    default:
      return { text: '虚拟机重新启动时会归还空间。', copy: [] };
  }
}
