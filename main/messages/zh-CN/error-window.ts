import { bytesText } from '../bytes.js';
import type { inWindow as english } from '../en/error-window.js';
import type { ErrorSentences } from '../known.js';
import { acts } from './terms.js';

export const inWindow: Pick<ErrorSentences, keyof typeof english> = {
  'engine-not-found': () => '没有找到 Docker 引擎。请启动一个，然后重新查找。',
  'engine-unknown': () => '该引擎已不在列表中。请在引擎列表中选择另一个。',
  'engine-unfinished': ({ name, act }) =>
    act === 'remove'
      ? `${name} 上有一次操作中途中断，将在 ${name} 应答后完成。没有作任何改动。请等它完成，也可以仍然移除它：未完成的部分会保持原样，直到再次添加该引擎。`
      : `${name} 原来的引擎上有一次操作中途中断，将在它重新应答后完成。没有作任何改动。请让它在那里应答，也可以仍然说明这是另一个引擎：未完成的部分会保持原样。`,
  'engines-differ': ({ name, other }) =>
    `${name} 和 ${other} 没有给出相同的 ID，无法表明它们是同一个引擎。没有作任何改动；引擎列表会显示可能是同一个的引擎。`,
  'engine-replaced': ({ endpoint, name }) =>
    `${name} 的地址 ${endpoint} 上应答的已不是原来的引擎。在你说明它是哪一个之前，不会对它作任何操作。`,
  'context-unreadable': ({ file }) =>
    `无法读取 Docker 上下文文件 ${file}。请修复它，或选择别的引擎。`,
  'endpoint-remote': ({ endpoint }) =>
    `${endpoint} 在另一台机器上，只有你选择时 Careen 才会使用。请在查找过的位置中选择它或另一个。`,
  'plan-unknown': () => '该计划已不再保留。请打开“清理”重新制定。',
  'plan-expired': () => '该计划已超过一小时。没有作任何改动；请重新打开“清理”再次制定。',
  'plan-other-engine': () =>
    '该计划是为另一个引擎制定的。没有作任何改动；请打开“清理”为这个引擎制定。',
  'suggestion-unknown': () => '该建议已不存在。“概览”会显示现有的建议。',
  'run-unknown': () => '历史记录里没有这次清理。“历史”会列出已有的。',
  'version-unknown': ({ container, wanted }) =>
    `"${wanted}" 不是 ${container} 可以换用的版本。请在“更新”中重新检查新版本。`,
  'no-room': ({ needed, available }) =>
    `引擎的磁盘还剩 ${bytesText(available)}，而需要 ${bytesText(needed)}。没有作任何改动；可在“清理”中腾出空间。`,
  'not-confirmed': ({ act }) => `没有作任何改动：${acts[act] ?? act}需要你的同意。`,
};
