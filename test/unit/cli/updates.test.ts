import { describe, expect, it } from 'vitest';
import { commands, type CommandName, type Result } from '../../../main/contract/commands.js';
import { documents, type DocumentName } from '../../../main/contract/documents/index.js';
import { run as runCli } from '../../../main/cli/run.js';
import type { Session } from '../../../main/cli/session.js';
import type { RunSlice } from '../../../main/contract/slices.js';
import type { UpdateResult } from '../../../main/contract/update-steps.js';
import { CareenError } from '../../../main/domain/errors.js';
import { messages } from '../../../main/messages/index.js';
import {
  kept,
  now,
  owned,
  preview,
  rolledBack,
  row,
  slice,
  updated,
  updateRun,
  version,
} from '../../support/update-samples.js';

type Answers = {
  [N in CommandName]?: (params: never) => Result<N>;
};

interface Stage {
  answers: Answers;
  /** What a person at a terminal answers; absent: there is no terminal. */
  answer?: string;
  /** Told to whoever follows the run before `update.run` ends. */
  progress?: RunSlice[];
}

/** Runs a command line over a made-up Careen. */
async function careen(args: string[], { answers, answer, progress = [] }: Stage) {
  const out: string[] = [];
  const notes: string[] = [];
  const printed: unknown[] = [];
  const asked: string[] = [];
  const called: [CommandName, unknown][] = [];
  const listeners = new Set<(run: RunSlice) => void>();
  const session: Session = {
    call: <N extends CommandName>(name: N, given: unknown) => {
      const params: unknown = commands[name].params.parse(given);
      called.push([name, params]);
      for (const run of progress) listeners.forEach((listener) => listener(run));
      const make = answers[name] as ((params: unknown) => Result<N>) | undefined;
      if (!make) throw new Error(`${name} was not to be called`);
      return Promise.resolve(make(params));
    },
    onRun: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => Promise.resolve(),
  };
  const code = await runCli({
    args,
    version: '1.2.3',
    language: 'en',
    terminal: {
      out: (line) => void out.push(line),
      note: (line) => void notes.push(line),
      document: (document) => void printed.push(document),
      status: null,
      interactive: answer !== undefined,
      ask: (question) => {
        asked.push(question);
        return Promise.resolve(answer ?? null);
      },
    },
    now: () => now,
    openSession: () => Promise.resolve(session),
    onInterrupt: () => () => undefined,
  });
  const changed = called.map(([name]) => name).filter((name) => changing.has(name));
  return { code, out: out.join('\n'), notes, printed, asked, called, changed };
}

const changing = new Set<CommandName>(['update.run', 'update.rollback', 'update.release']);

/** The one document of `--json`, by its schema. */
function documentOf<N extends DocumentName>(name: N, printed: unknown[]) {
  expect(printed).toHaveLength(1);
  return documents[name].parse(printed[0]) as ReturnType<(typeof documents)[N]['parse']>;
}

const checks = (rows = [row()]): Answers => ({
  'update.check': () => slice(rows),
  'update.list': () => slice(rows),
});

describe('check', () => {
  it('tells of each container what runs, what is new, and how to go on', async () => {
    const rows = [row(), owned(), row({ container: 'db', verdict: { state: 'current' } })];
    const { code, out } = await careen(['check'], { answers: checks(rows) });
    expect(code).toBe(0);
    expect(out).toMatch(/^NAME +IMAGE +VERSION +MODE +STATE$/m);
    expect(out).toMatch(/^web +acme\/web:16 +16\.4 → 16\.6 +Ask me +A newer version/m);
    expect(out).toMatch(/^ddev-shop-web .*DDEV project shop.*Its own way: ddev restart$/m);
    expect(out).toContain('2 updates can be taken.');
    expect(out).toContain('To take the one that can go together: careen update --all');
  });

  it('asks only about those that are named', async () => {
    const { called, printed } = await careen(['check', 'web', '--json'], { answers: checks() });
    expect(called).toEqual([['update.check', { containers: ['web'] }]]);
    const { containers } = documentOf('check', printed);
    expect(containers).toMatchObject([{ container: 'web', pending: true, forAll: true }]);
  });

  it('fails where one could not be asked about, and says why', async () => {
    const error = { code: 'registry-silent', details: { registry: 'ghcr.io', seconds: 30 } };
    const rows = [row({ error, verdict: { state: 'unchecked' } })];
    const { code, out } = await careen(['check'], { answers: checks(rows) });
    expect(code).toBe(1);
    expect(out).toContain('ghcr.io did not answer for 30 seconds');
    expect(out).not.toContain('up to date');
  });

  it('says when a registry may be asked again', async () => {
    const limits = [
      { registry: 'docker.io', limit: 100, remaining: 0, until: now + 3_600_000 },
      { registry: 'ghcr.io', limit: null, remaining: null, until: null },
    ];
    const answers: Answers = { 'update.check': () => slice([row()], { limits }) };
    const { out, printed } = await careen(['check'], { answers });
    expect(out).toMatch(/docker\.io takes no more questions until .*\d\d:\d\d\./);
    expect(out).not.toContain('ghcr.io');
    expect(printed).toEqual([]);
  });
});

