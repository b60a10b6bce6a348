import type { fleetScreen as english } from '../../en/window/fleet.js';
import { count } from '../../count.js';
import { list } from '../format.js';
import { runs } from '../runs.js';
import { spaced } from '../spacing.js';

export const fleetScreen: typeof english = {
  fleet: {
    of: (engine, sentence) => `${engine}：${sentence}`,
    menu: '引擎',
    switch: (name) => `引擎：${name}`,
    lead: (engines, left) =>
      [
        `${count(engines)} 个引擎。`,
        ...(left === 0 ? [] : [`其中 ${count(left)} 个目前无法读取，未计入。`]),
      ].join(''),
    looking: '正在询问各个引擎。',
    unreadable: '目前没有可以读取的引擎。下面列出了各自的原因和解决办法。',
    only: 'Careen 目前管理一个引擎。可以添加其他引擎，例如另一个 Docker 上下文。',
    standing: {
      looking: '正在询问…',
      found: '已连接',
      lost: '没有应答',
      changed: '已是另一个引擎',
      twice: '列表中重复',
      failed: '无法打开',
      waiting: '等待中',
      asks: '等待你的确认',
    },
    run: ({ kind, done, total }) => `${runs[kind]}：${count(done)}/${count(total)}`,
    since: (state, when) => spaced(`${state}，始于${when}`),
    waitsFor: (name) => `等待 ${name} 完成`,
    queued: (n) => `另有 ${count(n)} 项操作在等待`,
    version: (version) => `版本 ${version}`,
    canGo: '可释放',
    updates: '更新',
    policy: '策略',
    inView: '当前显示',
    cutOff: '有一次操作中途中断，应答后会完成',
    open: '打开',
    openNamed: (name) => spaced(`打开${name}`),
    more: (name) => spaced(`${name}的更多操作`),
    rename: '重命名…',
    remove: '从列表中移除…',
    settings: '在此选择别的引擎…',
    same: '是升级或重置后的同一个引擎',
    another: '是另一个引擎',
    twin: (other) =>
      `它与 ${other} 的 ID 相同：可能是两个地址上的同一个引擎，也可能是它的副本。在你说明之前，Careen 不会同时操作它们。`,
    alsoAt: (addresses) => spaced(`也可通过 ${list(addresses)} 访问`),
    policyOf: { own: '自己的', shared: '与第一个引擎相同' },
    together: '同时操作多个引擎',
    togetherWhy: '关闭时，一个引擎要等另一个完成，磁盘、网络和镜像仓库一次只服务一个引擎。',
    askRename: {
      title: (name) => `重命名 ${name}`,
      effect: 'Careen 在此列表、托盘和通知中都会这样称呼它。',
      name: '名称',
      act: '重命名',
    },
    askRemove: {
      title: (name) => `从列表中移除 ${name}？`,
      effect: '不会改动它上面的任何内容。Careen 不再管理它；再次添加时会沿用它的策略和历史。',
      unfinished:
        '它上面有一次操作中途中断，尚未完成。未完成的部分会保持原样，直到再次添加它且它能应答。',
      act: '从列表中移除',
    },
    askJoin: {
      title: (name, other) => `${name} 和 ${other} 是同一个引擎？`,
      effect: (name, other, address) =>
        `保留 ${name} 及其策略、历史和留存的版本${address === null ? '' : `，并记住 ${address} 是它的另一个地址`}。${other} 将从列表中移除：它自己的策略、历史和留存的版本会在再次添加该地址时沿用。`,
      act: '是同一个引擎',
    },
    askPart: {
      title: (name, other) => `${name} 和 ${other} 是两个引擎？`,
      effect:
        '例如其中一个使用了另一个的数据副本。之后它们无须互相等待，也不再为对方保留回滚所需的镜像。如果其实是同一个引擎，可能会因此无法回滚。',
      act: '是两个引擎',
    },
    askSame: {
      title: (name) => `这是升级或重置后的 ${name}？`,
      effect:
        '对它的了解、留存的版本和已忽略的建议都会用于现在应答的引擎，中断的操作也会在其上完成。此前的清理不能再撤销。',
    },
    askAnother: {
      title: (name) => `这是 ${name} 以外的另一个引擎？`,
      effect:
        '它会取代原来的引擎加入列表，有自己的策略和历史；在它的策略或你同意之前，不会对它作任何操作。原引擎留存的内容会在再次添加它时沿用。',
      first:
        '它从头开始：没有留存的版本，没有已忽略的建议，也没有观察到的使用情况。策略和历史仍属于这个位置，策略自动执行的操作也可能用于这个引擎。原引擎留存的内容会为它保留。',
      unfinished:
        '原引擎上有一次操作中途中断，尚未完成。做了一半的部分会保持原样，直到它再次在此应答。',
    },
    draftLost: '在此改过但尚未保存的策略会丢失。',
    adding: {
      title: '添加引擎',
      lead: '引擎现在必须能应答。它会有自己的策略和历史；在它的策略或你同意之前，不会对它作任何操作。',
      contexts: 'Docker 上下文',
      asking: '正在查找 Docker 上下文。',
      noContexts: '没有尚未加入列表的 Docker 上下文。',
      unread: '无法读取 Docker 上下文。',
      inList: '已在列表中',
      use: (name) => `添加 ${name}`,
      add: '添加',
      busy: '正在询问…',
      address: '地址',
      addressHint:
        '例如 unix:///run/user/1000/docker.sock 或 ssh://ada@build-box。用 tcp:// 连接另一台机器时，需要带 TLS 证书的 Docker 上下文。',
      name: '名称（如需另取）',
      byAddress: '按地址',
    },
  },
};
