import type { Path } from '../../../../main/domain/policy/keys.js';
import { policyJsonSchema } from '../../../../main/domain/policy/json-schema.js';

/** What of a JSON Schema tells what may be written. */
interface Node {
  description?: string;
  properties?: Record<string, Node>;
  items?: Node;
  anyOf?: Node[];
  enum?: unknown[];
  const?: unknown;
  type?: string;
  default?: unknown;
  examples?: unknown[];
}

const root = policyJsonSchema() as Node;

/** A key that may be written, or a key that is. */
export interface KnownKey {
  /** With the keys above it, without places in lists: `keep.last`. */
  path: string;
  name: string;
  description: string;
  /** What holds where it is not written, as the file would write it. */
  absent: unknown;
  examples: unknown[];
  isMapping: boolean;
  isList: boolean;
}

/** A node and the forms that it may have. */
const formsOf = (node: Node): Node[] => [
  node,
  ...(node.anyOf ?? []).flatMap((form) => formsOf(form)),
];

function nodesAt(path: Path): Node[] {
  return path.reduce<Node[]>(
    (nodes, step) =>
      nodes
        .flatMap(formsOf)
        .flatMap((node) => (typeof step === 'number' ? node.items : node.properties?.[step]) ?? []),
    [root],
  );
}

const dotted = (path: Path) => path.filter((step) => typeof step === 'string').join('.');

function known(above: Path, name: string, node: Node): KnownKey {
  const forms = formsOf(node);
  return {
    path: dotted([...above, name]),
    name,
    description: node.description ?? '',
    absent: node.default,
    examples: node.examples ?? [],
    isMapping: forms.some(({ properties }) => properties !== undefined),
    isList: forms.some(({ items }) => items !== undefined),
  };
}

/** The keys that a mapping at a path may have. */
export function keysOf(path: Path): KnownKey[] {
  const found = new Map<string, KnownKey>();
  for (const node of nodesAt(path).flatMap(formsOf))
    for (const [name, one] of Object.entries(node.properties ?? {}))
      if (!found.has(name)) found.set(name, known(path, name, one));
  return [...found.values()];
}

/** A key at a path, by its last step; null where there is none of that name. */
export function keyAt(path: Path): KnownKey | null {
  const name = path.findLast((step) => typeof step === 'string');
  const above = name === undefined ? [] : path.slice(0, path.lastIndexOf(name));
  return keysOf(above).find((one) => one.name === name) ?? null;
}

/** The words that a value at a path may be: those of a choice, and what its examples show. */
export function valuesAt(path: Path): string[] {
  const nodes = nodesAt(path).flatMap(formsOf);
  const ofLists = nodes.flatMap(({ items }) => (items === undefined ? [] : formsOf(items)));
  const words = [...nodes, ...ofLists].flatMap((node) => [
    ...(node.enum ?? (node.const === undefined ? [] : [node.const])),
    ...(node.type === 'boolean' ? [true, false] : []),
  ]);
  const shown = nodes.flatMap(({ examples, default: absent }) => [...(examples ?? []), absent]);
  const plain = [...words, ...shown].filter((one) =>
    ['string', 'number', 'boolean'].includes(typeof one),
  );
  return [...new Set(plain.map(String))];
}

/** Every key there is, once a path. */
export function allKeys(path: Path = []): KnownKey[] {
  return keysOf(path).flatMap((key) => [
    key,
    ...(key.isMapping ? allKeys([...path, key.name]) : []),
    ...(key.isList ? allKeys([...path, key.name, 0]) : []),
  ]);
}
