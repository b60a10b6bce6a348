import { describe, expect, it } from 'vitest';
import type { AskedOfAll } from '../../../main/contract/beforehand.js';
import type { Answer, CommandName } from '../../../main/contract/commands.js';
import { leftByAll } from '../../../main/contract/pending.js';
import { messages } from '../../../main/messages/index.js';
import { updateAllText } from '../../../main/shell/update-all-text.js';
import { type Agreed, updateNow } from '../../../main/shell/update-now.js';
import { now, owned, preview, row } from '../../support/update-samples.js';

const never = new Promise<never>(() => undefined);
const rows = ['web', 'db', 'cache'].map((container) => row({ container }));

/** A tray's commands: each preview as told, `never` where a registry is silent. */
async function stage(previews: Record<string, unknown>, answer: Agreed, isLate = false) {
  const done: string[] = [];
  let asked: AskedOfAll | null = null;
  const run = await updateNow(
    {
      call: <N extends CommandName>(name: N, params: unknown) => {
        const { container, containers = [] } = params as {
          container?: string;
          containers?: { container: string }[];
        };
        if (name === 'update.run')
          done.push(`run ${containers.map((one) => one.container).join(' ')}`);
        const result = previews[container ?? ''] ?? preview();
        return result === never ? never : Promise.resolve({ ok: true, result } as Answer<N>);
      },
      late: () => (isLate ? new Promise((resolve) => setImmediate(resolve)) : never),
      agreed: (all) => {
        asked = all;
        return Promise.resolve(answer);
      },
      open: () => done.push('open'),
    },
    rows,
  );
  return { done, run, asked: asked as AskedOfAll | null };
}

const refused = preview({ refused: { code: 'paused' } });
const losing = preview({ writable: { bytes: 5, paths: ['/tmp/report.csv'] } });

describe('"Update all" from the tray', () => {
  it('looks at each, asks once, and takes what is not refused', async () => {
    const { done, asked, run } = await stage({ web: refused, db: losing }, 'yes');
    expect(asked?.losing).toEqual(['db']);
    expect(done).toEqual(['run db cache']);
    expect(run?.ok).toBe(true);
  });

  it('changes nothing without a yes, and shows the window to who would rather see it', async () => {
    expect(await stage({}, 'no')).toMatchObject({ done: [], run: null });
    expect(await stage({}, 'window')).toMatchObject({ done: ['open'], run: null });
  });

  it('asks nothing where all are refused: the window says why', async () => {
    const all = await stage({ web: refused, db: refused, cache: refused }, 'yes');
    expect(all).toMatchObject({ done: ['open'], run: null, asked: null });
  });

  it('waits for no registry longer than a person would, and says what is not known', async () => {
    const { asked, done } = await stage({ db: never }, 'yes', true);
    expect(asked?.each[1]).toMatchObject({ notes: [{ code: 'unknown', error: null }] });
    expect(done).toEqual(['run web db cache']);
  });
});

describe('its question', () => {
  const many = Array.from({ length: 8 }, (_, n) => row({ container: `c${n}` }));
  const asked: AskedOfAll = {
    each: many.map((one, n) => ({
      row: one,
      from: one.now,
      to: one.verdict.state === 'available' ? one.verdict.to : null,
      notes: n === 7 ? [{ code: 'lost', paths: ['/tmp/report.csv'] }] : [],
    })),
    taken: many,
    losing: ['c7'],
    majors: ['c2'],
  };
  const left = leftByAll([owned(), ...many]);

  it('stays short, and names first what is lost', () => {
    const { title, body, agree } = updateAllText(asked, left, messages('en'), now);
    expect([title, agree]).toEqual(['Take 8 updates?', 'Take 8 updates']);
    const [effect, list, majors, others] = body.split('\n\n').map((part) => part.split('\n'));
    expect(effect).toEqual([messages('en').window.updates.askAll.effect]);
    expect(list?.[0]).toBe(
      '• c7 16.4 → 16.6: Lost with the old container, since it stands in no volume: /tmp/report.csv.',
    );
    expect(list?.slice(1)).toEqual([
      ...['c0', 'c1', 'c2', 'c3'].map((name) => `• ${name} 16.4 → 16.6`),
      'and 3 more',
    ]);
    expect(majors?.[0]).toMatch(/^c2 takes a major step/);
    expect(others).toEqual(['1 other update is left:', '• ddev-shop-web: left to DDEV']);
  });

  it('says the same in Chinese', () => {
    const { title, body } = updateAllText(asked, left, messages('zh-CN'), now);
    expect(title).toBe('执行 8 个更新？');
    expect(body).toContain('以及另外 3 个');
    expect(body).toContain('• ddev-shop-web：由 DDEV 更新');
  });
});
