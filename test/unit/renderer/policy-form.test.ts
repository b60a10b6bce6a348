import { describe, expect, it } from 'vitest';
import { defaultPolicyText } from '../../../main/domain/policy/default.js';
import { parsePolicy } from '../../../main/domain/policy/parse.js';
import { templates } from '../../../main/domain/policy/templates/index.js';
import { messages } from '../../../main/messages/index.js';
import { lineOf, plainOfLine } from '../../../renderer/app/policy/form/kinds.js';
import { asLine } from '../../../renderer/app/policy/form/naming.js';
import { keyedRows } from '../../../renderer/app/policy/form/keyed.js';
import {
  addCondition,
  addRow,
  beginnings,
  changesOf,
  edit,
  isChanged,
  knownKeys,
  lineOfLabels,
  moveRow,
  removeRow,
  rowsOf,
  type Edited,
  type RowList,
  type Written,
} from '../../../renderer/app/policy/form/model.js';
import { countOf, countsOf, entriesOf, readText } from '../../../renderer/app/policy/reading.js';

const textOf = (edited: Edited): string => {
  if ('problem' in edited) throw new Error(JSON.stringify(edited.problem));
  return edited.text;
};
const rowAt = (text: string, list: RowList, place: number) => {
  const row = rowsOf(text)[list][place];
  if (!row) throw new Error(`${list} has no entry ${place}`);
  return row;
};
const policyOf = (text: string) => {
  const parsed = parsePolicy(text);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
};
const NOW = Date.UTC(2026, 10, 24);

describe('the form', () => {
  it('writes a field, and leaves every other character', () => {
    const text = textOf(edit(defaultPolicyText, ['keep', 0, 'last'], 2));
    expect(text).toBe(defaultPolicyText.replace('last: 3', 'last: 2'));
  });
  it('tells what a policy cannot say, and writes nothing', () => {
    const edited = edit(defaultPolicyText, ['grace'], 'soon');
    expect('problem' in edited && edited.problem.path).toBe('grace');
  });
  it.each(Object.keys(beginnings) as RowList[])(
    'adds each kind of row to %s, and takes it out',
    (list) => {
      for (const written of Object.values(beginnings[list])) {
        const added = textOf(addRow(defaultPolicyText, list, written));
        const rows = rowsOf(added)[list];
        expect(rows.at(-1)?.written).toEqual(written);
        const taken = textOf(removeRow(added, rowAt(added, list, rows.length - 1)));
        expect(policyOf(taken)).toEqual(policyOf(defaultPolicyText));
      }
    },
  );
  it.each(['protect', 'keep', 'remove', 'updates'] as const)(
    'adds every condition that a row of %s may have',
    (list) => {
      const [first] = Object.values(beginnings[list]);
      const base = textOf(addRow('version: 1\n', list, first ?? {}));
      for (const key of changesOf(base, rowAt(base, list, 0)).add) {
        // Counting per family needs something to count.
        const text = textOf(addCondition(base, rowAt(base, list, 0), key, NOW));
        expect(rowAt(text, list, 0).written).toHaveProperty(key);
      }
    },
  );
  it('leaves a rule the last of its conditions', () => {
    const text = 'version: 1\nkeep:\n  - { match: "**", last: 2 }\n';
    const row = rowAt(text, 'keep', 0);
    expect(changesOf(text, row).drop).toEqual(['last', 'match']);
    const one = textOf(edit(text, ['keep', 0, 'last'], null));
    expect(changesOf(one, rowAt(one, 'keep', 0)).drop).toEqual([]);
  });
  it('changes two rows with the comments above them', () => {
    const text = 'version: 1\nkeep:\n  # one\n  - { last: 1 }\n  # two\n  - { last: 2 } # behind\n';
    const moved = textOf(moveRow(text, rowAt(text, 'keep', 1), 'up'));
    expect(moved).toBe(
      'version: 1\nkeep:\n  # two\n  - { last: 2 } # behind\n  # one\n  - { last: 1 }\n',
    );
    expect(textOf(moveRow(moved, rowAt(moved, 'keep', 0), 'down'))).toBe(text);
  });
  it.each(Object.entries(templates))('has a field for each key of the rules of %s', (_, text) => {
    for (const rows of Object.values(rowsOf(text)))
      for (const { list, written } of rows)
        expect([...knownKeys(list), 'id']).toEqual(expect.arrayContaining(Object.keys(written)));
  });
  it('knows which rows are not as they are saved', () => {
    const text = textOf(edit(defaultPolicyText, ['keep', 0, 'last'], 2));
    const saved = rowsOf(defaultPolicyText).keep;
    expect(rowsOf(text).keep.map((row) => isChanged(row, saved))).toEqual([true, false]);
  });
});

describe('fields', () => {
  it('give back what they show', () => {
    for (const value of ['postgres', ['a/**', 'b:1']])
      expect(plainOfLine('names', lineOf('names', value) ?? '')).toEqual(value);
    const labels = { 'careen.keep': 'true', tier: '' };
    expect(plainOfLine('labels', lineOf('labels', labels) ?? '')).toEqual(labels);
    expect(lineOfLabels({ list: 'a, b' })).toBeNull();
  });
});

