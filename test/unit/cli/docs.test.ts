import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { documents, type DocumentName } from '../../../main/contract/documents/index.js';
import { exit } from '../../../main/contract/exit.js';

const text = readFileSync('docs/cli.md', 'utf8');

/** Blocks that name their document beside the language. */
const examples = [...text.matchAll(/^```json ([\w-]+)\n(.*?)^```$/gms)].map(
  ([, name = '', json = '']) =>
    [name.replace(/^policy-/, 'policy ') as DocumentName, json] as const,
);

/** Documents of a shape that another command's example shows. */
const likeAnother = new Set(['unprotect', 'rollback', 'release', 'snooze', 'skip']);

describe('docs/cli.md', () => {
  it('has an example of every document', () => {
    const names = new Set(examples.map(([name]) => name));
    const documented = Object.keys(documents).filter((name) => !likeAnother.has(name));
    expect([...names].sort()).toEqual(documented.sort());
  });

  it.each(examples)('%s: the example is as its schema has it, key by key', (name, json) => {
    const example: unknown = JSON.parse(json);
    const schema: z.ZodType = documents[name];
    expect(z.encode(schema, schema.parse(example))).toEqual(example);
  });

  it('lists every exit code', () => {
    const listed = [...text.matchAll(/^\| (\d+)\s+\|/gm)].map(([, code]) => Number(code));
    expect(listed).toEqual(Object.values(exit));
  });
});
