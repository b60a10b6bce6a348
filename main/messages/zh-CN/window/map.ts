import type { mapWords as english } from '../../en/window/map.js';
import { count } from '../../count.js';
import { list } from '../format.js';
import { spaced } from '../spacing.js';

export const mapWords: typeof english = {
  map: {
    willGo: '将清理',
    goesNow: '本次清理',
    couldGo: '可清理',
    gone: '已清理',
    inUse: '使用中',
    protected: '受保护',
    stays: '保留',
    partGoes: (amount) => spaced(`其中${amount}将清理`),
    kind: {
      images: '镜像',
      buildCache: '构建缓存',
      volumes: '卷',
      containers: '容器',
      other: '其他',
    },
    summary: (total, parts) =>
      spaced(`磁盘占用共${total}：${parts.join('，')}。每个字节只计一次。`),
    help: '方向键移动，Enter 打开，Esc 返回。',
    sharedBy: (n) => `${count(n)} 个共用`,
    shared: '共用的层',
    sharedTip: '多个镜像共用的层，只计一次。',
    standing: (names) => spaced(`${list(names)}共用的层，只计一次。`),
    bases: '共享基础层',
    alone: '只有这个镜像使用的层。',
    oldCache: '久未使用',
    cache: '保留的',
    cacheAll: '构建缓存',
    untold: '无法细分',
    pending: '尚未统计',
    rest: '未能说明',
    smaller: (n) => `另外 ${count(n)} 个较小的`,
    fill: '按 Enter 放大到整个图。',
    all: '全部',
    about: {
      shared: (n) => (n === 0 ? '共用的层' : `${count(n)} 个镜像共用的层`),
      untold: (kind) => `${kind}：无法细分`,
      pending: '尚未统计',
      sharedAny: '多个镜像共用的层，只计一次。使用它们的镜像全部移除后，这些层才会释放。',
      say: {
        shared: '下列镜像共用的层，只计一次。这些镜像全部移除后，这些层才会释放。',
        untold: 'Docker 统计的这一类总量，比它逐个列出的多出这些。',
        pending:
          '镜像之外 Docker 磁盘上已用的空间。其中容器、卷和构建缓存各占多少，Docker 还没有统计。',
        otherStore:
          '在 Docker 目前不使用的镜像存储中的镜像。把 Docker 切换回那个存储，它们就会重新出现。',
        rest: '磁盘上已用，但不在 Docker 说明大小的任何一项之中：容器日志、Docker 自己的文件，以及与 Docker 共用这个磁盘的其他内容。',
      },
      logs: (measure) =>
        `Careen 不会释放这部分空间。概览中建议下方的“${measure}”可以找出不断增长、没有上限的日志。`,
      held: (n, all) => (n === all ? '它们都会保留。' : `其中 ${count(n)} 个会保留。`),
      allGo: '它们都将清理。',
      allCould: (n, all) =>
        n === all
          ? '它们都可以清理，须由你选择。'
          : `它们都可以清理，其中 ${count(n)} 个须由你选择。`,
      images: '使用这些层的镜像',
      more: (n) => `另外还有 ${count(n)} 个`,
    },
    path: '图中所示',
    search: '查找',
    found: (n, amount) => (n === 0 ? '没有找到' : `${count(n)} 个，${amount}`),
    aside: (what, amount) => `未画出：${what}，${amount}`,
    column: { kind: '类别', name: '名称', bytes: '大小', verdict: '判定' },
    table: '磁盘被什么占用',
    sum: '合计',
    waiting: 'Docker 正在统计卷、容器和构建缓存，磁盘较大时需要几分钟。',
    nothingFound: '没有这个名称。',
  },
};
