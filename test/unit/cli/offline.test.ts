import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  documents,
  policyCheckDocument,
  policyInitDocument,
} from '../../../main/contract/documents/index.js';
import { defaultPolicyText } from '../../../main/domain/policy/default.js';
import { templateNames, templates } from '../../../main/domain/policy/templates/index.js';
import { careen, documentOf, errorOf } from './careen.js';

const inventory = resolve('test/fixtures/cli/inventory.json');
let folder: string;
let policy: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careen-cli-'));
  policy = join(folder, 'policy.yaml');
  await writeFile(policy, defaultPolicyText);
});
afterAll(() => rm(folder, { recursive: true }));

const judge = (...more: string[]) =>
  careen(['judge', '--inventory', inventory, '--policy', policy, '--json', ...more], folder);

/** Each starts a process or two, on a machine that may have more to do. */
vi.setConfig({ testTimeout: 60_000 });

describe('careen judge', () => {
  it('gives verdicts and a plan from files alone', async () => {
    const ended = await judge();
    expect(ended.code).toBe(0);
    expect(ended.stderr).toBe('');
    const { judged, plan } = documentOf(documents.judge, ended);
    const verdicts = Object.fromEntries(
      judged.map((image) => [image.refs[0] ?? 'untagged', image.decidedBy]),
    );
    expect(verdicts['debian:12']).toMatchObject({ kind: 'hold', code: 'base-of', rule: null });
    expect(verdicts['myorg/api:1.6']).toEqual({
      kind: 'hold',
      code: 'used',
      rule: null,
      text: 'Kept: container api uses it.',
    });
    expect(verdicts['myorg/golden:2.1']?.kind).toBe('protect');
    expect(verdicts['redis:8']?.kind).toBe('grace');
    expect(verdicts['myorg/api:1.4']).toMatchObject({ kind: 'remove', rule: 'stale' });
    expect(plan.items.filter((item) => item.ticked).map((item) => item.refs)).toEqual([
      ['myorg/api:1.2'],
      ['myorg/api:1.3'],
      ['myorg/api:1.4'],
      [],
    ]);
    expect(plan.items.find((item) => !item.ticked)).toMatchObject({
      refs: ['acme/tool:old'],
      group: 'estimates',
      untick: { code: 'estimate', text: 'Left to you: its age is only estimated.' },
    });
  });

  it('is the same, byte for byte, whenever and wherever it runs', async () => {
    const here = await judge();
    const elsewhere = await careen(
      ['--json', 'judge', '--policy', policy, '--inventory', inventory],
      folder,
      { TZ: 'Asia/Tokyo', LANG: 'zh_CN.UTF-8' },
    );
    expect(elsewhere.stdout).toBe(here.stdout);
  });

  it('judges as of another time', async () => {
    const { plan } = documentOf(documents.judge, await judge('--now', '2027-06-01'));
    expect(plan.takenAt).toBe('2027-06-01T00:00:00.000Z');
    expect(plan.items.some((item) => item.refs.includes('redis:8'))).toBe(true);
  });

  it('shows a person a table, in their language', async () => {
    const args = ['judge', '--inventory', inventory, '--policy', policy];
    const english = await careen(args, folder);
    expect(english.stdout).toContain('Goes: not used for 94 days (rule “stale”).');
    const chinese = await careen(args, folder, { LC_ALL: 'zh_CN.UTF-8' });
    expect(chinese.stdout).toContain('将清理：已有 94 天没有使用（规则“stale”）。');
  });

  it.each([
    ['no such inventory', ['--inventory', 'absent.json'], 'file-missing'],
    ['an inventory that is no JSON', ['--inventory', 'policy.yaml'], 'file-invalid'],
    ['a policy that is a folder', ['--policy', '.'], 'policy-unreadable'],
    ['no such time', ['--now', '2027-02-30'], 'input-invalid'],
  ])('refuses %s', async (_, more, code) => {
    const ended = await judge(...more);
    expect(ended.code).toBe(2);
    const error = errorOf(ended);
    expect(error.code).toBe(code);
    expect(ended.stderr).toBe(`careen: ${error.text}\n`);
  });

  it('says where an inventory is not as it should be', async () => {
    const broken = join(folder, 'broken.json');
    const read = JSON.parse(await readFile(inventory, 'utf8')) as { images: { size: unknown }[] };
    read.images[3]!.size = 'large';
    await writeFile(broken, JSON.stringify(read));
    const ended = await judge('--inventory', broken);
    expect(ended.code).toBe(2);
    expect(errorOf(ended).details).toMatchObject({ file: broken, where: 'images[3].size' });
  });

  it('lets no name steer a terminal', async () => {
    const hostile = join(folder, 'hostile.json');
    const read = JSON.parse(await readFile(inventory, 'utf8')) as { images: { refs: string[] }[] };
    const name = 'evil\u001b]0;owned\u0007\u202e\u009b2J\nKept:x';
    read.images[1]!.refs = [name];
    await writeFile(hostile, JSON.stringify(read));
    // eslint-disable-next-line no-control-regex
    const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;
    const person = await careen(['judge', '--inventory', hostile, '--policy', policy], folder);
    expect(person.stdout).not.toMatch(unsafe);
    expect(person.stdout).not.toMatch(/^Kept:x/m);
    const script = await judge('--inventory', hostile);
    expect(script.stdout).not.toMatch(unsafe);
    const { judged } = documentOf(documents.judge, script);
    expect(judged.some((image) => image.refs[0] === name)).toBe(true);
  });
});