describe('preview', () => {
  const answers = (made = preview()): Answers => ({ ...checks(), 'update.preview': () => made });

  it('shows the diff in three groups, the steps, and what stays', async () => {
    const { code, out } = await careen(['preview', 'web'], { answers: answers() });
    expect(code).toBe(0);
    const groups = ['From the new image', 'Dropped', 'Kept as you set it'];
    expect(groups.map((head) => out.indexOf(`\n${head}\n`)).every((at) => at > 0)).toBe(true);
    expect(out).toMatch(/~ +env +PG_VERSION +16\.4 → 16\.6/);
    expect(out).toMatch(/1\. Keep 16\.4 for going back/);
    expect(out).toContain('A rollback does not undo what is written to pgdata.');
    expect(out).toContain('Pulls 34 MB at most.');
    expect(out).toContain('https://example.com/changes');
  });

  it('never prints what may be secret', async () => {
    const { out } = await careen(['preview', 'web'], { answers: answers() });
    const { printed } = await careen(['preview', 'web', '--json'], { answers: answers() });
    documentOf('preview', printed);
    expect(out + JSON.stringify(printed)).not.toContain('hunter2');
    expect(out).toContain('POSTGRES_PASSWORD');
  });

  it("says why one is refused, and the owner's own command", async () => {
    const { owner } = owned();
    const made = preview({ refused: { code: 'owned', owner } });
    const { out, printed } = await careen(['preview', 'web'], { answers: answers(made) });
    expect(out).toContain('Careen does not update it. Belongs to the DDEV project shop');
    expect(out).toContain('Its own way: ddev restart');
    expect(out).not.toContain('Steps:');
    expect(printed).toEqual([]);
  });
});

