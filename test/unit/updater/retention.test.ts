import { describe, expect, it } from 'vitest';
import { Retention } from '../../../main/services/updater/retention.js';
import { names, replacing, versionsOf } from '../versions/names.js';

const id = `sha256:${'a'.repeat(64)}`;
const pulled = { [id]: [`web@sha256:${'d'.repeat(64)}`] };

/** One version of `web` that was replaced long ago, tagged. */
async function stage(
  store: 'classic' | 'containerd',
  isHeld = false,
  digests: Record<string, string[]> = {},
) {
  let changes = 0;
  const versions = versionsOf(() => (changes += 1));
  const on = names(store, digests);
  const tag = await versions.keep('web', replacing(id, 'run'));
  await on.engine.tag(id, tag);
  await versions.replaced('web', 'run', 1);
  const retention = new Retention(
    {
      rollback: () => Promise.resolve({ versions: 1, for: 1 }),
      isHeldBeside: () => Promise.resolve(isHeld),
    },
    { remove: () => Promise.resolve() } as never,
    { now: () => 1000 } as never,
  );
  const tidy = () => retention.tidy(on.engine, versions, ['web'], () => false);
  const release = () => retention.release(on.engine, versions, 'web');
  return { ...on, versions, tag, tidy, release, changes: () => changes };
}

describe('a version that the policy holds no longer', () => {
  it('stays on record where its tag is the last name of its image, and holds nothing', async () => {
    const { versions, tag, tidy, tags, there } = await stage('containerd');
    await tidy();
    expect([...tags.keys()]).toEqual([tag]);
    expect(versions.tagsOn(id)).toEqual([tag]);
    expect([versions.of('web'), versions.retained(), versions.by('web', 'run')]).toEqual([
      [],
      [],
      null,
    ]);
    // A clean-up took the image.
    tags.clear();
    there.clear();
    await tidy();
    expect(versions.tagsOn(id)).toEqual([]);
  });

  it('is written down once, however often all is tidied', async () => {
    const { tidy, changes } = await stage('containerd');
    await tidy();
    const before = changes();
    await tidy();
    expect(changes()).toBe(before);
  });

  it('goes off the record with its tag where its image stays without it', async () => {
    const { versions, tidy, tags, there } = await stage('classic', false, pulled);
    await tidy();
    expect([...tags.keys()]).toEqual([]);
    expect([...there]).toEqual([id]);
    expect(versions.tagsOn(id)).toEqual([]);
  });

  it('can still be released once it was given up', async () => {
    const { tidy, release, there } = await stage('containerd');
    await tidy();
    expect(await release()).toEqual([id]);
    expect([...there]).toEqual([]);
  });
});

describe('a version that is released', () => {
  it.each(['classic', 'containerd'] as const)('goes with its image, %s', async (store) => {
    const { versions, release, there } = await stage(store, false, pulled);
    expect(await release()).toEqual([id]);
    expect([...there]).toEqual([]);
    expect(versions.tagsOn(id)).toEqual([]);
  });

  it('leaves an image that anything keeps to the judge', async () => {
    const classic = await stage('classic', true, pulled);
    expect(await classic.release()).toEqual([]);
    expect([...classic.there]).toEqual([id]);
    expect([...classic.tags]).toEqual([]);
    const containerd = await stage('containerd', true);
    expect(await containerd.release()).toEqual([]);
    expect([...containerd.there]).toEqual([id]);
    expect(containerd.versions.of('web')).toEqual([]);
    expect(containerd.versions.tagsOn(id)).toEqual([containerd.tag]);
  });
});
