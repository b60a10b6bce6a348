import { readFileSync, readdirSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { defaultPolicyText } from '../../../../main/domain/policy/default.js';
import { policyJsonSchema } from '../../../../main/domain/policy/json-schema.js';
import { parsePolicy } from '../../../../main/domain/policy/parse.js';
import { templates } from '../../../../main/domain/policy/templates/index.js';
import { malformed } from './malformed.js';

// Compiling many schemas takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const published = JSON.parse(readFileSync('docs/policy.schema.json', 'utf8')) as object;
const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(published);

/** Every key that the schema knows, with what it says of it. */
function* keysOf(schema: unknown, at = ''): Generator<[string, Record<string, unknown>]> {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties')
      for (const [name, property] of Object.entries(value as Record<string, object>)) {
        yield [`${at}.${name}`, property as Record<string, unknown>];
        yield* keysOf(property, `${at}.${name}`);
      }
    else yield* keysOf(value, at);
  }
}

describe('docs/policy.schema.json', () => {
  it('is what "npm run schema" writes now', () => {
    expect(published).toEqual(policyJsonSchema());
  });

  it('says of every key what it is for', () => {
    const keys = [...keysOf(published)];
    expect(keys.length).toBeGreaterThan(50);
    for (const [, key] of keys) expect(key['description']).toMatch(/^[A-Z].+\.$/);
    expect(keys.map(([name]) => name)).toContain('.triggers.hostNotice');
  });

  it('gives examples and defaults that a policy may write', () => {
    const loose = new Ajv2020({ strict: false });
    for (const [name, key] of keysOf(published)) {
      const { examples = [], default: standIn } = key as {
        examples?: unknown[];
        default?: unknown;
      };
      const values = standIn === undefined ? examples : [...examples, standIn];
      const own = loose.compile(key);
      for (const value of values) expect([name, value, own(value)]).toEqual([name, value, true]);
    }
  });

  const released = readdirSync('test/fixtures/policies').map((file): [string, string] => [
    file,
    readFileSync(`test/fixtures/policies/${file}`, 'utf8'),
  ]);
  it.each([...Object.entries({ default: defaultPolicyText, ...templates }), ...released])(
    'takes %s',
    (_, text) => {
      expect(validate(parse(text))).toBe(true);
    },
  );

  it('refuses what the parser refuses, but for what no schema can say', () => {
    // What is no YAML for Careen is no matter of a schema.
    const ofYaml = / (syntax|duplicate-key|too-large|too-many-aliases): /;
    const asked = malformed.filter(([, , problems]) => !problems.some((one) => ofYaml.test(one)));
    expect(asked.length).toBeGreaterThan(90);
    const taken = asked.filter(([, text]) =>
      validate(parse(text, { version: '1.2', schema: 'core' })),
    );
    expect(taken.map(([what]) => what)).toEqual([
      'a duration too large',
      'a day that there is not',
      'a pattern with four wildcards',
      'an hour that there is not',
      'a schedule by a misspelt name',
      'a check without a pause',
      'a container name with four wildcards',
      'a regular expression that is not closed',
      'a regular expression with look-around',
      'a regular expression that is a huge machine',
      'a transform to a group that there is not',
      'a probe with a password',
      'a probe of a port that there is not',
      'a name twice',
      'low above high',
      'low as high',
      'to below free',
      'a budget that frees nothing',
    ]);
  });

  it.each([
    'version: 1',
    'version: 1\nkeep:\n  - { match: [a, "b:1"], labels: { x: "1" }, per: family, last: 2 }',
    'version: 1\nremove:\n  - { untagged: true, unusedFor: 0s, mode: suggest, project: [present, gone] }',
    'version: 1\nprotect:\n  - { platform: linux/arm64, until: 2027-01-31T10:00:00+02:00, note: x }',
    'version: 1\ntriggers: { schedule: "@daily", pressure: { free: 1.5GiB, to: 20GB, cooldown: 0s } }',
    'version: 1\ntriggers: { afterUpdate: false, images: { max: 2GB, to: 1GB }, pressure: { high: 100%, low: 0.5% } }',
    'version: 1\nupdate: {}',
    'version: 1\nupdate: { check: { every: 1h }, default: { mode: auto, tags: { exclude: "-rc" }, probe: { tcp: "a:1" } } }',
    'version: 1\nupdate: { containers: [{ match: [a, "b-*"] }, { image: "myorg/*", tags: minor, probe: { http: "https://a/" } }] }',
    'version: 1\ncontainers: {}\nrollback: { versions: 0, for: 0s }\nlimits: { maxItems: 1 }',
  ])('takes, as the parser does: %s', (text) => {
    expect('policy' in parsePolicy(text)).toBe(true);
    expect(validate(parse(text))).toBe(true);
  });
});
