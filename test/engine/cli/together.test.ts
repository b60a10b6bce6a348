import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppendLog } from '../../../main/adapters/store/log.js';
import { CareenError } from '../../../main/domain/errors.js';
import type { JournalRecord } from '../../../main/services/journal/records.js';
import { TestCareen } from '../../support/careen.js';
import { careenCli } from '../../support/cli.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { imageIds, loadFleet, testPolicy } from '../../support/fleet.js';
import { ask, Running, type Place } from './support.js';

let engine: TestEngine;
let place: Place;

beforeAll(async () => {
  engine = await startEngine({ version: '26.1', store: 'classic' });
});
afterAll(() => engine.dispose());
beforeEach(async () => {
  place = { engine, home: await mkdtemp(join(tmpdir(), 'careen-home-')) };
  await writeFile(join(place.home, 'policy.yaml'), testPolicy);
  if ((await imageIds(engine)).length === 12) return;
  for (const { Id } of await engine.docker.listContainers({ all: true }))
    await engine.docker.getContainer(Id).remove({ force: true });
  await loadFleet(engine);
});

const groups = ['--also', 'unrecoverable', '--also', 'estimates'];
const cleanAll = ['clean', '--yes', ...groups];

/** A pause after each image, long enough for what a test does meanwhile. */
const slowly = () =>
  writeFile(join(place.home, 'policy.yaml'), testPolicy.replace('pause: 0s', 'pause: 1s'));

/** A command line that has the home and waits for a person's answer. */
async function asking(): Promise<Running> {
  const owner = Running.onTerminal(['clean', ...groups], place);
  await owner.until('[y/N]');
  return owner;
}

describe('commands on one home', () => {
  it('all get their answers on a new home, six times four at once', async () => {
    for (let round = 0; round < 6; round++) {
      const home = join(await mkdtemp(join(tmpdir(), 'careen-home-')), 'new');
      const four = [['policy', 'init'], ['status'], ['policy', 'init'], ['status']];
      const ended = await Promise.all(
        four.map((args) =>
          careenCli<{ error?: { code: string } }>(args, { home, socket: engine.socket }),
        ),
      );
      const failures = ended.filter(({ code }) => code !== 0).map((e) => e.document?.error?.code);
      expect(failures).toEqual(['policy-exists']);
    }
  });

  it('plan as the first, clean as the second: both end well', async () => {
    const [plan, clean] = await Promise.all([
      ask('plan', place, ['plan']),
      ask('clean', place, cleanAll),
    ]);
    expect(plan.code).toBe(0);
    expect(clean.code).toBe(0);
    expect(clean.document.removed).toHaveLength(7);
    expect(await imageIds(engine)).toHaveLength(5);
  });

  it.each([
    ['was answered no', 'n\n', 3],
    ['was interrupted', '\u0003', 130],
  ])("lets another one's run end though its own command %s", async (_, answer, code) => {
    await slowly();
    const owner = await asking();
    const client = Running.plain(cleanAll, place);
    await client.until('1 of 7: removed');
    owner.type(answer);
    await owner.until('Staying while other careen commands work through this one');
    // Who comes now is served by the same owner: nobody else may begin a run beside the one at work.
    const third = await ask('history', place, ['history']);
    expect(third.document.runs.map((run) => run.endedAt)).toEqual([null]);
    expect(await client.ended()).toBe(0);
    expect(client.output).toContain('7 of 7: removed');
    expect(await owner.ended()).toBe(code);
    expect(await imageIds(engine)).toHaveLength(5);
  });

  it('learns how far its run came when the app that it went through is quit', async () => {
    await slowly();
    const app = await TestCareen.open({ socket: engine.socket, home: place.home });
    const client = Running.plain(cleanAll, place);
    await client.until('1 of 7: removed');
    await app.close();
    expect(await client.ended()).toBe(130);
    expect(client.output).toContain('Clean-up cancelled');
  });

  it('goes on by itself when the one that it went through ended', async () => {
    const owner = await asking();
    const client = await asking();
    owner.type('n\n');
    expect(await owner.ended()).toBe(3);
    client.type('y\n');
    expect(await client.ended()).toBe(0);
    expect(client.output).toContain('7 of 7: removed');
    expect(await imageIds(engine)).toHaveLength(5);
  });

  it('says that it does not know, when the one at work for it was killed', async () => {
    await slowly();
    const owner = Running.plain(cleanAll, place);
    await owner.until('1 of 7: removed');
    const client = Running.plain(cleanAll, place);
    await client.until('2,');
    owner.kill();
    expect(await client.ended()).toBe(1);
    expect(client.output).toContain('Whether the command was done is not known');
    // The next command that meets the engine finds out what became of the one that was killed.
    await ask('status', place, ['status']);
    const { runs } = (await ask('history', place, ['history'])).document;
    expect(runs.map((run) => run.outcome)).toEqual(['interrupted']);
  });

  it('cancels its own run at an interrupt, and not that of the same plan that is at work', async () => {
    await slowly();
    const { planId } = (await ask('plan', place, ['plan'])).document;
    const same = ['clean', '--plan', planId, '--yes', ...groups];
    const first = Running.plain(same, place);
    await first.until('1 of 7: removed');
    const second = Running.plain(same, place);
    await second.until('2 of 7: removed');
    second.interrupt();
    expect(await second.ended()).toBe(130);
    expect(first.output).not.toContain('7 of 7');
    expect(await first.ended()).toBe(0);
    expect(first.output).toContain('7 of 7: removed');
    expect(await imageIds(engine)).toHaveLength(5);
    const { runs } = (await ask('history', place, ['history'])).document;
    expect(runs.map((run) => run.outcome)).toEqual(['done']);
  });
});

