import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkPolicy } from '../../../../main/domain/policy/check.js';
import { parsePolicy } from '../../../../main/domain/policy/parse.js';
import { templateNames } from '../../../../main/domain/policy/templates/index.js';
import { messages } from '../../../../main/messages/index.js';

const folder = 'test/fixtures/policies';
const docs = readFileSync('docs/policy.md', 'utf8');
const now = Date.UTC(2026, 10, 24);
const day = 86_400_000;

describe('every released version of the policy', () => {
  it.each(readdirSync(folder))('%s is read', (file) => {
    expect(parsePolicy(readFileSync(`${folder}/${file}`, 'utf8'))).not.toHaveProperty('problems');
  });

  it('means what it meant: the default of the first release', () => {
    const text = readFileSync(`${folder}/version-1-first-release.yaml`, 'utf8');
    expect(parsePolicy(text)).toMatchObject({
      policy: {
        mode: 'confirm',
        protect: [{ id: 'protect[0]', labels: { 'careen.keep': 'true' }, until: null }],
        keep: [
          { id: 'recent', match: ['**'], last: 3, usedWithin: 90 * day },
          { id: 'lately', match: ['**'], last: null, usedWithin: 30 * day },
        ],
        remove: [
          { id: 'untagged', match: null, untagged: true, unusedFor: 3 * day },
          { id: 'stale', match: ['**'], origin: ['pulled'], unusedFor: 60 * day },
          { id: 'stale-builds', unusedFor: 60 * day, mode: 'confirm' },
        ],
        grace: day,
        // What it could not yet say does nothing by itself.
        containers: { enabled: false },
        networks: { enabled: false },
        buildCache: { enabled: false },
        triggers: {
          schedule: null,
          afterUpdate: false,
          pressure: null,
          hostNotice: null,
          images: null,
        },
        limits: { pause: 250 },
      },
    });
  });
});

describe('docs/policy.md', () => {
  const blocks = [...docs.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text);

  it('has examples', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(3);
  });

  it.each(blocks)('has examples that are valid and meant: %s', (text) => {
    expect(checkPolicy(text, now)).toMatchObject({ lints: [] });
  });

  it('tells of every key', () => {
    const keys = [
      ...readFileSync('docs/policy.schema.json', 'utf8').matchAll(/"(\w+)": \{\s*"description"/g),
    ];
    const untold = keys
      .map(([, key = '']) => key)
      .filter((key) => !new RegExp(`\\b${key}\\b`).test(docs));
    expect(keys.length).toBeGreaterThan(40);
    expect(untold).toEqual([]);
    for (const name of templateNames) expect(docs).toContain(name);
  });

  it('shows an error as it is printed', () => {
    const parsed = parsePolicy('version: 1\nkeep:\n  - { match: "**", lst: 3 }\n');
    const [problem] = 'problems' in parsed ? parsed.problems : [];
    expect(problem).toBeDefined();
    if (problem)
      expect(docs).toContain(
        `:${problem.line}:${problem.column}: ${messages('en').policyProblem(problem)}`,
      );
  });
});
