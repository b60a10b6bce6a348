import type { acts as englishActs, terms as english } from '../en/terms.js';

export const terms: typeof english = {
  command: '命令',
  option: '选项',
  argument: '参数',
  'known-command': '"careen --help" 列出的命令之一',
  'known-option': '"--help" 列出的选项之一',
  'no-more': '到此为止；写法见 "--help"',
  value: '一个值；写法见 "--help"',
  time: '时间，如 2026-11-24 或 2026-11-24T10:30:00Z',
  'plan-item': '计划中镜像的编号或名称，或其中的一组',
  'plan-or-policy': '--plan 和 --policy 之一，因为计划中已有策略',
};

export const acts: typeof englishActs = { clean: '移除镜像' };