describe('careen policy check', () => {
  it('lists what stands in for what is not written', async () => {
    await writeFile(join(folder, 'short.yaml'), 'version: 1\n');
    const ended = await careen(['policy', 'check', 'short.yaml', '--json'], folder);
    expect(ended.code).toBe(0);
    const { stoodIn } = documentOf(policyCheckDocument, ended);
    expect(Object.fromEntries(stoodIn.map(({ key, value }) => [key, value]))).toMatchObject({
      mode: 'confirm',
      protect: '[]',
      grace: '24h',
      'limits.pause': '250ms',
    });
  });

  it('tells each problem at its place, and what was probably meant', async () => {
    const text =
      'version: 1\nkeep:\n  - { match: "**", lst: 3 }\nremove:\n  - { unusedFor: soon }\n';
    await writeFile(join(folder, 'wrong.yaml'), text);
    const ended = await careen(['policy', 'check', 'wrong.yaml'], folder);
    expect(ended.code).toBe(2);
    expect(ended.stdout).toBe('');
    const lines = ended.stderr.trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^careen: wrong\.yaml:3:20: .*"lst".*"last" was probably meant\.$/);
    expect(lines[1]).toMatch(/^careen: wrong\.yaml:5:\d+: .*"soon".*duration such as 30d/);
  });

  it('warns of what is hardly meant, as of now or another time', async () => {
    const text =
      'version: 1\nmode: auto\nprotect:\n  - { match: a, until: 2026-12-31 }\nkeep:\n  - match: MyOrg/*\n';
    await writeFile(join(folder, 'odd.yaml'), text);
    const check = (...more: string[]) =>
      careen(['policy', 'check', 'odd.yaml', '--now', '2026-11-24', ...more], folder);
    const person = await check();
    expect(person.code).toBe(0);
    expect(person.stdout.split('\n').slice(0, 3)).toEqual([
      'odd.yaml is a valid policy.',
      'odd.yaml:2:7: warning: The mode is auto, but no trigger ever starts a clean-up; write one under triggers.',
      'odd.yaml:6:12: warning: keep[0].match can match no image. "myorg/*" was probably meant.',
    ]);
    const { lints } = documentOf(policyCheckDocument, await check('--json', '--now', '2027-01-01'));
    expect(lints.map(({ line, column, code, path }) => [line, column, code, path])).toEqual([
      [2, 7, 'auto-without-trigger', 'mode'],
      [4, 24, 'until-past', 'protect[0].until'],
      [6, 12, 'never-matches', 'keep[0].match'],
    ]);
  });

  it('knows a file that is far too large without reading it whole', async () => {
    await writeFile(join(folder, 'large.yaml'), `version: 1\n${'# x\n'.repeat(200_000)}`);
    const ended = await careen(['--json', 'policy', 'check', 'large.yaml'], folder);
    expect(ended.code).toBe(2);
    expect(errorOf(ended).details).toMatchObject({ problems: [{ code: 'too-large' }] });
  });
});

describe('careen policy init', () => {
  it('writes the default for its owner alone, and never over a file', async () => {
    const first = await careen(['policy', 'init', 'mine.yaml', '--json'], folder);
    expect(first.code).toBe(0);
    expect(documentOf(policyInitDocument, first)).toEqual({ file: 'mine.yaml' });
    const file = join(folder, 'mine.yaml');
    expect(await readFile(file, 'utf8')).toBe(defaultPolicyText);
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    await writeFile(file, 'version: 1\n');
    const again = await careen(['policy', 'init', 'mine.yaml', '--json'], folder);
    expect(again.code).toBe(2);
    expect(errorOf(again).code).toBe('policy-exists');
    expect(await readFile(file, 'utf8')).toBe('version: 1\n');
  });

  it.each(templateNames)('writes the template %s', async (name) => {
    const file = `${name}.yaml`;
    const ended = await careen(['policy', 'init', file, '--template', name], folder);
    expect(ended.code).toBe(0);
    expect(await readFile(join(folder, file), 'utf8')).toBe(templates[name]);
    const help = await careen(['policy', 'init', '--help'], folder);
    expect(help.stdout).toContain(`careen policy init --template ${name}`);
  });

  it('knows no other template', async () => {
    const ended = await careen(
      ['policy', 'init', 'x.yaml', '--template', 'laptop', '--json'],
      folder,
    );
    expect(ended.code).toBe(2);
    expect(errorOf(ended)).toMatchObject({
      code: 'input-invalid',
      details: { what: '--template', found: 'laptop', expected: 'template' },
    });
  });
});
