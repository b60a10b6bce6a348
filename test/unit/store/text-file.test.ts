import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TextFile } from '../../../main/adapters/store/text-file.js';
import { Policies } from '../../../main/services/policies.js';
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
