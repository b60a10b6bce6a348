import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../../main/domain/policy/read.js';
import { templateNames, templates } from '../../../../main/domain/policy/templates/index.js';
import { wideningOf } from '../../../../main/domain/policy/widening.js';

const policy = (text: string) => readPolicy('policy.yaml', `version: 1\n${text}`);
const nothing = {
  cleansItself: null,
  updatesItself: null,
  unprotects: [],
  unprotectsMany: false,
  probes: [],
  hooks: false,
};
const id = `sha256:${'a'.repeat(64)}`;
const protect = 'protect:\n  - { match: postgres }\n  - { labels: { careen.keep: "true" } }\n';
const entry = (rules: string) => `update:\n  containers:\n    - { match: web, ${rules} }\n`;

describe('wideningOf', () => {
  it.each(templateNames)('finds nothing where %s stays what it is', (name) => {
    const read = readPolicy(name, templates[name]);
    expect(wideningOf(read, readPolicy(name, `${templates[name]}# a note\n`))).toBeNull();
  });

  it.each([
    ['the mode auto', 'mode: confirm\n', 'mode: auto\n', { cleansItself: [] }],
    [
      'what goes by itself',
      'mode: auto\n',
      'mode: auto\ngrace: 1h\nremove:\n  - { match: a }\n',
      { cleansItself: ['remove', 'grace'] },
    ],
    [
      'all updated by itself',
      '',
      'update: { default: { mode: auto } }\n',
      { updatesItself: 'all' },
    ],
    ['one updated by itself', '', entry('mode: auto'), { updatesItself: ['web'] }],
    [
      'less that is held from an update by itself',
      'update:\n  containers:\n    - { match: "*", mode: ignore }\n    - { match: web, mode: auto }\n',
      entry('mode: auto'),
      { updatesItself: ['web'] },
    ],
    [
      'protection that goes',
      protect,
      '',
      { unprotects: ['postgres', 'careen.keep=true'], unprotectsMany: true },
    ],
    [
      'protection that ends sooner',
      'protect:\n  - { match: postgres }\n',
      'protect:\n  - { match: postgres, until: 2026-01-01 }\n',
      { unprotects: ['postgres'], unprotectsMany: true },
    ],
    [
      'one rule that protects all',
      'protect:\n  - { match: "**" }\n',
      '',
      { unprotects: ['**'], unprotectsMany: true },
    ],
    [
      'one rule of several images',
      'protect:\n  - { match: [redis, mysql] }\n',
      '',
      { unprotects: ['redis, mysql'], unprotectsMany: true },
    ],
    [
      'one image that a toggle protected',
      `protect:\n  - { match: ["a:1", "${id}"] }\n`,
      '',
      { unprotects: [`a:1, ${id}`] },
    ],
    [
      'an address',
      '',
      entry('probe: { tcp: "10.0.0.1:5432" }'),
      { probes: ['tcp://10.0.0.1:5432'] },
    ],
    ['what labels run', '', entry('hooks: true'), { hooks: true }],
    [
      'what labels run in more containers',
      entry('hooks: true'),
      `${entry('hooks: true')}  default: { hooks: true }\n`,
      { hooks: true },
    ],
    [
      'what labels run in another container',
      entry('hooks: true'),
      entry('hooks: true').replace('web', 'db'),
      { hooks: true },
    ],
    [
      'a container that is held from it no longer',
      'update:\n  default: { hooks: true }\n  containers:\n    - { match: web, hooks: false }\n',
      'update:\n  default: { hooks: true }\n',
      { hooks: true },
    ],
  ])('finds %s', (_, before, after, found) => {
    expect(wideningOf(policy(before), policy(after))).toEqual({ ...nothing, ...found });
    expect(wideningOf(policy(after), policy(after))).toBeNull();
  });

  it.each([
    ['the mode lowered', 'mode: auto\n', 'mode: confirm\n'],
    ['more protected', '', protect],
    ['protection by a wider rule', 'protect:\n  - { match: "postgres:16" }\n', protect],
    ['updates lowered', 'update: { default: { mode: auto } }\n', ''],
    [
      'fewer whose labels run',
      `${entry('hooks: true')}  default: { hooks: true }\n`,
      entry('hooks: true'),
    ],
    [
      'one more that is held from it',
      'update:\n  default: { hooks: true }\n',
      'update:\n  default: { hooks: true }\n  containers:\n    - { match: web, hooks: false }\n',
    ],
    ['an address less', entry('probe: { tcp: "a:1" }'), ''],
    [
      'rules of what is asked first',
      'mode: confirm\n',
      'mode: confirm\nremove:\n  - { match: a }\n',
    ],
  ])('does not find %s', (_, before, after) => {
    expect(wideningOf(policy(before), policy(after))).toBeNull();
  });

  it('compares with nothing where the one before could not be read', () => {
    expect(wideningOf(null, policy('mode: auto\n'))).toEqual({ ...nothing, cleansItself: [] });
    expect(wideningOf(null, policy('mode: confirm\n'))).toBeNull();
  });
});
