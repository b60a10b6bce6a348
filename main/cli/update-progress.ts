import type { StepTold, UpdateProgress } from '../contract/update-steps.js';
import type { Messages } from '../messages/index.js';

/** What tells how far a run of updates is. */
interface Told {
  /** Lines, each with a key of its own, since they are told once. */
  lines: { key: string; line: string }[];
  /** What is at work now, in one line. */
  status: string;
}

/** What went otherwise than planned. */
const astray: ReadonlySet<StepTold['state']> = new Set(['failed', 'undone', 'skipped']);

/**
 * How far a run of updates is: each step that was begun, and once more where it went wrong.
 *
 * @param live whether a line that keeps its place says what is at work: then only the latter
 * @param versionOf what a container ran before
 */
export function updateTold(
  m: Messages,
  { steps }: UpdateProgress,
  live: boolean,
  versionOf: (container: string) => string,
): Told {
  const words = m.cli.updates;
  const nameOf = ({ container, step }: StepTold) =>
    m.window.updates.of(container, m.update.step(step, versionOf(container)));
  const lines = steps.flatMap((one) => {
    const { id, state } = one;
    if (state === 'waiting') return [];
    return [
      ...(live || state === 'skipped' ? [] : [{ key: id, line: nameOf(one) }]),
      ...(astray.has(state)
        ? [
            {
              key: `${id} ${state}`,
              line: words.stepEnded(nameOf(one), m.window.updates.stepState[state]),
            },
          ]
        : []),
    ];
  });
  const working = steps.filter(({ state }) => state === 'working');
  const status = working.map((one) => words.stepAt(nameOf(one), amountOf(m, one)));
  return { lines, status: m.list(status) };
}

function amountOf(m: Messages, { bytes, count }: StepTold): string | null {
  if (bytes !== null) return m.cli.updates.pulled(bytes.done, bytes.total);
  return count === null ? null : m.window.updates.ofCount(count.done, count.total);
}
