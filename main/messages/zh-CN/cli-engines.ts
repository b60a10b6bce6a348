import type { EngineRow } from '../../contract/fleet.js';
import type { cliEngines as english } from '../en/cli-engines.js';
import { list } from './format.js';
import { runs } from './runs.js';
import { spaced } from './spacing.js';

const state: Record<EngineRow['state'], (since: string) => string> = {
  looking: () => '正在查找',
  found: () => '已连接',
  lost: (since) => `不可用：${since}`,
  changed: () => '已是另一个引擎',
  twice: () => '在列表中重复',
  failed: () => '未能打开',
};

export function cliEngines(): ReturnType<typeof english> {
  return {
    heading: {
      key: '键',
      name: '名称',
      state: '状态',
      canGo: '可释放',
      updates: '更新',
      at: '地址',
    },
    nameless: '（未找到）',
    state: ({ state: is, run }, since) =>
      run ? `${runs[run.kind]}，${run.done}/${run.total}` : state[is](since),
    twins: (name, others) =>
      spaced(
        `${name} 与 ${list(others)} 的 ID 相同：可能是两个地址上的同一个引擎，也可能是它的副本。Careen 不会同时操作它们；请用 "careen engines join" 或 "careen engines part" 说明是哪一种。`,
      ),
    also: (name, at) => spaced(`也可通过 ${list(at)} 访问 ${name}。`),
    waits: (name, other) => `${name} 正在等待 ${other} 完成。`,
    unfinished: (name) => `${name} 上有一次操作中途中断；它应答后会完成。`,
    ask: (question) => `${question} [y/N] `,
    inTurn: '引擎逐个处理；"careen engines together on" 可让它们同时进行。',
    together: '各引擎同时处理；"careen engines together off" 可取消。',
    nowTogether: '现在可以同时处理多个引擎；"careen engines together off" 可取消。',
    nowInTurn: '从现在起引擎逐个处理。',
    contexts: '不在列表中的 Docker 上下文（"careen engines add 名称"）：',
  };
}
