import type { dialog as english } from '../en/dialog.js';
import { count } from '../count.js';
import { list } from './format.js';

export const dialog: typeof english = {
  cancel: '取消',
  ofEngine: (name, title) => `${name}：${title}`,
  forEngines: (names) => `这份策略由多个引擎共用，更改对其中每一个都有效：${list(names, 12)}。`,
  keepRunning: '继续运行',
  saveAs: (name: string) => `保存 ${name}`,
  chooseSocket: '选择 Docker 引擎的套接字',
  auto: (change: string | null) =>
    change === null
      ? {
          title: '让 Careen 自动清理？',
          body: '同意后，每当触发条件满足，Careen 会直接清理策略选中的内容，不再询问。它只清理已证实可以重新拉取的镜像、没有其他镜像以之为基础的无标签构建，以及策略中启用的其他内容。每次清理都会记入历史。',
          agree: '自动清理',
        }
      : {
          title: '更改 Careen 自动清理的内容？',
          body: `策略的模式为 auto，更改后会直接生效，不再询问：${change}`,
          agree: '更改',
        },
  autoUpdate: (containers: readonly string[] | null) => ({
    title:
      containers === null ? '让 Careen 自动更新容器？' : `让 Careen 自动更新 ${list(containers)}？`,
    body: '同意后，Careen 会直接换用新版本，不再询问：重新创建容器，等它证明运行正常，否则回滚到之前运行的版本。新版本写入卷和文件夹的内容会留下。每次更新都会记入历史。',
    agree: '自动更新',
  }),
  policyReach: ({ unprotected, probes, hooks }) => ({
    title: '保存这份策略？',
    body: [
      ...(unprotected.length > 0
        ? [`保存后不再保护 ${list(unprotected, 12)}，其他规则可能因此移除它们。`]
        : []),
      ...(probes.length > 0
        ? [`更新之后，Careen 会连接 ${list(probes, 12)}，确认运行是否正常。`]
        : []),
      ...(hooks ? ['更新之前，Careen 会运行容器 Label 中写明的命令。'] : []),
    ].join('\n'),
    agree: '保存策略',
  }),
  unprotect: (images: readonly string[]) => ({
    title: `取消保护 ${count(images.length)} 个镜像？`,
    body: `${list(images, 12)}。现在不会清理任何内容；之后它们由策略的其他规则判定，可能会被清理。`,
    agree: '取消保护',
  }),
  nothingToClean: {
    title: '没有可清理的',
    body: '按你的策略，现在没有不勾选也会移除的内容。窗口里会显示保留了什么，以及原因。',
  },
  openWindow: '打开 Careen',
  widen: (endpoint: string) => ({
    title: '使用这个 Docker 引擎？',
    body: `Careen 不会自行使用 ${endpoint}。同意后，Careen 会读取那里的镜像和容器，并在你要求时清理它们。`,
    agree: '使用这个引擎',
  }),
};
