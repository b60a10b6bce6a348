import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { documents } from '../../../../main/contract/documents/index.js';
import { inventoryDocument } from '../../../../main/contract/documents/inventory.js';
import { readPolicy } from '../../../../main/domain/policy/read.js';
import { waitsAfterGap } from '../../../../main/domain/plan/limits.js';
import { planByItself } from '../../../../main/domain/triggers/plans.js';
import { careen, documentOf } from '../../cli/careen.js';

/** Each starts a process or two, on a machine that may have more to do. */
vi.setConfig({ testTimeout: 60_000 });

const folder = resolve('docs/examples');
const names = (await readdir(folder, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const read = (...path: string[]) => readFile(join(folder, ...path), 'utf8');

const reason = z.object({ kind: z.string(), code: z.string(), rule: z.string().nullable() });
const expected = z.strictObject({
  verdicts: z.array(
    z.object({
      id: z.string(),
      refs: z.array(z.string()),
      verdict: z.enum(['keep', 'remove']),
      decidedBy: reason,
    }),
  ),
  plan: z.array(
    z.object({
      kind: z.string(),
      id: z.string(),
      refs: z.array(z.string()),
      ticked: z.boolean(),
      group: z.string().nullable(),
    }),
  ),
  byItself: z.array(z.string()),
});

const judge = (name: string, ...more: string[]) =>
  careen(
    ['judge', '--inventory', 'inventory.json', '--policy', 'policy.yaml', ...more],
    join(folder, name),
    { TZ: 'UTC', LC_ALL: 'C.UTF-8' },
  );

describe('the examples', () => {
  it('are those that the list names', async () => {
    const list = await read('README.md');
    expect(names.sort()).toEqual(
      [...list.matchAll(/\]\(([\w-]+)\/README\.md\)/g)].map(([, name]) => name).sort(),
    );
    expect(names.length).toBeGreaterThanOrEqual(10);
  });
});

describe.each(names)('the example %s', (name) => {
  const told = read(name, 'expected.json').then((text) => expected.parse(JSON.parse(text)));

  it('comes to the verdicts and the plan that are expected, each time the same', async () => {
    const { verdicts, plan: items } = await told;
    const first = await judge(name, '--json');
    expect(first.stderr).toBe('');
    const { judged, plan } = documentOf(documents.judge, first);
    expect(
      judged.map(({ id, refs, verdict, decidedBy: { kind, code, rule } }) => ({
        id,
        refs,
        verdict,
        decidedBy: { kind, code, rule },
      })),
    ).toEqual(verdicts);
    expect(
      plan.items
        .map(({ kind, id, refs, ticked, group }) => ({ kind, id, refs, ticked, group }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    ).toEqual(items);
    expect((await judge(name, '--json')).stdout).toBe(first.stdout);
  });

  it('takes by itself what is expected', async () => {
    const inventory = inventoryDocument.parse(JSON.parse(await read(name, 'inventory.json')));
    const policy = readPolicy('policy.yaml', await read(name, 'policy.yaml'));
    const scope = { free: null, repository: null };
    const plan = planByItself(inventory, policy, 'schedule', scope, inventory.takenAt);
    expect(plan.items.map(({ id }) => id).sort()).toEqual((await told).byItself);
    expect(waitsAfterGap(inventory)).toBe(name === 'holiday-three-weeks');
  });

  it('shows in its README what the command prints', async () => {
    const readme = await read(name, 'README.md');
    const block = /```console\n\$ careen judge[^\n]*\n([^]*?)\n```/.exec(readme)?.[1] ?? '';
    const shown = block.split('\n').filter((line) => line !== '…' && line !== '');
    const lines = (await judge(name)).stdout.split('\n');
    expect(shown.length).toBeGreaterThan(3);
    let from = 0;
    for (const line of shown) {
      const at = lines.indexOf(line, from);
      expect([line, at], 'shown as printed, in order').not.toEqual([line, -1]);
      from = at + 1;
    }
  });
});
