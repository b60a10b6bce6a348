import type { SkipReason } from '../../contract/runs.js';
import type { skip as english } from '../en/skip.js';
import { shortId } from '../short.js';
import type { ReasonContext } from '../types.js';
import { list } from './format.js';
import type { reason } from './reason.js';
import { spaced } from './spacing.js';

export function skip(sentences: ReturnType<typeof reason>): ReturnType<typeof english> {
  return (s: SkipReason, context: ReasonContext): string => {
    const { name = shortId } = context;
    switch (s.code) {
      case 'in-use':
        return spaced(`已跳过：容器 ${list(s.containers)} 现在正在使用它。`);
      case 'tag-moved':
        return `已跳过：${s.ref} 现在指向另一个镜像。`;
      case 'new-reference':
        return `已跳过：制定计划之后，它有了新名称 ${s.ref}。`;
      case 'gone':
        return '已跳过：它已经不在了。';
      case 'now-kept':
        return `已跳过。${sentences.reason(s.reason, context)}`;
      case 'base-of-kept':
        return spaced(`已跳过：${list(s.images.map(name))} 以它为基础，并且会留下。`);
      case 'engine-refused':
        return `已跳过：Docker 拒绝了："${s.message}"。`;
      case 'cancelled':
        return '已跳过：轮到它之前清理已取消。';
      case 'interrupted':
        return '已跳过：轮到它之前清理就结束了。';
      case 'cut-off':
        return '中途中断：做了多少无从得知。';
      case 'engine-lost':
        return '已跳过：轮到它之前与 Docker 的连接中断了。';
      case 'state-changed':
        return `已跳过：制定计划之后它的状态变了，现在是 ${s.state}。`;
      case 'there-already':
        return '已跳过：它已经在了。';
      case 'name-taken':
        return `已跳过：${s.ref} 现在指向另一个镜像。`;
      case 'not-recoverable':
        return '已跳过：没有可以用来拉取它的摘要。';
    }
  };
}
