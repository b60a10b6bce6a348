import { describe, expect, it } from 'vitest';
import { run } from '../../../main/cli/run.js';
import { commands, type CommandName } from '../../../main/contract/commands.js';
import {
  suggestDocument,
  suggestionOpenedDocument,
} from '../../../main/contract/documents/suggest.js';
import type { OpenedSuggestion, SuggestionsSlice } from '../../../main/contract/suggestions.js';

const now = Date.UTC(2026, 10, 24, 12);
const exact = (bytes: number) => ({ min: bytes, max: bytes, certainty: 'exact' as const });
const common = { urgent: false, items: 0 };
const slice: SuggestionsSlice = {
  rows: [
    {
      ...common,
      key: 'superseded myorg/api',
      evidence: { id: 'superseded', repository: 'myorg/api', images: 2, newer: 1, names: ['a:1'] },
      bytes: exact(310_000_000),
      safety: 'asks',
      items: 2,
      act: 'plan',
    },
    {
      ...common,
      key: 'policy-rule keep all {"match":["**"]}',
      evidence: { id: 'policy-rule', list: 'keep', rule: 'all', fault: 'keeps-everything' },
      bytes: null,
      safety: 'told',
      act: 'policy',
    },
  ],
  dismissed: 1,
  at: now,
  measuredAt: null,
};
const policy: OpenedSuggestion = {
  kind: 'policy',
  edit: { edit: 'remove-rule', list: 'keep', id: 'all' },
  more: [{ id: `sha256:${'a'.repeat(64)}`, refs: ['a:1'] }],
  bytes: exact(5_000_000),
};

/** Runs a command line over made-up suggestions; gives what it printed and what it called. */
async function careen(
  args: string[],
  opened: OpenedSuggestion = policy,
  command: readonly string[] = ['suggest'],
) {
  const lines: string[] = [];
  const documents: unknown[] = [];
  const called: [CommandName, unknown][] = [];
  const call = (name: CommandName, given: unknown) => {
    called.push([name, commands[name].params.parse(given)]);
    return Promise.resolve(name === 'suggestion.open' ? opened : slice);
  };
  const code = await run({
    args: [...command, ...args],
    version: '0',
    language: 'en',
    now: () => now,
    terminal: {
      out: (line) => void lines.push(line),
      note: (line) => void lines.push(line),
      document: (document) => void documents.push(document),
      status: null,
      interactive: false,
      ask: () => Promise.resolve(null),
    },
    openSession: () =>
      Promise.resolve({
        call: call as never,
        onRun: () => () => undefined,
        close: () => Promise.resolve(),
      }),
    onInterrupt: () => () => undefined,
  });
  return { code, lines, text: lines.join('\n'), document: documents[0], called };
}

describe('careen suggest', () => {
  it('lists what is suggested, with how to see what it would do', async () => {
    const { code, text, called } = await careen([]);
    expect(code).toBe(0);
    expect(called).toEqual([['suggestions', { measure: false }]]);
    expect(text).toContain('310 MB');
    expect(text).toContain('2 old myorg/api images');
    expect(text).toContain('careen suggest superseded myorg/api');
    expect(text).toMatch(/careen suggest policy-rule keep all$/m);
    expect(text).toContain('careen suggest --measure');
    expect(text).toContain('1 suggestion dismissed');
  });

  it('is found under status, too', async () => {
    const args = ['policy-rule', 'keep'];
    expect(await careen(args, policy, ['status', 'suggest'])).toEqual(await careen(args));
  });

  it('prints them as one document', async () => {
    const { document } = await careen(['--json', '--measure']);
    expect(suggestDocument.parse(document)).toMatchObject({
      suggestions: [
        { id: 'superseded', title: '2 old myorg/api images', why: 'a newer one stays' },
        { id: 'policy-rule', bytes: null, act: 'policy' },
      ],
      dismissed: 1,
      at: '2026-11-24T12:00:00.000Z',
    });
  });

  it('shows what one would do, by its key or the beginning of it', async () => {
    const { code, document, called } = await careen(['policy-rule', 'keep', '--json']);
    expect(code).toBe(0);
    expect(called.at(-1)).toEqual(['suggestion.open', { key: slice.rows[1]?.key }]);
    expect(suggestionOpenedDocument.parse(document)).toMatchObject({
      plan: null,
      policy: { edit: { id: 'all' }, more: [{ refs: ['a:1'] }] },
    });
    const { text } = await careen(['policy-rule keep all']);
    expect(text).toContain('take rule all out of keep');
    const advice = { kind: 'advice', advice: { advice: 'edit-policy' } } as const;
    expect((await careen(['policy-rule'], advice)).text).toContain('careen policy check');
  });

  it('dismisses one and brings all back', async () => {
    const { called } = await careen(['superseded', 'myorg/api', '--dismiss']);
    expect(called.at(-1)).toEqual(['suggestion.dismiss', { key: 'superseded myorg/api' }]);
    expect((await careen(['--restore'])).called).toEqual([['suggestion.restore', {}]]);
  });

  it('refuses what is not suggested, and to dismiss nothing', async () => {
    const { code, text } = await careen(['superseded', 'other']);
    expect(code).toBe(2);
    expect(text).toContain('"careen suggest" lists what is');
    expect((await careen(['--dismiss'])).code).toBe(2);
  });
});
