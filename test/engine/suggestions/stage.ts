import { expect } from 'vitest';
import type { SuggestionRow } from '../../../main/contract/suggestions.js';
import { TestCareen, type TestCareenOptions } from '../../support/careen.js';
import type { TestEngine } from '../../support/engine.js';

/** Nothing goes by itself, and what has ended, idle or been cached counts as old at once. */
export const parts = `grace: 0s
containers: { exitedFor: 0s }
buildCache: { unusedFor: 0s, keep: 0GB }
limits: { pause: 0s }
`;
export const plain = `version: 1\n${parts}remove: [{ id: none, match: nothing-of-that-name }]\n`;

/** A layer of its own, so large, under a runnable one that all share. */
export const own = (key: string, kB = 300, more: { blank?: boolean; gzip?: boolean } = {}) => [
  'busybox' as const,
  { key, kB, ...more },
];

type Id = SuggestionRow['evidence']['id'];

/** Of all that is suggested what is of one kind. */
export const of = (all: readonly SuggestionRow[], id: Id) =>
  all.filter(({ evidence }) => evidence.id === id);

/** What is suggested on an engine of a test's own, and what carrying it out does there. */
export class Stage {
  #careen: TestCareen | null = null;

  constructor(private readonly engine: TestEngine) {}

  get careen(): TestCareen {
    if (this.#careen === null) throw new Error('not opened');
    return this.#careen;
  }

  async open(policy = plain, more: Partial<TestCareenOptions> = {}): Promise<void> {
    await this.#careen?.close();
    this.#careen = await TestCareen.open({
      socket: this.engine.socket,
      policy,
      worthSuggesting: { bytes: 50_000, idle: 0 },
      ...more,
    });
  }

  /** Ends it, and takes away all containers. */
  async close(): Promise<void> {
    await this.#careen?.close();
    this.#careen = null;
    for (const { Id } of await this.engine.docker.listContainers({ all: true }))
      await this.engine.docker.getContainer(Id).remove({ force: true });
  }

  async rows(measure = false): Promise<SuggestionRow[]> {
    return (await this.careen.call('suggestions', { measure })).rows;
  }

  /** The only one of its kind, once the engine's events have told of what it is made of. */
  async oneOf(id: Id, measure = false) {
    let found: SuggestionRow[] = [];
    const look = async () => (found = of(await this.rows(measure), id));
    await expect.poll(look, { timeout: 10_000 }).toHaveLength(1);
    return found[0] as SuggestionRow & { bytes: NonNullable<SuggestionRow['bytes']> };
  }

  /** Opens its plan and runs all of it. */
  async carryOut({ key }: SuggestionRow) {
    const opened = await this.careen.call('suggestion.open', { key });
    if (opened.kind !== 'plan') throw new Error(`${key} is no plan`);
    const { planId, items } = opened.plan;
    const also = items.map(({ id }) => id);
    const run = await this.careen.call('plan.run', { planId, except: [], also });
    expect(run).toMatchObject({ outcome: 'done', skipped: [], failed: [] });
    return { plan: opened.plan, run };
  }

  /** All images' tags. */
  async names(): Promise<string[]> {
    return (await this.engine.docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []).sort();
  }
}
