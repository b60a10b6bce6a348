import { EventEmitter } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { firstEngine } from '../../../main/contract/first-engine.js';
import { CareenError } from '../../../main/domain/errors.js';
import type { EngineFacts } from '../../../main/domain/facts.js';
import { Fleet } from '../../../main/services/fleet/index.js';
import { MetFirst, nobodyMet, type StoredMet } from '../../../main/services/fleet/met.js';
import type { StoredEngine, StoredFleet } from '../../../main/services/fleet/stored.js';
import type { Room } from '../../../main/services/fleet/types.js';
import { Turns } from '../../../main/services/turns.js';
import { systemClock } from '../../../main/adapters/clock.js';
import type { ListedServices } from '../../../main/services/types.js';
import { service } from '../domain/swarm/support.js';

const added: StoredEngine = {
  key: '0011223344556677',
  name: 'cellar',
  context: null,
  endpoint: 'unix:///run/cellar.sock',
  id: 'ID',
  policy: 'own',
  addedAt: 0,
};
const { key } = added;
const kept = { imageId: 'sha256:old', replacedAt: 0, proven: false };

function docOf<T>(value: T) {
  return {
    value,
    writes: 0,
    set(next: T) {
      this.value = next;
      this.writes += 1;
      return Promise.resolve();
    },
  };
}

