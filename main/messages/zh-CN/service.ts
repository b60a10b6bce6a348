import type { ServicePreview, ServiceWarning } from '../../domain/swarm/preview.js';
import type { serviceLines as english } from '../en/service.js';
import type { Resources } from '../../domain/swarm/types.js';
import { list, type format } from './format.js';
import { spaced } from './spacing.js';

export function serviceLines(f: ReturnType<typeof format>): ReturnType<typeof english> {
  const onFailure: Record<ServicePreview['failureAction'], string> = {
    pause: '任务失败时停在那里',
    continue: '任务失败时继续',
    rollback: '任务失败时回滚',
  };

  const reserved = ({ memory, nanoCpus }: Resources) =>
    list([
      ...(memory > 0 ? [`${f.bytes(memory)} 内存`] : []),
      ...(nanoCpus > 0 ? [`${f.count(nanoCpus / 1e9)} 个 CPU`] : []),
    ]);

  const warning = (w: ServiceWarning): string => {
    switch (w.code) {
      case 'start-first-host-port': {
        const ports = list(w.ports.map(({ published }) => `${published}`));
        return w.certain
          ? spaced(
              `新任务会一直等待：它先启动，而能接收它的每个节点的端口 ${ports} 都已被任务占用。`,
            )
          : spaced(`新任务先启动，需要一个端口 ${ports} 没有被任务占用的节点。`);
      }
      case 'start-first-limit':
        return `新任务会一直等待：它先启动，而能接收它的每个节点都已达到任务数上限（${f.count(w.limit)}）。`;
      case 'start-first-reserved':
        return `新任务会一直等待：它先启动，而能接收它的节点都没有未被任务预留的 ${reserved(w.reserves)}。`;
      case 'start-first-data':
        return `有一段时间新旧任务会同时写入相同的数据：${list(w.data.map(({ name }) => name))}。`;
      case 'stack-takes-back':
        return `除非堆栈 ${w.stack.namespace} 的文件也作同样修改，否则下次部署会把它改回去${w.stack.image === null ? '' : `：那一行是 image: ${w.stack.image}`}。`;
      case 'failures-ignored':
        return '任务失败不会使它停止，Swarm 也不会自行回滚。';
      case 'not-pinned':
        return '它现在运行的版本没有用摘要指定，回滚会得到标签届时所指的镜像。';
      case 'no-tasks':
        return '它没有任务，因此看不出新版本能否运行。';
      case 'silent-nodes':
        return `这些节点没有应答，无法得知它们在运行什么：${list(w.nodes)}。`;
      case 'job':
        return '它是一个作业：更新会使它再运行一次。';
    }
  };

  return ({
    tasks,
    nodes,
    order,
    parallelism,
    delay,
    failureAction,
    rollbackFor,
    atLeast,
    warnings,
  }: ServicePreview) => [
    `Swarm 会替换 ${f.count(tasks)} 个任务${nodes.length === 0 ? '' : `（位于 ${list(nodes, 8)}）`}，${parallelism === 0 ? '一次全部' : `每次 ${f.count(parallelism)} 个`}${delay === 0 ? '' : `，间隔 ${f.duration(delay)}`}，${order === 'start-first' ? '先启动新任务' : '先停止旧任务'}，${onFailure[failureAction]}。`,
    ...(rollbackFor === null
      ? []
      : [
          '按它自己的设置，失败的任务会不断崩溃直到有人处理；这次更新起 Careen 让 Swarm 在失败时回滚，服务会保留这个设置。',
        ]),
    `至少需要 ${f.duration(atLeast)}，包括 Careen 随后的验证。`,
    ...warnings.map(warning),
  ];
}
