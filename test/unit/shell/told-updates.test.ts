import { describe, expect, it } from 'vitest';
import type { Preferences, Settings } from '../../../main/adapters/store/settings.js';
import { toldUpdatesIn } from '../../../main/shell/told-updates.js';

/** Settings that write what they are given a moment later, as those in a file do. */
function settingsOf(): Pick<Settings, 'values' | 'set'> {
  let values = { toldUpdatesAt: null, toldUpdatesOf: {} } as unknown as Preferences;
  return {
    get values() {
      return values;
    },
    set: async (change) => {
      await Promise.resolve();
      values = { ...values, ...change };
    },
  };
}

const unheard = (error: unknown) => expect.fail(String(error));
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('when new versions were told last', () => {
  it('is kept for each engine over a restart, and of none that is off the list', async () => {
    const settings = settingsOf();
    let keys = ['first', 'cellar', 'attic'];
    const started = () =>
      toldUpdatesIn(
        () => settings,
        () => keys,
        unheard,
      );
    const told = started();
    expect(told.at('cellar')).toBeNull();
    told.set(1, 'first');
    // The second before the first is written.
    told.set(2, 'cellar');
    told.set(3, 'attic');
    await settled();
    const again = started();
    expect(['first', 'cellar', 'attic'].map((key) => again.at(key))).toEqual([1, 2, 3]);
    expect(settings.values).toMatchObject({ toldUpdatesAt: 1 });
    keys = ['first', 'attic'];
    again.set(4, 'attic');
    await settled();
    expect(settings.values.toldUpdatesOf).toEqual({ attic: 4 });
  });

  it('holds for this start where there are no settings yet', () => {
    const told = toldUpdatesIn(
      () => null,
      () => [],
      unheard,
    );
    told.set(1, 'first');
    expect(told.at('first')).toBe(1);
  });
});
