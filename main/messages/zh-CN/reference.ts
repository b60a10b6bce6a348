import type { ReferenceProblem } from '../../domain/reference.js';

const problems: Record<ReferenceProblem, string> = {
  empty: '内容为空',
  uppercase: '仓库名要用小写',
  domain: '第一个 "/" 之前不是主机名',
  path: '名称中有不允许的字符',
  tag: '标签中有不允许的字符，或超过 128 个字符',
  digest: '摘要不完整',
  'too-long': '名称超过 255 个字符',
  'looks-like-id': '看起来是 ID；请在前面加上 sha256:',
};

export function referenceProblem(code: string): string {
  return Object.hasOwn(problems, code) ? problems[code as ReferenceProblem] : code;
}
