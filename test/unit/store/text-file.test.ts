import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TextFile } from '../../../main/adapters/store/text-file.js';
import { Policies, PolicyEdits } from '../../../main/services/policies.js';
import { testFolder } from '../../support/folder.js';

async function policyFile() {
  const file = new TextFile(join(await testFolder(), 'policy.yaml'));
  const policies = new Policies(file);
  onTestFinished(() => policies.close());
  return { file, policies };
}

describe('a text that people edit', () => {
  it('is read as it stands, and null where there is none', async () => {
    const { file } = await policyFile();
    expect(await file.read()).toBeNull();
    const text = `version: 1\n# ${'é'.repeat(100_000)}\n`;
    await file.write(text);
    expect(await file.read()).toBe(text);
  });

  it('larger than memory is refused as too large for a policy, having read only its beginning', async () => {
    const { file, policies } = await policyFile();
    await writeFile(file.path, 'version: 1\n');
    await truncate(file.path, 5 * 1024 ** 3);
    expect(await policies.current()).toMatchObject({
      code: 'policy-invalid',
      details: { file: file.path, problems: [{ code: 'too-large', expected: '256 kB' }] },
    });
    await expect(policies.protect([], null, null)).rejects.toMatchObject({
      code: 'policy-invalid',
    });
  });
});

describe("a policy's file that several engines go by", () => {
  it('is edited by one of them after the other, so that no edit is lost', async () => {
    const path = join(await testFolder(), 'policy.yaml');
    const edits = new PolicyEdits();
    const several = [1, 2, 3].map(() => new Policies(new TextFile(path), edits.of(path)));
    onTestFinished(() => several.forEach((policies) => policies.close()));
    const refs = several.map((_, n) => `myorg/app${n}`);
    await Promise.all(
      several.map((policies, n) =>
        policies.protect([{ name: refs[n] ?? '', match: [refs[n] ?? ''] }], null, null),
      ),
    );
    const text = await new TextFile(path).read();
    for (const ref of refs) expect(text).toContain(ref);
  });
});
