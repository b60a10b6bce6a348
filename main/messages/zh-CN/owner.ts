import type { Owner, OwnerKind } from '../../domain/owners/types.js';
import { serviceProof } from '../../domain/swarm/subject.js';
import type { OwnerReason } from '../types.js';

type Sentence = (tool: string, unit: string | null) => string;

const inBrackets = (unit: string | null) => (unit === null ? '' : `（${unit}）`);
/** No space follows a closing bracket of full width. */
const withUnit = (tool: string, unit: string | null) =>
  unit === null ? `${tool} ` : `${tool}${inBrackets(unit)}`;
const needed: Sentence = (tool, unit) => `保留：${withUnit(tool, unit)}需要它。`;

const sentences: Record<OwnerKind, Sentence> = {
  person: needed,
  compose: needed,
  swarm: (_, unit) =>
    unit === null
      ? '保留：Swarm 需要它。'
      : `保留：Swarm 中的 ${unit} 需要它；请更新服务，而不是容器。`,
  cluster: (tool, unit) =>
    `保留：属于 ${tool} 集群${unit === null ? '' : ` ${unit}`}；重新创建集群才能升级它。`,
  editor: (tool, unit) => `保留：属于 ${withUnit(tool, unit).trimEnd()}；请在编辑器中重新构建。`,
  devstack: (tool, unit) =>
    unit === null
      ? `保留：${tool} 的项目需要它；请用 ${tool} 更新。`
      : `保留：属于 ${tool} 项目 ${unit}；请用 ${tool} 更新。`,
  ephemeral: (tool) => `保留：${tool} 为运行任务而创建，会自行清理或再次使用。`,
  builder: (tool, unit) => `保留：${withUnit(tool, unit)}用它来构建；删除它会同时丢失构建缓存。`,
  platform: (tool, unit) =>
    `保留：属于 Docker Desktop（${unit === null ? tool : `${tool}：${unit}`}）；由 Docker Desktop 更新。`,
  updater: (tool) => `保留：${tool} 也在管理这个引擎上的容器；请只让其中一个来做。`,
  systemd: (_, unit) =>
    `保留：由 systemd 单元${unit === null ? '' : ` ${unit} `}启动；请用 podman auto-update 更新。`,
};

export const ownerSentence = ({ owner, tool, unit }: OwnerReason): string =>
  sentences[owner](tool, unit);

const updates: Record<OwnerKind, (tool: string, unit: string | null, command: string) => string> = {
  person: () => '手动启动的容器；Careen 可以更新它。',
  compose: (tool, unit) =>
    tool === 'Compose'
      ? `属于 Compose 项目${unit === null ? '' : ` ${unit}`}；更新之后，docker compose up 不会再改动它。`
      : `属于 ${tool} 的堆栈${unit === null ? '' : ` ${unit}`}；请在那里更新。`,
  swarm: (_, unit) =>
    `Swarm 服务${unit === null ? '' : ` ${unit} `}的一个任务；请更新服务，而不是容器。`,
  cluster: (tool, unit) =>
    `属于 ${tool} 集群${unit === null ? '' : ` ${unit}`}；重新创建集群才能升级它。`,
  editor: (tool, unit) =>
    `属于开发容器（${unit === null ? tool : `${tool}：${unit}`}）；请在编辑器中重新构建。`,
  devstack: (tool, unit, command) =>
    `属于 ${tool}${unit === null ? '' : ` 项目 ${unit}`}；请用 ${command} 更新。`,
  ephemeral: (tool) => `${tool} 为一次运行而创建，会自行移除。`,
  builder: (tool) => `${tool} 用它来构建；重建它会同时丢失构建缓存。`,
  platform: (tool, unit) =>
    `属于 Docker Desktop（${unit === null ? tool : `${tool}：${unit}`}）；由 Docker Desktop 更新。`,
  updater: (tool) => `${tool} 也在改动这个引擎上的容器；请只让其中一个来做。`,
  systemd: (_, unit) =>
    `由 systemd 单元${unit === null ? '' : ` ${unit} `}启动；请用 podman auto-update 更新。`,
};

export const ownerUpdates = ({ kind, tool, unit, command, proof }: Owner): string =>
  proof === serviceProof
    ? 'Swarm 的一个服务；Careen 让 Swarm 更新它。'
    : updates[kind](tool, unit, command ?? tool);
