import { describe, expect, it } from 'vitest';
import { messages, type Language, type Messages } from '../../../main/messages/index.js';
import { kept, now, rolledBack, row, updated, updateRun } from '../../support/update-samples.js';

const languages: Language[] = ['en', 'zh-CN'];
const holes = /undefined|null|NaN|\[object|\$\{/;

/** What the command line, the tray, native dialogs and notifications say of updates. */
function said({ cli, dialog, tray, updateNote, format }: Messages): string[] {
  const words = cli.updates;
  const { preview, confirm, moveOver } = words;
  const { copies } = kept('16.3', 3, {
    copies: [{ volume: 'pgdata', copy: 'c', bytes: null }],
  });
  const when = format.when(now + 3_600_000, now);
  const well = updated({ state: 'updated', proven: true });
  const notes = [
    updateNote.found([row()]),
    updateNote.found([row(), row({ container: 'db' })]),
    updateNote.ended(updateRun([]), updated(rolledBack, { recovered: 'rolled-back' }), [well]),
    updateNote.endedWell([well, well]),
    updateNote.notBegun('x'),
  ];
  const dialogs = [dialog.autoUpdate(null), dialog.autoUpdate(['web'])];
  return [
    words.statusOf(0, null),
    words.statusOf(0, when),
    words.statusOf(3, when),
    words.pending(1),
    words.forAll(1),
    words.forAll(2),
    words.look('web'),
    words.nextCheck(when),
    words.unproven(when),
    preview.head('web', 'acme/web:16', '16.4 → 16.6'),
    preview.hook('pre-update', 'x'),
    preview.hook('post-update', 'x'),
    preview.copy(['pgdata'], null),
    preview.copy(['pgdata'], 5e9),
    preview.notCopied('web'),
    preview.refused('x'),
    preview.ownersWay('x'),
    confirm.one('web', '16.4 → 16.6'),
    confirm.many(2),
    confirm.rollback('web', '16.6 → 16.4'),
    confirm.release(1, 'web', null),
    words.copiesBack(copies),
    words.copiesOffered(copies),
    words.noWayBack('web'),
    words.nothingKept('web'),
    words.snoozed('web', when),
    words.awake('web'),
    words.skipped('web', '16.6'),
    words.nothingToSkip('web'),
    words.notSkipped('web'),
    moveOver.found('Watchtower', 'tower'),
    moveOver.stop('tower'),
    tray.updates(1),
    tray.last(updateRun([well]), now + 60_000),
    tray.last(updateRun([well, well]), now + 60_000),
    ...notes.flatMap(({ title, body }) => [title, body]),
    ...dialogs.flatMap(({ title, body, agree }) => [title, body, agree]),
  ];
}

describe('what is said around updates', () => {
  it.each(languages)('is whole in %s', (language) => {
    for (const text of said(messages(language))) {
      expect(text.trim()).not.toBe('');
      expect(text).not.toMatch(holes);
      expect(text).not.toMatch(/!|！/);
      expect(text).not.toMatch(/ {2}|\p{Script=Han} +\p{Script=Han}/u);
    }
  });

  it('speaks Chinese throughout', () => {
    const untranslated = said(messages('zh-CN')).filter((text) => !/\p{Script=Han}/u.test(text));
    // Only names stand there.
    expect(untranslated).toEqual(['web（acme/web:16）：16.4 → 16.6', 'web、web。', 'x']);
  });
});
