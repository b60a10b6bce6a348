import { describe, expect, it } from 'vitest';
import { changedPart, partName } from '../../../renderer/app/common/segments.js';

const parts = (...values: string[]) => values.map((value) => ({ value }));

describe('a part of a date', () => {
  it('is told where it changed, and not when the field is new', () => {
    expect(changedPart([], parts('24', '/', 'mm'))).toBeNull();
    expect(changedPart(parts('24', '/', 'mm'), parts('24', '/', 'mm'))).toBeNull();
    expect(changedPart(parts('24', '/', 'mm'), parts('24', '/', '11'))).toBe('11');
    expect(changedPart(parts('24', '/', '11'), parts('dd', '/', '11'))).toBe('dd');
  });

  it('has a name in the language of the window', () => {
    expect(partName('en', 'minute')).toBe('minute');
    expect(partName('zh-CN', 'minute')).toBe('分钟');
  });
});
