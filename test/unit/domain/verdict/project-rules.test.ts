import { describe, expect, it } from 'vitest';
import type { Project } from '../../../../main/domain/facts.js';
import { parsePolicy } from '../../../../main/domain/policy/parse.js';
import { judge } from '../../../../main/domain/verdict/judge.js';
import { image, inventory, now } from '../arbitrary.js';

const project = (present: boolean | null): Project => ({
  kind: 'compose',
  name: 'acme-shop',
  folder: '/home/ada/acme',
  files: ['/home/ada/acme/compose.yaml'],
  lastUsed: now,
  present,
  latestOf: [],
});

/** The verdict on an image with these projects, and whether it rests on what is not known. */
function verdict(rules: string, projects: (boolean | null)[]) {
  const parsed = parsePolicy(`version: 1\ngrace: 0s\n${rules}\n`);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const one = image(1, { refs: ['myorg/api:1'], projects: projects.map(project), layers: [] });
  const [judged] = judge(inventory([one]), parsed.policy, { now, ages: 'calendar' });
  return [judged?.decidedBy.kind, judged?.estimate];
}

const all = 'remove:\n  - match: "**"\n';

describe('a rule that selects by projects', () => {
  it.each<[(boolean | null)[], string]>([
    [[], 'remove'],
    [[true], 'keep'],
    [[false, true], 'keep'],
    [[null, true], 'keep'],
    [[false], 'remove'],
  ])('keeps what a project that stands used: %j is %s', (projects, kind) => {
    expect(verdict(`${all}keep:\n  - project: present`, projects)).toEqual([kind, false]);
  });

  it.each<[(boolean | null)[]]>([[[null]], [[false, null]]])(
    'rests on an estimate where that is not known: %j',
    (projects) => {
      expect(verdict(`${all}keep:\n  - project: present`, projects)).toEqual(['remove', true]);
    },
  );

  it.each<[(boolean | null)[], string]>([
    [[], 'default'],
    [[true], 'default'],
    [[false, true], 'default'],
    [[null], 'default'],
    [[false, null], 'default'],
    [[false], 'remove'],
    [[false, false], 'remove'],
  ])('removes what only projects that are gone used: %j is %s', (projects, kind) => {
    expect(verdict('remove:\n  - project: gone', projects)[0]).toBe(kind);
  });

  it.each<[(boolean | null)[], string]>([
    [[], 'default'],
    [[true], 'remove'],
    [[false], 'remove'],
    [[null], 'remove'],
  ])('selects by both whatever a project used: %j is %s', (projects, kind) => {
    expect(verdict('remove:\n  - project: [present, gone]', projects)[0]).toBe(kind);
  });

  it('needs its origin as well', () => {
    expect(verdict('remove:\n  - { project: gone, origin: pulled }', [false])[0]).toBe('default');
    expect(verdict('remove:\n  - { project: gone, origin: unknown }', [false])[0]).toBe('remove');
  });
});
