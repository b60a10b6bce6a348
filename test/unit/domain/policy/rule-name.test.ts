import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../../main/domain/policy/read.js';
import { subjectOf } from '../../../../main/domain/policy/rule-name.js';

const image = `sha256:${'a'.repeat(64)}`;

function subjects(list: 'protect' | 'keep' | 'remove', ...rules: string[]) {
  const text = `version: 1\n${list}:\n${rules.map((rule) => `  - ${rule}\n`).join('')}`;
  return readPolicy('policy.yaml', text)[list].map((rule) => subjectOf(rule, list === 'protect'));
}

describe('what a rule is called by', () => {
  it('is its ID where it has one', () => {
    expect(subjects('keep', '{ id: newest, match: "**", last: 3 }')).toEqual([undefined]);
  });

  it('is else what tells most of what it selects', () => {
    expect(
      subjects(
        'protect',
        '{ match: [postgres, redis], labels: { a: b } }',
        '{ match: "**", labels: { careen.keep: "", a: b } }',
        '{ project: present, origin: pulled }',
        '{ untagged: true }',
        '{ platform: linux/arm64 }',
        '{ origin: [built, loaded] }',
        '{ largerThan: 1GB }',
        '{ match: "**" }',
      ),
    ).toEqual([
      { by: 'name', of: ['postgres', 'redis'] },
      { by: 'label', of: ['careen.keep', 'a=b'] },
      { by: 'project', of: ['present'] },
      { by: 'untagged', of: [] },
      { by: 'platform', of: ['linux/arm64'] },
      { by: 'origin', of: ['built', 'loaded'] },
      { by: 'size', of: ['1GB'] },
      { by: 'all', of: [] },
    ]);
  });

  it('is the person where the toggle wrote it, and only in the list that it writes to', () => {
    const toggled = `{ match: ["myorg/api:1.4", "${image}"] }`;
    expect(subjects('protect', toggled)).toEqual([{ by: 'toggle', of: [] }]);
    expect(subjects('keep', toggled)).toEqual([{ by: 'name', of: ['myorg/api:1.4', image] }]);
    expect(subjects('protect', `{ match: "${image}", labels: { a: b } }`)).toEqual([
      { by: 'name', of: [image] },
    ]);
  });
});
