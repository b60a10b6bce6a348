import { count } from '../../count.js';
import { list } from '../format.js';
import { spaced } from '../spacing.js';
import type { imageActs as english } from '../../en/window/image-acts.js';

export const imageActs: typeof english = {
  selection: {
    label: '选中的镜像',
    clear: '取消选择',
    selected: (n: number) => `已选 ${count(n)} 个`,
    together: (amount: string, n: number) =>
      n === 1 ? spaced(`单独移除可释放${amount}`) : spaced(`一起移除可释放${amount}`),
    protect: '保护',
    unprotect: '取消保护',
    copyNames: '复制名称',
    commands: 'Docker 命令',
    cleanUp: (n: number) => `清理 ${count(n)} 个…`,
    someStay: (n: number, of: number) => `${of} 个中有 ${n} 个会保留，原因见各个镜像。`,
    noneGoes: (n: number) =>
      n === 1
        ? '这个镜像现在不能清理。在它上面按 Enter 可以看到原因。'
        : `这 ${count(n)} 个镜像现在都不能清理。在其中一个上按 Enter 可以看到原因。`,
    commandsTitle: (n: number) => `${count(n)} 个镜像的 Docker 命令`,
    commandsEffect: '这些是在终端里输入的命令。Careen 不会在这里执行它们。',
  },
  dockerCommands: {
    look: '查看',
    remove: '移除',
    back: '移除之后取回',
    copyAll: (n: number) => `全部复制（${count(n)} 条）`,
    more: (n: number) => `还有 ${count(n)} 条，复制时一并包含。`,
    lost: (n: number, first: readonly string[], of: number) =>
      of === 1
        ? '不知道哪个镜像仓库里有它：移除后无法再拉取。'
        : `不知道哪个镜像仓库里有 ${n > first.length ? `${list(first)} 等 ${count(n)} 个镜像` : list(first)}：移除后无法再拉取。`,
    held: (n: number, first: readonly string[], of: number) =>
      of === 1
        ? '不提供移除它的命令：有容器在用，或受到保护。'
        : spaced(
            `不提供移除 ${n > first.length ? `${list(first)} 等 ${count(n)} 个镜像` : list(first)} 的命令：有容器在用，或受到保护。`,
          ),
    unforced:
      '这些命令都不强制执行，Careen 也从不强制。镜像有多个名称时，docker 可能先去掉其中一些，然后才拒绝移除。',
  },
  imageLayers: {
    waiting: '正在从 Docker 读取它的构建过程。',
    heading: (n: number) => `${count(n)} 层`,
    sharedBy: '共用镜像数',
    own: '仅此镜像使用',
    stays: '与其他镜像共用，会保留',
    onlyThis: '仅此镜像',
    onlyThisLong: '没有别的镜像用到这一层。',
    sharers: (names: readonly string[], more: number) =>
      more > 0
        ? `与 ${names.join('、')} 等 ${count(names.length + more)} 个镜像共用。`
        : spaced(`与 ${list(names, 5)} 共用。`),
    made: (when: string) => spaced(`创建于${when}。`),
    noCommand: '没有记录这一层由什么命令产生。',
    unjoined: {
      'no-history': '镜像里没有构建历史，因此不知道各层由什么产生。大小是准确的。',
      mismatch: '构建历史与部分层对不上，例如镜像被压缩过。对不上的层不显示命令。',
      doubt: 'Docker 没有说明哪个大小属于哪一层：没有大小的层也可能占用空间。',
    },
    others: (n: number, unjoined: boolean) =>
      unjoined ? `构建历史中的 ${count(n)} 步` : `${count(n)} 步没有产生层`,
  },
};
