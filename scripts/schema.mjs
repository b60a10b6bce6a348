// Writes docs/policy.schema.json from the one schema in main/domain/policy.
import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { runnerImport } from 'vite';

const file = 'docs/policy.schema.json';
const { module } = await runnerImport('./main/domain/policy/json-schema.ts');
const text = JSON.stringify(module.policyJsonSchema());
await writeFile(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