describe('update', () => {
  const answers = (result: UpdateResult = { state: 'updated', proven: true }): Answers => ({
    ...checks(),
    'update.preview': () => preview(),
    'update.run': () => updateRun([updated(result)]),
  });

  it.each([
    [[], 'NAME'],
    [['web', '--all'], '--all'],
    [['web', 'db', '--to', '16'], '--to'],
  ])('%j is no way to name containers', async (args, what) => {
    const { code, printed, called } = await careen(['update', ...args, '--json'], { answers: {} });
    expect(code).toBe(2);
    expect(documentOf('error', printed).error.details).toMatchObject({ what });
    expect(called).toEqual([]);
  });

  it('shows what would change and refuses without a yes', async () => {
    const script = await careen(['update', 'web'], { answers: answers() });
    expect(script.code).toBe(3);
    expect(script.out).toContain('PG_VERSION');
    expect(script.changed).toEqual([]);
    const person = await careen(['update', 'web'], { answers: answers(), answer: 'n' });
    expect(person.asked).toEqual(['Update web, 16.4 → 16.6? [y/N] ']);
    expect(person.code).toBe(3);
    expect(person.changed).toEqual([]);
  });

  it('updates after a yes, and says what it came to', async () => {
    const { code, out, called } = await careen(['update', 'web'], {
      answers: answers(),
      answer: 'y',
    });
    expect(code).toBe(0);
    expect(called.at(-1)).toMatchObject([
      'update.run',
      { containers: [{ container: 'web', to: null, shown: version('16.6', 6).digest }], copy: [] },
    ]);
    expect(out).toContain('1 updated.');
    expect(out).toContain('web: Updated to 16.6, and proven.');
  });

  it('takes the tag and the copies that were asked for', async () => {
    const args = ['update', 'web', '--to', '16.5', '--copy-volumes', '--yes', '--json'];
    const { called, printed } = await careen(args, { answers: answers() });
    expect(called).toContainEqual(['update.preview', { container: 'web', to: '16.5' }]);
    expect(called.at(-1)).toMatchObject([
      'update.run',
      { containers: [{ container: 'web', to: '16.5', shown: null }], copy: ['web'] },
    ]);
    expect(documentOf('update', printed).containers).toHaveLength(1);
  });

  it('fails with 1 where one was rolled back by itself, with its last lines', async () => {
    const { code, out } = await careen(['update', 'web', '--yes'], {
      answers: answers(rolledBack),
    });
    expect(code).toBe(1);
    expect(out).toContain('Rolled back to 16.4: 16.6 did not prove itself. It exited with code 1.');
    expect(out).toContain('  FATAL: no such table');
  });

  it.each<[UpdateResult, number]>([
    [{ state: 'updated', proven: false }, 0],
    [{ state: 'failed', error: { code: 'engine-refused', details: {} } }, 1],
    [{ state: 'taken-over', by: 'recreated' }, 1],
    [{ state: 'skipped', why: { code: 'gone' } }, 1],
    [{ state: 'skipped', why: { code: 'nothing-new' } }, 0],
    [{ state: 'skipped', why: { code: 'hook', exitCode: 75 } }, 0],
    [{ state: 'skipped', why: { code: 'paused' } }, 3],
    [{ state: 'skipped', why: { code: 'changed' } }, 3],
    [{ state: 'skipped', why: { code: 'no-room', needed: 2, available: 1 } }, 3],
  ])('ends at %j with %i', async (result, wanted) => {
    const { code } = await careen(['update', 'web', '--yes'], { answers: answers(result) });
    expect(code).toBe(wanted);
  });

  it('ends with 130 when it was cancelled', async () => {
    const result: UpdateResult = { state: 'skipped', why: { code: 'cancelled' } };
    const cancelled = updateRun([updated(result)], { outcome: 'cancelled' });
    const { code } = await careen(['update', 'web', '--yes'], {
      answers: { ...answers(), 'update.run': () => cancelled },
    });
    expect(code).toBe(130);
  });

  it('leaves out what is refused, tells it, and goes on with the rest', async () => {
    const rows = [row(), owned()];
    const made = ({ container }: { container: string }) =>
      container === 'web'
        ? preview()
        : preview({ container, refused: { code: 'owned', owner: owned().owner } });
    const { code, called, printed } = await careen(
      ['update', 'ddev-shop-web', 'web', '--yes', '--json'],
      { answers: { ...answers(), ...checks(rows), 'update.preview': made } },
    );
    expect(code).toBe(0);
    expect(called.at(-1)).toMatchObject(['update.run', { containers: [{ container: 'web' }] }]);
    expect(documentOf('update', printed).containers).toMatchObject([
      { container: 'web', result: { state: 'updated' } },
      { container: 'ddev-shop-web', result: { state: 'skipped', why: { code: 'owned' } } },
    ]);
  });

  it('refuses with 3 and makes no run where all that was named is refused', async () => {
    const refused = preview({ refused: { code: 'owned', owner: owned().owner } });
    const { code, printed, changed } = await careen(['update', 'web', '--yes', '--json'], {
      answers: { ...answers(), 'update.preview': () => refused },
    });
    expect(code).toBe(3);
    expect(changed).toEqual([]);
    const document = documentOf('update', printed);
    expect(document.runId).toBeNull();
    expect(document.containers[0]?.result?.text).toContain('update it with ddev restart');
  });

  it('takes with --all what was listed, and nothing that is owned or held back', async () => {
    const rows = [
      row(),
      owned(),
      row({ container: 'db', heldBack: { code: 'rolled-back', at: now } }),
      row({ container: 'old', state: 'exited' }),
      row({ container: 'cache', majorWithData: true }),
    ];
    const { called, asked, out } = await careen(['update', '--all'], {
      answers: { ...answers(), ...checks(rows) },
      answer: 'yes',
    });
    expect(asked).toEqual(['Take 2 updates? [y/N] ']);
    expect(out).toContain(
      'cache takes a major step and has data: what the new version writes there stays, also when it is rolled back.',
    );
    expect(called.at(-1)?.[1]).toMatchObject({
      containers: [
        { container: 'web', to: null },
        { container: 'cache', to: null },
      ],
    });
  });

  it('has nothing to do where all is up to date', async () => {
    const { code, printed, changed } = await careen(['update', '--all', '--yes', '--json'], {
      answers: checks([row({ verdict: { state: 'current' } })]),
    });
    expect(code).toBe(0);
    expect(changed).toEqual([]);
    expect(documentOf('update', printed)).toMatchObject({ runId: null, containers: [] });
  });

  it('tells each step once on stderr, and again where it went wrong', async () => {
    const step = (name: 'pull' | 'prove', state: 'waiting' | 'working' | 'done' | 'failed') => ({
      id: `web ${name}`,
      container: 'web',
      step: name,
      state,
      took: null,
      bytes: null,
      count: null,
    });
    const at = (...steps: ReturnType<typeof step>[]): RunSlice => ({
      current: null,
      queued: 0,
      last: null,
      question: null,
      next: null,
      update: { runId: 'r', kind: 'update', token: null, startedAt: now, cancelling: false, steps },
    });
    const { notes } = await careen(['update', 'web', '--yes', '--json'], {
      answers: answers(),
      progress: [
        at(step('pull', 'working'), step('prove', 'waiting')),
        at(step('pull', 'done'), step('prove', 'working')),
        at(step('pull', 'done'), step('prove', 'failed')),
      ],
    });
    expect(notes).toEqual(['web: Pull', 'web: Prove it', 'web: Prove it, failed']);
  });
});

