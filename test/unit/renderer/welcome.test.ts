import { describe, expect, it } from 'vitest';
import type { PolicyTrial } from '../../../main/contract/policy.js';
import type { ImageRow } from '../../../main/contract/slices.js';
import { readPolicy } from '../../../main/domain/policy/read.js';
import { templates } from '../../../main/domain/policy/templates/index.js';
import { asTemplates, keptBy, levels, policyOf } from '../../../renderer/app/welcome/choices.js';
import { mapOf } from '../../../renderer/app/welcome/draft.js';

const day = 86_400_000;

describe('what the first run writes', () => {
  it.each(levels)('is the template %s itself where nothing else was chosen', (level) => {
    expect(policyOf(templates[level], asTemplates)).toBe(templates[level]);
  });

  it.each(levels)('is %s with what was chosen, and its rules as they are', (level) => {
    const text = policyOf(templates[level], {
      mode: 'suggest',
      schedule: 'weekly',
      afterUpdate: false,
      pressure: false,
      check: '7d',
    });
    const [chosen, template] = [readPolicy('', text), readPolicy('', templates[level])];
    expect(chosen).toEqual({
      ...template,
      mode: 'suggest',
      triggers: {
        ...template.triggers,
        schedule: '0 12 * * 1',
        afterUpdate: false,
        pressure: null,
        images: null,
      },
      update: { ...template.update, check: { every: 7 * day } },
    });
    expect(text).toContain('# Never removed.');
  });

  it('has no schedule where none was chosen', () => {
    const text = policyOf(templates.tight, { ...asTemplates, schedule: 'never' });
    expect(readPolicy('', text).triggers.schedule).toBeNull();
  });
});

describe('keptBy', () => {
  it('says what each template keeps', () => {
    expect(levels.map((level) => keptBy(readPolicy('', templates[level])))).toEqual([
      { last: 5, while: null, lately: 60 * day },
      { last: 3, while: 90 * day, lately: 30 * day },
      { last: 1, while: 30 * day, lately: 7 * day },
    ]);
  });
});

describe('mapOf', () => {
  it('shows what a draft takes, and what it keeps', () => {
    const row = (id: string, verdict: ImageRow['verdict'], going = verdict === 'remove') =>
      [id, { id, verdict, going, decidedBy: 'remove', code: 'rule' } as ImageRow] as const;
    const rows = new Map([
      row('more', 'keep'),
      row('asked', 'keep'),
      row('less', 'remove'),
      row('both', 'remove'),
      row('guess', 'remove', false),
      row('neither', 'keep'),
    ]);
    const one = { refs: [], reclaimable: { min: 0, max: 0, certainty: 'exact' } } as const;
    const {
      rows: shown,
      goes,
      could,
    } = mapOf(rows, {
      more: [
        { ...one, refs: [], id: 'more', ticked: true },
        { ...one, refs: [], id: 'asked', ticked: false },
      ],
      less: [{ id: 'less', refs: [] }],
      canGoImages: 2,
    } as unknown as PolicyTrial);
    expect([...goes]).toEqual(['more', 'both']);
    expect([...could]).toEqual(['more', 'asked', 'both', 'guess']);
    expect(shown.get('less')?.verdict).toBe('keep');
    expect(shown.get('both')).toBe(rows.get('both'));
  });
});
