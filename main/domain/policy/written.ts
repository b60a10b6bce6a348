import { absentParts } from './parts.js';
import type { WrittenPolicy } from './schema.js';
import type { Mode, Policy, Pressure, Selector } from './types.js';
import { day, writeDuration, writeSize } from './units.js';
import { updateOf } from './written-update.js';
import { asList } from './values.js';

type WrittenRule = NonNullable<WrittenPolicy['keep' | 'protect' | 'remove']>[number];

/** A key that a policy leaves out, with what holds instead, as the file would write it. */
export interface StoodIn {
  /** E.g. `limits.pause`. */
  key: string;
  value: string;
}

const mode: Mode = 'confirm';
const grace = day;
const cooldown = day / 4;
const { rollback, containers, networks, buildCache, triggers, limits, update } = absentParts;

/** Every key that something stands in for, in the order of the policy. */
const absentValues: StoodIn[] = Object.entries({
  mode,
  protect: '[]',
  keep: '[]',
  remove: '[]',
  grace: writeDuration(grace),
  'rollback.versions': rollback.versions,
  'rollback.for': writeDuration(rollback.for),
  'containers.enabled': containers.enabled,
  'containers.exitedFor': writeDuration(containers.exitedFor),
  'networks.enabled': networks.enabled,
  'networks.unusedFor': writeDuration(networks.unusedFor),
  'buildCache.enabled': buildCache.enabled,
  'buildCache.unusedFor': writeDuration(buildCache.unusedFor),
  'buildCache.keep': writeSize(buildCache.keep),
  'triggers.afterUpdate': triggers.afterUpdate,
  'triggers.pressure.cooldown': writeDuration(cooldown),
  'limits.maxItems': limits.maxItems,
  'limits.maxBytes': writeSize(limits.maxBytes),
  'limits.pause': writeDuration(limits.pause),
  'update.check.every': writeDuration(update.check.every),
  'update.default.mode': update.default.mode,
  'update.default.tags': update.default.tags.level,
  'update.default.minAge': writeDuration(update.default.minAge),
  'update.default.settle': writeDuration(update.default.settle),
  'update.default.proveWithin': writeDuration(update.default.proveWithin),
  'update.default.stuckAfter': writeDuration(update.default.stuckAfter),
  'update.default.hooks': update.default.hooks,
  'update.default.askAbove': writeSize(update.default.askAbove),
  'update.default.copyUpTo': writeSize(update.default.copyUpTo),
}).map(([key, value]) => ({ key, value: String(value) }));

function selectorOf(rule: WrittenRule): Selector {
  return {
    match: asList(rule.match),
    labels: rule.labels ?? null,
    platform: asList(rule.platform),
    origin: asList(rule.origin),
    largerThan: rule.largerThan ?? null,
    untagged: rule.untagged ?? null,
    project: asList(rule.project),
  };
}

/** Fills in what a policy leaves out (JUDGING §3: "Absent"), and names what stood in. */
export function withDefaults(written: WrittenPolicy): { policy: Policy; stoodIn: StoodIn[] } {
  const idOf = (list: string, rule: WrittenRule, place: number) => rule.id ?? `${list}[${place}]`;
  const policy: Policy = {
    version: 1,
    mode: written.mode ?? mode,
    protect: (written.protect ?? []).map((rule, i) => ({
      id: idOf('protect', rule, i),
      ...selectorOf(rule),
      until: rule.until ?? null,
      note: rule.note ?? null,
    })),
    keep: (written.keep ?? []).map((rule, i) => ({
      id: idOf('keep', rule, i),
      ...selectorOf(rule),
      last: rule.last ?? null,
      per: rule.per ?? 'repository',
      usedWithin: rule.usedWithin ?? null,
    })),
    remove: (written.remove ?? []).map((rule, i) => ({
      id: idOf('remove', rule, i),
      ...selectorOf(rule),
      unusedFor: rule.unusedFor ?? null,
      mode: rule.mode ?? null,
    })),
    grace: written.grace ?? grace,
    rollback: { ...rollback, ...written.rollback },
    containers: { ...containers, ...written.containers },
    networks: { ...networks, ...written.networks },
    buildCache: { ...buildCache, ...written.buildCache },
    triggers: {
      schedule: written.triggers?.schedule ?? triggers.schedule,
      afterUpdate: written.triggers?.afterUpdate ?? triggers.afterUpdate,
      pressure: pressureOf(written.triggers?.pressure),
      hostNotice: written.triggers?.hostNotice ?? triggers.hostNotice,
      images: written.triggers?.images ?? triggers.images,
    },
    limits: { ...limits, ...written.limits },
    update: updateOf(written.update),
  };
  return { policy, stoodIn: absentValues.filter(({ key }) => isAbsent(written, key)) };
}

type WrittenPressure = NonNullable<WrittenPolicy['triggers']>['pressure'];

function pressureOf(written: WrittenPressure): Pressure | null {
  return written === undefined ? null : { ...written, cooldown: written.cooldown ?? cooldown };
}

/** Whether a key is not written; the cooldown of no pressure is not missed. */
function isAbsent(written: WrittenPolicy, key: string): boolean {
  const path = key.split('.');
  const above = path.slice(0, -1);
  const at = (steps: string[]) =>
    steps.reduce<unknown>((value, step) => (value as Record<string, unknown>)?.[step], written);
  const isMissed = key !== 'triggers.pressure.cooldown' || at(above) !== undefined;
  return isMissed && at(path) === undefined;
}