describe('update --all', () => {
  const rows = [
    row({ heldBack: { code: 'min-age', until: now + 3_600_000 } }),
    row({ container: 'db', majorWithData: true }),
    row({ container: 'cache', id: 'c3' }),
    owned(),
    row({ container: 'old', id: 'c4', state: 'exited' }),
  ];
  const made = ({ container }: { container: string }) => {
    if (container === 'cache')
      throw new CareenError('engine-silent', { endpoint: 'unix:///x', seconds: 30 });
    const writable = { bytes: 5, paths: container === 'db' ? ['/tmp/report.csv'] : [] };
    return preview({
      container,
      writable,
      dependants: container === 'web' ? [{ container: 'proxy', act: 'restart' as const }] : [],
    });
  };
  const answers = (): Answers => ({
    ...checks(rows),
    'update.preview': made,
    'update.run': () => updateRun([updated({ state: 'updated', proven: true })]),
  });

  it('says of each what would be lost and what is not known, and of those left why', async () => {
    const { out, asked, changed } = await careen(['update', '--all'], {
      answers: answers(),
      answer: 'n',
    });
    expect(asked).toEqual(['Take 3 updates? [y/N] ']);
    expect(changed).toEqual([]);
    expect(out).toContain(
      'db: Lost with the old container, since it stands in no volume: /tmp/report.csv.',
    );
    expect(out).toContain('web: proxy restarts too.');
    expect(out).toMatch(/^cache: What it would lose is not known\. .+$/m);
    expect(out).toContain('db takes a major step and has data');
    expect(out).toMatch(
      /^2 other updates are left:\n {2}ddev-shop-web +left to DDEV\n {2}old +not running: by name only$/m,
    );
    const tooNew = messages('en').update.heldBack({ code: 'min-age', until: now + 3_600_000 }, now);
    // Once: in the table.
    expect(out.split(tooNew)).toHaveLength(2);
  });

  it('says the same in its document, also where nobody is asked', async () => {
    const { printed, called } = await careen(['update', '--all', '--yes', '--json'], {
      answers: answers(),
    });
    const { beforehand, left } = documentOf('update', printed);
    expect(beforehand.map(({ container, code, paths }) => [container, code, paths])).toEqual([
      ['web', 'held', []],
      ['web', 'restarts', []],
      ['db', 'lost', ['/tmp/report.csv']],
      ['cache', 'unknown', []],
    ]);
    expect(left.map(({ container, why }) => [container, why])).toEqual([
      ['ddev-shop-web', 'owner'],
      ['old', 'not-running'],
    ]);
    expect(called.at(-1)).toMatchObject([
      'update.run',
      { containers: [{ container: 'web' }, { container: 'db' }, { container: 'cache' }] },
    ]);
  });

  it('leaves what is refused once it is looked at, and says so', async () => {
    const refused = preview({ refused: { code: 'no-room', needed: 2e9, available: 1e9 } });
    const { code, changed, printed } = await careen(['update', '--all', '--yes', '--json'], {
      answers: { ...checks(), 'update.preview': () => refused },
    });
    expect([code, changed]).toEqual([3, []]);
    const { runId, containers, beforehand } = documentOf('update', printed);
    expect([runId, beforehand[0]?.code]).toEqual([null, 'refused']);
    expect(containers[0]?.result).toMatchObject({ state: 'skipped', why: { code: 'no-room' } });
  });

  it('says why all are left where it takes none', async () => {
    const { code, out } = await careen(['update', '--all'], { answers: checks([owned()]) });
    expect(code).toBe(0);
    expect(out).toBe('1 other update is left:\n  ddev-shop-web  left to DDEV');
  });
});

