import { describe, expect, it } from 'vitest';
import type { EngineRow } from '../../../main/contract/fleet.js';
import { totalsOf } from '../../../main/contract/fleet-totals.js';
import type { SliceMessage } from '../../../main/contract/slices.js';
import type { CareenApi } from '../../../preload/api.js';
import { OfEngine } from '../../../renderer/app/fleet/of-engine.svelte.js';
import { Drafts } from '../../../renderer/app/policy/drafts.js';
import { FleetState } from '../../../renderer/app/fleet/state.svelte.js';
import { namedInCommands, standingOf } from '../../../renderer/app/fleet/view.js';
import { SliceStore } from '../../../renderer/app/state/slices.svelte.js';
import { engineRow } from '../../looks/fleet.js';
import { exact } from '../../looks/base.js';
import { inventory } from '../domain/arbitrary.js';

const row = (key: string, change: Partial<EngineRow> = {}) =>
  engineRow(key, {
    canGo: exact(10),
    canGoImages: 1,
    canGoLost: { images: 1, lost: 0, sure: true },
    updates: 1,
    ...change,
  });

describe('how an engine stands', () => {
  it('says first what keeps it from being worked on, then what is done, then what waits', () => {
    const run = { kind: 'clean' as const, done: 1, total: 2 };
    expect(standingOf(row('a', { state: 'lost', run, queued: 1, asks: true }))).toBe('lost');
    expect(standingOf(row('a', { run, queued: 1, asks: true }))).toBe('running');
    expect(standingOf(row('a', { queued: 1, asks: true }))).toBe('waiting');
    expect(standingOf(row('a', { asks: true }))).toBe('asks');
    expect(standingOf(row('a'))).toBe('found');
  });
});

describe('the engine that commands name', () => {
  const at = (endpoint: string, contextMoved: string | null = null) => ({
    facts: { ...inventory([]).engine, endpoint },
    contextMoved,
  });

  it('is any to which the docker CLI would not go by itself', () => {
    const named = (...of: Parameters<typeof namedInCommands>) => namedInCommands(...of)?.endpoint;
    expect(namedInCommands('first', null)).toBeNull();
    expect(namedInCommands('first', at('unix:///run/docker.sock'))).toBeNull();
    expect(named('first', at('unix:///run/docker.sock', 'work'))).toBe('unix:///run/docker.sock');
    expect(named('first', at('ssh://build'))).toBe('ssh://build');
    expect(named('a1', at('unix:///run/two.sock'))).toBe('unix:///run/two.sock');
  });
});

describe('what all engines hold together', () => {
  it('is summed over those that answer; what is only remembered is left out', () => {
    const canGoLost = { images: 1, lost: 1, sure: true };
    const rows = [
      row('a', { canGoLost }),
      row('b', { canGoLost: { ...canGoLost, sure: false } }),
      row('c', { state: 'lost' }),
      row('d', { canGo: null }),
    ];
    const lost = { images: 2, lost: 2, sure: false };
    expect(totalsOf(rows)).toEqual({ canGo: exact(20), images: 2, lost, updates: 2, left: 2 });
  });

  it('is at least what each ID holds once, where two have the same', () => {
    const rows = [row('a', { twinOf: ['b'] }), row('b', { twinOf: ['a'] }), row('c')];
    expect(totalsOf(rows)).toEqual({
      canGo: { min: 20, max: 30, certainty: 'range' },
      images: 2,
      lost: { images: 2, lost: 0, sure: true },
      updates: 2,
      left: 0,
    });
  });

  it('is not known where none answers', () => {
    expect(totalsOf([row('a', { state: 'looking', canGo: null })])).toEqual({
      canGo: null,
      images: 0,
      lost: { images: 0, lost: 0, sure: true },
      updates: 0,
      left: 1,
    });
  });
});

/** An api whose messages are told, and whose calls are answered, by hand. */
function made() {
  const asked: { name: string; params: unknown; engine: string | undefined }[] = [];
  /** What is asked for whole is answered by these. */
  const wholes: ((value: unknown) => void)[] = [];
  let answer: unknown = { ok: true, result: {} };
  let tell: (message: SliceMessage) => void = () => undefined;
  const api = {
    call: (name: string, params: unknown, engine?: string) => {
      if (name === 'state.get')
        return new Promise((resolve) =>
          wholes.push((value) => resolve({ ok: true, result: value })),
        );
      asked.push({ name, params, engine });
      return Promise.resolve(answer);
    },
    subscribe: (listener: (message: SliceMessage) => void) => {
      tell = listener;
      return () => undefined;
    },
  } as unknown as CareenApi;
  return {
    api,
    asked,
    wholes,
    answerWith: (next: unknown) => (answer = next),
    say: (engine: string, slice: string, value: unknown) =>
      tell({ engine, slice, version: 1, value } as SliceMessage),
  };
}

describe('another engine in view', () => {
  it('begins without anything of the one before; settings and the list are of all', () => {
    const { api, say } = made();
    const begun: string[] = [];
    const store = new SliceStore(
      api,
      () => undefined,
      (engine) => begun.push(engine),
    );
    const images = { from: 0, to: 7, upsert: [{ id: 'x' }], remove: [], totals: { onDisk: 1 } };
    say('first', 'images', images);
    say('first', 'run', { queued: 1 });
    say('first', 'settings', { theme: 'dark' });
    say('first', 'fleet', { engines: [], together: false });
    say('other', 'engine', { status: 'connected' });
    expect(begun).toEqual(['other']);
    expect([store.images, store.totals, store.run]).toEqual([null, null, null]);
    expect([store.settings, store.fleet]).not.toContain(null);
    // A delta that would go on from rows of the engine before is asked for whole.
    say('other', 'images', { ...images, from: 7, to: 8 });
    expect(store.images).toBeNull();
    say('other', 'images', { ...images, to: 2 });
    expect(store.images?.size).toBe(1);
  });
});

