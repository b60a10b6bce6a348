import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TextFile } from '../../../main/adapters/store/text-file.js';
import { updateCommands } from '../../../main/contract/update-commands.js';
import type { UpdateRow, UpdatesSlice } from '../../../main/contract/updates.js';
import type { MoveOver } from '../../../main/contract/update-preview.js';
import type { UpdateMode } from '../../../main/domain/policy/types.js';
import type { CommandContext, Widening } from '../../../main/services/commands/types.js';
import { updateHandlers } from '../../../main/services/commands/updates.js';
import { Policies } from '../../../main/services/policies.js';
import type { State } from '../../../main/services/state/index.js';
import { testFolder } from '../../support/folder.js';
import { owned, preview, row, slice, updateRun } from '../../support/update-samples.js';

interface Setting {
  by?: CommandContext['by'];
  agrees?: boolean;
  rows?: UpdateRow[];
  ceiling?: UpdateMode;
  link?: string | null;
  proposal?: Partial<MoveOver>;
}

const nothingProposed: MoveOver = {
  updater: null,
  default: { mode: null, every: null, hooks: null },
  entries: [],
  left: [],
  yaml: '',
};

/** The commands over made-up services, a policy of their own, and a person who answers as told. */
async function stage({
  by = 'window',
  agrees = true,
  rows = [row()],
  ceiling = 'auto',
  link = 'https://example.com/changes',
  proposal = {},
}: Setting = {}) {
  const home = join(await testFolder(), 'home');
  await mkdir(home, { mode: 0o700 });
  const policies = new Policies(new TextFile(join(home, 'policy.yaml')));
  onTestFinished(() => policies.close());
  const asked: Widening[] = [];
  const opened: string[] = [];
  const called: unknown[][] = [];
  const context: CommandContext = {
    by,
    confirm: (widening) => {
      asked.push(widening);
      return Promise.resolve(agrees);
    },
    pickSocket: () => Promise.resolve(null),
    saveFile: () => Promise.resolve(null),
    openFolder: () => Promise.resolve(),
    testNotification: () => Promise.resolve(),
    openLink: (url) => {
      opened.push(url);
      return Promise.resolve();
    },
  };
  const note =
    <T>(name: string, answer: T) =>
    (...given: unknown[]) => {
      called.push([name, ...given]);
      return Promise.resolve(answer);
    };
  const known: UpdatesSlice = slice(rows);
  const handlers = updateHandlers(
    {
      policies,
      state: { get: () => known } as unknown as State,
      checker: {
        check: note('check', undefined),
        settled: () => Promise.resolve(),
        rows: () => rows,
        limits: () => [],
        ceiling: () => ceiling,
        snooze: note('snooze', undefined),
        skip: note('skip', undefined),
      },
      updater: {
        update: note('update', updateRun([])),
        rollback: note('rollback', updateRun([])),
        release: note('release', updateRun([])),
      },
      previews: { preview: note('preview', preview({ link })) },
      movingOver: {
        propose: () =>
          Promise.resolve({
            proposal: { ...nothingProposed, ...proposal },
            edit: (text: string) => `${text}# moved over\n`,
          }),
      },
    },
    () => Promise.resolve(),
  );
  const call = <N extends keyof typeof updateCommands>(name: N, given: unknown) => {
    const handler = handlers[name] as (
      params: unknown,
      context: CommandContext,
    ) => Promise<unknown>;
    return handler(updateCommands[name].params.parse(given), context);
  };
  return { call, asked, opened, called, text: () => policies.text() };
}

