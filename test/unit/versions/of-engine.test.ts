import { describe, expect, it } from 'vitest';
import { replacing, versionsOf } from './names.js';

const [one, two] = ['a', 'b'].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string];
const runs = ['0a1b2c3d-0000-4000-8000-000000000000', '4e5f6071-0000-4000-8000-000000000000'];
const [run, other] = runs as [string, string];

describe('the tag that an image is kept by', () => {
  it('is another in another data home, and by another address of the engine', async () => {
    const bySocket = await versionsOf().keep('web', replacing(one, run));
    const bySsh = await versionsOf().keep('web', replacing(two, other));
    expect(bySocket).toMatch(/^careen\.invalid\/keep\/[0-9a-f]{16}:1-0a1b2c3d$/);
    expect(bySsh).not.toBe(bySocket);
  });

  it('is the same again for a run that was cut off before it was put', async () => {
    const versions = versionsOf();
    const tag = await versions.keep('web', replacing(one, run));
    expect(await versions.keep('web', replacing(one, run))).toBe(tag);
    expect(versions.tagsOn(one)).toEqual([tag]);
  });
});

describe('a version that is given up', () => {
  it('is no longer the one of its run', async () => {
    const versions = versionsOf();
    await versions.keep('web', replacing(one, run));
    await versions.giveUp('web', run);
    const tag = await versions.keep('web', replacing(one, run));
    await versions.copied('web', run, [{ volume: 'data', copy: 'copy', bytes: null }]);
    expect(versions.by('web', run)?.copies).toHaveLength(1);
    expect(versions.strays('web').map(({ copies }) => copies.length)).toEqual([1, 0].toReversed());
    expect(versions.tagsOn(one)).toContain(tag);
  });
});
