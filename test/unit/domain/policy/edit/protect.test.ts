import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { defaultPolicyText } from '../../../../../main/domain/policy/default.js';
import {
  addProtects,
  type ProtectEntry,
  removeProtects,
} from '../../../../../main/domain/policy/edit/protect.js';
import { parsePolicy } from '../../../../../main/domain/policy/parse.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const id = (c: string) => `sha256:${c.repeat(64)}`;
const entry = (...match: string[]) => ({ match, until: null, note: null });

const addProtect = (text: string, one: ProtectEntry) => addProtects(text, [one]).text;
const removeProtect = (text: string, match: readonly string[]) =>
  removeProtects(text, [match]).text;

function protect(text: string) {
  const parsed = parsePolicy(text);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy.protect.map(({ match, until, note }) => ({ match, until, note }));
}

describe('addProtects', () => {
  it('adds one line and leaves every other as it is', () => {
    const before = defaultPolicyText.split('\n');
    const after = addProtect(defaultPolicyText, entry('myorg/api:1.4', id('a'))).split('\n');
    const place = after.findIndex((line) => line.includes('myorg/api:1.4'));
    expect(after[place]).toBe(`  - { match: ["myorg/api:1.4", "${id('a')}"] }`);
    expect(after[place - 1]).toBe('  - { labels: { careen.keep: "true" } }');
    expect(after.toSpliced(place, 1)).toEqual(before);
  });

  it.each([
    ['version: 1\n', 'version: 1\nprotect:\n  - { match: "a" }\n'],
    ['version: 1', 'version: 1\nprotect:\n  - { match: "a" }\n'],
    ['version: 1 # x', 'version: 1 # x\nprotect:\n  - { match: "a" }\n'],
    [
      'version: 1\nprotect: []   # none yet\nkeep: []\n',
      'version: 1\nprotect: \n  - { match: "a" }   # none yet\nkeep: []\n',
    ],
    [
      'version: 1\nprotect: [ { match: b } ]\n',
      'version: 1\nprotect: [ { match: b }, { match: "a" } ]\n',
    ],
    [
      'version: 1\nprotect:\n- match: b  # b\nkeep: []\n',
      'version: 1\nprotect:\n- match: b  # b\n- { match: "a" }\nkeep: []\n',
    ],
    [
      'version: 1\nprotect:\n    - match:\n        - b\n        - c\n      note: x',
      'version: 1\nprotect:\n    - match:\n        - b\n        - c\n      note: x\n    - { match: "a" }\n',
    ],
    ['{ version: 1 }\n', '{ version: 1, protect: [ { match: a } ] }\n'],
  ])('%j', (before, after) => {
    expect(addProtect(before, entry('a'))).toBe(after);
  });

  it('writes until and note', () => {
    const until = Date.UTC(2027, 0, 31);
    const text = addProtect('version: 1\n', { match: ['a:1'], until, note: 'the "audit": 1 # x' });
    expect(protect(text)).toEqual([{ match: ['a:1'], until, note: 'the "audit": 1 # x' }]);
  });

  it('gives the same text back when it says so already', () => {
    const text = addProtect('version: 1\n', entry('a:1', id('a')));
    expect(addProtect(text, entry('a:1', id('a')))).toBe(text);
    expect(addProtect(text, entry('docker.io/library/a:1'))).toBe(text);
  });

  it('replaces an entry with another until', () => {
    const once = addProtect('version: 1\n', { match: ['a:1'], until: 86_400_000, note: null });
    expect(protect(addProtect(once, entry('a:1')))).toEqual([entry('a:1')]);
  });
});

