import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultPolicyText } from '../../../main/domain/policy/default.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { imageIds, loadFleet, testPolicy, type Fleet } from '../../support/fleet.js';
import { ask, Running, type Place } from './support.js';

let engine: TestEngine;
let place: Place;
let fleet: Fleet;
/** The name of the fleet's `tool1`. */
let tool: string;

beforeAll(async () => {
  engine = await startEngine({ version: '26.1', store: 'classic' });
});
afterAll(() => engine.dispose());
beforeEach(async () => {
  const home = await mkdtemp(join(tmpdir(), 'careen-home-'));
  await writeFile(join(home, 'policy.yaml'), testPolicy);
  place = { engine, home };
  if ((await imageIds(engine)).length !== 12) await refill();
  tool = (await engine.docker.getImage(fleet.tool1.id).inspect()).RepoTags[0] ?? '';
});
/** Loads the fleet into an engine of which a test took images, or that has none yet. */
async function refill(): Promise<void> {
  for (const { Id } of await engine.docker.listContainers({ all: true }))
    await engine.docker.getContainer(Id).remove({ force: true });
  fleet = await loadFleet(engine);
}

/** Images that an engine still has, by their names in the fleet. */
async function left(): Promise<string[]> {
  const ids = await imageIds(engine);
  return Object.entries(fleet)
    .filter(([, { id }]) => ids.includes(id))
    .map(([name]) => name);
}

const groups = ['--also', 'unrecoverable', '--also', 'estimates'];

describe('what is asked', () => {
  it('answers status, inventory, plan and history by their schemas', async () => {
    const status = await ask('status', place, ['status']);
    expect(status.code).toBe(0);
    expect(status.document.engine).toMatchObject({ status: 'connected', error: null });
    expect(status.document.images.count).toBe(12);
    expect(status.document.home).toBe(place.home);

    const plan = await ask('plan', place, ['plan']);
    expect(plan.code).toBe(0);
    expect(plan.document.items).toHaveLength(7);
    expect(await left()).toHaveLength(12);

    const history = await ask('history', place, ['history']);
    expect(history.document.runs).toEqual([]);
  });

  it('gives an inventory that judge reads, and judges as the engine was judged', async () => {
    const { raw } = await ask('inventory', place, ['inventory']);
    const plan = await ask('plan', place, ['plan']);
    const file = join(place.home, 'inventory.json');
    await writeFile(file, JSON.stringify(raw));
    const policy = join(place.home, 'policy.yaml');
    const offline = await ask('judge', place, ['judge', '--inventory', file, '--policy', policy]);
    expect(offline.code).toBe(0);
    expect(offline.document.plan.planId).toBe(plan.document.planId);
    expect(offline.document.plan.items.map((item) => item.id)).toEqual(
      plan.document.items.map((item) => item.id),
    );
  });

  it('plans by another policy for one command', async () => {
    const strict = join(place.home, 'keep-all.yaml');
    await writeFile(strict, 'version: 1\n');
    const { document } = await ask('plan', place, ['plan', '--policy', strict]);
    expect(document.items).toEqual([]);
  });
});

