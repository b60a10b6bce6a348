import type { WrittenPolicy } from './schema.js';
import type { Policy, Selector } from './types.js';
import { day } from './units.js';

type WrittenRule = NonNullable<WrittenPolicy['keep' | 'protect' | 'remove']>[number];

const asList = <T>(value: T | T[] | undefined): T[] | null =>
  value === undefined ? null : Array.isArray(value) ? value : [value];

function selectorOf(rule: WrittenRule): Selector {
  return {
    match: asList(rule.match),
    labels: rule.labels ?? null,
    platform: asList(rule.platform),
    origin: asList(rule.origin),
    largerThan: rule.largerThan ?? null,
    untagged: rule.untagged ?? null,
  };
}

/** Fills in what a policy leaves out (JUDGING §3: "Absent"), and names what stood in. */
export function withDefaults(written: WrittenPolicy): { policy: Policy; stoodIn: string[] } {
  const idOf = (list: string, rule: WrittenRule, place: number) => rule.id ?? `${list}[${place}]`;
  const policy: Policy = {
    version: 1,
    mode: written.mode ?? 'confirm',
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
    grace: written.grace ?? day,
    limits: { pause: written.limits?.pause ?? 250 },
  };
  const stoodIn = (['mode', 'protect', 'keep', 'remove', 'grace'] as const).filter(
    (key): boolean => written[key] === undefined,
  );
  const pause = written.limits?.pause === undefined ? ['limits.pause'] : [];
  return { policy, stoodIn: [...stoodIn, ...pause] };
}
