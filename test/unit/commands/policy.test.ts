import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TextFile } from '../../../main/adapters/store/text-file.js';
import { policyCommands } from '../../../main/contract/policy.js';
import { defaultPolicyText } from '../../../main/domain/policy/default.js';
import { LayerIndex } from '../../../main/domain/layers.js';
import { outlookOf } from '../../../main/domain/plan/outlook.js';
import { templates } from '../../../main/domain/policy/templates/index.js';
import type { Policy } from '../../../main/domain/policy/types.js';
import { policyHandlers } from '../../../main/services/commands/policy.js';
import type { CommandContext, Widening } from '../../../main/services/commands/types.js';
import { Policies } from '../../../main/services/policies.js';
import { testFolder } from '../../support/folder.js';
import { image, inventory, now } from '../domain/arbitrary.js';

const taken = inventory([
  image(1, {
    refs: ['a:1'],
    origin: 'pulled',
    recoverable: { state: 'verified', at: now - 3_600_000 },
    size: 7,
  }),
  image(2, { refs: ['b:1'], origin: 'built', size: 5 }),
]);

/** What is judged now, by the policy in force. */
function judgedNow(inForce: () => Promise<Policy>) {
  const index = new LayerIndex(taken);
  return {
    judgedBy: async (policy: Policy) => {
      const rules = await inForce();
      const before = outlookOf(taken, rules, now, index);
      const byId = new Map(before.judged.map((j) => [j.id, j]));
      return {
        before: { ...before, at: now, inventory: taken, index, rules, byId, otherUpdater: null },
        after: outlookOf(taken, policy, now, index),
      };
    },
  };
}

