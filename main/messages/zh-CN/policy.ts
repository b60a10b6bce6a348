import type { PolicyProblem } from '../../domain/errors.js';
import type { Expected } from '../../domain/policy/problems.js';

type Fixed = Exclude<Expected, `one-of ${string}`>;

const expectedWords: Record<Fixed, string> = {
  yaml: 'YAML 1.2',
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
  date: '日期，如 2027-01-31',
  pattern: '模式，如 "myorg/*" 或 "postgres:16"',
  'rule-id': '由字母、数字和 "."、"_"、"-" 组成的名称，最多 64 个字符',
  'unique-id': '同一列表中不重复的名称',
  condition: '条件，如 match、untagged 或 labels',
  'unique-key': '每个键只写一次',
  'later-version': '这个版本支持的键',
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

const found = (text: string): string =>
  ({ nothing: '空的', list: '列表', mapping: '键和值' })[text] ?? text;

const meant = ({ suggestion }: PolicyProblem) =>
  suggestion === null ? '' : `可能是指 "${suggestion}"。`;

export function policyProblem(p: PolicyProblem): string {
  const at = p.path === '' ? '策略' : p.path;
  switch (p.code) {
    case 'syntax':
      return `不能作为 ${expected(p.expected)} 读取：${p.found}。`;
    case 'unknown-key':
      return `这里没有 "${p.found}" 这个键；应为 ${expected(p.expected)}。${meant(p)}`;
    case 'wrong-type':
    case 'bad-value':
      return `${at} 是 ${found(p.found)}，应为 ${expected(p.expected)}。${meant(p)}`;
    case 'missing':
      return `这里缺少 ${p.path === '' ? '内容' : p.path}；应为 ${expected(p.expected)}。`;
    case 'not-yet':
      return `这个版本的 Careen 尚不支持 ${at}；请删去或改为注释。`;
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
