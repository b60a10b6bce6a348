import type { PolicyProblem } from '../../domain/errors.js';
import type { PolicyLint } from '../../domain/policy/check.js';
import type { Expected } from '../../domain/policy/problems.js';
import { spaced } from './spacing.js';

type Fixed = Exclude<Expected, `one-of ${string}`>;

const expectedWords: Record<Fixed, string> = {
  yaml: 'YAML 1.2',
  'utf-8': 'UTF-8',
  'no-tabs': '键之前用空格而不用制表符',
  'same-indent': '同一组键的缩进相同',
  'one-document': '只有一个文档',
  closed: '括号或引号成对出现',
  quotes: '以 "*" 开头的文本加引号',
  mapping: '带值的键',
  list: '列表',
  'filled-list': '至少有一项的列表',
  'short-list': '最多 1000 项的列表',
  text: '文本',
  'text-or-list': '文本或文本列表',
  'short-text': '最多 1000 个字符的文本',
  'quoted-text': '加引号的文本，如 "true"',
  'true-or-false': 'true 或 false',
  'whole-number': '不小于 0 的整数',
  count: '不小于 1 的整数',
  duration: '时长，如 30d、24h 或 250ms',
  size: '大小，如 10GB 或 500MiB',
  percent: '百分比，如 85%',
  date: '日期，如 2027-01-31，或带时区的时刻，如 2027-01-31T18:00:00Z',
  schedule: '五个字段的 cron 表达式，如 "0 12 * * *"，或 @daily',
  pattern: '模式，如 "myorg/*" 或 "postgres:16"，不含空格，每个部分最多三个通配符',
  'name-pattern': '容器名称，如 "web" 或 "web-*"，不含空格，最多三个通配符',
  expression: '最多 512 个字符的正则表达式，不含环视和反向引用',
  transform: '正则表达式及其替换结果，如 "^v?(\\d+)_(\\d+)$ => $1.$2"',
  'http-address': '地址，如 "http://127.0.0.1:8080/health"，不含用户名',
  'http-status': '100 到 599 之间的 HTTP 状态码',
  'host-and-port': '主机和端口，如 "127.0.0.1:5432"',
  'a-second': '不短于 1s 的时长',
  container: 'match 或 image，说明它针对哪些容器',
  'tag-expression': 'include、exclude 或 transform',
  tags: 'same、patch、minor、major 之一，或 include 等键',
  'one-probe': 'http 或 tcp，二者选一',
  'rule-id': '由字母、数字和 "."、"_"、"-" 组成的名称，最多 64 个字符',
  'unique-id': '同一列表中不重复的名称',
  condition: '条件，如 match、untagged 或 labels',
  'one-form': 'high 和 low，或者 free 和 to，二者选一',
  'below-high': '小于 high 的值',
  'above-free': '大于 free 的值',
  'below-max': '小于 max 的值',
  'unique-key': '每个键只写一次',
  '256 kB': '256 kB',
  '20': '20 个',
};

const expected = (code: string): string => {
  if (code.startsWith('one-of ')) {
    const words = code.slice('one-of '.length).replaceAll(', ', '、');
    return words.includes('、') ? `${words} 之一` : words;
  }
  return Object.hasOwn(expectedWords, code) ? expectedWords[code as Fixed] : code;
};

/** What should stand there; Han needs no space before Han. */
const due = (code: string): string => spaced(`应为 ${expected(code)}`);

const is = (text: string): string =>
  ({ nothing: '是空的', list: '是列表', mapping: '是键和值' })[text] ?? `是 ${text}`;

const meant = ({ suggestion }: PolicyProblem) =>
  suggestion === null
    ? ''
    : `可能是指 ${suggestion.startsWith('"') ? suggestion : `"${suggestion}"`}。`;

function unreadable(p: PolicyProblem): string {
  const standard = p.expected === 'utf-8' ? 'UTF-8' : 'YAML 1.2';
  const what = p.found === 'nothing' ? '内容不完整' : p.found;
  const more = ['yaml', 'utf-8'].includes(p.expected) ? '' : `；应为：${expected(p.expected)}`;
  return `不能作为 ${standard} 读取：${what}${more}。${meant(p)}`;
}

export function policyProblem(p: PolicyProblem): string {
  const at = p.path === '' ? '策略' : `${p.path} `;
  switch (p.code) {
    case 'syntax':
      return unreadable(p);
    case 'unknown-key':
      return `这里没有 "${p.found}" 这个键；${due(p.expected)}。${meant(p)}`;
    case 'wrong-type':
    case 'bad-value':
      return `${at}${is(p.found)}，${due(p.expected)}。${meant(p)}`;
    case 'missing':
      if (p.expected === 'condition') return `${at}没有任何条件；应有${expected(p.expected)}。`;
      if (p.expected === 'container' || p.expected === 'tag-expression')
        return `${at}缺少 ${expected(p.expected)}。`;
      return `这里缺少 ${p.path === '' ? '内容' : p.path}；${due(p.expected)}。`;
    case 'duplicate-key':
      return `键 "${p.found}" 写了两次；请只留一个。`;
    case 'too-large':
      return `文件为 ${p.found}，最多 ${expected(p.expected)}。`;
    case 'too-many-aliases':
      return `文件有 ${p.found} 个别名，最多 ${expected(p.expected)}。`;
  }
}

export function policyLines(file: string, problems: readonly PolicyProblem[]): string {
  return problems.map((p) => `${file}:${p.line}:${p.column}: ${policyProblem(p)}`).join('\n');
}

export function policyLint({ code, path, rule, suggestion }: PolicyLint): string {
  switch (code) {
    case 'rule-pointless':
      return `${path} 不起作用：规则 "${rule}" 已包含它的全部效果。`;
    case 'keeps-everything':
      return `${path} 会留住所有镜像，任何 remove 规则都清理不到；请给它加上条件。`;
    case 'never-removes':
      return `${path} 永远清理不到任何镜像：它选中的都被规则 "${rule}" 留住。`;
    case 'auto-without-trigger':
      return '模式为 auto，但没有触发条件，清理永远不会自动开始；请在 triggers 下写一个。';
    case 'until-past':
      return `${path} 已经过去，这一项不再保护任何镜像。`;
    case 'never-matches':
      return `${path} 匹配不到任何镜像。${suggestion === null ? '' : `可能是指 "${suggestion}"。`}`;
    case 'schedule-never':
      return `${path} 所指的日期不存在，永远不会到来。`;
    case 'mode-no-effect':
      return `${path} 比策略自身的模式更宽松，而规则只能更严格。`;
    case 'never-matches-container':
      return `${path} 匹配不到任何容器。${suggestion === null ? '' : `可能是指 "${suggestion}"。`}`;
    case 'entry-shadowed':
      return `${path} 永远不会生效：${rule} 排在前面，已匹配它所针对的全部容器。`;
    case 'never-settles':
      return `${path} ${path.endsWith('.settle') ? '比 proveWithin 更长' : '比 settle 更短'}，没有健康检查的容器将来不及得到验证。`;
    case 'checks-often':
      return `${path} 太短，镜像仓库可能会拒绝响应；通常设为一小时或更长。`;
  }
}