describe('a mode', () => {
  it('is written for this very container', async () => {
    const { call, text, asked } = await stage();
    expect(await call('update.mode', { container: 'web', mode: 'ignore' })).toMatchObject({
      rows: [{ container: 'web' }],
    });
    expect(await text()).toMatch(/match: "?web"?, mode: ignore/);
    expect(asked).toEqual([]);
  });

  it('of auto is agreed to outside the window, on a command line by typing it', async () => {
    const window = await stage();
    await window.call('update.mode', { container: 'web', mode: 'auto' });
    expect(window.asked).toEqual([{ kind: 'auto-update', containers: ['web'] }]);
    expect(await window.text()).toContain('mode: auto');
    const line = await stage({ by: 'cli' });
    await line.call('update.mode', { container: 'web', mode: 'auto' });
    expect(line.asked).toEqual([]);
    expect(await line.text()).toContain('mode: auto');
  });

  it('is not written without that', async () => {
    const { call, text } = await stage({ agrees: false });
    const before = await text();
    await expect(call('update.mode', { container: 'web', mode: 'auto' })).rejects.toMatchObject({
      code: 'not-confirmed',
    });
    expect(await text()).toBe(before);
  });

  it.each([
    ['tell', 'notify', true],
    ['notify', 'auto', true],
    ['notify', 'notify', false],
    ['tell', 'ignore', false],
  ] as const)('under an owner who allows %s: %s is refused: %s', async (ceiling, mode, refused) => {
    const { call, text, asked } = await stage({ rows: [owned()], ceiling });
    const before = await text();
    const wanted = call('update.mode', { container: 'ddev-shop-web', mode });
    if (!refused) {
      await wanted;
      expect(await text()).not.toBe(before);
      return;
    }
    await expect(wanted).rejects.toMatchObject({
      code: 'container-owned',
      details: { container: 'ddev-shop-web', tool: 'DDEV', command: 'ddev restart' },
    });
    expect(asked).toEqual([]);
    expect(await text()).toBe(before);
  });

  it('is of a container that is there', async () => {
    const { call } = await stage();
    await expect(call('update.mode', { container: 'db', mode: 'tell' })).rejects.toMatchObject({
      code: 'container-unknown',
    });
  });
});

describe('moving over', () => {
  const entry: MoveOver['entries'][number] = {
    container: 'web',
    wanted: 'auto',
    without: 'notify',
    because: [],
  };

  it('shows, and writes nothing', async () => {
    const { call, text, asked } = await stage({ proposal: { entries: [entry] } });
    const before = await text();
    expect(await call('update.moveOver', {})).toMatchObject({ entries: [entry] });
    expect(await text()).toBe(before);
    expect(asked).toEqual([]);
  });

  it.each<[Partial<MoveOver>, Widening[]]>([
    [{}, []],
    [{ entries: [entry] }, [{ kind: 'auto-update', containers: ['web'] }]],
    [
      { entries: [entry], default: { mode: 'auto', every: null, hooks: null } },
      [{ kind: 'auto-update', containers: null }],
    ],
  ])('asks before %j lets something update by itself', async (proposal, wanted) => {
    const { call, text, asked } = await stage({ proposal });
    await call('update.moveOver', { apply: true });
    expect(asked).toEqual(wanted);
    expect(await text()).toContain('# moved over');
    const refused = await stage({ proposal, agrees: false });
    const tried = refused.call('update.moveOver', { apply: true });
    if (wanted.length === 0) await tried;
    else await expect(tried).rejects.toMatchObject({ code: 'not-confirmed' });
  });
});

describe('the changelog', () => {
  it('is opened by the address that the preview found', async () => {
    const { call, opened } = await stage();
    await call('update.link', { container: 'web' });
    expect(opened).toEqual(['https://example.com/changes']);
  });

  it('opens nothing where there is none', async () => {
    const { call, opened } = await stage({ link: null });
    await expect(call('update.link', { container: 'web' })).rejects.toMatchObject({
      code: 'input-invalid',
    });
    expect(opened).toEqual([]);
  });
});

describe('the rest', () => {
  it('leads to its services, with who asked', async () => {
    const { call, called } = await stage({ by: 'tray' });
    await call('update.check', { containers: null });
    await call('update.preview', { container: 'web', to: '16.5' });
    await call('update.run', { containers: [{ container: 'web' }], token: 't' });
    await call('update.rollback', { container: 'web', copies: true });
    await call('update.release', { container: 'web' });
    await call('update.snooze', { container: 'web', until: 5 });
    await call('update.skip', { container: 'web', on: true });
    expect(called).toEqual([
      ['check', null],
      ['preview', 'web', '16.5'],
      [
        'update',
        { containers: [{ container: 'web', to: null, ofAll: false, shown: null }], copy: [] },
        'tray',
        't',
      ],
      ['rollback', { container: 'web', to: null, copies: true }, 'tray', null],
      ['release', 'web', 'tray', null],
      ['snooze', 'web', 5],
      ['skip', 'web', true],
    ]);
    expect(await call('update.list', {})).toMatchObject({ rows: [{ container: 'web' }] });
  });
});