describe('a delta whose beginning was never seen', () => {
  const images = { from: 0, to: 7, upsert: [{ id: 'x' }], remove: [], totals: {} };
  const late = { ...images, from: 8, to: 9 };
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  const opened = () => {
    const { api, say, wholes } = made();
    const store = new SliceStore(
      api,
      () => undefined,
      () => undefined,
    );
    say('first', 'images', images);
    say('first', 'images', late);
    return { store, say, wholes };
  };

  it('is asked for whole once, not without end where the answer is not whole either', async () => {
    const { store, say, wholes } = opened();
    expect(wholes).toHaveLength(1);
    wholes[0]?.(late);
    await settled();
    expect(wholes).toHaveLength(1);
    say('first', 'images', late);
    expect(wholes).toHaveLength(2);
    wholes[1]?.({ ...images, to: 9, upsert: [] });
    await settled();
    expect(store.images?.size).toBe(0);
  });

  it('takes no answer of a view that has ended, also when its engine is in view again', async () => {
    const { store, say, wholes } = opened();
    say('other', 'run', { queued: 0 });
    say('first', 'images', { ...images, to: 12, upsert: [{ id: 'y' }] });
    wholes[0]?.({ ...images, to: 9 });
    await settled();
    expect([...(store.images?.keys() ?? [])]).toEqual(['y']);
  });
});

describe('what is kept of an engine', () => {
  it('asks that engine, whichever is in view, and takes no rows of another', async () => {
    const { api, asked, say, answerWith } = made();
    const store = new SliceStore(
      api,
      () => undefined,
      () => undefined,
    );
    const ofOther = new OfEngine('other', api, {
      slices: () => store,
      drafts: new Drafts({ getItem: () => null, setItem: () => {}, removeItem: () => {} }),
      call: () => Promise.resolve(null),
      fail: () => undefined,
      told: () => undefined,
    });
    const rows = { from: 0, to: 1, upsert: [{ id: 'x' }], remove: [], totals: {} };
    say('first', 'images', rows);
    await ofOther.cleanUp.make();
    expect(ofOther.cleanUp.rows.size).toBe(0);
    answerWith({ ok: false, error: { code: 'internal', details: {} } });
    ofOther.policy.write('version: 1\n');
    await ofOther.policy.save();
    expect(asked).toEqual([
      { name: 'policy.save', params: { text: 'version: 1\n', base: null }, engine: 'other' },
    ]);
    expect(ofOther.policy.isDraft).toBe(true);
    say('other', 'images', rows);
    await ofOther.cleanUp.make();
    expect(ofOther.cleanUp.rows.size).toBe(1);
  });
});

describe('taking an engine off the list', () => {
  it('tells what is kept of it, once it is off', async () => {
    const { api } = made();
    let answer: unknown = null;
    const gone: string[] = [];
    const asked: unknown[] = [];
    const fleet = new FleetState(api, {
      call: ((_: string, params: unknown) => {
        asked.push(params);
        return Promise.resolve(answer);
      }) as never,
      gone: (engine) => gone.push(engine),
    });
    await fleet.remove(engineRow('a1'));
    await fleet.join('first', 'a1');
    expect(gone).toEqual([]);
    answer = {};
    await fleet.remove(engineRow('a1'));
    await fleet.join('first', 'b2');
    expect(gone).toEqual(['a1', 'b2']);
    // A run that was cut off there was told of beside the question.
    await fleet.remove(engineRow('c3', { unfinished: true }));
    expect(asked).toContainEqual({ engine: 'c3', unfinished: 'leave' });
    expect(asked).toContainEqual({ engine: 'a1' });
  });
});

describe('adding an engine', () => {
  it('keeps why it was refused beside what was asked, until it is asked again', async () => {
    const { api, answerWith } = made();
    const fleet = new FleetState(api, { call: () => Promise.resolve(null), gone: () => {} });
    const error = { code: 'endpoint-invalid', details: { endpoint: 'x' } };
    answerWith({ ok: false, error });
    expect(await fleet.add({ endpoint: 'x' })).toBeNull();
    expect(fleet.refused).toEqual({ added: { endpoint: 'x' }, error });
    answerWith({ ok: true, result: { engine: 'a1', name: 'a' } });
    expect(await fleet.add({ endpoint: 'unix:///x' })).toBe('a1');
    expect([fleet.refused, fleet.adding]).toEqual([null, null]);
  });

  it('has contexts that could not be had told, and keeps those of before', async () => {
    const { api } = made();
    let answer: unknown = { contexts: [] };
    const fleet = new FleetState(api, {
      call: (() => Promise.resolve(answer)) as never,
      gone: () => {},
    });
    await fleet.look();
    expect(fleet.contexts).toEqual([]);
    answer = null;
    await fleet.look();
    expect([fleet.failed, fleet.contexts]).toEqual([true, []]);
  });
});
