import type { CleanRun, UpdateRun } from '../../contract/runs.js';
import type { EngineRow } from '../../contract/fleet.js';
import { isAnyGoing } from '../../contract/going.js';
import type { GaugesSlice, Question } from '../../contract/slices.js';
import type { LostImages } from '../../domain/plan/lost.js';
import type { Reclaimable } from '../../domain/verdict/types.js';
import type { tray as english } from '../en/tray.js';
import { clip } from '../short.js';
import type { TrayStatus } from '../types.js';
import type { format } from './format.js';
import { gauge } from './gauge.js';
import { notification } from './notification.js';
import { lost } from './lost.js';
import { runs } from './runs.js';
import { spaced } from './spacing.js';
import type { update } from './update.js';
import { updateNote } from './update-note.js';

export function tray(
  f: ReturnType<typeof format>,
  updateWords: ReturnType<typeof update>,
): ReturnType<typeof english> {
  const { full } = gauge(f);
  const { cleaned } = notification(f);
  const { headline } = updateNote(updateWords);

  const updating = ({ kind, done, total }: Extract<TrayStatus, { state: 'updating' }>): string => {
    const of = total === 1 ? '' : `：${f.count(done)}/${f.count(total)}`;
    return { update: `正在更新${of}`, rollback: '正在回滚', release: '正在放弃保留的版本' }[kind];
  };

  const going = (canGo: Reclaimable, of: LostImages): string =>
    [spaced(`可释放 ${f.reclaimable(canGo)}`), lost.part(of)]
      .filter((said) => said !== null)
      .join('，');

  const onEngine = ({
    state,
    run,
    waitsFor,
    asks,
    canGo,
    canGoImages,
    canGoLost,
    updates,
  }: EngineRow): string => {
    if (state === 'looking') return '正在查找…';
    if (state === 'changed') return '应答的已是另一个引擎…';
    if (state === 'twice') return '在列表中重复';
    if (state === 'failed') return '无法打开…';
    if (state !== 'found') return '没有应答';
    if (run) return `${runs[run.kind]}：${f.count(run.done)}/${f.count(run.total)}`;
    if (waitsFor !== null) return '在等待另一个引擎';
    if (asks) return '在等待你的确认…';
    if (canGo === null) return '正在读取镜像…';
    const pending = updates === 0 ? [] : [`${f.count(updates)} 个更新`];
    const free = isAnyGoing(canGo, canGoImages) ? [going(canGo, canGoLost)] : [];
    return [...free, ...pending].join('，') || '没有要做的';
  };
  const engine = (row: EngineRow) => `${row.name || 'Docker'}：${onEngine(row)}`;

  const status = (s: TrayStatus, now: number): string => {
    switch (s.state) {
      case 'looking':
        return '正在查找 Docker…';
      case 'reading':
        return '正在读取镜像…';
      case 'none':
        return '没有找到 Docker 引擎';
      case 'home-busy':
        return '正在等待 careen 命令结束';
      case 'lost':
        return `${s.name} 没有应答`;
      case 'working':
        return `正在清理：${f.count(s.done)}/${f.count(s.total)}`;
      case 'updating':
        return updating(s);
      case 'busy':
        return engine(s.row);
      case 'paused':
        return `已暂停，${f.when(s.until, now)}继续`;
      case 'ready':
        return isAnyGoing(s.canGo, s.images) ? going(s.canGo, s.lost) : '没有可清理的';
    }
  };
  return {
    open: '打开 Careen',
    cleanUp: '查看可清理的内容',
    cleanNow: '立即清理…',
    gauges: ({ engine, host, same }: GaugesSlice): string[] =>
      [full('engine', engine), same ? null : full('host', host)].filter((line) => line !== null),
    last: (run: CleanRun | UpdateRun, now: number) => {
      const title =
        run.kind === 'clean'
          ? `上次清理：${cleaned(run).title}`
          : `上次更新：${headline(run.containers)}`;
      return `${title}，${f.when(run.endedAt ?? run.startedAt, now)}`;
    },
    updates: (n) => `${f.count(n)} 个更新`,
    updateAll: '全部更新…',
    engine,
    openEngine: '打开',
    question: (
      { planId, by, items, reclaimable, lost: of }: Question,
      disk: GaugesSlice['engine'] | null,
    ) => {
      const isFull = by === 'pressure' && disk !== null ? full('engine', disk) : null;
      if (planId === null) return `${isFull ?? 'Docker 的磁盘快满了'}，按策略没有可清理的内容…`;
      if (isFull !== null)
        return items === 0 ? `${isFull}…` : `${isFull}，${going(reclaimable, of)}…`;
      if (items === 0) return '清理在等待你的选择…';
      const what = spaced(`${f.count(items)} 项，${f.reclaimable(reclaimable)}`);
      const said = [`清理在等待你的确认：${what}`, lost.part(of)];
      return `${said.filter((one) => one !== null).join('，')}…`;
    },
    pauseHour: '暂停一小时',
    pauseTomorrow: '暂停到明天',
    pauseDays: '暂停几天',
    days: (n: number) => `${n} 天`,
    resume: '继续',
    quit: '退出 Careen',
    status,
    tooltip: (s: TrayStatus, now: number) => clip(`Careen：${status(s, now)}`, 127),
  };
}
