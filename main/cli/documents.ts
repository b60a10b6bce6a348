import type { StatusDocument } from '../contract/documents/status.js';
import { encodeFacts } from '../contract/documents/inventory.js';
import type { JudgedDocument, JudgedOtherDocument } from '../contract/documents/judged.js';
import type { PlanDocument } from '../contract/documents/plan.js';
import type { SpaceDocument } from '../contract/documents/space.js';
import type { Result } from '../contract/commands.js';
import { asTicked, chosenOf } from '../domain/plan/choose.js';
import type { Plan, Untick } from '../domain/plan/types.js';
import { waitsOf } from '../domain/plan/untick.js';
import type { ChangesWhen, JudgedImage, JudgedOther } from '../domain/verdict/types.js';
import type { ReasonContext } from '../messages/index.js';
import { english as en } from './context.js';
import { failureOf, iso, isoOrNull, reasonOf, recoverableOf, ruleOf } from './document-parts.js';
import { cleanOf } from './run-documents.js';

type Waits = ReadonlyMap<string, Untick>;

/**
 * One judged image; `context` says as of when its sentences speak.
 *
 * @param waits why a plan that is taken as it is ticked leaves what may go, by ID
 */
export function judgedOf(image: JudgedImage, waits: Waits, context: ReasonContext): JudgedDocument {
  return {
    id: image.id,
    refs: image.refs,
    size: image.facts.size,
    reclaimable: image.reclaimable,
    verdict: image.verdict,
    decidedBy: reasonOf(image.decidedBy, context),
    untick: untickOf(waits.get(image.id), context),
    references: image.references.map(({ ref, kind, decidedBy }) => ({
      ref,
      type: kind,
      kind: decidedBy.kind,
      rule: ruleOf(decidedBy),
      text: en.reason(decidedBy, context),
    })),
    alsoMatched: image.alsoMatched.map((r) => reasonOf(r, context)),
    estimate: image.estimate,
    baseOf: image.baseOf,
    changesWhen: changesOf(image.changesWhen),
    facts: encodeFacts(image.facts),
  };
}

/** What is no image, judged. */
export function judgedOtherOf(
  other: JudgedOther,
  waits: Waits,
  context: ReasonContext,
): JudgedOtherDocument {
  const { kind, id, name, reclaimable, verdict, nameable, project, lastUsed } = other;
  return {
    kind,
    id,
    name,
    reclaimable,
    verdict,
    nameable,
    decidedBy: reasonOf(other.decidedBy, context),
    untick: untickOf(waits.get(id), context),
    lastUsed: lastUsed && { at: iso(lastUsed.at), by: lastUsed.by },
    project,
    changesWhen: changesOf(other.changesWhen),
  };
}

const untickOf = (of: Untick | undefined, { name }: ReasonContext) =>
  of === undefined ? null : { code: of.code, text: en.untick(of, name) };

function changesOf(changes: readonly ChangesWhen[]): JudgedDocument['changesWhen'] {
  return changes.map((c) => ('at' in c ? { at: iso(c.at) } : c));
}

/** A plan; its sentences speak as of when it was made. */
export function planOf(plan: Plan, name: (id: string) => string): PlanDocument {
  const context = { now: plan.takenAt, name };
  const waits = waitsOf(plan.items, chosenOf(plan, asTicked));
  return {
    planId: plan.planId,
    takenAt: iso(plan.takenAt),
    engine: { endpoint: plan.engine.endpoint, id: plan.engine.id, store: plan.engine.store },
    items: plan.items.map((item) => ({
      kind: item.kind,
      id: item.id,
      refs: item.refs,
      reclaimable: item.reclaimable,
      reason: reasonOf(item.reason, context),
      recoverable: recoverableOf(item.recoverable),
      ticked: item.ticked,
      untick: untickOf(waits.get(item.id), context),
      group: item.group,
      after: item.after,
      belongsTo: item.belongsTo,
    })),
    kept: plan.kept.map(({ kind, images }) => ({ kind, images, text: en.cli.keptAs[kind] })),
    reclaimable: plan.reclaimable,
    reclaimableAll: plan.reclaimableAll,
    free: plan.free,
  };
}

export function spaceOf(space: Result<'space'>): SpaceDocument {
  return { ...space, at: iso(space.at) };
}

export function statusOf(status: Result<'status'>): StatusDocument {
  const { engine, gauges, totals, run, settings, triggers, updates } = status;
  return {
    engine: {
      status: engine.status,
      since: iso(engine.since),
      facts: engine.facts,
      chosen: engine.chosen,
      looked: engine.looked,
      error: engine.error && failureOf(engine.error),
    },
    gauges: {
      ...gauges,
      at: isoOrNull(gauges.at),
      forecast: gauges.forecast && {
        fullAt: iso(gauges.forecast.fullAt),
        earliest: iso(gauges.forecast.earliest),
        latest: iso(gauges.forecast.latest),
      },
    },
    images: { count: totals.images, onDisk: totals.onDisk, sumOfSizes: totals.sumOfSizes },
    reclaimable: totals.canGo,
    reclaimableImages: totals.canGoImages,
    reclaimableLost: totals.canGoLost,
    untickedImages: totals.couldGoImages,
    policy: {
      source: totals.policy.source,
      file: totals.policy.file,
      error: totals.policy.error && failureOf(totals.policy.error),
      modeLowered: totals.policy.modeLowered,
    },
    triggers: {
      mode: triggers.mode,
      next: triggers.next && { ...triggers.next, at: iso(triggers.next.at) },
      waiting: triggers.waiting && { ...triggers.waiting, since: iso(triggers.waiting.since) },
    },
    updates: {
      pending: updates.pending,
      checkedAt: isoOrNull(updates.checkedAt),
      nextAt: isoOrNull(updates.nextAt),
    },
    question: run.question && { ...run.question, at: iso(run.question.at) },
    running: run.current !== null || run.update !== null,
    lastRun: run.last && cleanOf(run.last),
    pausedUntil: isoOrNull(settings.pausedUntil),
    home: settings.home,
    movedAside: settings.movedAside,
  };
}