describe('clean', () => {
  it('without a terminal shows the plan, refuses, and changes nothing', async () => {
    const script = await ask('error', place, ['clean', ...groups]);
    expect(script.code).toBe(3);
    expect(script.document.error.code).toBe('not-confirmed');
    expect(script.stderr).toContain(tool);
    const person = Running.plain(['clean', ...groups], place);
    expect(await person.ended()).toBe(3);
    expect(person.output).toContain('Add --yes to give it.');
    expect(await left()).toHaveLength(12);
  });

  it('on a terminal asks, and takes anything but yes for no', async () => {
    const person = Running.onTerminal(['clean', ...groups], place);
    await person.until('[y/N]');
    expect(person.output).toContain(tool);
    person.type('perhaps\n');
    expect(await person.ended()).toBe(3);
    expect(await left()).toHaveLength(12);
  });

  it('on a terminal runs what was shown after a yes', async () => {
    const person = Running.onTerminal(['clean', ...groups], place);
    await person.until('[y/N]');
    person.type('y\n');
    expect(await person.ended()).toBe(0);
    expect(person.output).toContain('7 of 7: removed');
    expect(await left()).toHaveLength(5);
  });

  it('on a terminal ends with 130 at an interrupt of the question', async () => {
    const person = Running.onTerminal(['clean', ...groups], place);
    await person.until('[y/N]');
    person.type('\u0003');
    expect(await person.ended()).toBe(130);
    expect(await left()).toHaveLength(12);
  });

  it('takes items out and in by name, by ID and by its first digits', async () => {
    const { document } = await ask('clean', place, [
      ...['clean', '--yes', ...groups],
      ...['--except', tool, '--except', fleet.tool2.id, '--except', short(fleet.web2.id)],
    ]);
    expect(document.removed).toHaveLength(4);
    expect(await left()).toEqual(expect.arrayContaining(['tool1', 'tool2', 'web2']));
    expect(document.measured).toBeGreaterThan(0);
  });

  it('refuses an item that is not in the plan, and changes nothing', async () => {
    for (const args of [
      ['--except', 'nobody:1'],
      ['--also', 'everything'],
      ['--except', 'unrecoverable'],
    ]) {
      const { code, document } = await ask('error', place, ['clean', '--yes', ...args]);
      expect(code).toBe(2);
      expect(document.error.code).toBe('input-invalid');
    }
    expect(await left()).toHaveLength(12);
  });

  it('runs the plan that was shown before, and none that nobody made', async () => {
    const plan = await ask('plan', place, ['plan']);
    const { planId } = plan.document;
    const run = await ask('clean', place, ['clean', '--plan', planId, '--yes', ...groups]);
    expect(run.code).toBe(0);
    expect(run.document.planId).toBe(planId);
    expect(run.document.removed.map((item) => item.id).sort()).toEqual(
      plan.document.items.map((item) => item.id).sort(),
    );
    const { runs } = (await ask('history', place, ['history'])).document;
    expect(runs).toEqual([run.document]);
    const csv = async (...filter: string[]) => {
      const asked = Running.plain(['history', '--csv', ...filter], place);
      expect(await asked.ended()).toBe(0);
      return asked.output.trim().split('\n');
    };
    expect(await csv('--kind', 'clean', '--run', run.document.runId ?? '')).toHaveLength(1 + 7);
    expect(await csv('--kind', 'update')).toHaveLength(1);

    const unknown = await ask('error', place, ['clean', '--plan', '0123456789abcdef', '--yes']);
    expect(unknown.code).toBe(2);
    expect(unknown.document.error.code).toBe('plan-unknown');
  });

  it('has nothing to do where nothing goes, and says so', async () => {
    await ask('clean', place, ['clean', '--yes', ...groups]);
    const again = await ask('clean', place, ['clean', ...groups]);
    expect(again.code).toBe(0);
    expect(again.document).toMatchObject({ runId: null, removed: [], outcome: 'done' });
  });

  it('ends after the image at work at an interrupt, tells what it did, and ends with 130', async () => {
    await writeFile(join(place.home, 'policy.yaml'), testPolicy.replace('pause: 0s', 'pause: 2s'));
    const script = Running.plain(['clean', '--yes', ...groups], place);
    await script.until('1 of 7: removed');
    script.interrupt();
    expect(await script.ended()).toBe(130);
    expect(script.output).toContain('Clean-up cancelled');
    const { runs } = (await ask('history', place, ['history'])).document;
    const [last] = runs;
    if (last?.kind !== 'clean') throw new Error('the history begins with no clean-up');
    expect(last.outcome).toBe('cancelled');
    const removed = last.removed.length;
    expect(removed).toBeGreaterThan(0);
    expect(await left()).toHaveLength(12 - removed);
  });
});

describe('protect', () => {
  it('keeps an image out of every plan until it is taken back', async () => {
    const args = ['protect', tool, '--until', '2099-12-31', '--note', 'for the audit'];
    const on = await ask('protect', place, args);
    expect(on.code).toBe(0);
    expect(on.document).toMatchObject({ changed: [tool], unchanged: [] });
    const text = await readFile(join(place.home, 'policy.yaml'), 'utf8');
    expect(text).toContain('for the audit');
    const kept = await ask('plan', place, ['plan']);
    expect(kept.document.items.flatMap((item) => item.refs)).not.toContain(tool);

    const again = await ask('protect', place, ['protect', tool]);
    expect(again.code).toBe(0);
    const off = await ask('unprotect', place, ['unprotect', tool]);
    expect(off.document.changed).toEqual([tool]);
    const back = await ask('plan', place, ['plan']);
    expect(back.document.items.flatMap((item) => item.refs)).toContain(tool);
  });
});

describe('policy init', () => {
  it("writes the home's policy once", async () => {
    const home = await mkdtemp(join(tmpdir(), 'careen-home-'));
    const fresh = { engine, home };
    const first = await ask('policy init', fresh, ['policy', 'init']);
    expect(first.document.file).toBe(join(home, 'policy.yaml'));
    expect(await readFile(first.document.file, 'utf8')).toBe(defaultPolicyText);
    const again = await ask('error', fresh, ['policy', 'init']);
    expect(again.code).toBe(2);
    expect(again.document.error.code).toBe('policy-exists');
  });
});

describe('an engine that was named', () => {
  it('is the one that is used', async () => {
    const { code, document } = await ask('status', place, ['status', '--engine', engine.url]);
    expect(code).toBe(0);
    expect(document.engine.facts?.endpoint).toContain(engine.socket.split('/').at(-2));
  });

  it.each([
    ['tcp://192.0.2.1:2375', 3, 'endpoint-plain'],
    ['no-such-context', 2, 'context-missing'],
    ['ftp://x', 2, 'endpoint-invalid'],
  ])('%s is refused', async (text, exit, error) => {
    const { code, document } = await ask('error', place, ['plan', '--engine', text]);
    expect(document.error.code).toBe(error);
    expect(code).toBe(exit);
  });
});

const short = (id: string) => id.slice('sha256:'.length, 'sha256:'.length + 12);
