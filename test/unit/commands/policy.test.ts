import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TextFile } from '../../../main/adapters/store/text-file.js';
import { policyCommands } from '../../../main/contract/policy.js';
import { defaultPolicyText } from '../../../main/domain/policy/default.js';
import { policyHandlers } from '../../../main/services/commands/policy.js';
import type { CommandContext, Widening } from '../../../main/services/commands/types.js';
import { Policies } from '../../../main/services/policies.js';
import { testFolder } from '../../support/folder.js';

const now = Date.UTC(2026, 10, 24);

/** The commands over a home of their own, and a person who answers as told. */
async function stage(text: string | null, agrees = true, by: CommandContext['by'] = 'window') {
  const home = join(await testFolder(), 'home');
  await mkdir(home, { mode: 0o700 });
  const file = new TextFile(join(home, 'policy.yaml'));
  if (text !== null) await file.write(text);
  const policies = new Policies(file);
  onTestFinished(() => policies.close());
  const asked: Widening[] = [];
  const context: CommandContext = {
    by,
    confirm: (widening) => {
      asked.push(widening);
      return Promise.resolve(agrees);
    },
    pickSocket: () => Promise.resolve(null),
    saveFile: () => Promise.resolve(null),
    openLink: () => Promise.resolve(),
  };
  const handlers = policyHandlers(policies, () => now);
  return {
    asked,
    written: () => file.read(),
    path: file.path,
    get: () => handlers['policy.get']({}, context),
    init: (template: 'ci-laptop' | 'projects' | null) =>
      handlers['policy.init']({ template }, context),
    edit: (params: unknown) =>
      handlers['policy.edit'](policyCommands['policy.edit'].params.parse(params), context),
    addRule: (list: 'keep' | 'remove', rule: Record<string, string>) =>
      handlers['policy.addRule']({ list, rule }, context),
    removeRule: (list: 'keep' | 'remove', id: string) =>
      handlers['policy.removeRule']({ list, id }, context),
  };
}

describe('policy.get', () => {
  it('shows the default while there is no file', async () => {
    const shown = await (await stage(null)).get();
    expect(shown).toMatchObject({ source: 'default', text: defaultPolicyText, error: null });
    expect(policyCommands['policy.get'].result.parse(shown)).toEqual(shown);
  });

  it('shows what is wrong with a file, and its text', async () => {
    const text = 'version: 1\nmode: atuo\n';
    expect(await (await stage(text)).get()).toMatchObject({
      source: 'file',
      text,
      error: { code: 'policy-invalid' },
      policy: null,
    });
  });

  it('warns of what is hardly meant', async () => {
    const { lints } = await (await stage('version: 1\nmode: auto\n')).get();
    expect(lints).toMatchObject([{ line: 2, code: 'auto-without-trigger' }]);
  });
});

describe('policy.edit', () => {
  it('writes the default with the first edit, comments kept', async () => {
    const { edit, written, asked } = await stage(null);
    const shown = await edit({ path: 'buildCache.enabled', value: true });
    expect(shown.policy?.buildCache.enabled).toBe(true);
    expect(await written()).toBe(
      defaultPolicyText.replace('buildCache: { enabled: false', 'buildCache: { enabled: true'),
    );
    expect(asked).toEqual([]);
  });

  it('refuses a value that the policy cannot have, and writes nothing', async () => {
    const { edit, written } = await stage('version: 1\n');
    await expect(edit({ path: 'triggers.schedule', value: 'daily' })).rejects.toMatchObject({
      code: 'policy-invalid',
      details: { problems: [{ path: 'triggers.schedule' }] },
    });
    expect(await written()).toBe('version: 1\n');
  });

  it.each([
    { path: 'mode', value: 'ask' },
    { path: 'version', value: 2 },
    { path: 'protect', value: [] },
    { path: 'containers.enabled', value: null },
    { path: 'triggers.pressure', value: '85%' },
  ])('has no such setting: %j', (params) => {
    expect(policyCommands['policy.edit'].params.safeParse(params).success).toBe(false);
  });

  it('takes a setting out, and writes a mapping', async () => {
    const { edit, written } = await stage('version: 1\ngrace: 1h\n');
    await edit({ path: 'grace', value: null });
    await edit({ path: 'triggers.pressure', value: { high: '85%', low: '75%' } });
    expect(await written()).toBe('version: 1\ntriggers: { pressure: { high: 85%, low: 75% } }\n');
  });
});

describe('what makes Careen do more by itself', () => {
  const auto =
    'version: 1\nmode: auto\ntriggers: { schedule: "@daily" }\nremove:\n  - { id: a, match: a }\n';

  it('is agreed to: the mode auto', async () => {
    const { edit, asked, written } = await stage('version: 1\n');
    await edit({ path: 'mode', value: 'auto' });
    expect(asked).toEqual([{ kind: 'auto-mode', change: null }]);
    expect(await written()).toBe('version: 1\nmode: auto\n');
  });

  it('is not written without a yes', async () => {
    const { edit, addRule, init, written } = await stage('version: 1\n', false);
    await expect(edit({ path: 'mode', value: 'auto' })).rejects.toMatchObject({
      code: 'not-confirmed',
    });
    expect(await written()).toBe('version: 1\n');
    await expect((await stage(null, false)).init('ci-laptop')).rejects.toMatchObject({
      code: 'not-confirmed',
    });
    await expect(init('projects')).rejects.toMatchObject({ code: 'policy-exists' });
    const other = await stage(auto, false);
    await expect(other.addRule('remove', { match: 'b' })).rejects.toMatchObject({
      code: 'not-confirmed',
    });
    await expect(other.removeRule('keep', 'none')).rejects.toMatchObject({
      code: 'not-confirmed',
    });
    expect(await other.written()).toBe(auto);
    await addRule('remove', { match: 'b' });
    expect(await written()).toContain('- { match: "b" }');
  });

  it('is what an edit widens while the mode is auto', async () => {
    const { edit, addRule, asked } = await stage(auto);
    await edit({ path: 'containers.enabled', value: true });
    await addRule('remove', { id: 'b', match: 'b/*' });
    expect(asked).toEqual([
      { kind: 'auto-mode', change: 'containers.enabled: true' },
      { kind: 'auto-mode', change: 'remove: { id: b, match: "b/*" }' },
    ]);
  });

  it('is not what makes it do less', async () => {
    const { edit, addRule, removeRule, asked } = await stage(auto, false);
    await edit({ path: 'containers.enabled', value: false });
    await addRule('keep', { match: 'b' });
    await removeRule('remove', 'a');
    await edit({ path: 'mode', value: 'confirm' });
    expect(asked).toEqual([]);
  });
});

describe('policy.init', () => {
  it('writes a template that a person named on a command line', async () => {
    const { init, path, asked } = await stage(null, false, 'cli');
    expect(await init('ci-laptop')).toEqual({ file: path });
    expect(await readFile(path, 'utf8')).toMatch(/^mode: auto/m);
    expect(asked).toEqual([]);
  });
});
