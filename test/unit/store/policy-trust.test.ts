import { chmod, chown, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TextFile } from '../../../main/adapters/store/text-file.js';
import { CareenError } from '../../../main/domain/errors.js';
import { Policies } from '../../../main/services/policies.js';
import { testFolder } from '../../support/folder.js';

/** A policy of mode auto in a home that only its owner may write. */
async function policyFile(mode = 'auto') {
  const home = join(await testFolder(), 'home');
  await mkdir(home, { mode: 0o700 });
  const file = new TextFile(join(home, 'policy.yaml'));
  await file.write(`version: 1\nmode: ${mode}\n`);
  const policies = new Policies(file);
  onTestFinished(() => policies.close());
  const read = async () => {
    const current = await policies.current();
    if (current instanceof CareenError) throw current;
    return { mode: current.policy.mode, lowered: current.modeLowered };
  };
  return { file, home, policies, read };
}

describe.skipIf(process.platform === 'win32')('a policy that others could have written', () => {
  it('has its own mode while they could not', async () => {
    const { read } = await policyFile();
    expect(await read()).toEqual({ mode: 'auto', lowered: null });
  });

  it.each([0o620, 0o602, 0o666])('only suggests: the file is %o', async (mode) => {
    const { file, read } = await policyFile();
    await chmod(file.path, mode);
    const lowered = { why: 'writable-by-others', path: file.path, from: 'auto' };
    expect(await read()).toEqual({ mode: 'suggest', lowered });
    await chmod(file.path, 0o644);
    expect(await read()).toEqual({ mode: 'auto', lowered: null });
  });

  it('updates nothing by itself', async () => {
    const { file, policies } = await policyFile();
    const updates = async () => {
      const current = await policies.current();
      if (current instanceof CareenError) throw current;
      const { update } = current.policy;
      return [update.default.mode, ...update.containers.map(({ rules }) => rules.mode)];
    };
    const text = `version: 1
mode: suggest
update:
  default: { mode: auto }
  containers:
    - { match: web, mode: auto, tags: minor }
    - { match: db, tags: patch }
    - { match: cache, mode: ignore }
`;
    await file.write(text);
    expect(await updates()).toEqual(['auto', 'auto', undefined, 'ignore']);
    await chmod(file.path, 0o666);
    expect(await updates()).toEqual(['notify', 'notify', undefined, 'ignore']);
    expect(await policies.current()).toMatchObject({ modeLowered: { from: 'auto' } });
  });

  it('only suggests: its folder is theirs to write', async () => {
    const { home, read } = await policyFile('confirm');
    await chmod(home, 0o770);
    const lowered = { why: 'writable-by-others', path: home, from: 'confirm' };
    expect(await read()).toEqual({ mode: 'suggest', lowered });
  });

  it('only suggests while there is none, where anyone may put one', async () => {
    const { home } = await policyFile();
    const absent = new TextFile(join(home, 'other', 'policy.yaml'));
    await mkdir(dirname(absent.path));
    await chmod(dirname(absent.path), 0o777);
    const policies = new Policies(absent);
    onTestFinished(() => policies.close());
    expect(await policies.current()).toMatchObject({
      source: 'default',
      policy: { mode: 'suggest' },
      modeLowered: { why: 'writable-by-others', from: 'confirm' },
    });
  });

  it('is looked for behind a link', async () => {
    const { home, file } = await policyFile();
    const elsewhere = join(home, 'shared');
    await mkdir(elsewhere);
    await chmod(elsewhere, 0o777);
    await writeFile(join(elsewhere, 'real.yaml'), 'version: 1\nmode: auto\n', { mode: 0o600 });
    const link = new TextFile(join(home, 'link.yaml'));
    await symlink(join(elsewhere, 'real.yaml'), link.path);
    expect(await link.distrust()).toEqual({ why: 'writable-by-others', path: elsewhere });
    expect(await file.distrust()).toBeNull();
  });

  it('says nothing where the policy only suggests anyway', async () => {
    const { file, read } = await policyFile('suggest');
    await chmod(file.path, 0o666);
    expect(await read()).toEqual({ mode: 'suggest', lowered: null });
  });

  it.runIf(process.getuid?.() === 0)('only suggests: another user owns it', async () => {
    const { file, read } = await policyFile();
    await chown(file.path, 65_534, 65_534);
    const lowered = { why: 'owned-by-another', path: file.path, from: 'auto' };
    expect(await read()).toEqual({ mode: 'suggest', lowered });
  });
});
