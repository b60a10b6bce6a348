import { describe, expect, it } from 'vitest';
import { CareenError } from '../../../main/domain/errors.js';
import type { Target } from '../../../main/services/types.js';
import { aimsOf } from '../../../main/services/updater/aims.js';
import type { UpdateGround } from '../../../main/services/updater/types.js';
import { version } from '../../support/update-samples.js';

const shown = version('16', 6);
const digest = shown.digest ?? '';

const target = (container: string, more: Partial<Target> = {}): Target => ({
  kind: 'container',
  container,
  id: container,
  from: version('16', 4),
  to: shown,
  reference: 'acme/web:16',
  pullBy: null,
  source: 'pulled',
  heldBack: null,
  forAll: true,
  mode: { mode: 'notify', rules: {} } as unknown as Target['mode'],
  refused: null,
  bytes: 0,
  ...more,
});

/** What becomes of each container, as a person or "all" wants it, over targets of a test's own. */
async function resultsOf(
  targets: readonly Target[],
  containers: { container: string; ofAll: boolean; shown: string | null }[] | null,
) {
  const takers: unknown[] = [];
  const ground = {
    available: () => Promise.resolve(null),
    all: () => Promise.resolve(targets.map(({ container }) => container)),
    target: (container: string, _to: string | null, by: unknown) => {
      takers.push(by);
      const one = targets.find((each) => each.container === container);
      if (!one) throw new CareenError('container-unknown', { container });
      return Promise.resolve(one);
    },
  } as unknown as UpdateGround;
  const wanted = containers?.map((one) => ({ ...one, to: null })) ?? null;
  const asked = await aimsOf(ground, { containers: wanted, copy: [] }, 'window');
  return { takers, results: asked.map(({ aim, result }) => [aim.container, result]) };
}
const skipped = (why: object) => ({ state: 'skipped', why });

describe('a list of all that a person agreed to', () => {
  const list = [{ container: 'web', ofAll: true, shown: digest }];

  it('takes what it showed and nothing beside it', async () => {
    const { results, takers } = await resultsOf([target('web'), target('later')], list);
    expect(results).toEqual([['web', null]]);
    expect(takers).toEqual(['all']);
  });

  it.each<[string, Partial<Target>, object]>([
    ['another version than was shown', { to: version('17', 7) }, { code: 'changed' }],
    ['what is left to another meanwhile', { forAll: false }, { code: 'changed' }],
    [
      'what holds "all" back meanwhile',
      { heldBack: { code: 'skipped' } },
      { code: 'held-back', held: { code: 'skipped' } },
    ],
    ['what was updated meanwhile', { refused: { code: 'nothing-new' } }, { code: 'nothing-new' }],
  ])('leaves %s, and tells', async (_, more, why) => {
    const { results } = await resultsOf([target('web', more)], list);
    expect(results).toEqual([['web', skipped(why)]]);
  });

  it('tells of one that went meanwhile', async () => {
    const { results } = await resultsOf([], list);
    expect(results).toEqual([['web', skipped({ code: 'gone' })]]);
  });
});

describe('what a person names', () => {
  const held: Partial<Target> = { forAll: false, heldBack: { code: 'skipped' } };

  it.each([
    ['in the version that there is, where none was shown', null, version('17', 7)],
    ['in the version that was shown', digest, shown],
  ])('goes whatever holds "all" back, %s', async (_, seen, to) => {
    const one = target('web', { to, ...held });
    const list = [{ container: 'web', ofAll: false, shown: seen }];
    const { results, takers } = await resultsOf([one], list);
    expect(results).toEqual([['web', null]]);
    expect(takers).toEqual([null]);
  });

  it('is left, and told, where another version was shown', async () => {
    const one = target('web', { to: version('17', 7) });
    const list = [{ container: 'web', ofAll: false, shown: digest }];
    const { results } = await resultsOf([one], list);
    expect(results).toEqual([['web', skipped({ code: 'changed' })]]);
  });
});
