import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../main/contract/commands.js';
import { errorDetails } from '../../../main/contract/errors.js';
import { historyRun } from '../../../main/contract/runs.js';
import { slices } from '../../../main/contract/slices.js';
import { Diagnostics } from '../../../main/services/diagnostics/index.js';

/** What Careen and engines say themselves, which is no name. */
const spoken = new Set(['code', 'tool', 'version', 'apiVersion', 'platform', 'health', 'state']);
const sentences = new Set(['message', 'why', 'problem', 'expected']);

interface Node {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  pattern?: string;
  anyOf?: Node[];
  oneOf?: Node[];
  items?: Node;
  properties?: Record<string, Node>;
  additionalProperties?: Node | boolean;
  propertyNames?: Node;
}

const nodes = new Map<z.ZodType, Node>();
function nodeOf(schema: z.ZodType): Node {
  const node = nodes.get(schema) ?? (z.toJSONSchema(schema, { unrepresentable: 'any' }) as Node);
  nodes.set(schema, node);
  return node;
}

/** Values of a schema with a canary in every free string; `turn` chooses among alternatives. */
class Canaries {
  #count = 0;

  constructor(
    private readonly turn: number,
    private readonly shape: (canary: string) => string,
  ) {}

  of(schema: z.ZodType): unknown {
    return this.#of(nodeOf(schema), '');
  }

  #of(node: Node, key: string): unknown {
    if (node.const !== undefined) return node.const;
    if (node.enum) return node.enum[this.turn % node.enum.length];
    const several = (node.anyOf ?? node.oneOf)?.filter(({ type }) => type !== 'null');
    if (several?.length) return this.#of(several[this.turn % several.length] ?? {}, key);
    if (node.type === 'string') return node.pattern ? `sha256:${'0a'.repeat(32)}` : this.#text(key);
    if (node.type === 'array') return [this.#of(node.items ?? {}, key)];
    if (node.type === 'object' && node.properties)
      return Object.fromEntries(
        Object.entries(node.properties).map(([name, one]) => [name, this.#of(one, name)]),
      );
    if (node.type === 'object') return this.#record(node.additionalProperties);
    return node.type === 'boolean' ? true : 1;
  }

  #record(of: Node | boolean | undefined): object {
    const value = typeof of === 'object' ? this.#of(of, '') : this.#canary();
    return { [this.#canary()]: value };
  }

  #text(key: string): string {
    if (spoken.has(key)) return 'spoken';
    if (sentences.has(key))
      return `no "${this.#canary()}" at tcp://${this.#canary()}.test:1/x in /srv/${this.#canary()}/y`;
    return this.shape(this.#canary());
  }

  #canary = () => `canary${String.fromCharCode(97 + (this.#count++ % 26))}${this.#count}`;
}

const shapes: Record<string, (canary: string) => string> = {
  'a word': (c) => c,
  'a reference': (c) => `${c}.test:5000/${c}-team/app_${c}:${c}-1`,
  'a path': (c) => `/srv/${c}/${c}.d/compose.yaml`,
  'an address': (c) => `tcp://${c}.internal:2375`,
  'several words': (c) => `of ${c}, *${c}* (${c})`,
};
const cases = Object.keys(shapes).flatMap((shape) =>
  Array.from({ length: 16 }, (_, turn) => ({ shape, turn })),
);

/** The archive's text of a process in which everything has a canary, and no inventory is known. */
async function archive(names: boolean, turn: number, shape: (c: string) => string) {
  const make = new Canaries(turn, shape);
  const rows = make.of(slices.images.shape.upsert) as unknown[];
  const state = Object.fromEntries(
    Object.entries(slices).map(([name, schema]) => [name, make.of(schema)]),
  );
  const errors = Object.entries(errorDetails()).map(([code, details]) => ({
    at: 1,
    error: { code, details: make.of(details) },
  }));
  const parts = {
    state: {
      get: (name: string) =>
        name === 'images' ? { ...(state[name] as object), upsert: rows } : state[name],
    },
    judging: { current: null },
    policies: {
      current: () =>
        Promise.resolve({ policy: make.of(commands['policy.get'].result.shape.policy) }),
    },
    journal: { history: () => [make.of(historyRun)] },
    registries: { seen: () => make.of(commands.registries.result) },
    contents: () => Promise.resolve([{ name: shape('canaryhome'), bytes: 1, files: 1 }]),
    errors: { all: errors },
  };
  const person = { home: '/home/ada', user: 'ada', host: 'ada-laptop' };
  const machine = {
    version: '1.0.0',
    by: 'app' as const,
    ...{ platform: 'linux', arch: 'x64', release: '6.1', versions: {}, person },
  };
  const from = parts as unknown as ConstructorParameters<typeof Diagnostics>[0];
  const files = await new Diagnostics(from, machine, () => 0).files({ names });
  return files.map(({ name, text }) => `${name}\n${text}`).join('\n');
}

describe('diagnostics without names', () => {
  it.each(cases)('tell no name that stands anywhere as $shape ($turn)', async ({ shape, turn }) => {
    const make = shapes[shape] ?? String;
    expect(await archive(true, turn, make)).toContain('canary');
    const lines = (await archive(false, turn, make)).split('\n');
    expect(lines.filter((line) => line.includes('canary'))).toEqual([]);
  });

  it('still say what went wrong, and how', async () => {
    const text = await archive(false, 0, String);
    for (const word of ['engine-permission', 'registry-auth', 'not-signed-in', 'variable'])
      expect(text).toContain(word);
  });
});
