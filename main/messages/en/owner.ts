import type { Owner, OwnerKind } from '../../domain/owners/types.js';
import { serviceProof } from '../../domain/swarm/subject.js';
import type { OwnerReason } from '../types.js';

type Sentence = (tool: string, unit: string | null) => string;

const inBrackets = (unit: string | null) => (unit === null ? '' : ` (${unit})`);
const needed: Sentence = (tool, unit) => `Kept: ${tool}${inBrackets(unit)} needs it.`;

/** For each kind of owner whose something is, and who changes it (OWNERS §5). */
const sentences: Record<OwnerKind, Sentence> = {
  person: needed,
  compose: needed,
  swarm: (_, unit) =>
    unit === null
      ? 'Kept: Swarm needs it.'
      : `Kept: ${unit} in Swarm needs it; update the service, not the container.`,
  cluster: (tool, unit) =>
    `Kept: part of ${unit === null ? `a ${tool} cluster` : `the ${tool} cluster ${unit}`}; it is upgraded by making the cluster anew.`,
  editor: (tool, unit) =>
    `Kept: it belongs to ${tool}${inBrackets(unit)}; rebuild it in the editor.`,
  devstack: (tool, unit) =>
    unit === null
      ? `Kept: projects of ${tool} need it; update it with ${tool}.`
      : `Kept: it belongs to the ${tool} project ${unit}; update it with ${tool}.`,
  ephemeral: (tool) =>
    `Kept: ${tool} made it for its runs, and removes it or uses it again itself.`,
  builder: (tool, unit) =>
    `Kept: it runs ${tool} builds${inBrackets(unit)}; their cache would go with it.`,
  platform: (tool, unit) =>
    `Kept: part of Docker Desktop (${unit === null ? tool : `${tool}, ${unit}`}); it is updated from there.`,
  updater: (tool) =>
    `Kept: ${tool} also looks after containers on this engine; let only one of the two do it.`,
  systemd: (_, unit) =>
    `Kept: ${unit === null ? 'a systemd unit starts it' : `the systemd unit ${unit} starts it`}; update it with podman auto-update.`,
};

/** One whole sentence: what is held for an owner, and what its user does instead. */
export const ownerSentence = ({ owner, tool, unit }: OwnerReason): string =>
  sentences[owner](tool, unit);

/** For each kind of owner whose a container is, and what its user does to update it (OWNERS §5). */
const updates: Record<OwnerKind, (tool: string, unit: string | null, command: string) => string> = {
  person: () => 'Started by hand; Careen can update it.',
  compose: (tool, unit) =>
    tool === 'Compose'
      ? `Part of ${unit === null ? 'a Compose project' : `the Compose project ${unit}`}; after an update docker compose up finds it unchanged.`
      : `Part of ${unit === null ? `a stack of ${tool}` : `the ${tool} stack ${unit}`}; update it there.`,
  swarm: (_, unit) =>
    `A task of ${unit === null ? 'a Swarm service' : `the service ${unit}`}; update the service, not the container.`,
  cluster: (tool, unit) =>
    `Part of ${unit === null ? `a ${tool} cluster` : `the ${tool} cluster ${unit}`}; it is upgraded by making the cluster anew.`,
  editor: (tool, unit) =>
    `Belongs to a dev container (${unit === null ? tool : `${tool}, ${unit}`}); rebuild it in the editor.`,
  devstack: (tool, unit, command) =>
    `Belongs to ${unit === null ? tool : `the ${tool} project ${unit}`}; update it with ${command}.`,
  ephemeral: (tool) => `Made by ${tool} for one run; ${tool} removes it itself.`,
  builder: (tool) => `Runs ${tool} builds; its build cache would go with it.`,
  platform: (tool, unit) =>
    `Part of Docker Desktop (${unit === null ? tool : `${tool}, ${unit}`}); it is updated from there.`,
  updater: (tool) =>
    `${tool} also changes containers on this engine; let only one of the two do it.`,
  systemd: (_, unit) =>
    `Started by ${unit === null ? 'a systemd unit' : `the systemd unit ${unit}`}; update it with podman auto-update.`,
};

/** One whole sentence: whose a container is, and how it is updated. */
export const ownerUpdates = ({ kind, tool, unit, command, proof }: Owner): string =>
  proof === serviceProof
    ? 'A service of the swarm; Careen has Swarm update it.'
    : updates[kind](tool, unit, command ?? tool);
