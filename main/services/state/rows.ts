import type { ContainerRow, ImageRow } from '../../contract/slices.js';
import type { ContainerFacts } from '../../domain/facts.js';
import type { Policy } from '../../domain/policy/types.js';
import { projectOfImage } from '../../domain/projects.js';
import { familiarRepository, repositoryOfName, splitReference } from '../../domain/reference.js';
import { protectionOf } from '../../domain/verdict/protection.js';
import type { JudgedImage } from '../../domain/verdict/types.js';

/** What differs between two states of a slice of rows. */
export interface RowChange<R> {
  upsert: R[];
  remove: string[];
}

/** Rows that are new or changed, and the IDs of those that went. */
export function changeOf<R extends { id: string }>(
  before: ReadonlyMap<string, R>,
  now: readonly R[],
): RowChange<R> {
  const ids = new Set(now.map((r) => r.id));
  return {
    upsert: now.filter((r) => {
      const old = before.get(r.id);
      return !old || JSON.stringify(old) !== JSON.stringify(r);
    }),
    remove: [...before.keys()].filter((id) => !ids.has(id)),
  };
}

/**
 * The row of a judged image: flat, and codes only.
 *
 * @param going what a plan made now takes as it is ticked, by ID
 */
export function imageRow(
  judged: JudgedImage,
  policy: Policy,
  going: ReadonlySet<string>,
): ImageRow {
  const { facts, decidedBy } = judged;
  const name = facts.refs[0] ?? facts.digests[0];
  return {
    id: judged.id,
    refs: facts.refs,
    repository:
      name === undefined ? null : familiarRepository(repositoryOfName(splitReference(name).name)),
    size: facts.size,
    unique: judged.reclaimable,
    created: facts.created,
    used: facts.used?.at ?? null,
    usedBy: (facts.usedBy ?? []).map((u) => u.name),
    project: projectOfImage(facts),
    verdict: judged.verdict,
    going: going.has(judged.id),
    decidedBy: decidedBy.kind,
    code: decidedBy.code,
    rule: 'rule' in decidedBy ? decidedBy.rule : null,
    protected: protectionOf(judged, policy),
    estimate: judged.estimate,
    recoverable: facts.recoverable.state,
  };
}

/** The row of a container. */
export function containerRow(c: ContainerFacts): ContainerRow {
  const { id, name, reference, imageId, state, health, sizeRw } = c;
  return { id, name, reference, imageId, state, health, sizeRw };
}