describe('removeProtects', () => {
  it('takes back what addProtect wrote, to the letter', () => {
    const text = addProtect(defaultPolicyText, entry('myorg/api:1.4', id('a')));
    expect(removeProtect(text, ['myorg/api:1.4', id('a')])).toBe(defaultPolicyText);
    expect(removeProtect(text, ['docker.io/myorg/api:1.4'])).toBe(defaultPolicyText);
    expect(removeProtect(text, [id('a')])).toBe(defaultPolicyText);
    expect(removeProtect(text, [id('b')])).toBe(text);
  });

  it('takes only the name out of a list that a person wrote', () => {
    const text = 'version: 1\nprotect:\n  - { match: [a, "b:1", c], note: x } # mine\n';
    expect(removeProtect(text, ['b:1'])).toBe(
      'version: 1\nprotect:\n  - { match: [a, c], note: x } # mine\n',
    );
    const block = 'version: 1\nprotect:\n  - match:\n      - a\n      - b\n    note: x\n';
    expect(protect(removeProtect(block, ['a']))).toEqual([
      { match: ['b'], until: null, note: 'x' },
    ]);
  });

  it('takes one of several IDs alone', () => {
    const text = addProtect('version: 1\n', entry(id('a'), id('b')));
    expect(protect(removeProtect(text, [id('a')])).map(({ match }) => match)).toEqual([[id('b')]]);
    expect(protect(removeProtect(text, [id('b'), id('a')]))).toEqual([]);
    const named = addProtect('version: 1\n', entry('a:1', 'b:1', id('a'), id('b')));
    expect(protect(removeProtect(named, ['a:1', id('a')]))[0]?.match).toEqual(['b:1', id('b')]);
  });

  it('leaves an empty list where the last entry went', () => {
    expect(
      removeProtect('version: 1\nprotect:\n  # why\n  - { match: a }\nkeep: []\n', ['a']),
    ).toBe('version: 1\nprotect: []\n  # why\nkeep: []\n');
    expect(protect(removeProtect('{ version: 1, protect: [ { match: a } ] }', ['a']))).toEqual([]);
  });

  it('leaves entries that select by more, and patterns that were not named', () => {
    const text = 'version: 1\nprotect:\n  - { match: a, origin: built }\n  - { match: "a*" }\n';
    expect(removeProtect(text, ['a', 'ab'])).toBe(text);
    expect(protect(removeProtect(text, ['a*']))).toHaveLength(1);
  });

  it('undoes any sequence of additions', () => {
    const name = fc.constantFrom('a:1', 'b/c:2', 'x.io/y:3', id('1'), id('2'));
    const base = fc.constantFrom(
      ...['version: 1\n', defaultPolicyText, 'version: 1\nprotect: []\ngrace: 1h # g\n'],
      ...['{ version: 1, protect: [ { match: z } ] }\n', 'version: 1\nprotect:\n- match: z\n'],
    );
    fc.assert(
      fc.property(base, fc.uniqueArray(name, { minLength: 1 }), (text, names) => {
        const added = names.reduce((t, n) => addProtect(t, entry(n)), text);
        expect(protect(added)).toHaveLength(protect(text).length + names.length);
        expect(protect(removeProtect(added, names))).toEqual(protect(text));
      }),
      { numRuns: 60 },
    );
  });

  it.each([[[0, 1]], [[0, 2]], [[1, 2]], [[0, 1, 2]]])(
    'takes several out of one line (%j)',
    (which) => {
      const names = ['a', 'b', 'c'];
      const text = 'version: 1\nprotect: [{ match: a }, { match: b }, { match: c }] # mine\n';
      const left = removeProtects(
        text,
        which.map((n) => [names[n] ?? '']),
      ).text;
      expect(protect(left).map(({ match }) => match)).toEqual(
        names.filter((_, n) => !which.includes(n)).map((name) => [name]),
      );
      expect(left.split('\n')).toHaveLength(3);
      expect(left).toContain('# mine');
    },
  );
});

describe('several at once', () => {
  const name = fc.constantFrom('a:1', 'b/c:2', 'x.io/y:3', id('1'), id('2'));
  const wish = fc.record({
    match: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
    until: fc.constantFrom(null, 86_400_000),
    note: fc.constantFrom(null, 'why'),
  });
  const texts = fc.constantFrom(
    ...['version: 1\n', defaultPolicyText, 'version: 1\nprotect: []\ngrace: 1h # g\n'],
    'version: 1\nprotect:\n  # first\n  - { match: [a:1, b/c:2] } # two\n  - match: z\n',
    `version: 1\nprotect: [{ match: ["a:1", "${id('1')}"] }, { match: z }, { match: b/c:2 }]\n`,
  );

  it('is added as one after the other', () => {
    fc.assert(
      fc.property(texts, fc.array(wish, { maxLength: 6 }), (text, wishes) => {
        const each: boolean[] = [];
        const oneByOne = wishes.reduce((before, one) => {
          const after = addProtect(before, one);
          each.push(after !== before);
          return after;
        }, text);
        const { text: together, changed } = addProtects(text, wishes);
        expect(changed).toEqual(each);
        expect(protect(together)).toEqual(protect(oneByOne));
      }),
      { numRuns: 200 },
    );
  });

  it('is taken out as one after the other, to the letter', () => {
    const matches = fc.array(fc.uniqueArray(name, { minLength: 1, maxLength: 3 }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(texts, fc.array(wish, { maxLength: 4 }), matches, (text, wishes, out) => {
        const start = addProtects(text, wishes).text;
        const each: boolean[] = [];
        const oneByOne = out.reduce((before, match) => {
          const after = removeProtect(before, match);
          each.push(after !== before);
          return after;
        }, start);
        const { text: together, changed } = removeProtects(start, out);
        expect(changed).toEqual(each);
        expect(together).toBe(oneByOne);
      }),
      { numRuns: 200 },
    );
  });
});
