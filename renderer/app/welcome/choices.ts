import { cronOf, monday, usualTime } from '../../../main/domain/policy/clock.js';
import { setValue } from '../../../main/domain/policy/edit/value.js';
import type { TemplateName } from '../../../main/domain/policy/templates/index.js';
import type { Policy } from '../../../main/domain/policy/types.js';

/** The templates of the first run, each removing what the one before does, and more. */
export const levels = ['careful', 'balanced', 'tight'] as const satisfies TemplateName[];
export type Level = (typeof levels)[number];

/** In local time. */
const schedules = {
  daily: { kind: 'daily', at: usualTime },
  weekly: { kind: 'weekly', at: usualTime, day: monday },
  never: { kind: 'off' },
} as const;
export type Schedule = keyof typeof schedules;
export const scheduleNames = Object.keys(schedules) as Schedule[];

/** How often registries are asked, as the policy writes it. */
export const checks = ['6h', '24h', '7d'] as const;
export type Check = (typeof checks)[number];

/** What a person chooses beside how much may go. */
export interface Choices {
  mode: 'suggest' | 'confirm';
  schedule: Schedule;
  afterUpdate: boolean;
  /** Whether a full disk, or images over their budget, start a clean-up. */
  pressure: boolean;
  check: Check;
}

/** As all three templates have it. */
export const asTemplates: Choices = {
  mode: 'confirm',
  schedule: 'daily',
  afterUpdate: true,
  pressure: true,
  check: '6h',
};

/** A template's text with what was chosen; its comments, and all lines that it says already, stay. */
export function policyOf(template: string, choices: Choices): string {
  const values = [
    [['mode'], choices.mode],
    [['triggers', 'schedule'], cronOf(schedules[choices.schedule]) ?? null],
    [['triggers', 'afterUpdate'], choices.afterUpdate],
    [['update', 'check', 'every'], choices.check],
  ] as const;
  const chosen = values.reduce((text, [path, value]) => setValue(text, [...path], value), template);
  if (choices.pressure) return chosen;
  return ['pressure', 'images'].reduce(
    (text, key) => setValue(text, ['triggers', key], null),
    chosen,
  );
}

/** What the two rules of `keep` say that these templates have. */
export function keptBy({ keep }: Pick<Policy, 'keep'>) {
  const ruleOf = (name: string) => keep.find(({ id }) => id === name);
  const recent = ruleOf('recent');
  return {
    /** Versions of a repository. */
    last: recent?.last ?? 0,
    /** Milliseconds; null: used or not. */
    while: recent?.usedWithin ?? null,
    /** Milliseconds. */
    lately: ruleOf('lately')?.usedWithin ?? 0,
  };
}
