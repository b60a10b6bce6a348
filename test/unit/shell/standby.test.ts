import { describe, expect, it } from 'vitest';
import type { SliceMessage } from '../../../main/contract/slices.js';
import { Standby } from '../../../main/shell/standby.js';
import type { CareenApp } from '../../../main/shell/types.js';

describe('the stand-by', () => {
  it('shows that it waits, and hands everybody over to the real application', async () => {
    const standby = new Standby('/home', () => 7);
    const heard: SliceMessage[] = [];
    const changed: string[] = [];
    standby.slices.subscribe((message) => heard.push(message));
    standby.slices.onChange((name) => changed.push(name));
    standby.slices.setWatching('first');
    expect(standby.slices.get('engine').status).toBe('looking');
    standby.busy();
    expect(heard.find((m) => m.slice === 'engine')?.value).toMatchObject({ status: 'home-busy' });
    // An empty history that nobody has read is not told as one.
    expect(heard.find((m) => m.slice === 'history')?.value).toMatchObject({ read: false });

    const context = {
      by: 'window' as const,
      confirm: () => Promise.resolve(false),
      pickSocket: () => Promise.resolve(null),
      saveFile: () => Promise.resolve(null),
      openFolder: () => Promise.resolve(),
      testNotification: () => Promise.resolve(),
      openLink: () => Promise.resolve(),
    };
    const answer = standby.call('engine.look', {}, context);
    const real = new Standby('/real', () => 9);
    const watching: (string | null)[] = [];
    const app: CareenApp = {
      call: () => Promise.resolve({ ok: false, error: { code: 'engine-not-found', details: {} } }),
      open: () => Promise.resolve(null),
      slices: { ...real.slices, setWatching: (on) => watching.push(on) },
      onRunEnded: (listener) => real.onRunEnded(listener),
      onQuestion: (listener) => real.onQuestion(listener),
      onHostFull: (listener) => real.onHostFull(listener),
      onUpdateEnded: (listener) => real.onUpdateEnded(listener),
      onUpdatesFound: (listener) => real.onUpdatesFound(listener),
      suspending: () => changed.push('suspending'),
      resumed: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
    changed.length = 0;
    standby.attach(app);
    expect(watching).toEqual(['first']);
    expect(changed).toContain('engine');
    expect(heard.at(-1)?.slice).toBe('fleet');
    expect(standby.slices.get('settings').home).toBe('/real');
    expect(await answer).toMatchObject({ ok: false, error: { code: 'engine-not-found' } });
    changed.length = 0;
    standby.suspending();
    expect(changed).toEqual(['suspending']);
    real.busy();
    expect(changed).toContain('engine');
  });
});
