import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { defaultPolicyText } from '../../../../../main/domain/policy/default.js';
import {
  addRule,
  removeRule,
  type WrittenRule,
} from '../../../../../main/domain/policy/edit/rules.js';
import { parsePolicy } from '../../../../../main/domain/policy/parse.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

function ids(text: string, list: 'keep' | 'remove'): string[] {
  const parsed = parsePolicy(text);
  if ('problems' in parsed) throw new Error(`${JSON.stringify(parsed.problems)} in\n${text}`);
  return parsed.policy[list].map(({ id }) => id);
}

const own: WrittenRule = { id: 'own', match: 'myorg/*', last: 5 };

describe('addRule', () => {
  it('adds one line at the end of its list', () => {
    const before = defaultPolicyText.split('\n');
    const after = addRule(defaultPolicyText, 'keep', own).split('\n');
    const place = after.findIndex((line) => line.includes('id: own'));
    expect(after[place]).toBe('  - { id: own, match: "myorg/*", last: 5 }');
    expect(after.toSpliced(place, 1)).toEqual(before);
    expect(ids(after.join('\n'), 'keep')).toEqual(['recent', 'lately', 'own']);
  });

  it('writes the rule of the same id anew, and nothing else of its line', () => {
    const text = addRule(defaultPolicyText, 'keep', {
      id: 'recent',
      match: '**',
      last: 5,
      usedWithin: '90d',
    });
    expect(text).toBe(defaultPolicyText.replace('last: 3,', 'last: 5,'));
  });

  it('gives the same text back when a rule says so already', () => {
    const text = addRule(defaultPolicyText, 'keep', own);
    expect(addRule(text, 'keep', own)).toBe(text);
    const nameless: WrittenRule = { match: ['a', 'b:1'], origin: 'built' };
    const once = addRule(text, 'remove', nameless);
    expect(addRule(once, 'remove', nameless)).toBe(once);
    expect(ids(once, 'remove')).toEqual(['untagged', 'stale', 'stale-builds', 'remove[3]']);
  });

  it.each([
    ['version: 1\n', 'version: 1\nkeep:\n  - { id: own, match: "myorg/*", last: 5 }\n'],
    ['version: 1\r\n', 'version: 1\r\nkeep:\r\n  - { id: own, match: "myorg/*", last: 5 }\r\n'],
    [
      'version: 1\nkeep: [ { last: 1 } ]\n',
      'version: 1\nkeep: [ { last: 1 }, { id: own, match: "myorg/*", last: 5 } ]\n',
    ],
  ])('%j', (before, after) => {
    expect(addRule(before, 'keep', own)).toBe(after);
  });
});

describe('removeRule', () => {
  it('takes a rule out by its id, or by its place', () => {
    expect(ids(removeRule(defaultPolicyText, 'remove', 'stale'), 'remove')).toEqual([
      'untagged',
      'stale-builds',
    ]);
    const text = 'version: 1\nkeep:\n  - last: 1 # one\n  - last: 2 # two\n';
    expect(removeRule(text, 'keep', 'keep[0]')).toBe('version: 1\nkeep:\n  - last: 2 # two\n');
    expect(removeRule('version: 1\nkeep: [{ last: 1 }, { last: 2 }]\n', 'keep', 'keep[1]')).toBe(
      'version: 1\nkeep: [{ last: 1 }]\n',
    );
  });

  it('gives the same text back when there is none', () => {
    expect(removeRule(defaultPolicyText, 'keep', 'stale')).toBe(defaultPolicyText);
  });

  it('takes back what addRule wrote, to the letter', () => {
    const rule = fc.record(
      {
        id: fc.constantFrom('a', 'b-1', 'c.d'),
        match: fc.constantFrom<string | string[]>('**', 'myorg/*', ['a:1', 'x.io/b'], '1.0'),
        labels: fc.constantFrom({ 'careen.keep': 'true' }, { 'a b': 'no: #1' }),
        untagged: fc.boolean(),
        largerThan: fc.constantFrom('1.5GiB'),
      },
      { requiredKeys: ['id', 'match'] },
    );
    const texts = fc.constantFrom(
      ...[defaultPolicyText, defaultPolicyText.replaceAll('\n', '\r\n')],
      'version: 1\nkeep: [{ last: 1 }]   # one\nremove:\n- last\n'.replace(
        '- last',
        '- untagged: true # x',
      ),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom('keep', 'remove'), rule, (text, list, one) => {
        const added = addRule(text, list, one);
        expect(ids(added, list)).toEqual([...ids(text, list), one.id]);
        expect(addRule(added, list, one)).toBe(added);
        expect(removeRule(added, list, one.id)).toBe(text);
      }),
      { numRuns: 100 },
    );
  });
});
