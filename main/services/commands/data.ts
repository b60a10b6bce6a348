import type { Entry } from '../../adapters/store/contents.js';
import type { Result } from '../../contract/commands.js';
import type { DataKind } from '../../contract/own.js';

const kinds: readonly [RegExp, DataKind][] = [
  [/\.damaged-/, 'damaged'],
  [/^journal-/, 'history'],
  [/^knowledge-/, 'knowledge'],
  [/^listings$/, 'listings'],
  [/^plans$/, 'plans'],
  [/^samples$/, 'samples'],
  [/^checks$/, 'checks'],
  [/^versions$/, 'versions'],
  [/^(policy\.yaml|policies)$/, 'policy'],
  [/^(config|engines)\.json$/, 'settings'],
  [/^((triggers|host-notice|dismissed)\.json|triggers)$/, 'memory'],
  [/^reserve$/, 'reserve'],
  [/^electron$/, 'window'],
];

/** What the data home holds, by its use, the largest first (docs/architecture.md, Files). */
export function dataOf(entries: readonly Entry[]): Result<'about'>['data'] {
  const by = new Map<DataKind, { kind: DataKind; bytes: number; files: number }>();
  for (const { name, bytes, files } of entries) {
    if (files === 0) continue;
    const kind = kinds.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
    const sum = by.get(kind) ?? { kind, bytes: 0, files: 0 };
    by.set(kind, { kind, bytes: sum.bytes + bytes, files: sum.files + files });
  }
  return [...by.values()].sort((a, b) => b.bytes - a.bytes);
}
