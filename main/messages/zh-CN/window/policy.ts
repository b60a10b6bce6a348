import type { policyScreen as english } from '../../en/window/policy.js';
import { count } from '../../count.js';
import { list } from '../format.js';
import { spaced } from '../spacing.js';
import { aboutKey } from './policy-keys.js';

const images = (n: number) => `${count(n)} 个镜像`;

export const policyScreen: typeof english = {
  policyPage: {
    unsaved: '未保存',
    reading: '正在读取策略。',
    unread: '无法读取策略。',
    saved: (n: number, amount: string) => `按此策略可以清理 ${images(n)}，${amount}。`,
    savedNone: '按此策略没有需要清理的镜像。',
    savedUnknown: '什么留下，什么可以清理。',
    draft: (more: number, moreBytes: string, less: number, lessBytes: string) => {
      if (more === 0 && less === 0) return '按此草稿，要清理的镜像不变。';
      if (less === 0) return `按此草稿会多清理 ${images(more)}，${moreBytes}。`;
      if (more === 0) return `按此草稿会少清理 ${images(less)}，${lessBytes}。`;
      return `按此草稿会多清理 ${images(more)}（${moreBytes}），少清理 ${count(less)} 个（${lessBytes}）。`;
    },
    judging: '正在判定草稿。',
    notJudged: '草稿尚未保存。',
    broken: (line: number) => `第 ${count(line)} 行无法读取。草稿不会生效。`,
    draftLead: '保存之前，仍由已保存的策略决定。表单和文件是同一份内容，改哪边都行。',
    savedLead: '表单和文件是同一份内容，改哪边都行。',
    startFrom: '从模板开始…',
    templates: '从现成的策略开始',
    templatesLead: '每一份都按这台机器现在的情况判定。选中的会成为草稿，不会因此保存。',
    templateName: {
      careful: '谨慎',
      balanced: '均衡（默认）',
      tight: '紧凑',
      'laptop-64gb': '64 GB 的笔记本',
      'ci-laptop': '整天构建的笔记本',
      projects: '很多项目',
    },
    wouldGo: (n: number, amount: string) =>
      n === 0 ? '没有要清理的镜像' : `${images(n)}，${amount}`,
    takeTemplate: (name: string) => `以“${name}”为草稿`,
    discard: '放弃',
    save: '保存策略',
    sharedBy: (names) =>
      spaced(
        `${list(names, 12)} 共用这份策略，更改对其中每一个都有效。这里的数字只属于当前查看的引擎。`,
      ),
    overtaken: '你开始编辑之后，文件被别的程序改过。',
    takeTheirs: '采用文件的内容',
    keepMine: '保留我的',
    file: 'YAML 形式的策略',
    keys: 'F8 跳到下一个问题，Control 或 Command 加空格列出可以写的内容。Tab 离开编辑器。',
    place: (line: number, column: number) => `第 ${count(line)} 行第 ${count(column)} 列：`,
    use: (text: string) => `改为 ${text}`,
    decides: (n: number, was: number | null) =>
      was === null || was === n ? count(n) : `${count(n)}，原为 ${count(was)}`,
    absent: (value: string) => `不写时为 ${value}`,
    examples: (values: readonly string[]) => `例如 ${values.join('、')}`,
    about: (path: string, description: string) => aboutKey(path) ?? description,
    completions: '可以写的内容',
    moreGo: (n: number) => `会多清理 ${count(n)} 个`,
    fewerGo: (n: number) => `会留下 ${count(n)} 个`,
    sameGo: '判定没有变化。',
    countsReturn: (line: number) => `第 ${count(line)} 行能读取后，数字会重新出现。`,
    seeReason: (name: string) => spaced(`查看 ${name} 的判定原因`),
    all: (n: number) => `查看全部 ${count(n)} 个`,
    fewer: '收起',
  },
};
