import { describe, expect, it } from 'vitest';
import type { UpdateRow } from '../../../main/contract/updates.js';
import type { UpdatedContainer, UpdateResult } from '../../../main/contract/update-steps.js';
import { messages } from '../../../main/messages/index.js';
import { kindOfUpdated } from '../../../main/shell/note-kinds.js';
import { noteOfEnded, noteOfFound } from '../../../main/shell/update-news.js';
import {
  now,
  owned,
  rolledBack,
  row,
  service,
  updated,
  updateRun,
} from '../../support/update-samples.js';

const words = messages('en', { timeZone: 'UTC' });

const well: UpdateResult = { state: 'updated', proven: true };
const named = (container: string, result: UpdateResult, more: Partial<UpdatedContainer> = {}) =>
  updated(result, { container, ...more });

describe('a notification of new versions', () => {
  it('tells of one by its versions, and of many at once', () => {
    expect(noteOfFound(words, [row()])).toEqual({
      title: 'Update for web',
      body: '16.4 → 16.6. Nothing has been changed.',
    });
    const many = ['a', 'b', 'c', 'd'].map((container) => row({ container }));
    expect(noteOfFound(words, many)).toEqual({
      title: '4 updates',
      body: 'For a, b and 2 more. Nothing has been changed.',
    });
  });

  it('leaves out what goes by itself and what is its owner’s', () => {
    expect(noteOfFound(words, [row({ mode: 'auto' }), owned()])).toBeNull();
    expect(noteOfFound(words, [owned(), row()])?.title).toBe('Update for web');
  });

  it('tells of what would go by itself and is left for good, but not of what only waits', () => {
    const auto = (heldBack: NonNullable<UpdateRow['heldBack']>) => row({ mode: 'auto', heldBack });
    const left = [
      { code: 'major-with-data' },
      { code: 'too-large', bytes: 2, most: 1 },
      { code: 'not-running' },
    ] as const;
    for (const heldBack of left)
      expect(noteOfFound(words, [auto(heldBack)])?.title).toBe('Update for web');
    expect(noteOfFound(words, [auto({ code: 'min-age', until: now })])).toBeNull();
  });

  it('is of services as of containers', () => {
    const web = service({ mode: 'auto' });
    expect(noteOfFound(words, [web])).toBeNull();
    expect(noteOfFound(words, [{ ...web, mode: 'notify' }])?.title).toBe('Update for web');
  });
});

describe('a notification at the end of a run', () => {
  it.each(['window', 'tray', 'cli', 'check'] as const)(
    'names what was rolled back, why, and what runs now, also when asked for by %s',
    (by) => {
      const note = noteOfEnded(
        words,
        updateRun([named('db', well), named('web', rolledBack)], { by }),
      );
      expect(note?.title).toBe('web was rolled back');
      expect(note?.body).toContain(
        'Rolled back to 16.4: 16.6 did not prove itself. It exited with code 1.',
      );
    },
  );

  it('says nothing of what a person cancelled, unless that came to its end unseen', () => {
    const cancelled: UpdateResult = { state: 'rolled-back', why: { code: 'cancelled' }, log: [] };
    const run = (more: Partial<UpdatedContainer> = {}) =>
      updateRun([named('web', cancelled, more)], { by: 'window' });
    expect(noteOfEnded(words, run())).toBeNull();
    expect(noteOfEnded(words, run({ recovered: 'rolled-back' }))?.body).toContain(
      'You cancelled the update to 16.6; it is back on 16.4.',
    );
    expect(kindOfUpdated(run())).toBe('runs');
  });

  it('says in a line what was updated by itself', () => {
    const one = noteOfEnded(words, updateRun([named('web', well)], { by: 'check' }));
    expect(one).toEqual({ title: 'web was updated', body: 'Updated to 16.6, and proven.' });
    const two = noteOfEnded(
      words,
      updateRun([named('web', well), named('db', well)], { by: 'check' }),
    );
    expect(two).toEqual({ title: '2 updated', body: 'web and db.' });
  });

  it('is worth nothing where a person saw it happen, or nothing came of it', () => {
    expect(noteOfEnded(words, updateRun([named('web', well)], { by: 'window' }))).toBeNull();
    expect(noteOfEnded(words, updateRun([named('web', well)], { by: 'cli' }))).toBeNull();
    const none: UpdateResult = { state: 'skipped', why: { code: 'nothing-new' } };
    expect(noteOfEnded(words, updateRun([named('web', none)], { by: 'tray' }))).toBeNull();
    const held: UpdateResult = {
      state: 'skipped',
      why: { code: 'held-back', held: { code: 'min-age', until: now } },
    };
    expect(noteOfEnded(words, updateRun([named('web', held)], { by: 'check' }))).toBeNull();
  });

  it('tells what a run from the tray came to, also where it failed', () => {
    const failed: UpdateResult = {
      state: 'failed',
      error: { code: 'pull-failed', details: { reference: 'acme/web:16', message: 'gone' } },
    };
    const note = noteOfEnded(
      words,
      updateRun([named('web', well), named('db', failed)], { by: 'tray' }),
    );
    expect(note?.title).toBe('db was not updated');
    expect(note?.body).toContain('Besides: 1 updated.');
  });

  it.each([
    ['finished', well, 'web was updated', 'at its next start it finished this'],
    ['rolled-back', rolledBack, 'web was rolled back', 'at its next start it rolled this back'],
  ] as const)('tells what recovery has %s', (recovered, result, title, says) => {
    const note = noteOfEnded(words, updateRun([named('web', result, { recovered })]));
    expect(note?.title).toBe(title);
    expect(note?.body).toContain(says);
  });
});