describe('a journal that can be written no further', () => {
  it.each([
    ['one after another', '1ms', 3, 3],
    // Those at work beside the one that cannot be told still end.
    ['several at once', '0s', 3, 6],
  ])(
    'in the middle of a run ends it as failed, with what went: %s',
    async (_, pause, least, most) => {
      const policy = testPolicy.replace('pause: 0s', `pause: ${pause}`);
      await writeFile(join(place.home, 'policy.yaml'), policy);
      const owner = await TestCareen.open({
        socket: engine.socket,
        home: place.home,
        journalLog: (log) => full(log, 2),
      });
      try {
        const { code, document, stderr } = await ask('error', place, cleanAll);
        expect(code).toBe(1);
        const { error } = document;
        expect(error.code).toBe('log-cut-off');
        const gone = error.details['removed'] as { id: string; refs: string[] }[];
        expect(gone.length).toBeGreaterThanOrEqual(least);
        expect(gone.length).toBeLessThanOrEqual(most);
        expect(stderr).toContain(`Removed before that: ${gone[0]?.refs[0]}`);
        expect(await imageIds(engine)).toHaveLength(12 - gone.length);
        for (const { id } of gone) expect(await imageIds(engine)).not.toContain(id);
      } finally {
        await owner.close();
      }
    },
  );

  it('before a run begins refuses it, and nothing is changed', async () => {
    const owner = await TestCareen.open({
      socket: engine.socket,
      home: place.home,
      journalLog: (log) => full(log, -1),
    });
    try {
      const { code, document } = await ask('error', place, cleanAll);
      expect(code).toBe(3);
      expect(document.error.code).toBe('log-unwritable');
      expect(await imageIds(engine)).toHaveLength(12);
    } finally {
      await owner.close();
    }
  });
});

/** A log whose disk is full after so many outcomes; before anything at -1. */
function full(log: AppendLog<JournalRecord>, outcomes: number): AppendLog<JournalRecord> {
  let left = outcomes;
  return {
    read: () => log.read(),
    append: async (record) => {
      if (left < 0 || (left === 0 && record.t !== 'intent'))
        throw new CareenError('log-unwritable', { file: 'journal-000001.jsonl' });
      // Before it is on the disk: several may be on their way at once.
      if (record.t === 'outcome') left -= 1;
      await log.append(record);
    },
  };
}
