import { describe, expect, it } from 'vitest';
import {
  interferenceIn,
  type Phase,
  reconcile,
} from '../../../../main/domain/update/interference.js';
import type { Seen, Stand } from '../../../../main/domain/update/way-back.js';

const subject = { container: 'web', running: true, autoRemove: false };

const stand = (id: string, name: string, runs: boolean): Stand => {
  return { id, name, runs, restartPolicy: 'no' };
};
const old = stand('old', 'web', true);
const aside = stand('old', 'web.old', false);
const prepared = stand('new', 'web.new', false);
const started = stand('new', 'web', true);

const seen = (a: Stand | null, b: Stand | null, holder?: string | null): Seen => {
  const bearer = [a, b].find((one) => one?.name === 'web')?.id ?? null;
  return { old: a, next: b, again: null, holder: holder === undefined ? bearer : holder };
};

describe('what someone else did', () => {
  it.each<[string, Phase, Seen]>([
    ['nothing yet', 'before', seen(old, null)],
    ['one is prepared', 'created', seen(old, prepared)],
    ['the old one is stopped', 'stopped', seen(stand('old', 'web', false), prepared)],
    ['the new one has its place', 'renamed', seen(aside, stand('new', 'web', false))],
    ['the new one runs', 'started', seen(aside, started)],
    ['the old one is gone, the new one proven', 'proven', seen(null, started)],
  ])('is nothing of its own doing: %s', (_, phase, now) => {
    expect(interferenceIn(subject, phase, now)).toBeNull();
  });

  it.each<[string, Phase, Seen, string]>([
    ['docker rm -f of the old one', 'created', seen(null, prepared), 'removed'],
    ['docker stop of it', 'created', seen(stand('old', 'web', false), prepared), 'stopped'],
    ['docker rename of it', 'before', seen(stand('old', 'mine', true), null), 'renamed'],
    ['docker rm of the new one', 'started', seen(aside, null), 'removed'],
    ['docker rm of the old one aside', 'started', seen(null, started), 'removed'],
    ['docker compose restart', 'started', seen({ ...aside, runs: true }, started), 'restarted'],
    ['docker compose up', 'started', seen(null, null, 'third'), 'recreated'],
    ['docker run of that name', 'stopped', seen(aside, prepared, 'third'), 'recreated'],
    ['docker rename of the new one', 'started', seen(aside, stand('new', 'mine', true)), 'renamed'],
  ])('is noticed: %s', (_, phase, now, deed) => {
    expect(interferenceIn(subject, phase, now)).toBe(deed);
  });

  it('is not that one removed itself at its end', () => {
    const rm = { ...subject, autoRemove: true };
    expect(interferenceIn(rm, 'started', seen(null, null))).toBeNull();
    expect(interferenceIn(rm, 'stopped', seen(null, null))).toBe('removed');
  });
});

describe('one container of that name is left', () => {
  it.each<[Phase, Parameters<typeof reconcile>[1], Seen, string]>([
    ['created', 'stopped', seen(stand('old', 'web', false), prepared), 'leave'],
    ['started', 'recreated', seen(null, null, 'third'), 'theirs'],
    ['started', 'removed', seen(null, started), 'forward'],
    ['started', 'removed', seen(aside, null), 'back'],
    ['started', 'restarted', seen({ ...aside, runs: true }, started), 'back'],
    ['proven', 'restarted', seen({ ...aside, runs: true }, started), 'theirs'],
    ['started', 'renamed', seen(aside, stand('new', 'mine', true)), 'theirs'],
  ])('%s, %s', (phase, deed, now, course) => {
    expect(reconcile(phase, deed, now)).toBe(course);
  });
});
