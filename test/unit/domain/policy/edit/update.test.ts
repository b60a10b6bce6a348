import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { defaultPolicyText } from '../../../../../main/domain/policy/default.js';
import { setContainerMode } from '../../../../../main/domain/policy/edit/update.js';
import { parsePolicy } from '../../../../../main/domain/policy/parse.js';
import { templates } from '../../../../../main/domain/policy/templates/index.js';
import type { UpdateMode, UpdatePolicy } from '../../../../../main/domain/policy/types.js';
import { entryFor } from '../../../../../main/domain/update/entries.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

function update(text: string): UpdatePolicy {
  const parsed = parsePolicy(text);
  if ('problems' in parsed) throw new Error(`${JSON.stringify(parsed.problems)} in\n${text}`);
  return parsed.policy.update;
}

const named = (name: string) => ({ name, reference: 'myorg/web:1', imageId: '' });
const rulesOf = (text: string, name: string) => entryFor(update(text).containers, named(name));

describe('the mode of one container', () => {
  it.each<[string, string, string]>([
    [
      'an empty policy',
      'version: 1\n',
      'version: 1\nupdate:\n  containers:\n    - { match: "web", mode: auto }\n',
    ],
    [
      'no end of line',
      'version: 1',
      'version: 1\nupdate:\n  containers:\n    - { match: "web", mode: auto }\n',
    ],
    [
      'a section without entries',
      'version: 1\nupdate:\n    check: { every: 1h } # often\ngrace: 1d\n',
      'version: 1\nupdate:\n    check: { every: 1h } # often\n    containers:\n      - { match: "web", mode: auto }\ngrace: 1d\n',
    ],
    [
      'a section in one line',
      'version: 1\nupdate: { check: { every: 1h } } # often\n',
      'version: 1\nupdate: { check: { every: 1h }, containers: [{ match: "web", mode: auto }] } # often\n',
    ],
    [
      'other entries',
      'version: 1\nupdate:\n  containers:\n  # the database\n  - { match: db, mode: notify }\ngrace: 1d # long\n',
      'version: 1\nupdate:\n  containers:\n  # the database\n  - { match: db, mode: notify }\n  - { match: "web", mode: auto }\ngrace: 1d # long\n',
    ],
    [
      'its own entry',
      'version: 1\nupdate:\n  containers:\n    - match: web # mine\n      mode: tell # for now\n      minAge: 3d\n',
      'version: 1\nupdate:\n  containers:\n    - match: web # mine\n      mode: auto # for now\n      minAge: 3d\n',
    ],
    [
      'its own entry without a mode',
      'version: 1\nupdate: { containers: [{ match: [web], minAge: 3d }] }\n',
      'version: 1\nupdate: { containers: [{ match: [web], minAge: 3d, mode: auto }] }\n',
    ],
    [
      'a broader entry, whose other rules it takes over',
      'version: 1\nupdate:\n  containers:\n    - { match: db }\n    # all of them\n    # (two)\n    - match: "w*"\n      mode: tell\n      tags: { include: "^\\\\d+$" }\n      probe: { http: "http://a/" }\n',
      'version: 1\nupdate:\n  containers:\n    - { match: db }\n    - { match: "web", mode: auto, tags: { include: "^\\\\d+$" }, probe: { http: "http://a/" } }\n    # all of them\n    # (two)\n    - match: "w*"\n      mode: tell\n      tags: { include: "^\\\\d+$" }\n      probe: { http: "http://a/" }\n',
    ],
    [
      'a list with its name in it',
      'version: 1\nupdate: { containers: [{ match: [db, web], hooks: true }] }\n',
      'version: 1\nupdate: { containers: [{ match: "web", mode: auto, hooks: true }, { match: [db, web], hooks: true }] }\n',
    ],
    [
      'an entry by image',
      'version: 1\nupdate:\n  containers:\n    - { image: "myorg/*", settle: 1s }\n',
      'version: 1\nupdate:\n  containers:\n    - { match: "web", mode: auto, settle: 1s }\n    - { image: "myorg/*", settle: 1s }\n',
    ],
    [
      'an entry by another image',
      'version: 1\nupdate:\n  containers:\n    - { image: "postgres", settle: 1s }\n',
      'version: 1\nupdate:\n  containers:\n    - { match: "web", mode: auto }\n    - { image: "postgres", settle: 1s }\n',
    ],
    [
      'an empty list',
      'version: 1\nupdate:\n  containers: [] # none\n',
      'version: 1\nupdate:\n  containers: [ { match: web, mode: auto } ] # none\n',
    ],
    [
      'a text from Windows',
      '\uFEFFversion: 1\r\nupdate:\r\n  containers:\r\n    - { match: db }\r\n',
      '\uFEFFversion: 1\r\nupdate:\r\n  containers:\r\n    - { match: db }\r\n    - { match: "web", mode: auto }\r\n',
    ],
  ])('into %s', (_, before, after) => {
    const { name, ...made } = named('web');
    const text = setContainerMode(before, name, 'auto', made);
    expect(text).toBe(after);
    expect(rulesOf(text, 'web')).toMatchObject({
      byName: true,
      entry: { rules: { mode: 'auto' } },
    });
    expect(setContainerMode(text, name, 'auto', made)).toBe(text);
  });

  it('means the name and nothing else, whatever it is', () => {
    const text = setContainerMode('version: 1\n', 'we*b[1]', 'ignore');
    expect(rulesOf(text, 'we*b[1]')?.byName).toBe(true);
    expect(rulesOf(text, 'weeb1')).toBeNull();
  });

  it('holds, changes no other container and keeps every comment', () => {
    const names = fc.constantFrom('web', 'web-1', 'db', 'api.v2', 'cache_1');
    const modes = fc.constantFrom<UpdateMode[]>('auto', 'notify', 'tell', 'ignore');
    const entry = fc.record({
      match: fc.constantFrom('web', 'web*', '[db, web]', 'db', '"*"', '[api.v2]'),
      rest: fc.constantFrom('', ', mode: tell', ', tags: minor', ', minAge: 3d, mode: auto'),
      comment: fc.constantFrom('', ' # why'),
    });
    const policy = fc.oneof(
      fc.constantFrom(defaultPolicyText, ...Object.values(templates)),
      fc
        .array(entry, { minLength: 1, maxLength: 5 })
        .map(
          (entries) =>
            `version: 1\nupdate:\n  containers:\n${entries.map(({ match, rest, comment }, i) => `    # ${i}\n    - { match: ${match}${rest} }${comment}\n`).join('')}`,
        ),
    );
    fc.assert(
      fc.property(
        policy,
        fc.array(fc.tuple(names, modes), { minLength: 1, maxLength: 4 }),
        (text, acts) => {
          const comments = (of: string) => [...of.matchAll(/#.*/g)].map(([all]) => all);
          let result = text;
          for (const [name, mode] of acts) {
            const before = result;
            result = setContainerMode(before, name, mode);
            const [was, is] = [rulesOf(before, name), rulesOf(result, name)];
            expect(is).toMatchObject({ byName: true });
            expect(is?.entry.rules).toEqual({ ...was?.entry.rules, mode });
            for (const other of ['web', 'web-1', 'db', 'api.v2', 'cache_1', 'x'])
              if (other !== name)
                expect(rulesOf(result, other)?.entry.rules).toEqual(
                  rulesOf(before, other)?.entry.rules,
                );
          }
          expect(comments(result)).toEqual(comments(text));
        },
      ),
      { numRuns: 300 },
    );
  });
});
