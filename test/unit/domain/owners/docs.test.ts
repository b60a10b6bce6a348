import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ownerTools } from '../../../../main/domain/owners/tools.js';

describe('docs/owners.md', () => {
  it('has a row for every tool, with something in every column', () => {
    const text = readFileSync(new URL('../../../../docs/owners.md', import.meta.url), 'utf8');
    const rows = text.split('\n').filter((line) => line.startsWith('| '));
    const tools = rows.slice(2).map((row) => row.split('|')[1]?.trim());
    expect(new Set(tools)).toEqual(new Set(ownerTools.map(({ tool }) => tool)));
    for (const row of rows.slice(2))
      for (const cell of row.split('|').slice(1, -1)) expect(cell.trim()).not.toBe('');
  });
});