/** The commands over a home of their own, and a person who answers as told. */
async function stage(
  text: string | null,
  agrees: boolean | (() => Promise<boolean>) = true,
  by: CommandContext['by'] = 'window',
) {
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
      return typeof agrees === 'boolean' ? Promise.resolve(agrees) : agrees();
    },
    pickSocket: () => Promise.resolve(null),
    saveFile: () => Promise.resolve(null),
    openFolder: () => Promise.resolve(),
    testNotification: () => Promise.resolve(),
    openLink: () => Promise.resolve(),
  };
  const judging = judgedNow(async () => (await policies.required(null)).policy);
  const handlers = policyHandlers(policies, judging, () => now);
  return {
    asked,
    written: () => file.read(),
    path: file.path,
    file,
    save: (draft: string, base: string | null) =>
      handlers['policy.save']({ text: draft, base }, context),
    try: (draft: string) => handlers['policy.try']({ text: draft }, context),
    template: (template: 'tight') => handlers['policy.template']({ template }, context),
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

  it('writes nothing that came in while a person was asked about something else', async () => {
    const meanwhile = 'version: 1\nremove:\n  - { id: all, match: "**" }\n';
    const { edit, written, file } = await stage('version: 1\n', () =>
      file.write(meanwhile).then(() => true),
    );
    await expect(edit({ path: 'mode', value: 'auto' })).rejects.toMatchObject({
      code: 'policy-changed',
    });
    expect(await written()).toBe(meanwhile);
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

describe('policy.save', () => {
  it('writes the text over the built-in default, and over the one it was edited from', async () => {
    const { save, written, asked } = await stage(null);
    const shown = await save(templates.careful, null);
    expect(shown).toMatchObject({ source: 'file', text: templates.careful, error: null });
    await save(`${templates.careful}# mine\n`, templates.careful);
    expect(await written()).toBe(`${templates.careful}# mine\n`);
    expect(asked).toHaveLength(0);
  });

  it('refuses a text that is no policy, with the line, and writes nothing', async () => {
    const { save, written } = await stage('version: 1\n');
    await expect(save('version: 1\nmode: atuo\n', 'version: 1\n')).rejects.toMatchObject({
      code: 'policy-invalid',
      details: { problems: [{ line: 2 }] },
    });
    expect(await written()).toBe('version: 1\n');
  });

  it.each([
    ['another text', 'version: 1\ngrace: 1h\n', 'version: 1\n'],
    ['a file where there was none', 'version: 1\n', null],
    ['none where there was a file', null, 'version: 1\n'],
  ])('refuses where it now finds %s', async (_, stands, base) => {
    const { save, written, path } = await stage(stands);
    await expect(save('version: 1\ngrace: 3h\n', base)).rejects.toMatchObject({
      code: 'policy-changed',
      details: { file: path },
    });
    expect(await written()).toBe(stands);
  });

  it('mends a file that could not be read', async () => {
    const broken = 'version: 1\nmode: atuo\n';
    const { save, written } = await stage(broken);
    await save('version: 1\nmode: suggest\n', broken);
    expect(await written()).toBe('version: 1\nmode: suggest\n');
  });

  it('asks a person about all that it widens, and writes nothing without a yes', async () => {
    const base = 'version: 1\nprotect:\n  - { match: a }\n  - { match: b }\n';
    const wide =
      'version: 1\nmode: auto\nupdate: { default: { mode: auto, hooks: true, probe: { tcp: "a:1" } } }\n';
    const refused = await stage(base, false);
    await expect(refused.save(wide, base)).rejects.toMatchObject({
      code: 'not-confirmed',
      details: { act: 'auto' },
    });
    expect(await refused.written()).toBe(base);
    const { save, asked, written } = await stage(base);
    await save(wide, base);
    expect(asked).toEqual([
      { kind: 'auto-mode', change: null },
      { kind: 'auto-update', containers: null },
      { kind: 'policy-reach', unprotected: ['a', 'b'], probes: ['tcp://a:1'], hooks: true },
    ]);
    expect(await written()).toBe(wide);
  });

  it('refuses what was written while a person was asked', async () => {
    const { save, written, file } = await stage('version: 1\n', () =>
      file.write('version: 1\ngrace: 9h\n').then(() => true),
    );
    await expect(save('version: 1\nmode: auto\n', 'version: 1\n')).rejects.toMatchObject({
      code: 'policy-changed',
    });
    expect(await written()).toBe('version: 1\ngrace: 9h\n');
  });

  it('takes the protection off one image without asking, as the toggle does', async () => {
    const id = `sha256:${'a'.repeat(64)}`;
    const base = `version: 1\nprotect:\n  - { match: a }\n  - { match: ["b:1", "${id}"] }\n`;
    const { save, asked } = await stage(base, false);
    await save('version: 1\nprotect:\n  - { match: a }\n', base);
    expect(asked).toEqual([]);
  });

  it('asks before one rule goes that protects as many as it likes', async () => {
    const base = 'version: 1\nprotect:\n  - { match: "**" }\n';
    const { save, written } = await stage(base, false);
    await expect(save('version: 1\n', base)).rejects.toMatchObject({ code: 'not-confirmed' });
    expect(await written()).toBe(base);
  });
});

describe('policy.try', () => {
  const removes = (what: string) =>
    `version: 1\nremove:\n  - { id: all, match: "${what}", unusedFor: 0s }\n`;

  it('tells what a draft would change, and writes nothing', async () => {
    const { try: tried, written } = await stage(removes('b'));
    const trial = await tried(removes('a'));
    expect(trial).toMatchObject({
      error: null,
      rules: [{ kind: 'remove', rule: 'all', images: 1 }],
      more: [{ refs: ['a:1'], ticked: true }],
      less: [{ refs: ['b:1'] }],
      canGoImages: 1,
      couldGoImages: 0,
    });
    expect(policyCommands['policy.try'].result.parse(trial)).toEqual(trial);
    expect(await written()).toBe(removes('b'));
  });

  it('counts what only a person may tick apart', async () => {
    const { canGoImages, couldGoImages } = await (await stage('version: 1\n')).try(removes('**'));
    expect({ canGoImages, couldGoImages }).toEqual({ canGoImages: 1, couldGoImages: 1 });
  });

  it('tells what is wrong with a draft at its line', async () => {
    const { try: tried } = await stage(null);
    expect(await tried('version: 1\nmode: atuo\n')).toMatchObject({
      error: { code: 'policy-invalid', details: { problems: [{ line: 2, code: 'bad-value' }] } },
      rules: [],
      more: [],
    });
  });

  it('takes no text that no policy could be', () => {
    const text = '#'.repeat(256_001);
    expect(policyCommands['policy.try'].params.safeParse({ text }).success).toBe(false);
    expect(policyCommands['policy.save'].params.safeParse({ text, base: null }).success).toBe(
      false,
    );
  });
});

describe('policy.template', () => {
  it('gives its text', async () => {
    const { template } = await stage(null);
    expect(await template('tight')).toEqual({ text: templates.tight });
  });
});

describe('the default for updates', () => {
  const automatic = 'version: 1\nupdate: { default: { mode: auto, minAge: 48h } }\n';

  it('is written as the window offers it', async () => {
    const { edit, written, asked } = await stage('version: 1\n');
    await edit({ path: 'update.check.every', value: '12h' });
    await edit({ path: 'update.default.minAge', value: '2d' });
    await edit({ path: 'update.default.mode', value: 'tell' });
    expect(await written()).toBe(
      'version: 1\nupdate: { check: { every: 12h }, default: { minAge: 2d, mode: tell } }\n',
    );
    expect(asked).toEqual([]);
  });

  it('is agreed to where all are then updated by themselves, or sooner', async () => {
    const first = await stage('version: 1\n');
    await first.edit({ path: 'update.default.mode', value: 'auto' });
    const sooner = await stage(automatic);
    await sooner.edit({ path: 'update.default.minAge', value: null });
    for (const { asked } of [first, sooner])
      expect(asked).toEqual([{ kind: 'auto-update', containers: null }]);
  });

  it('is not written without a yes', async () => {
    const { edit, written } = await stage('version: 1\n', false);
    await expect(edit({ path: 'update.default.mode', value: 'auto' })).rejects.toMatchObject({
      code: 'not-confirmed',
    });
    expect(await written()).toBe('version: 1\n');
  });

  it('asks nobody where it comes to less, nor beside the mode auto of clean-ups', async () => {
    const less = await stage(automatic, false);
    await less.edit({ path: 'update.default.minAge', value: '7d' });
    await less.edit({ path: 'update.default.mode', value: 'notify' });
    const beside = await stage('version: 1\nmode: auto\n', false);
    await beside.edit({ path: 'update.check.every', value: '1h' });
    for (const { asked } of [less, beside]) expect(asked).toEqual([]);
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
