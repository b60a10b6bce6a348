import type { KeptVersion } from '../../contract/updates.js';
import type { cliUpdates as english } from '../en/cli-updates.js';
import { list, type format } from './format.js';
import { spaced } from './spacing.js';

export function cliUpdates(f: ReturnType<typeof format>): ReturnType<typeof english> {
  const updates = (n: number) => `${f.count(n)} 个更新`;
  const sizeOf = (bytes: number | null) => (bytes === null ? '' : `（${f.bytes(bytes)}）`);
  const volumes = (copies: KeptVersion['copies']) =>
    list(
      copies.map(({ volume }) => volume),
      8,
    );
  return {
    heading: {
      container: '名称',
      image: '镜像',
      version: '版本',
      mode: '方式',
      state: '状态',
    },
    status: '更新',
    statusOf: (n, checked) =>
      checked === null
        ? '还没有检查过'
        : spaced(`${n === 0 ? '没有' : updates(n)}，检查于${checked}`),
    running: '正在更新。',
    none: '这里没有容器。',
    pending: (n) => `有 ${updates(n)}可用。`,
    forAll: (n) => `其中可以一起更新的 ${f.count(n)} 个：careen update --all`,
    look: (container) => `先看会改变什么：careen preview ${container}`,
    nextCheck: (when) => `下次检查：${when}。`,
    unproven: (when) => spaced(`尚未通过验证；更新于${when}。`),
    preview: {
      head: (container, reference, fromTo) => `${container}（${reference}）：${fromTo}`,
      steps: '步骤：',
      writableUnknown: '不知道有哪些内容写在容器内部，会随它丢失。',
      hook: (when, command) =>
        `更新${when === 'pre-update' ? '之前' : '之后'}在容器中运行：${command}`,
      copy: (names, bytes) => `--copy-volumes 会先复制 ${list(names, 8)}${sizeOf(bytes)}。`,
      notCopied: (container) =>
        `没有复制 ${container} 的卷：它没有命名卷，或者超过策略中 copyUpTo 的大小。`,
      link: (address) => `更新日志：${address}`,
      refused: (why) => `Careen 不会更新它。${why}`,
      ownersWay: (command) => `它自己的方法：${command}`,
    },
    confirm: {
      one: (container, fromTo) => `更新 ${container}（${fromTo}）？[y/N] `,
      many: (n) => `执行 ${f.count(n)} 个更新？[y/N] `,
      rollback: (container, fromTo) => `回滚 ${container}（${fromTo}）？[y/N] `,
      release: (n, container, bytes) =>
        `放弃为 ${container} 保留的 ${f.count(n)} 个版本${sizeOf(bytes)}？[y/N] `,
    },
    staysWritten: '较新的版本写入卷和文件夹的内容会留下。',
    copiesBack: (copies) =>
      spaced(`${volumes(copies)} 会恢复为更新之前复制的内容；此后写入的会丢失。`),
    copiesOffered: (copies) => `加上 --copies，会把更新之前复制的内容放回 ${volumes(copies)}。`,
    noWayBack: (container) => `之后 ${container} 就无法回滚了。`,
    nothingKept: (container) => `没有为 ${container} 保留旧版本。`,
    stepEnded: (step, state) => `${step}，${state}`,
    stepAt: (step, amount) => (amount === null ? step : `${step}，${amount}`),
    pulled: (done, total) => `${f.bytes(done)} / ${f.bytes(total)}`,
    down: (how) => `${how}。`,
    modeNow: (container, mode, means) => `${container}：${mode}，${means}。`,
    logTail: '它最后写出的内容：',
    snoozed: (container, when) => spaced(`${container} 的更新推迟到${when}。`),
    awake: (container) => `重新提供 ${container} 的更新。`,
    skipped: (container, version) => `${container} 跳过 ${version}；下一个版本会再提供。`,
    nothingToSkip: (container) => `${container} 没有可以跳过的新版本。`,
    notSkipped: (container) => `${container} 不再跳过任何版本。`,
    moveOver: {
      found: (tool, container) => `这里有 ${tool} 在运行，容器为 ${container}。`,
      notFound: '这里没有别的更新工具在运行；只读取了 Label。',
      left: '在 Careen 中没有对应项：',
      why: (container, because) => `${container}：${because.join('；')}`,
      yaml: '策略中将写成：',
      written: '策略中已写成：',
      apply: '写入策略：careen move-over --apply',
      stop: (container) =>
        `${container} 运行期间，Careen 不会自动更新任何容器：docker stop ${container}`,
    },
  };
}
