import { z } from 'zod';
import { type CommandName, commands } from '../../main/contract/commands.js';

/** A command's parameters as someone might forge them. */
export interface Forgery {
  /** What is wrong with them. */
  what: string;
  params: unknown;
}

/** Longer than anything that a command takes. */
export const huge = 'x'.repeat(2_000_000);

/** One value of each kind that crosses a boundary. */
const kinds = {
  null: null,
  boolean: true,
  number: 7,
  string: 'forged',
  array: [{}],
  object: { forged: true },
} as const;

/** Keys that mean something to JavaScript itself. */
const prototypeKeys = ['__proto__', 'constructor', 'prototype', 'toString'];

/** The parts of a JSON Schema that the commands' parameters are made of. */
interface Node {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  pattern?: string;
  minimum?: number;
  anyOf?: Node[];
  properties?: Record<string, Node>;
  required?: string[];
  items?: Node;
  additionalProperties?: Node | boolean;
  $ref?: string;
}

/** Parameters that a command takes, one for each shape that it has. */
export function takenBy(name: CommandName): unknown[] {
  return shapesOf(name).map(sampleOf);
}

/**
 * Parameters that a command must not take: each of its values of every wrong type or far too long, each
 * of its lists of far too many, each of its keys left out, keys that it does not know, everywhere in it.
 */
export function forgeriesOf(name: CommandName): Forgery[] {
  const whole = Object.entries(kinds)
    .filter(([kind]) => kind !== 'object')
    .map(([kind, params]) => ({ what: kind, params }));
  return [...whole, ...shapesOf(name).flatMap((shape) => mutationsOf(shape, ''))];
}

function shapesOf(name: CommandName): Node[] {
  const schema = z.toJSONSchema(commands[name].params, { io: 'input' }) as Node;
  return schema.anyOf ?? [schema];
}

/** The same value with one thing wrong, for each thing that can be. */
function mutationsOf(node: Node, at: string): Forgery[] {
  const branches = node.anyOf?.filter((one) => !isOpen(one)) ?? [];
  if (branches.length > 0) return [...wrongKinds(node, at), ...branches.flatMap(inner(at))];
  return [...wrongKinds(node, at), ...inner(at)(node)];
}

const inner = (at: string) => (node: Node) => [
  ...objectMutations(node, at),
  ...arrayMutations(node, at),
  ...stringMutations(node, at),
];

function wrongKinds(node: Node, at: string): Forgery[] {
  const right = kindsOf(node);
  return Object.entries(kinds)
    .filter(([kind]) => !right.has(kind))
    .map(([kind, params]) => ({ what: `${at || 'all'} as ${kind}`, params }));
}

function objectMutations(node: Node, at: string): Forgery[] {
  const { properties, required = [], additionalProperties } = node;
  if (!properties) return entryMutations(additionalProperties, at);
  const sample = sampleOf(node) as Record<string, unknown>;
  const unknown = ['forged', ...prototypeKeys].map((key) => ({
    what: `${at}.${key} besides`,
    params: withOwn(sample, key, { forged: true }),
  }));
  const missing = required.map((key) => {
    const rest = Object.entries(sample).filter(([other]) => other !== key);
    return { what: `${at}.${key} left out`, params: Object.fromEntries(rest) };
  });
  const within = Object.entries(properties).flatMap(([key, value]) =>
    mutationsOf(value, `${at}.${key}`).map(({ what, params }) => ({
      what,
      params: withOwn(sample, key, params),
    })),
  );
  return [...unknown, ...missing, ...within];
}

/** Of a record, whose keys are the caller's. */
function entryMutations(value: Node | boolean | undefined, at: string): Forgery[] {
  if (typeof value !== 'object') return [];
  const long = { what: `${at} with a long key`, params: { [huge]: sampleOf(value) } };
  const within = mutationsOf(value, `${at}{}`);
  return [long, ...within.map(({ what, params }) => ({ what, params: { forged: params } }))];
}

function arrayMutations({ items }: Node, at: string): Forgery[] {
  if (!items) return [];
  const long = Array<unknown>(100_000).fill(sampleOf(items));
  const within = mutationsOf(items, `${at}[]`).map(({ what, params }) => ({
    what,
    params: [params],
  }));
  return [{ what: `${at} of ${long.length} entries`, params: long }, ...within];
}

function stringMutations(node: Node, at: string): Forgery[] {
  return node.type === 'string' || (Array.isArray(node.type) && node.type.includes('string'))
    ? [{ what: `${at} of ${huge.length} characters`, params: huge }]
    : [];
}

/** Assigning would change the prototype instead. */
function withOwn(object: Record<string, unknown>, key: string, value: unknown): object {
  const copy = { ...object };
  Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** A value whose inside is the policy's own to judge. */
const isOpen = ({ $ref }: Node) => $ref !== undefined;

function kindsOf(node: Node): Set<string> {
  if (node.anyOf) return new Set(node.anyOf.flatMap((one) => [...kindsOf(one)]));
  if (isOpen(node)) return new Set(Object.keys(kinds));
  const types = [node.type ?? Object.keys(kinds)].flat();
  return new Set(types.map((type) => (type === 'integer' ? 'number' : type)));
}

function sampleOf(node: Node): unknown {
  if (node.const !== undefined) return node.const;
  if (node.enum) return node.enum[0];
  if (node.anyOf?.[0]) return sampleOf(node.anyOf[0]);
  switch ([node.type].flat()[0]) {
    case 'string':
      return node.pattern ? `sha256:${'0'.repeat(64)}` : 'sample';
    case 'integer':
    case 'number':
      return Math.max(node.minimum ?? 1, 1);
    case 'boolean':
      return true;
    case 'array':
      return [sampleOf(node.items ?? {})];
    case 'object':
      return Object.fromEntries(
        Object.entries(node.properties ?? {}).map(([key, value]) => [key, sampleOf(value)]),
      );
    default:
      return null;
  }
}
