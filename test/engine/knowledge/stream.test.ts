import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../main/adapters/clock.js';
import { TestCareen } from '../../support/careen.js';
import { startProxy, type EngineProxy } from '../../support/engine-proxy.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { testPolicy } from '../../support/fleet.js';
import { loadImages, runContainer } from '../../support/images.js';

const stores = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

/** The system's clock, which a test can set, and whose long timers it rings. */
class Settable implements Clock {
  by = 0;
  readonly #long = new Set<() => void>();
  readonly #system = systemClock();
  now = () => this.#system.now() + this.by;
  after = (ms: number, act: () => void) => this.#timer(ms, act, 'after');
  every = (ms: number, act: () => void) => this.#timer(ms, act, 'every');

  /** Rings everything that waits for minutes. */
  ring(): void {
    for (const act of [...this.#long]) act();
  }

  #timer(ms: number, act: () => void, kind: 'after' | 'every') {
    if (ms < 5 * 60_000) return this.#system[kind](ms, act);
    this.#long.add(act);
    return { cancel: () => void this.#long.delete(act) };
  }
}

describe.each(stores)('the event stream of $version $store @store', (kind) => {
  let engine: TestEngine;
  let proxy: EngineProxy;
  let careen: TestCareen;
  const clock = new Settable();
  let lists = 0;
  let streams = 0;

  beforeAll(async () => {
    engine = await startEngine(kind);
    proxy = await startProxy(engine.socket);
    await loadImages(engine, [{ refs: ['kit/app:1'], layers: ['busybox'] }]);
    proxy.fault = (_, path) => {
      if (path.includes('/images/json')) lists += 1;
      if (path.includes('/events')) streams += 1;
      return null;
    };
    careen = await TestCareen.open({ socket: proxy.socket, policy: testPolicy, clock });
  });
  afterAll(async () => {
    await careen.close();
    await proxy.close();
    await engine.dispose();
  });
  beforeEach(async () => {
    // Something to be replayed as the last that was seen.
    await engine.docker.getImage('kit/app:1').tag({ repo: 'kit/mark', tag: 'a' });
    await shown('kit/mark:a', true);
    await engine.docker.getImage('kit/mark:a').remove();
    await shown('kit/mark:a', false);
    lists = 0;
    streams = 0;
  });

  const shown = (ref: string, there: boolean) =>
    careen.until('images', ({ upsert }) => upsert.some((row) => row.refs.includes(ref)) === there);

  /** What happens while nobody hears of it. */
  async function unheard(name: string) {
    await engine.docker.getImage('kit/app:1').tag({ repo: 'kit/app', tag: name });
    const container = await runContainer(engine, { image: 'kit/app:1', name, state: 'exited' });
    await container.remove();
  }
  async function learnt(name: string) {
    await shown(`kit/app:${name}`, true);
    const { images } = await careen.call('inventory', {});
    expect(images[0]?.used).toMatchObject({ by: name, source: 'container-finished' });
    expect(images[0]?.lastTagged).not.toBeNull();
  }

  it('is half open after sleep: on waking, the replay tells all without a full read', async () => {
    proxy.freeze();
    await unheard('asleep');
    await careen.careen.resumed();
    await learnt('asleep');
    expect([streams, lists]).toEqual([1, 0]);
  });

  it('is opened anew after long silence', async () => {
    proxy.freeze();
    await unheard('silent');
    clock.ring();
    await learnt('silent');
    expect([streams, lists]).toEqual([1, 0]);
  });

  it('is cut: it comes back by itself, and the replay proves that nothing was missed', async () => {
    proxy.cut();
    await unheard('cut');
    await learnt('cut');
    expect([streams, lists]).toEqual([1, 0]);
  });

  it('leaves a gap when the engine has forgotten: then everything is read once', async () => {
    proxy.freeze();
    await unheard('forgotten');
    for (let n = 0; n < 130; n++) {
      await engine.docker.getImage('kit/app:1').tag({ repo: 'kit/flood', tag: 'x' });
      await engine.docker.getImage('kit/flood:x').remove();
    }
    await careen.careen.resumed();
    await shown('kit/app:forgotten', true);
    expect([streams, lists]).toEqual([1, 1]);
  });

  it('goes on when the clock is moved by a year: nothing that is known changes', async () => {
    const before = await careen.call('inventory', {});
    const { home } = careen;
    clock.by = 365 * 86_400_000;
    clock.ring();
    const moved = await careen.call('inventory', {});
    expect(moved.images).toEqual(before.images);
    expect(moved.observedDays).toBeLessThanOrEqual(before.observedDays + 1);
    expect(moved.hoursSinceGap).toBe(0);
    await careen.close();
    careen = await TestCareen.open({ socket: proxy.socket, home, clock });
    const after = await careen.call('inventory', {});
    expect(after.images).toEqual(before.images);
    expect(after.observedDays).toBeLessThanOrEqual(before.observedDays + 1);
    expect(careen.slice('history').head).toEqual([]);
  });
});
