import { EventEmitter } from 'node:events';
import type { IpcMain } from 'electron';
import { describe, expect, it } from 'vitest';
import { slices, type SliceMessage, type SliceName } from '../../../main/contract/slices.js';
import { Ipc } from '../../../main/shell/ipc.js';
import type { CallContext, CareenApp } from '../../../main/shell/types.js';
import type { MainWindow } from '../../../main/shell/window.js';

const all = Object.keys(slices) as SliceName[];

/** The door with a window that is open or not, and an app whose slices say how often they changed. */
function doorway() {
  const ipcMain = Object.assign(new EventEmitter(), {
    handle: () => undefined,
    removeHandler: () => undefined,
  });
  const told: SliceMessage[] = [];
  const changes = new Set<(name: SliceName, engine: string) => void>();
  const messages = new Set<(message: SliceMessage) => void>();
  const times = new Map<SliceName, number>();
  const state = { open: false, watching: false };
  const app = {
    open: (engine: string) =>
      Promise.resolve(engine === 'nobody' ? { code: 'engine-unknown', details: {} } : null),
    slices: {
      get: (name: SliceName, engine?: string) =>
        engine === undefined
          ? { engines: [{ key: 'first' }, { key: 'second' }] }
          : `${name} ${times.get(name) ?? 0}${engine === 'first' ? '' : ` of ${engine}`}`,
      version: (name: SliceName) => times.get(name) ?? 0,
      subscribe: (listener: (message: SliceMessage) => void) => {
        messages.add(listener);
        return () => messages.delete(listener);
      },
      setWatching: (engine: string | null) => (state.watching = engine !== null),
      onChange: (listener: (name: SliceName, engine: string) => void) => {
        changes.add(listener);
        return () => changes.delete(listener);
      },
    },
  };
  const window = {
    get current() {
      return state.open ? {} : null;
    },
    owns: () => true,
    send: (_channel: string, message: string) => told.push(JSON.parse(message) as SliceMessage),
  };
  const ipc = new Ipc({
    ipcMain: ipcMain as unknown as IpcMain,
    app: app as unknown as CareenApp,
    window: window as unknown as MainWindow,
    context: {} as CallContext,
  });
  return {
    ipc,
    state,
    /** What the page was told since it was last asked. */
    take: () => told.splice(0).map(({ slice, value }) => [slice, value] as const),
    asks: () => ipcMain.emit('careen:ready', {}),
    /** Its preload asks, and its script is handed out. */
    ready() {
      this.asks();
      ipc.scriptServed();
    },
    change: (slice: SliceName, engine = 'first') => {
      times.set(slice, (times.get(slice) ?? 0) + 1);
      changes.forEach((listener) => listener(slice, engine));
      if (!state.watching) return;
      const message = {
        engine,
        slice,
        version: 0,
        value: app.slices.get(slice, engine),
      } as unknown;
      messages.forEach((listener) => listener(message as SliceMessage));
    },
    open() {
      state.open = true;
      ipc.pageBegins();
      ipc.windowOpening();
    },
    close() {
      state.open = false;
      ipc.windowClosed();
    },
    show() {
      state.open = true;
      ipc.windowShown();
    },
  };
}

/** A door whose page has all that there is. */
function opened() {
  const door = doorway();
  door.open();
  door.ready();
  door.take();
  return door;
}

describe('the slices of a window', () => {
  it('are told whole to a page that asks, and changes after that', () => {
    const door = doorway();
    door.open();
    door.change('gauges');
    expect(door.take()).toEqual([]);
    door.ready();
    const told = all.map((name) => [name, `${name} ${name === 'gauges' ? 1 : 0}`] as const);
    expect(new Map(door.take())).toEqual(new Map(told));
    door.change('run');
    expect(door.take()).toEqual([['run', 'run 1']]);
  });

  it('are told once the script of the page is handed out, but how it is to speak and look', () => {
    const door = doorway();
    door.open();
    door.asks();
    expect(door.take()).toEqual([['settings', 'settings 0']]);
    door.change('run');
    door.change('settings');
    door.show();
    expect(door.take()).toEqual([]);
    door.ipc.scriptServed();
    expect(door.take()).toEqual(
      all.map((name) => [name, `${name} ${['run', 'settings'].includes(name) ? 1 : 0}`]),
    );
    door.ipc.scriptServed();
    expect(door.take()).toEqual([]);
  });

  it('are told at once to a page that asks after its script was handed out', () => {
    const door = doorway();
    door.open();
    door.ipc.scriptServed();
    door.asks();
    expect(door.take()).toHaveLength(all.length);
  });

  it('are told also to a page that asks before its loading has ended', () => {
    const door = doorway();
    door.state.open = true;
    door.ipc.pageBegins();
    door.ready();
    door.ipc.windowOpening();
    expect(door.take()).toHaveLength(all.length);
    door.change('run');
    expect(door.take()).toEqual([['run', 'run 1']]);
  });

  it('are not watched while it is closed, and what changed then is told when it is shown', () => {
    const door = opened();
    door.close();
    expect(door.state.watching).toBe(false);
    door.change('settings');
    door.change('images');
    door.change('settings');
    expect(door.take()).toEqual([]);
    door.show();
    expect(door.state.watching).toBe(true);
    expect(door.take()).toEqual([
      ['images', 'images 1'],
      ['settings', 'settings 2'],
    ]);
    door.close();
    door.show();
    expect(door.take()).toEqual([]);
  });

  it('wait for a window that is closed when its page asks, but how that is to speak and look', () => {
    const door = doorway();
    door.open();
    door.close();
    door.ready();
    expect(door.take()).toEqual([['settings', 'settings 0']]);
    expect(door.state.watching).toBe(false);
    door.show();
    expect(door.take().map(([slice]) => slice)).toEqual(all.filter((one) => one !== 'settings'));
  });

  it('are told to a page that was made ready as they are when it is shown', () => {
    const door = doorway();
    door.ready();
    door.take();
    door.change('settings');
    door.change('run');
    expect(door.take()).toEqual([]);
    door.show();
    const told = new Map(door.take());
    expect(told.get('settings')).toBe('settings 1');
    expect(told.get('run')).toBe('run 1');
    expect(told.size).toBe(all.length);
  });

  it('are told anew to a page that is loaded anew', () => {
    const door = opened();
    door.ipc.pageBegins();
    door.change('run');
    expect(door.take()).toEqual([]);
    door.ipc.windowOpening();
    door.asks();
    expect(door.take()).toHaveLength(1);
    door.ipc.scriptServed();
    expect(door.take()).toHaveLength(all.length - 1);
  });

  it('are those of the engine in view, and of no other', async () => {
    const door = opened();
    door.change('run', 'second');
    expect(door.take()).toEqual([]);
    expect(await door.ipc.view('second')).toBeNull();
    const told = door.take();
    expect(told.map(([name]) => name)).toEqual(all);
    for (const [, value] of told) expect(value).toMatch(/ of second$/);
    door.change('run');
    door.change('run', 'second');
    expect(door.take()).toEqual([['run', 'run 3 of second']]);
    expect(await door.ipc.view('nobody')).toMatchObject({ code: 'engine-unknown' });
    door.change('gauges', 'second');
    expect(door.take()).toEqual([['gauges', 'gauges 1 of second']]);
  });
});
