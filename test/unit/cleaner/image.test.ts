import { describe, expect, it } from 'vitest';
import { lookAtImage, removeImage } from '../../../main/services/cleaner/image.js';
import { names } from '../versions/names.js';

const id = `sha256:${'a'.repeat(64)}`;
const own = ['careen.invalid/keep/0123456789abcdef:1', 'careen.invalid/keep/fedcba9876543210:7'];

describe.each(['classic', 'containerd'] as const)('an image that updates replaced, %s', (store) => {
  const stage = async (refs: string[], tags = own) => {
    const there = names(store);
    for (const ref of [...refs, ...tags]) await there.engine.tag(id, ref);
    return there;
  };

  it.each([[[]], [['app:1']], [['app:1', 'app:2']]])(
    'goes with the tags that it was kept by, beside %j',
    async (refs) => {
      const { engine, there } = await stage(refs);
      expect(await lookAtImage(engine, id, refs, own)).toBeNull();
      expect(await removeImage(engine, id, refs, own)).toEqual({ state: 'removed' });
      expect([...there]).toEqual([]);
    },
  );

  it('stays where a tag is not on record: another data home may keep it', async () => {
    const { engine } = await stage([]);
    expect(await lookAtImage(engine, id, [], own.slice(1))).toEqual({
      code: 'new-reference',
      ref: own[0],
    });
  });
});
