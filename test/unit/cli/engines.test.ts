import { describe, expect, it } from 'vitest';
import { run } from '../../../main/cli/run.js';
import type { Session } from '../../../main/cli/session.js';
import { engineRow } from '../../looks/fleet.js';

const engines = [
  engineRow('first', { name: 'laptop' }),
  engineRow('a1', { name: 'cellar' }),
  engineRow('b2', { name: 'attic', unfinished: true }),
];

/** Runs a command line over a made-up list; absent `answer`: there is no terminal. */
async function careen(args: string[], answer?: string, rows = engines) {
  const out: string[] = [];
  const notes: string[] = [];
  const asked: string[] = [];
  const called: [string, unknown][] = [];
  const session = {
    call: (name: string, params: unknown) => {
      if (name !== 'engines.list') called.push([name, params]);
      return Promise.resolve({ engines: rows, together: false, contexts: [] });
    },
    onRun: () => () => undefined,
    close: () => Promise.resolve(),
  } as Session;
  const code = await run({
    args: ['engines', ...args],
    version: '1.2.3',
    language: 'en',
    terminal: {
      out: (line) => void out.push(line),
      note: (line) => void notes.push(line),
      document: () => undefined,
      status: null,
      interactive: answer !== undefined,
      ask: (question) => {
        asked.push(question);
        return Promise.resolve(answer ?? null);
      },
    },
    now: () => 0,
    openSession: () => Promise.resolve(session),
    onInterrupt: () => () => undefined,
  });
  return { code, out: out.join('\n'), notes: notes.join('\n'), asked, called };
}

const acts: [string[], string, [string, unknown]][] = [
  [
    ['remove', 'cellar'],
    'Remove cellar from the list? [y/N] ',
    ['engines.remove', { engine: 'a1' }],
  ],
  [
    ['same', 'cellar'],
    'Is it cellar, upgraded or reset? [y/N] ',
    ['engines.same', { engine: 'a1' }],
  ],
  [
    ['another', 'cellar'],
    'Is it another engine than cellar? [y/N] ',
    ['engines.another', { engine: 'a1' }],
  ],
  [
    ['join', 'laptop', 'cellar'],
    'Are laptop and cellar one engine? [y/N] ',
    ['engines.join', { engine: 'first', other: 'a1' }],
  ],
  [
    ['part', 'laptop', 'cellar'],
    'Are laptop and cellar two engines? [y/N] ',
    ['engines.part', { engine: 'first', other: 'a1' }],
  ],
];

const nowhere = {
  code: 'engine-not-found',
  details: {
    looked: [
      { name: 'DOCKER_HOST', kind: 'variable', endpoint: '', outcome: 'not-set' },
      { name: 'default', kind: 'context', endpoint: 'unix:///run/docker.sock', outcome: 'refused' },
    ],
  },
};

describe('careen engines', () => {
  it('says where none was found, each place in a line of its own', async () => {
    const row = engineRow('first', { name: '', state: 'lost', error: nowhere });
    const { out } = await careen([], undefined, [row]);
    const at = out.split('\n');
    const found = at.findIndex((line) =>
      line.startsWith('first: No Docker engine was found. Start'),
    );
    expect(at.slice(found + 1, found + 4)).toEqual([
      '  Looked at:',
      '    DOCKER_HOST is not set',
      '    default (unix:///run/docker.sock) refused the connection',
    ]);
  });

  it.each([
    ['on', 'Several engines may now be worked on at the same time'],
    ['off', 'From now on one engine waits for another.'],
  ])('together %s says what holds now', async (choice, sentence) => {
    const { out, called } = await careen(['together', choice]);
    expect(called).toEqual([['engines.together', { together: choice === 'on' }]]);
    expect(out).toContain(sentence);
    expect(out).not.toContain('cellar');
  });

  it.each(acts)(
    '%s asks on a terminal, and says what a yes brings',
    async (args, question, call) => {
      const no = await careen(args, 'perhaps');
      expect(no).toMatchObject({ code: 3, asked: [question], called: [] });
      expect(no.out).not.toBe('');
      expect(await careen(args, 'y')).toMatchObject({ code: 0, asked: [question], called: [call] });
    },
  );

  it.each(acts)('%s refuses without a terminal, unless it was told yes', async (args, _, call) => {
    const refused = await careen(args);
    expect(refused).toMatchObject({ code: 3, called: [] });
    expect(refused.notes).toContain('Add --yes to give it.');
    const told = await careen([...args, '--yes']);
    expect(told).toMatchObject({ code: 0, asked: [], called: [call] });
  });

  it.each(['remove', 'another'])(
    '%s leaves a run that was cut off half done only where a person was told of it',
    async (act) => {
      const leave = [`engines.${act}`, { engine: 'b2', unfinished: 'leave' }];
      const person = await careen([act, 'attic'], 'y');
      expect(person.called).toEqual([leave]);
      expect(person.out).toContain('was cut off in the middle');
      // Refused there, since nobody was told.
      const script = await careen([act, 'attic', '--yes']);
      expect(script.called).toEqual([[`engines.${act}`, { engine: 'b2' }]]);
      const named = await careen([act, 'attic', '--yes', '--leave-unfinished']);
      expect(named.called).toEqual([leave]);
    },
  );
});
