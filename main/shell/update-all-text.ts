import type { AskedOfAll, Beforehand } from '../contract/beforehand.js';
import type { leftByAll } from '../contract/pending.js';
import { beforehandText } from '../messages/beforehand.js';
import type { Messages } from '../messages/index.js';

/** Containers that a native dialog has room for: those that are taken, and those that are left. */
const TAKEN = 5;
const LEFT = 3;

/** What matters most to who says yes or no. */
const grave: readonly Beforehand['code'][] = ['lost', 'unknown', 'held', 'restarts'];

/** The window's question about all updates, short: what loses most is named first. */
export function updateAllText(
  { each, taken, losing, majors }: AskedOfAll,
  left: ReturnType<typeof leftByAll>,
  m: Messages,
  now: number,
): { title: string; body: string; agree: string } {
  const words = m.window.updates;
  const told = ({ row, from, to, notes }: AskedOfAll['each'][number]) => {
    const head = to === null ? row.container : `${row.container} ${m.update.fromTo({ from, to })}`;
    const said = notes.map((note) => beforehandText(m, note, now));
    return said.length === 0 ? head : words.of(head, m.window.common.sentences(said));
  };
  const goes = each
    .filter(({ row }) => taken.includes(row))
    .sort((a, b) => gravity(a.notes) - gravity(b.notes));
  const stays = [
    ...each.filter(({ row }) => !taken.includes(row)).map(told),
    ...left.map(({ row, why }) => words.of(row.container, words.askAll.why(why, row.owner.tool))),
  ];
  const parts = [
    [words.askAll.effect],
    listed(goes.map(told), TAKEN, m),
    [
      ...(losing.length > TAKEN ? [words.askAll.loses(losing)] : []),
      ...(majors.length > 0 ? [m.update.majors(majors)] : []),
    ],
    stays.length === 0 ? [] : [words.askAll.left(stays.length), ...listed(stays, LEFT, m)],
  ];
  return {
    title: words.askAll.title(taken.length),
    body: parts.flatMap((lines) => (lines.length === 0 ? [] : [lines.join('\n')])).join('\n\n'),
    agree: words.askAll.act(taken.length),
  };
}

function listed(lines: readonly string[], most: number, m: Messages): string[] {
  const more = lines.length - most;
  return [
    ...lines.slice(0, most).map((line) => `• ${line}`),
    ...(more > 0 ? [m.window.cleanup.confirmMore(more)] : []),
  ];
}

function gravity(notes: readonly Beforehand[]): number {
  const at = notes.map(({ code }) => grave.indexOf(code)).filter((place) => place >= 0);
  return at.length === 0 ? grave.length : Math.min(...at);
}
