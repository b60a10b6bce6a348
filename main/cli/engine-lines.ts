import type { Result } from '../contract/commands.js';
import type { EngineRow } from '../contract/fleet.js';
import type { Messages } from '../messages/index.js';
import { failureLines } from './failure-lines.js';
import { indented } from './lines.js';
import { table } from './printable.js';

/** Every engine in a line, why one is not to be had under it, and contexts that are not in the list. */
export function engineLines(m: Messages, list: Result<'engines.list'>, now: number): string[] {
  const { engines, together, contexts } = list;
  const { heading, ...words } = m.cli.engines;
  const nameOf = (key: string) => engines.find((one) => one.key === key)?.name ?? key;
  const rows = engines.map((row) => [
    row.key,
    row.name || words.nameless,
    words.state(row, m.format.when(row.since, now)),
    row.canGo ? m.format.reclaimable(row.canGo) : '',
    row.updates === 0 ? '' : m.format.count(row.updates),
    row.endpoint ?? '',
  ]);
  const others = contexts.filter(({ engine }) => engine === null);
  return [
    ...table(
      [
        [heading.key, heading.name, heading.state, heading.canGo, heading.updates, heading.at],
        ...rows,
      ],
      ['left', 'left', 'left', 'right', 'right', 'left'],
    ),
    ...engines.flatMap((row) => notesOf(m, row, nameOf)),
    ...(engines.length > 1 ? ['', together ? words.together : words.inTurn] : []),
    ...(others.length === 0
      ? []
      : [
          '',
          words.contexts,
          ...table(
            others.map(({ name, endpoint, error }) => [
              `  ${name}`,
              endpoint,
              error ? m.error(error) : '',
            ]),
            ['left', 'left', 'left'],
          ),
        ]),
  ];
}

/** Why one is not to be had, after its name. */
function failureOf(m: Messages, name: string, error: NonNullable<EngineRow['error']>): string[] {
  const [sentence = '', ...more] = failureLines(m, error);
  return [`${name}: ${sentence}`, ...indented(more)];
}

function notesOf(m: Messages, row: EngineRow, nameOf: (key: string) => string): string[] {
  const words = m.cli.engines;
  return [
    ...(row.error ? failureOf(m, row.name || row.key, row.error) : []),
    ...(row.twinOf.length > 0 ? [words.twins(row.name || row.key, row.twinOf.map(nameOf))] : []),
    ...(row.aliases.length > 0 ? [words.also(row.name || row.key, row.aliases)] : []),
    ...(row.unfinished ? [words.unfinished(row.name || row.key)] : []),
    ...(row.waitsFor !== null ? [words.waits(row.name || row.key, nameOf(row.waitsFor))] : []),
  ];
}
