import { readFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { errorDocument } from '../../../main/contract/documents/index.js';
import { run } from '../../../main/cli/run.js';
import { CareenError } from '../../../main/domain/errors.js';
import type { Language } from '../../../main/messages/index.js';
import { careen, errorOf } from './careen.js';

const here = process.cwd();

/** Some start a process, on a machine that may have more to do. */
vi.setConfig({ testTimeout: 60_000 });

/** Parses and runs arguments in this process, where no command reaches a home. */
async function parse(args: string[], language: Language = 'en') {
  const out: string[] = [];
  const notes: string[] = [];
  const documents: unknown[] = [];
  const code = await run({
    args,
    version: '1.2.3',
    language,
    terminal: {
      out: (line) => void out.push(line),
      note: (line) => void notes.push(line),
      document: (document) => void documents.push(document),
      status: null,
      interactive: false,
      ask: () => Promise.resolve(null),
    },
    now: () => 0,
    openSession: () => Promise.reject(new CareenError('home-foreign', { home: '/home' })),
    onInterrupt: () => () => undefined,
  });
  return { code, out, notes, documents };
}

describe('what is no command line', () => {
  it.each([
    [['clena'], 'The command "clena" cannot be used. Expected clean.'],
    [['nonsense'], 'The command "nonsense" cannot be used. Expected one of those that'],
    [['constructor'], 'The command "constructor" cannot be used.'],
    [['upgrade', 'web'], 'The command "upgrade" cannot be used.'],
    [['update'], "A container's name is missing. Expected names of containers, or --all."],
    [['snooze', 'web'], '--until is missing. Expected either --until or --off.'],
    [['mode', 'web', 'always'], 'The mode "always" cannot be used. Expected auto, notify,'],
    [['rollback'], "A container's name is missing. Expected one as"],
    [['plan', '--polcy', 'x'], 'The option "--polcy" cannot be used. Expected --policy.'],
    [['plan', '--free', 'much'], '--free "much" cannot be used. Expected a size such as 10GB'],
    [['plan', '--free', '0GB'], '--free "0GB" cannot be used. Expected a size such as 10GB'],
    [['plan', '--kind', 'pod'], '--kind "pod" cannot be used. Expected image, container,'],
    [['clean', '--plan', 'x', '--free', '1GB'], '--free "1GB" cannot be used. Expected nothing'],
    [['undo'], 'The run is missing. Expected the ID of a clean-up'],
    [['history', '--csv'], '--csv "--json" cannot be used. Expected either --csv or --json'],
    [['plan', 'extra'], 'The argument "extra" cannot be used. Expected nothing more here'],
    [['judge'], '--inventory <file> is missing.'],
    [['judge', '--inventory'], '--inventory <file> is missing.'],
    [['protect'], 'The name of an image is missing. Expected at least one, such as postgres:16.'],
    [['policy', 'check'], 'The file is missing. Expected the policy to check.'],
    [['engines', 'add'], 'The engine is missing. Expected a Docker context, or an address'],
    [['engines', 'join', 'a'], 'The other engine is missing. Expected a name, key or address'],
    [['engines', 'together'], 'The choice is missing. Expected on or off.'],
    [['engines', 'together', 'maybe'], 'The choice "maybe" cannot be used. Expected on or off.'],
    [
      ['engines', 'ad', 'x'],
      'The command "ad" cannot be used. Expected one of those that "careen engines',
    ],
    [
      ['policy'],
      'The command is missing. Expected one of those that "careen policy --help" lists.',
    ],
    [['policy', 'nonsense'], 'The command "nonsense" cannot be used. Expected one of those that'],
    [['status', 'extra'], 'The argument "extra" cannot be used. Expected nothing more here'],
    [['policy', 'chekc'], 'The command "chekc" cannot be used. Expected check.'],
    [
      ['history', '--since', 'tuesday'],
      '--since "tuesday" cannot be used. Expected a time such as',
    ],
    [['protect', 'a', '--until', 'soon'], '--until "soon" cannot be used. Expected a time such as'],
    [
      ['protect', 'a', '--until', '1969-12-30'],
      '--until "1969-12-30" cannot be used. Expected a time that is still to come',
    ],
    [['snooze', 'a', '--until', '1969-12-30'], 'Expected a time that is still to come'],
    [['clean', '--plan', 'x', '--policy', 'p.yaml'], '--policy "p.yaml" cannot be used.'],
  ])('%j gets one clear sentence and ends with 2', async (args, sentence) => {
    const { code, out, notes, documents } = await parse([...args, '--json']);
    expect(code).toBe(2);
    expect(out).toEqual([]);
    expect(documents).toHaveLength(1);
    const { error } = errorDocument.parse(documents[0]);
    expect(error.text).toContain(sentence);
    expect(notes).toContain(`careen: ${error.text}`);
  });

  it('is told in Chinese too, while JSON stays English', async () => {
    const { notes, documents } = await parse(['plan', '--polcy', 'x', '--json'], 'zh-CN');
    expect(notes).toEqual(['careen: 选项 "--polcy" 不能使用。应为 --policy。']);
    expect(errorDocument.parse(documents[0]).error.text).toMatch(/^The option/);
  });

  it('shows help beside it where nothing was given', async () => {
    const { code, out, notes } = await parse([]);
    expect(code).toBe(2);
    expect(out).toEqual([]);
    expect(notes).toContain('Examples:');
  });

  it('is the same from the built program', async () => {
    const ended = await careen(['plan', '--polcy', 'x', '--json'], here);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toBe(`careen: ${errorOf(ended).text}\n`);
  });
});

describe('help', () => {
  it.each([
    ['status'],
    ['inventory'],
    ['judge'],
    ['plan'],
    ['clean'],
    ['protect'],
    ['unprotect'],
    ['history'],
    ['undo'],
    ['space'],
    ['suggest'],
    ['policy'],
    ['policy', 'check'],
    ['policy', 'init'],
    ['check'],
    ['preview'],
    ['update'],
    ['rollback'],
    ['release'],
    ['snooze'],
    ['skip'],
    ['mode'],
    ['move-over'],
  ])('of %s %s teaches by example', async (...command) => {
    const { code, out, notes } = await parse([...command, '--help']);
    expect(code).toBe(0);
    expect(notes).toEqual([]);
    const examples = out.slice(out.indexOf('Examples:') + 1);
    expect(examples.length).toBeGreaterThan(0);
    for (const line of examples) expect(line).toMatch(/^ {2}careen .+ {2}# .+/);
    expect(examples.join('\n')).toContain(command.join(' '));
    expect(out.join('\n')).toContain('--engine');
    expect(out.join('\n')).not.toContain('(default:');
  });

  it('of a mode explains each of the four', async () => {
    const { out } = await parse(['mode', '--help']);
    for (const mode of ['auto', 'notify', 'tell', 'ignore'])
      expect(out.join('\n')).toMatch(new RegExp(`careen mode \\w+ ${mode} +# \\w`));
  });

  it('of a command that stands under another too lists it once', async () => {
    expect((await parse(['status', '--help'])).out.join('\n')).not.toContain('suggest');
    expect((await parse(['status', 'suggest', '--help'])).code).toBe(0);
    expect((await parse(['--help'])).out.join('\n')).toContain('suggest');
  });

  it('is Chinese where the system is', async () => {
    const { out } = await parse(['plan', '--help'], 'zh-CN');
    expect(out).toContain('示例：');
    expect(out[0]).toMatch(/^用法：/);
  });
});

describe('the built program', () => {
  it("says the package's version", async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect((await careen(['--version'], here)).stdout).toBe(`${version}\n`);
  });

  it('fails a command that needs a home where there can be none, with one document', async () => {
    const ended = await careen(['status', '--json'], here);
    expect(ended.code).toBe(1);
    expect(errorOf(ended).code).toBe('home-unwritable');
  });

  it('needs no Electron', async () => {
    const text = await readFile('out/cli/careen.cjs', 'utf8');
    expect(text).not.toMatch(/require\(["'](electron|electron-store)["']\)/);
  });
});