describe('a row of the form', () => {
  const rowsFor = (...names: string[]) =>
    rowsOf(`version: 1\nprotect: [${names.map((name) => `{ match: ${name} }`).join(', ')}]\n`)
      .protect;
  let last = 0;
  const fresh = () => ++last;
  const first = keyedRows([], rowsFor('a', 'b', 'c'), fresh);
  const keysOf = (...names: string[]) =>
    keyedRows(first, rowsFor(...names), fresh).map(({ key }) => key);
  const [a, b, c] = first.map(({ key }) => key);

  it('stays the same when others go, come, or change places with it', () => {
    expect(keysOf('b', 'c')).toEqual([b, c]);
    expect(keysOf('a', 'c', 'b')).toEqual([a, c, b]);
    expect(keysOf('a', 'b', 'c', 'd')).toEqual([a, b, c, last]);
    expect(keysOf('new', 'a', 'b', 'c').slice(1)).toEqual([a, b, c]);
  });

  it('stays the same while it is edited, even into what another says', () => {
    expect(keysOf('a', 'bb', 'c')).toEqual([a, b, c]);
    expect(keysOf('a', 'a', 'c')).toEqual([a, b, c]);
  });
});

describe('the sentences of both languages', () => {
  const fields = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  const [en, zh] = [messages('en').window.policyForm, messages('zh-CN').window.policyForm];
  it.each(['protect', 'keep', 'remove'] as const)('hold every field of a row of %s', (list) => {
    for (const words of [en, zh])
      expect(fields(words.sentence(list, (key) => knownKeys(list).includes(key)))).toEqual(
        knownKeys(list).sort(),
      );
  });
  it('hold the same fields', () => {
    for (const [key, text] of Object.entries(en))
      if (typeof text === 'string')
        expect(fields(zh[key as keyof typeof zh] as string)).toEqual(fields(text));
  });
});

describe('counts', () => {
  const saved = 'version: 1\nkeep:\n  - { match: "a", last: 1 }\n  - { match: "b", last: 1 }\n';
  const before = [
    { kind: 'keep' as const, rule: 'keep[0]', images: 4 },
    { kind: 'keep' as const, rule: 'keep[1]', images: 9 },
  ];
  it('stand at the line of their rule', () => {
    const reading = readText(saved, NOW);
    expect('rules' in reading && reading.rules.map(({ line }) => line)).toEqual([3, 4]);
  });
  it('compare a rule without a name with the saved one that says the same', () => {
    const draft = saved.replace('  - { match: "a", last: 1 }\n', '');
    const counts = countsOf(
      policyOf(draft),
      policyOf(saved),
      [{ kind: 'keep', rule: 'keep[0]', images: 7 }],
      before,
    );
    expect(countOf(counts, 'keep', 'keep[0]')).toEqual({ images: 7, was: 9 });
  });
  it('are unknown while a draft is not judged', () => {
    const counts = countsOf(policyOf(saved), policyOf(saved), null, before);
    expect(countOf(counts, 'keep', 'keep[1]')).toEqual({ images: null, was: 9 });
  });
});

describe('counts of update entries', () => {
  const entry = (match: string, holds: number) => ({ match, holds });
  const count = (entries: readonly { holds: number }[]) => entries.map(({ holds }) => holds);

  it('stand beside what the saved entry held for, wherever it stands now', () => {
    const saved = [entry('web', 2), entry('db', 1)];
    const moved = [saved[1]!, saved[0]!, entry('new', 3)];
    expect(entriesOf(moved, saved, count)).toEqual([
      { now: 1, was: 1 },
      { now: 2, was: 2 },
      { now: 3, was: null },
    ]);
    const changed = [entry('web-*', 5), saved[1]!];
    expect(entriesOf(changed, saved, count)).toEqual([
      { now: 5, was: 2 },
      { now: 1, was: 1 },
    ]);
    expect(entriesOf([entry('web-*', 5)], saved, count)).toEqual([{ now: 5, was: null }]);
  });
});

describe('a rule without an id', () => {
  const { en, 'zh-CN': zh } = { en: messages('en'), 'zh-CN': messages('zh-CN') };
  const lineIn = (m: typeof en, written: Written) => {
    const { sentence, units, choice } = m.window.policyForm;
    const options = (of: Record<string, string>) =>
      Object.entries(of).map(([value, text]) => ({ value, text }));
    return asLine(
      sentence('keep', (key) => Object.hasOwn(written, key)),
      written,
      {
        optionsOf: (name) => (name in choice ? options(choice[name as 'origin']) : []),
        units,
        comma: m.window.common.comma,
      },
    );
  };

  it('is called by what it selects, as the form shows it', () => {
    const newest = { match: ['myorg/*', 'web'], last: 3, per: 'family' };
    expect(lineIn(en, newest)).toBe('the newest 3 of myorg/*, web per tag family');
    expect(lineIn(zh, newest)).toMatch(/^myorg\/\*, web 的最新 3 个版本，按 .+ 计$/);
    expect(lineIn(en, { match: '**', usedWithin: '30d' })).toContain('30 days');
    expect(lineIn(en, { origin: ['pulled', 'built'], largerThan: '1GB' })).toContain('1GB');
    expect(lineIn(en, { labels: { team: 'data' } })).toContain('team = data');
    expect(lineIn(en, newest)).not.toMatch(/[{}]/);
  });
});
