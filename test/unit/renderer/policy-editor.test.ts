import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPolicyText } from '../../../main/domain/policy/default.js';
import { parsePolicy } from '../../../main/domain/policy/parse.js';
import { messages } from '../../../main/messages/index.js';
import { changeBetween } from '../../../renderer/app/policy/editor/change.js';
import { keyUnder, offers } from '../../../renderer/app/policy/editor/completion.js';
import { allKeys } from '../../../renderer/app/policy/editor/schema.js';
import { placeAt } from '../../../renderer/app/policy/editor/place.js';
import { lengthAt, shownProblems } from '../../../renderer/app/policy/shown.js';

/** A text, and the offset that `|` stands at in it. */
const at = (marked: string) => ({ text: marked.replace('|', ''), offset: marked.indexOf('|') });
const place = (marked: string) => {
  const { text, offset } = at(marked);
  const { path, at: kind } = placeAt(text, offset);
  return [path.join('.'), kind];
};
const words = messages('en').window.policyPage;
const offered = (marked: string) => {
  const { text, offset } = at(marked);
  return offers(text, offset, words)?.options.map(({ label }) => label) ?? [];
};

describe('placeAt', () => {
  it.each([
    ['|', '', 'key'],
    ['version: 1\n|', '', 'key'],
    ['mode: |', 'mode', 'value'],
    ['update:\n  |', 'update', 'key'],
    ['update:\n  check: { every: 6h }\n  |', 'update', 'key'],
    ['update:\n  check: { | }', 'update.check', 'key'],
    ['update:\n  check: { every: |', 'update.check.every', 'value'],
    ['keep:\n  - { match: "**", |', 'keep.0', 'key'],
    ['keep:\n- { match: "**" }\n- { last: 2, |', 'keep.1', 'key'],
    ['keep:\n  - match: "**"\n    |', 'keep.0', 'key'],
    ['keep:\n  - { match: "**" }\nremove:\n  - { untagged: |', 'remove.0.untagged', 'value'],
    ['remove:\n  - { origin: [built, |', 'remove.0.origin.1', 'value'],
    ['keep:\n- { last: 1 }\nremove:\n- { |', 'remove.0', 'key'],
    ['mode: auto # keep: {\n|', '', 'key'],
  ])('%j is in %j, as a %s', (marked, path, kind) => {
    expect(place(marked)).toEqual([path, kind]);
  });

  it('reads any text as far as any offset', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ': ',
      '- ',
      '\n',
      '  ',
      '"',
      '#',
      'keep',
      '7d',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        expect(() => placeAt(text, text.length)).not.toThrow();
      }),
    );
  });
});

describe('what is offered', () => {
  it('is the keys that a mapping may have and has not', () => {
    const keys = offered('version: 1\nkeep:\n  - { match: "**", |');
    expect(keys).toContain('usedWithin');
    expect(keys).not.toContain('match');
    expect(keys).not.toContain('unusedFor');
  });
  it('is the words that a value may be', () => {
    expect(offered('mode: |')).toEqual(expect.arrayContaining(['suggest', 'confirm', 'auto']));
    expect(offered('remove:\n  - { origin: [|')).toContain('pulled');
    expect(offered('containers: { enabled: |')).toEqual(expect.arrayContaining(['true', 'false']));
  });
  it('is nothing inside a comment', () => {
    expect(offered('version: 1 # mo|')).toEqual([]);
  });
});

describe('what is told of a place', () => {
  it.each([
    ['keep:\n  - { la|st: 3 }', 'keep.last'],
    ['grace: 2|4h', 'grace'],
    ['update:\n  default: { mo|de: notify }', 'update.default.mode'],
  ])('%j is %s', (marked, path) => {
    const { text, offset } = at(marked);
    expect(keyUnder(text, offset)?.key.path).toBe(path);
  });
});

describe('every key', () => {
  it('is told of in Chinese', () => {
    const { about } = messages('zh-CN').window.policyPage;
    const missing = allKeys().filter(
      ({ path, description }) => about(path, description) === description,
    );
    expect(missing.map(({ path }) => path)).toEqual([]);
  });
});

describe('changeBetween', () => {
  it('is what makes one text the other, and nothing around it', () => {
    expect(changeBetween('last: 3 }', 'last: 12 }')).toEqual({ from: 6, to: 7, insert: '12' });
    expect(changeBetween('same', 'same')).toBeNull();
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const change = changeBetween(before, after);
        if (change === null) expect(before).toBe(after);
        else
          expect(before.slice(0, change.from) + change.insert + before.slice(change.to)).toBe(
            after,
          );
      }),
    );
  });
});

describe('a problem', () => {
  it('is about one key or one value', () => {
    expect(lengthAt('  - { usedWithin: 10dys }', 19)).toBe(5);
    expect(lengthAt('kep: 3', 1)).toBe(3);
    expect(lengthAt('schedule: "0 12 * * *" # noon', 11)).toBe(12);
  });
  it('is mended by what was probably meant', () => {
    const text = defaultPolicyText.replace('grace:', 'grase:');
    const parsed = parsePolicy(text);
    const [problem] = shownProblems(
      messages('en'),
      text,
      'problems' in parsed ? parsed.problems : [],
    );
    if (!problem?.fix) throw new Error('nothing was offered');
    const lines = text.split('\n');
    const line = lines[problem.line - 1] ?? '';
    const from = problem.column - 1;
    lines[problem.line - 1] =
      line.slice(0, from) + problem.fix.insert + line.slice(from + problem.length);
    expect(lines.join('\n')).toBe(defaultPolicyText);
  });
});
