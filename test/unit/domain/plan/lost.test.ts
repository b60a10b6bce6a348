import { describe, expect, it } from 'vitest';
import { apartOf, lossesOf, lostImages } from '../../../../main/domain/plan/lost.js';
import type { PlanItem } from '../../../../main/domain/plan/types.js';
import { messages } from '../../../../main/messages/index.js';

type Item = Pick<PlanItem, 'kind' | 'recoverable'> & { id: string };
const item = (id: string, kind: Item['kind'], recoverable: Item['recoverable']): Item => ({
  id,
  kind,
  recoverable,
});
const items = [
  item('verified', 'image', { state: 'verified', at: 0 }),
  item('likely', 'image', { state: 'likely' }),
  item('built', 'image', { state: 'no' }),
  item('unknown', 'image', { state: 'unknown' }),
  item('stopped', 'container', { state: 'no' }),
  item('data', 'volume', { state: 'no' }),
  item('net', 'network', { state: 'no' }),
  item('cache', 'buildCache', { state: 'no' }),
];
const ids = (some: readonly Item[]) => some.map(({ id }) => id);

describe('what is lost with items', () => {
  it('is told apart: images, files of containers, data of volumes', () => {
    const losses = lossesOf(items);
    expect(ids(losses.images)).toEqual(['built', 'unknown']);
    expect(ids(losses.containers)).toEqual(['stopped']);
    expect(ids(losses.volumes)).toEqual(['data']);
    expect([losses.allImages, losses.unasked]).toEqual([4, 1]);
  });

  it('is not what a person decides on though it can be had again', () => {
    const grouped = items.map((one) => ({ ...one, group: 'unrecoverable' as const }));
    const apart = new Map(grouped.map((one) => [one.id, apartOf(one)]));
    expect([apart.get('likely'), apart.get('verified')]).toEqual(['left', 'left']);
    for (const id of ['built', 'unknown', 'stopped']) expect(apart.get(id)).toBe('unrecoverable');
    expect(apartOf({ ...items[1]!, group: 'estimates' })).toBe('estimates');
    expect(apartOf({ ...items[1]!, group: null })).toBeNull();
  });

  it('is counted of the images that go, with how sure that is', () => {
    expect(lostImages(items)).toEqual({ images: 4, lost: 2, sure: false });
    expect(lostImages(items.filter(({ id }) => id !== 'unknown'))).toEqual({
      images: 3,
      lost: 1,
      sure: true,
    });
    const { lost } = messages('en');
    const { lost: zh } = messages('zh-CN');
    const told = (images: number, n: number, sure: boolean) => {
      const of = { images, lost: n, sure };
      return [lost.sentence(of), zh.part(of)];
    };
    expect(told(13, 0, true)).toEqual([null, null]);
    expect(told(13, 9, true)).toEqual([
      '9 of 13 images cannot be brought back.',
      '13 个镜像中有 9 个无法恢复',
    ]);
    expect(told(2, 1, false)).toEqual([
      '1 of 2 images is not known to come back.',
      '2 个镜像中有 1 个不确定能否恢复',
    ]);
    expect(told(1, 1, true)).toEqual(['The image cannot be brought back.', '这个镜像无法恢复']);
    expect(told(3, 3, false)[0]).toBe('The 3 images are not known to come back.');
  });

  it('calls nothing an image that may be something else, and promises no more than was asked', () => {
    const en = messages('en').window.cleanup;
    const zh = messages('zh-CN').window.cleanup;
    expect(zh.confirmSome(1, true)).toBe('这一项移除后无法恢复：');
    expect(zh.confirmFiles(1)).toContain('容器');
    expect(en.confirmAll(3, 0)).toBe('All of the images can be pulled again from where they came.');
    for (const cleanup of [en, zh])
      for (const unasked of [1, 3])
        expect(cleanup.confirmAll(3, unasked)).not.toBe(cleanup.confirmAll(3, 0));
  });
});
