import type { LeftOut, LeftWhy } from '../../../contract/pending.js';
import type { updateQuestions as english } from '../../en/window/update-questions.js';
import { count } from '../../count.js';
import { list } from '../format.js';
import { spaced } from '../spacing.js';

const leftOut: Record<LeftWhy, (of: LeftOut, who: string) => string> = {
  owner: ({ tool }, who) => `${who}由 ${tool} 更新`,
  tell: (_, who) => `${who}只告知你`,
  'by-name': (_, who) => `${who}只能单独指定更新`,
  paused: (_, who) => `${who}已暂停`,
  'not-running': (_, who) => `${who}没有运行`,
  built: (_, who) => `${who}在本机构建`,
  'no-room': (_, who) => `${who}没有空闲节点`,
};

export const updateQuestions: typeof english = {
  askUpdate: {
    title: (container, from, to) => `把 ${container} 从 ${from} 更新到 ${to}？`,
    effect: (from, to) => `它会停止并启动一次；如果 ${to} 没有通过验证，会自动换回 ${from}。`,
    stopped: (from, to) => `它会重新创建并保持停止；在 ${to} 首次正常启动之前，${from} 一直保留。`,
    service: (from, to) => `由 Swarm 替换它的任务；如果 ${to} 没有通过验证，会自动换回 ${from}。`,
    act: (container) => `更新 ${container}`,
  },
  askAll: {
    title: (n) => `执行 ${count(n)} 个更新？`,
    effect: '每个都可能短暂停机；没有通过验证的会自动回滚。新版本写入卷和文件夹的内容会留下。',
    act: (n) => `执行 ${count(n)} 个更新`,
    list: '将要更新的内容，以及不在其中的',
    looking: (done, n) => `正在查看各项会改变什么：${count(done)} / ${count(n)}。`,
    unknown: '不知道它会丢失什么。',
    loses: (containers) => spaced(`${list(containers, 12)} 会丢失不在任何卷里的数据。`),
    left: (n) => `另有 ${count(n)} 个更新不在其中：`,
    why: (why, tool) =>
      ({
        owner: `由 ${tool} 更新`,
        tell: '只告知',
        'by-name': `由 ${tool} 创建，只能单独指定更新`,
        paused: '已暂停',
        'not-running': '没有运行，只能单独指定更新',
        built: '在本机构建，只能单独指定更新',
        'no-room': '没有空闲节点，只能单独指定更新',
      })[why],
  },
  leftOut: (all) =>
    `${all.map((of, at) => leftOut[of.why](of, `${count(of.n)} 个${at === 0 ? '容器' : ''}`)).join('，')}。`,
  askRollback: {
    title: (container, to) => `把 ${container} 回滚到 ${to}？`,
    effect: (from, to) => `${from} 停止，${to} 按原来的配置启动；之后不会再自动更新到 ${from}。`,
    service: (from, to) => `由 Swarm 把它的任务换成 ${to}；之后不会再自动更新到 ${from}。`,
    neverProven: (to) => `${to} 被替换之前从未通过验证。`,
    data: (from) => `${from} 写入卷和文件夹的数据会留下，不会撤销。`,
    noData: '它不写入任何卷，也不写入你的文件夹。',
    copies: (volumes) => spaced(`同时恢复更新前为 ${list(volumes)} 制作的副本`),
    lost: (volumes) => spaced(`副本之后写入 ${list(volumes)} 的数据会丢失。`),
  },
  askRelease: {
    title: (container) => `放弃为 ${container} 保留的版本？`,
    effect: (names) =>
      names.length === 0
        ? '放弃不再保留的旧版本留下的内容。'
        : `之后不能再一键换回 ${list(names)}。`,
    act: '放弃',
    bytes: (bytes) => `至少释放 ${bytes}，除非规则、宽限期或其他用途保留这些镜像。`,
    unknown: '事先无法得知会释放多少。',
    copies: (volumes) => spaced(`${list(volumes)} 的副本也会一起删除。`),
  },
  askSnooze: {
    title: (container) => `推迟 ${container} 的更新？`,
    effect: '在那一天之前，它不会自动更新，也不计入更新数；仍可以单独指定更新。',
    until: '推迟到',
    act: '推迟',
  },
  moveOver: {
    menu: '从 Watchtower 迁移…',
    link: '迁移…',
    title: (tool) => (tool === null ? '从其他更新工具迁移' : `从 ${tool} 迁移`),
    effect: '之后策略中会写有以下内容，让 Careen 照那里的要求去做。',
    nothing: '这里没有任何容器通过其他更新工具的选项或 Label 要求更新。',
    asking: '正在读取它的选项和容器的 Label。',
    act: '写入策略',
    mode: (mode) => `总的更新方式：${mode}。`,
    every: (often) => `${often}检查一次。`,
    hooksOn: '运行容器的钩子。',
    hooksOff: '不运行容器的钩子。',
    entries: '更新方式会提高的容器',
    left: '这里没有对应项，因此略去：',
    yaml: '策略中关于更新的部分',
    stays: (tool, container) =>
      `${tool} 会在 ${container} 中继续运行，直到你停止它；两者同时运行时，不会自动更新。`,
    applied: '策略已写入。',
    appliedStop: (tool, command) => `策略已写入。请停止 ${tool}，只让其中一个来更新：${command}`,
  },
};
