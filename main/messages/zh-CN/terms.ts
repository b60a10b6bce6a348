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
  'plan-item': '计划中某一项的编号或名称，或其中的一组',
  'run-id': '一次清理的编号，至少前四位；用 "careen history" 查看',
  'run-item': '那次清理移除的镜像的编号或名称',
  'suggestion-key': '同时写明哪条建议；"careen suggest" 会列出它们',
  size: '大小，如 10GB 或 512MiB',
  'item-kind': 'image、container、network、volume 或 build-cache 之一',
  'asked-by': 'window、tray、cli、schedule、after-update、pressure、image-budget 或 check 之一',
  'run-kind': 'clean、undo、update、rollback 或 release 之一',
  'csv-or-json': '--csv 和 --json 之一',
  template: 'laptop-64gb、ci-laptop 或 projects 之一',
  'plan-made': '不能与 --plan 同用，因为计划已经制定',
  'plan-or-policy': '--plan 和 --policy 之一，因为计划中已有策略',
  link: '新镜像的标签中的 https 地址',
  'container-or-all': '容器的名称，或 --all',
  'one-container': '与它一起给出的一个容器的名称',
  'until-or-off': '--until 和 --off 之一',
  'update-mode': 'auto、notify、tell 或 ignore 之一',
};

export const acts: typeof englishActs = {
  clean: '移除',
  undo: '重新拉取镜像',
  auto: '自动清理',
  update: '更新容器',
  rollback: '回滚到另一个版本',
  release: '放弃保留的版本',
  'auto-update': '自动更新',
};
