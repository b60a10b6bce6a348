import { z } from 'zod';
import { commands } from '../../contract/commands.js';
import { errorDetails } from '../../contract/errors.js';
import { slices } from '../../contract/slices.js';
import { defaultPolicyText } from '../../domain/policy/default.js';
import { templates } from '../../domain/policy/templates/index.js';

let known: ReadonlySet<string> | null = null;

/** Whatever the contract spells out: its keys, and the values that it lists. */
export function wordsOfContract(): ReadonlySet<string> {
  return (known ??= gathered());
}

function gathered(): ReadonlySet<string> {
  const results = Object.values(commands).map(({ result }) => result);
  const schemas = [...Object.values(slices), ...Object.values(errorDetails()), ...results];
  const words = new Set([slices, errorDetails(), commands].flatMap((table) => Object.keys(table)));
  for (const schema of schemas) addWords(z.toJSONSchema(schema, { unrepresentable: 'any' }), words);
  for (const id of shippedRules()) words.add(id);
  return words;
}

/** Rules of the policies that come with Careen. */
function shippedRules(): string[] {
  return [defaultPolicyText, ...Object.values(templates)].flatMap((text) =>
    [...text.matchAll(/\bid: ([\w-]+)/g)].map(([, id = '']) => id),
  );
}

function addWords(node: unknown, words: Set<string>): void {
  if (node === null || typeof node !== 'object') return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'properties') for (const name of Object.keys(value as object)) words.add(name);
    const listed: unknown[] =
      key === 'enum' ? (value as unknown[]) : key === 'const' ? [value] : [];
    for (const one of listed) if (typeof one === 'string') words.add(one);
    addWords(value, words);
  }
}
