import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../main/domain/policy/types.js';
import { actsBy } from '../../../renderer/app/overview/by-itself.js';

const triggers: Policy['triggers'] = {
  schedule: null,
  afterUpdate: false,
  pressure: null,
  hostNotice: 90,
  images: null,
};
const calm = { otherUpdater: false, paused: false, engineIsLocal: true };

describe('what clean-ups run by themselves', () => {
  it('has each trigger without a time that is switched on', () => {
    const full = { high: 85, low: 70, cooldown: 0 };
    const images = { max: 2, to: 1 };
    expect(actsBy({ mode: 'confirm', triggers }, calm)).toEqual({ mode: 'confirm', causes: [] });
    const all = { ...triggers, afterUpdate: true, pressure: full, images };
    expect(actsBy({ mode: 'auto', triggers: all }, calm)).toEqual({
      mode: 'auto',
      causes: ['pressure', 'images', 'afterUpdate'],
    });
  });

  it('is lowered by what lowers triggers, and nothing while Careen is paused', () => {
    const policy = { mode: 'auto', triggers } as const;
    expect(actsBy(policy, { ...calm, otherUpdater: true })?.mode).toBe('confirm');
    expect(actsBy(policy, { ...calm, engineIsLocal: false })?.mode).toBe('suggest');
    expect(actsBy(policy, { ...calm, paused: true })).toBeNull();
    expect(actsBy(null, calm)).toBeNull();
  });
});