describe('rollback', () => {
  const versions = [
    kept('16.5', 5, { proven: false }),
    kept('16.3', 3, { copies: [{ volume: 'pgdata', copy: 'pgdata-1', bytes: null }] }),
  ];
  const answers = (rows = [row({ kept: versions })]): Answers => ({
    ...checks(rows),
    'update.rollback': () => updateRun([updated({ state: 'restored' })], { kind: 'rollback' }),
  });

  it('goes back to the last version that ran well, and says what stays', async () => {
    const { code, out, called, asked } = await careen(['rollback', 'web'], {
      answers: answers(),
      answer: 'y',
    });
    expect(code).toBe(0);
    expect(asked).toEqual(['Roll back web, 16.4 → 16.3? [y/N] ']);
    expect(out).toContain('What the newer version wrote into volumes and folders stays.');
    expect(out).toContain('--copies gives pgdata back');
    expect(called.at(-1)).toMatchObject([
      'update.rollback',
      { to: version('16.3', 3).imageId, copies: false },
    ]);
  });

  it.each(['16.5', 'acme/web:16.5', '5'.repeat(12), `sha256:${'5'.repeat(64)}`])(
    'goes to the version that is called %s',
    async (to) => {
      const { called, printed } = await careen(
        ['rollback', 'web', '--to', to, '--copies', '--yes', '--json'],
        { answers: answers() },
      );
      expect(called.at(-1)).toMatchObject([
        'update.rollback',
        { to: version('16.5', 5).imageId, copies: true },
      ]);
      documentOf('rollback', printed);
    },
  );

  it('refuses where nothing is kept, and what is none of them', async () => {
    const none = await careen(['rollback', 'web', '--yes', '--json'], {
      answers: answers([row()]),
    });
    expect(none.code).toBe(3);
    expect(documentOf('error', none.printed).error.code).toBe('nothing-kept');
    const other = await careen(['rollback', 'web', '--to', '9', '--yes'], { answers: answers() });
    expect(other.code).toBe(2);
    const unknown = await careen(['rollback', 'nobody', '--yes'], { answers: answers() });
    expect(unknown.code).toBe(2);
    expect([...none.changed, ...other.changed, ...unknown.changed]).toEqual([]);
  });
});

describe('release', () => {
  it('asks with the figures, and gives them up', async () => {
    const { code, asked, out } = await careen(['release', 'web'], {
      answers: {
        ...checks([row({ kept: [kept('16.3', 3), kept('16.2', 2)] })]),
        'update.release': () =>
          updateRun([updated({ state: 'released', freed: 200_000_000 }, { downFor: null })], {
            kind: 'release',
          }),
      },
      answer: 'y',
    });
    expect(code).toBe(0);
    expect(asked).toEqual(['Give up 2 kept versions of web, 200 MB? [y/N] ']);
    expect(out).toContain('200 MB freed');
  });

  it.each([
    ['of a container that is gone', []],
    ['that the policy holds no longer', [row({ container: 'web', kept: [] })]],
  ])('gives up what is on record %s', async (_, rows) => {
    const { code, asked } = await careen(['release', 'web'], {
      answers: {
        'update.list': () => slice(rows, { recorded: [{ container: 'web', versions: 1 }] }),
        'update.release': () =>
          updateRun([updated({ state: 'released', freed: 200_000_000 }, { downFor: null })], {
            kind: 'release',
          }),
      },
      answer: 'y',
    });
    expect(code).toBe(0);
    expect(asked).toEqual(['Give up 1 kept version of web? [y/N] ']);
  });

  it('has nothing to do where nothing is kept', async () => {
    const { code, printed } = await careen(['release', 'web', '--json'], { answers: checks() });
    expect(code).toBe(0);
    expect(documentOf('release', printed).runId).toBeNull();
  });
});