/** A fleet whose rooms hold nothing; one ends closing when it is told to. */
function fleetOf(
  engines: StoredEngine[] = [added],
  said: Partial<StoredFleet> = {},
  known: StoredMet = nobodyMet,
) {
  const closing: (() => void)[] = [];
  const unfinished: { of: string; endpoint: string; store?: string }[] = [];
  const busy: string[] = [];
  /** Why an engine is not to be had. */
  const away = new Map<string, CareenError>();
  const finish = vi.fn<(of: string) => void>();
  /** What each engine tells of its swarm, and whose verdicts were made again. */
  const swarms = new Map<string, ListedServices>();
  const judgedAgain: string[] = [];
  const opened: { policy: string | undefined; open: boolean }[] = [];
  const open = (of: string, engine: StoredEngine | null): Promise<Room> => {
    const told = { policy: engine?.policy, open: true };
    opened.push(told);
    const room = {
      key: of,
      judging: Object.assign(new EventEmitter(), { again: () => judgedAgain.push(of) }),
      swarm: () => swarms.get(of) ?? null,
      state: Object.assign(new EventEmitter(), { get: () => ({ facts: null }) }),
      connection: {
        engine: null,
        found: { chosen: null },
        error: away.get(of) ?? null,
        required: () => {
          throw new CareenError('engine-not-found', { looked: [] });
        },
      },
      runs: { busy: busy.includes(of) },
      retained: () => [{ ...kept, container: of }],
      imagesOfService: (id: string) => [`acme/${id}:1@sha256:both`, `acme/${id}:1@sha256:${of}`],
      unfinished: () =>
        unfinished
          .filter((one) => one.of === of)
          .map(({ endpoint, store = 'classic' }) => ({ endpoint, id: 'ID', store })),
      reached: () => {
        const why = away.get(of);
        return why
          ? Promise.reject(why)
          : Promise.resolve({ facts: { id: 'ID', store: 'classic' } });
      },
      finish: () => {
        const why = away.get(of);
        if (!why) finish(of);
        return why ? Promise.reject(why) : Promise.resolve();
      },
      begin: () => undefined,
      stop: () => undefined,
      close: async () => {
        await new Promise<void>((resolve) => closing.push(resolve));
        told.open = false;
      },
    };
    return Promise.resolve(room as unknown as Room);
  };
  const doc = docOf<StoredFleet>({
    together: false,
    engines,
    parted: [],
    aliases: [],
    ...said,
  });
  const met = docOf(known);
  const fleet = new Fleet({
    doc,
    met: new MetFirst(met),
    turns: new Turns(() => false),
    open,
    remembered: (of, id) => [`acme/${id}:0@sha256:${of}`],
    clock: { ...systemClock(), after: () => ({ cancel: () => undefined }) },
  });
  return { fleet, opened, closing, unfinished, busy, away, finish, doc, met, swarms, judgedAgain };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('the rooms of engines', () => {
  it('are not opened by others while their engine is taken off the list', async () => {
    const { fleet, opened, closing } = fleetOf();
    await fleet.openAll();
    const removed = fleet.changes.remove(key);
    await soon();
    const wanted = fleet.room(key).catch((e: unknown) => e);
    const all = fleet.openAll();
    await soon();
    closing.forEach((end) => end());
    await removed;
    await all;
    expect(await wanted).toMatchObject({ code: 'engine-unknown' });
    expect(fleet.rooms.map((room) => room.key)).toEqual([firstEngine]);
    expect(opened.map(({ open }) => open)).toEqual([true, false]);
  });

  it('are opened anew by what was changed, whoever asks meanwhile', async () => {
    const { fleet, opened, closing } = fleetOf();
    await fleet.room(key);
    const changed = fleet.changes.change(key, { policy: 'shared' });
    await soon();
    const wanted = fleet.room(key);
    await soon();
    closing.forEach((end) => end());
    await changed;
    expect(await wanted).toBe(fleet.peek(key));
    expect(opened).toEqual([
      { policy: 'own', open: false },
      { policy: 'shared', open: true },
    ]);
  });

  it('go with a run that was cut off there only once a person was told of that', async () => {
    const { fleet, unfinished, closing, doc } = fleetOf();
    unfinished.push({ of: key, endpoint: added.endpoint });
    await expect(fleet.changes.remove(key)).rejects.toMatchObject({
      code: 'engine-unfinished',
      details: { name: 'cellar' },
    });
    expect(fleet.peek(key)).not.toBeNull();
    const removed = fleet.changes.remove(key, true);
    await soon();
    closing.forEach((end) => end());
    await removed;
    expect(doc.value.engines).toEqual([]);
    // Of what is under way it is said that it is.
    const other = fleetOf();
    other.busy.push(key);
    other.unfinished.push({ of: key, endpoint: added.endpoint });
    await expect(other.fleet.changes.remove(key)).rejects.toMatchObject({ code: 'run-under-way' });
  });

  it('are open again where what was to be changed could not be', async () => {
    const { fleet, opened, closing } = fleetOf();
    await fleet.room(key);
    let isShut = false;
    const changed = fleet.changes.setId(added, 'OTHER', () => {
      isShut = opened.every(({ open }) => !open);
      return Promise.reject(new Error('no'));
    });
    await soon();
    closing.forEach((end) => end());
    await expect(changed).rejects.toThrow('no');
    expect(fleet.peek(key)).not.toBeNull();
    expect(isShut).toBe(true);
    expect(fleet.entry(key).id).toBe('ID');
    expect(opened).toHaveLength(2);
  });

  it('are closed, and stay so, once all is', async () => {
    const { fleet, opened, closing } = fleetOf();
    await fleet.room(key);
    const removed = fleet.changes.remove(key);
    await soon();
    let isClosed = false;
    const closed = fleet.close().then(() => (isClosed = true));
    await soon();
    expect(isClosed).toBe(false);
    closing.forEach((end) => end());
    await Promise.all([removed, closed]);
    await expect(fleet.room(firstEngine)).rejects.toMatchObject({ code: 'run-cancelled' });
    expect(opened).toHaveLength(1);
  });

  it('hold for rollbacks what was kept at another address of the same engine', async () => {
    const twin = { ...added, key: '8899aabbccddeeff', endpoint: 'ssh://cellar' };
    const other = { ...twin, key: '0000000000000000', endpoint: 'ssh://attic', id: 'OTHER' };
    const { fleet } = fleetOf([added, twin, other]);
    await fleet.openAll();
    expect(fleet.addresses.retainedByTwins(key)).toEqual([{ ...kept, container: twin.key }]);
    expect(fleet.addresses.retainedByTwins(other.key)).toEqual([]);
    expect(fleet.addresses.retainedByTwins(firstEngine)).toEqual([]);
  });
});

describe('the kept versions of a service', () => {
  it('are those of every manager of its swarm that is in the list', async () => {
    const manager = { ...added, key: '8899aabbccddeeff', endpoint: 'ssh://other', id: 'OTHER' };
    const { fleet } = fleetOf([added, manager]);
    await fleet.openAll();
    expect(fleet.services.images('web')).toEqual(
      ['both', firstEngine, key, manager.key].map((of) => `acme/web:1@sha256:${of}`),
    );
  });

  it('are also those that one kept which a command line did not open', async () => {
    const { fleet } = fleetOf();
    await fleet.room(firstEngine);
    expect(fleet.services.images('web')).toEqual([
      'acme/web:1@sha256:both',
      `acme/web:1@sha256:${firstEngine}`,
      `acme/web:0@sha256:${key}`,
    ]);
  });
});

describe('the services of a swarm', () => {
  it('are told by a manager in the list that answers, and verdicts on other nodes follow them', async () => {
    const { fleet, swarms, judgedAgain } = fleetOf();
    await fleet.openAll();
    const services = [service()];
    const told = {
      answered: true,
      services,
      nodeId: 'node1',
      managers: ['node1'],
      nodes: [],
      tasks: [],
    };
    expect(fleet.services.by(['node1'])).toBeNull();
    swarms.set(key, told);
    fleet.peek(key)?.judging.emit('changed');
    fleet.peek(key)?.judging.emit('changed');
    expect(judgedAgain).toEqual([firstEngine]);
    expect(fleet.services.by(['node1'])).toEqual(services);
    expect(fleet.services.by(['node2'])).toBeNull();
    swarms.set(key, { ...told, answered: false });
    fleet.peek(key)?.judging.emit('changed');
    expect(judgedAgain).toEqual([firstEngine, firstEngine]);
    expect(fleet.services.by(['node1'])).toBeNull();
  });
});

describe('two addresses with one engine ID', () => {
  const twin = { ...added, key: '8899aabbccddeeff', name: 'far', endpoint: 'ssh://cellar' };
  const other = { ...added, key: '0000000000000000', endpoint: 'ssh://attic', id: 'OTHER' };
  const facts = (endpoint: string, id = 'ID') => ({ endpoint, id }) as EngineFacts;
  /** Rooms end closing at once. */
  const opened = async () => {
    const made = fleetOf([added, twin, other]);
    await made.fleet.openAll();
    const timer = setInterval(() => made.closing.splice(0).forEach((end) => end()), 1);
    onTestFinished(() => clearInterval(timer));
    return made;
  };
  const rows = (stored: StoredFleet) => stored.engines.map(({ key: of }) => of);

  it('are one engine once a person says so: one stays, and is known by both', async () => {
    const { fleet, doc } = await opened();
    await fleet.changes.join(key, twin.key);
    expect(rows(doc.value)).toEqual([key, other.key]);
    // Nobody proves there any more what was not proven yet.
    const retained = [{ ...kept, container: twin.key, proven: true }];
    expect(doc.value.aliases).toEqual([{ endpoint: 'ssh://cellar', id: 'ID', of: key, retained }]);
    expect(fleet.addresses.retainedByTwins(key)).toEqual(retained);
    expect(() => fleet.addresses.mayBe(firstEngine, facts('ssh://cellar'))).toThrow(
      expect.objectContaining({
        code: 'engine-twice',
        details: { endpoint: 'ssh://cellar', name: 'cellar' },
      }),
    );
    // Another engine may be there by now, and a person may add it again.
    expect(() => fleet.addresses.mayBe(firstEngine, facts('ssh://cellar', 'NEW'))).not.toThrow();
    await fleet.changes.add(twin);
    expect(doc.value.aliases).toEqual([]);
    expect(fleet.addresses.retainedByTwins(key)).toEqual([{ ...kept, container: twin.key }]);
  });

  it('are two engines once a person says so, as long as both are where they are', async () => {
    const { fleet, doc } = await opened();
    await fleet.changes.part(key, twin.key);
    await fleet.changes.part(twin.key, key);
    expect(doc.value.parted).toHaveLength(1);
    expect(fleet.addresses.areParted(twin.key, key)).toBe(true);
    expect(fleet.addresses.retainedByTwins(key)).toEqual([]);
    await fleet.changes.remove(twin.key);
    expect(doc.value.parted).toEqual([]);
    await fleet.changes.add(twin);
    expect(fleet.addresses.areParted(key, twin.key)).toBe(false);
  });

  it('are not joined where one would be lost: another ID, the first, what was cut off', async () => {
    const { fleet, unfinished, doc } = await opened();
    await expect(fleet.changes.join(key, key)).rejects.toMatchObject({ code: 'input-invalid' });
    await expect(fleet.changes.join(key, other.key)).rejects.toMatchObject({
      code: 'engines-differ',
    });
    // Its ID is not known, which says nothing of the two.
    await expect(fleet.changes.part(key, firstEngine)).rejects.toMatchObject({
      code: 'engine-not-found',
    });
    await expect(fleet.changes.join(key, 'nobody')).rejects.toMatchObject({
      code: 'engine-unknown',
    });
    unfinished.push({ of: twin.key, endpoint: twin.endpoint });
    await expect(fleet.changes.join(key, twin.key)).rejects.toMatchObject({
      code: 'twin-unfinished',
    });
    expect(rows(doc.value)).toEqual([key, twin.key, other.key]);
  });

  it('are not joined while the one that goes is at work, or not there to tell what it keeps', async () => {
    const { fleet, away, doc } = fleetOf([added, twin]);
    const why = new CareenError('engine-silent', { endpoint: twin.endpoint, seconds: 2 });
    away.set(twin.key, why);
    await expect(fleet.changes.join(key, twin.key)).rejects.toBe(why);
    const other = fleetOf([added, twin]);
    other.busy.push(twin.key);
    await expect(other.fleet.changes.join(key, twin.key)).rejects.toMatchObject({
      code: 'run-under-way',
    });
    expect([rows(doc.value), doc.value.aliases]).toEqual([[key, twin.key], []]);
  });

  it('keep what was said of one as its ID changes', async () => {
    const { fleet, doc } = await opened();
    await fleet.changes.join(key, twin.key);
    await fleet.changes.setId(added, 'UPGRADED', () => Promise.resolve());
    expect(fleet.entry(key).id).toBe('UPGRADED');
    expect(doc.value.aliases).toMatchObject([
      { endpoint: 'ssh://cellar', id: 'UPGRADED', of: key },
    ]);
  });
});

describe('what was cut off at another address of the same engine', () => {
  const twin = { ...added, key: '8899aabbccddeeff', name: 'far', endpoint: 'ssh://cellar' };
  const engine = { id: 'ID', store: 'classic' } as const;
  const cutOff = { of: twin.key, endpoint: twin.endpoint };

  it('is finished first, and who waits for that is told', async () => {
    const { fleet, unfinished, finish } = fleetOf([added, twin]);
    unfinished.push(cutOff);
    finish.mockImplementation((of) => {
      expect(fleet.cutOff.waitsFor(key)).toBe(of);
      // What it began has to prove itself, which a second time waits for.
      if (finish.mock.calls.length === 2) unfinished.length = 0;
    });
    await fleet.openAll();
    expect(fleet.cutOff.isDue(key, engine)).toBe(true);
    await fleet.cutOff.finished(key, engine);
    expect(finish.mock.calls).toEqual([[twin.key], [twin.key]]);
    expect(fleet.cutOff.isDue(key, engine)).toBe(false);
    expect(fleet.cutOff.waitsFor(key)).toBeNull();
  });

  it('holds back whoever comes where it cannot be finished, for whatever cause', async () => {
    const { fleet, unfinished, away } = fleetOf([added, twin]);
    unfinished.push(cutOff);
    const why = (silent: boolean) => ({
      code: 'twin-unfinished',
      details: { name: 'far', silent },
    });
    await expect(fleet.cutOff.finished(key, engine)).rejects.toMatchObject(why(false));
    away.set(twin.key, new CareenError('engine-silent', { endpoint: '', seconds: 2 }));
    await expect(fleet.cutOff.finished(key, engine)).rejects.toMatchObject(why(true));
    away.set(twin.key, new CareenError('run-cancelled', {}));
    await expect(fleet.cutOff.finished(key, engine)).rejects.toMatchObject(why(false));
  });

  it('on another store, or by one that is not open, is nothing and everything', async () => {
    const { fleet, unfinished, finish } = fleetOf([added, twin]);
    unfinished.push({ ...cutOff, store: 'containerd' });
    expect(fleet.cutOff.isDue(key, engine)).toBe(true);
    await fleet.cutOff.finished(key, engine);
    expect(finish).not.toHaveBeenCalled();
    expect(fleet.cutOff.isDue(key, engine)).toBe(false);
  });

  it('at the address of the first one is nothing to its clone, also while the first one is away', async () => {
    const at: [string, string] = ['unix:///run/first.sock', added.endpoint];
    const { fleet, unfinished, finish } = fleetOf([added], { parted: [{ id: 'ID', at }] });
    unfinished.push({ of: firstEngine, endpoint: at[0] });
    await fleet.cutOff.finished(key, engine);
    expect(finish).not.toHaveBeenCalled();
    expect(fleet.cutOff.isDue(key, engine)).toBe(false);
  });
});

describe('the first engine', () => {
  const endpoint = 'unix:///run/first.sock';
  const facts = (id: string, at = endpoint) => ({ endpoint: at, id }) as EngineFacts;
  const said = {
    parted: [{ id: 'FIRST', at: [endpoint, added.endpoint] as [string, string] }],
    aliases: ['FIRST', 'ELSEWHERE'].map((id) => ({
      endpoint: `ssh://${id}`,
      id,
      of: firstEngine,
      retained: [],
    })),
  };
  const before = { key: firstEngine, endpoint, id: 'FIRST' };
  const ids = (stored: StoredFleet) => stored.aliases.map(({ id }) => id);
  /** As it was met there; rooms end closing at once. */
  const opened = async (engines: StoredEngine[], told: Partial<StoredFleet>) => {
    const made = fleetOf(engines, told, { engines: [{ endpoint, id: 'FIRST' }] });
    await made.fleet.openAll();
    const timer = setInterval(() => made.closing.splice(0).forEach((end) => end()), 1);
    onTestFinished(() => clearInterval(timer));
    return made;
  };

  it('is asked about where another ID answers at an address, and nowhere else', async () => {
    const { fleet } = await opened([added], {});
    const may = (one: EngineFacts) => () => fleet.addresses.mayBe(firstEngine, one);
    expect(may(facts('FIRST'))).not.toThrow();
    expect(may(facts('NEW', 'unix:///run/colima.sock'))).not.toThrow();
    expect(may(facts('NEW'))).toThrow(
      expect.objectContaining({
        code: 'engine-replaced',
        details: { endpoint, name: endpoint, engine: 'first' },
      }),
    );
    const unmet = fleetOf().fleet;
    expect(() => unmet.addresses.mayBe(firstEngine, facts('NEW'))).not.toThrow();
  });

  it('is the same one with another ID, and what was said of it goes on', async () => {
    const { fleet, doc, met } = await opened([added], said);
    await fleet.changes.setId(before, 'NEW', () => Promise.resolve());
    expect(met.value.engines).toEqual([{ endpoint, id: 'NEW' }]);
    expect([doc.value.parted, ids(doc.value)]).toEqual([[], ['NEW', 'ELSEWHERE']]);
    expect(() => fleet.addresses.mayBe(firstEngine, facts('NEW'))).not.toThrow();
    expect(fleet.keys).toEqual([firstEngine, key]);
  });

  it('is another one, and what was said of the former is forgotten', async () => {
    const { fleet, doc, met, unfinished } = await opened([added], said);
    unfinished.push({ of: firstEngine, endpoint });
    await expect(fleet.changes.replaceFirst(before, 'NEW', false)).rejects.toMatchObject({
      code: 'engine-unfinished',
    });
    await fleet.changes.replaceFirst(before, 'NEW', true);
    expect(met.value.engines).toEqual([{ endpoint, id: 'NEW' }]);
    expect([doc.value.parted, ids(doc.value)]).toEqual([[], ['ELSEWHERE']]);
    expect(doc.value.engines).toEqual([added]);
  });

  it('has no list made for it alone, and is remembered at so many addresses', async () => {
    const { fleet, doc, met } = await opened([], {});
    await fleet.changes.setId(before, 'NEW', () => Promise.resolve());
    await fleet.changes.replaceFirst({ ...before, id: 'NEW' }, 'NEWER', false);
    expect(doc.writes).toBe(0);
    const first = new MetFirst(met);
    await first.keep(facts('NEWER'));
    expect(met.writes).toBe(2);
    for (let n = 0; n < 20; n++) await first.keep(facts('ID', `unix:///run/${n}.sock`));
    expect(met.value.engines).toHaveLength(20);
    expect(first.idAt(endpoint)).toBeNull();
  });
});
