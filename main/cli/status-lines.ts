import type { Result } from '../contract/commands.js';
import type { DisksRead, Question } from '../contract/slices.js';
import type { Messages } from '../messages/index.js';
import { failureLines } from './failure-lines.js';
import { table } from './printable.js';

/** What takes the engine's disk, as an account that adds up. */
export function spaceLines(m: Messages, space: Result<'space'>): string[] {
  const words = m.cli.space;
  const rows = space.parts.map(({ kind, bytes, count }) => [
    words[kind],
    count === null ? '' : m.format.count(count),
    m.format.bytes(bytes),
  ]);
  return [
    ...table(rows, ['left', 'right', 'right']),
    '',
    words.explained(space.explained, space.used),
    ...(space.complete ? [] : [words.incomplete]),
  ];
}

/** One answer to start from: which engine, how full, what can go, what comes next. */
export function statusLines(m: Messages, status: Result<'status'>, now: number): string[] {
  const { engine, gauges, totals, run, settings, triggers, updates } = status;
  const words = m.cli.status;
  const steps = m.ahead.steps({ cleanUp: triggers.next?.at ?? null, check: updates.nextAt }, now);
  const rows: string[][] = [
    [words.engine, engine.facts ? m.cli.engine(engine.facts) : m.cli.noEngine],
    ...(engine.chosen ? [[words.found, m.lookedAt(engine.chosen)]] : []),
    [words.engineDisk, m.gauge.line(gauges.engine)],
    ...(gauges.engine.binds ? [['', m.gauge.details(gauges.engine).join(' ')]] : []),
    ...(gauges.forecast ? [['', `${m.ahead.full(gauges.forecast, now)}. ${m.ahead.fullIf}`]] : []),
    ...(gauges.same ? [] : [[words.hostDisk, m.gauge.line(gauges.host)]]),
    ...(totals.judgedAt === null
      ? []
      : [[words.images, m.cli.onDisk(totals.images, totals.onDisk)]]),
    [
      words.policy,
      totals.policy.source === 'default'
        ? m.cli.policyDefault(totals.policy.file)
        : totals.policy.file,
    ],
    [m.cli.updates.status, updatesOf(m, updates, now)],
    [words.byItself, byItself(m, triggers)],
    ...(steps === null ? [] : [[words.next, steps]]),
    [
      words.lastRun,
      run.last
        ? `${m.format.when(run.last.startedAt, now)}: ${m.notification.cleaned(run.last).title}`
        : m.cli.none,
    ],
    ...(settings.pausedUntil === null
      ? []
      : [[words.paused, m.cli.pausedUntil(m.format.when(settings.pausedUntil, now))]]),
    [words.home, settings.home],
  ];
  const lost = m.lost.sentence(totals.canGoLost);
  return [
    ...(engine.facts
      ? [
          m.cli.canGo(totals.canGo, totals.canGoImages, totals.canGoOfImages),
          ...(lost === null ? [] : [lost]),
          ...(totals.couldGoImages > 0 ? [m.cli.couldGo(totals.couldGoImages)] : []),
          '',
        ]
      : []),
    ...table(rows, ['left', 'left']),
    ...[engine.error, totals.policy.error].flatMap((e) => (e ? ['', ...failureLines(m, e)] : [])),
    ...(engine.contextMoved === null ? [] : ['', m.cli.contextMoved(engine.contextMoved)]),
    ...(totals.policy.modeLowered === null
      ? []
      : ['', m.cli.modeLowered(totals.policy.modeLowered)]),
    ...(engine.otherUpdater === null
      ? []
      : [
          '',
          m.window.engine.otherUpdater(engine.otherUpdater.tool, engine.otherUpdater.container),
        ]),
    ...(run.question === null ? [] : ['', ...questionLines(m, run.question, gauges.engine)]),
    ...(run.current ? ['', m.cli.running] : []),
    ...(run.update ? ['', m.cli.updates.running] : []),
    ...settings.movedAside.map(({ file, to }) => m.cli.movedAside(file, to)),
  ];
}

/** A trigger's clean-up that waits for an answer, and how to give it. */
function questionLines(m: Messages, question: Question, disk: DisksRead['engine']): string[] {
  const { title, body } = m.notification.question(question, disk);
  const { planId } = question;
  return [`${title}. ${body}`, ...(planId === null ? [] : [m.cli.plan.run(planId)])];
}

/** What can be updated, and as of when. */
function updatesOf(m: Messages, updates: Result<'status'>['updates'], now: number): string {
  const { pending, checkedAt } = updates;
  const checked = checkedAt === null ? null : m.format.when(checkedAt, now);
  return m.cli.updates.statusOf(pending.length, checked);
}

/** What Careen may do without being asked. */
function byItself(m: Messages, { mode, waiting }: Result<'status'>['triggers']) {
  const words = m.cli.byItself;
  const parts = [
    mode === null ? words.paused : words[mode],
    ...(waiting === null ? [] : [words[waiting.for](m.cli.by[waiting.cause])]),
  ];
  return parts.join('; ');
}