describe('snooze, skip and mode', () => {
  const answers: Answers = {
    'update.snooze': () => slice([row()]),
    'update.skip': () => slice([row()]),
    'update.mode': () => slice([row({ mode: 'auto' })]),
  };

  it.each([
    [['snooze', 'web', '--until', '2026-12-24'], 'The updates of web rest until then: 2'],
    [['snooze', 'web', '--off'], 'Updates of web are offered again.'],
    [['skip', 'web'], '16.6 is skipped for web'],
    [['skip', 'web', '--undo'], 'No version is skipped for web any more.'],
    [['mode', 'web', 'auto'], 'web: Auto, updated by itself, and proven.'],
  ])('%j says what holds now', async (args, sentence) => {
    const { code, out } = await careen(args, { answers });
    expect(code).toBe(0);
    expect(out).toContain(sentence);
    const { printed } = await careen([...args, '--json'], { answers });
    expect(documentOf('mode', printed).container).toBe('web');
  });

  it.each([
    [['snooze', 'web']],
    [['snooze', 'web', '--until', '2026-12-24', '--off']],
    [['snooze', 'web', '--until', 'soon']],
    [['mode', 'web', 'always']],
  ])('%j is wrong input', async (args) => {
    const { code, called } = await careen(args, { answers });
    expect(code).toBe(2);
    expect(called).toEqual([]);
  });

  it("is refused above what the owner allows, with the owner's way", async () => {
    const { code, notes } = await careen(['mode', 'web', 'auto'], {
      answers: {
        'update.mode': () => {
          throw new CareenError('container-owned', {
            container: 'web',
            tool: 'DDEV',
            command: 'ddev restart',
          });
        },
      },
    });
    expect(code).toBe(3);
    expect(notes.join()).toContain('"ddev restart" updates it');
  });
});

describe('move-over', () => {
  const proposal: Result<'update.moveOver'> = {
    updater: { tool: 'Watchtower', container: 'watchtower' },
    default: { mode: 'notify', every: 3_600_000, hooks: null },
    entries: [
      { container: 'web', wanted: 'auto', without: 'notify', because: ['watchtower.enable=true'] },
    ],
    left: ['--http-api-update'],
    yaml: 'update:\n  containers:\n    - { match: web, mode: auto }\n',
  };

  it.each([
    [[], false, 'This would stand in the policy:'],
    [['--apply'], true, 'This stands in the policy now:'],
  ])('%j shows what it was told', async (args, apply, sentence) => {
    const answers: Answers = { 'update.moveOver': () => proposal };
    const { out, called } = await careen(['move-over', ...args], { answers });
    expect(called).toEqual([['update.moveOver', { apply }]]);
    expect(out).toContain(sentence);
    expect(out).toContain('    - { match: web, mode: auto }');
    expect(out).toContain('docker stop watchtower');
    const { printed } = await careen(['move-over', ...args, '--json'], { answers });
    expect(documentOf('move-over', printed).applied).toBe(apply);
  });
});

describe('history', () => {
  const runs = [
    updateRun([updated(rolledBack, { recovered: 'rolled-back' })], { runId: 'run-1' }),
    updateRun([updated({ state: 'restored' })], { runId: 'run-2', kind: 'rollback' }),
  ];

  const answers: Answers = {
    history: ({ runId }: { runId: string | null }) => ({
      runs: runs.filter((one) => runId === null || one.runId === runId),
    }),
  };

  it('refuses a run that is not there, or may be several', async () => {
    for (const given of ['9999', 'run-', 'run']) {
      const { code, notes } = await careen(['history', '--run', given], { answers });
      expect(code).toBe(2);
      expect(notes.join('\n')).toContain(
        `--run "${given}" cannot be used. Expected the ID of a run`,
      );
    }
  });

  it('lists runs of updates, and shows one whole', async () => {
    const { out } = await careen(['history'], { answers });
    expect(out).toMatch(/update +command line +done +web +run-1/);
    expect(out).toMatch(/rollback +command line +done +web +run-2/);
    const whole = await careen(['history', '--run', 'run-1'], { answers });
    expect(whole.out).toContain('It exited with code 1.');
    expect(whole.out).toContain('at its next start it rolled this back');
    const { printed } = await careen(['history', '--json'], { answers });
    expect(documentOf('history', printed).runs).toHaveLength(2);
  });
});
