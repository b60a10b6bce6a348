import type { StepKind } from '../../../contract/update-steps.js';
import type { updatesScreen as english } from '../../en/window/updates.js';
import { count } from '../../count.js';
import { list } from '../format.js';
import { spaced } from '../spacing.js';
import { updateQuestions } from './update-questions.js';

const doing: Record<StepKind, string> = {
  retain: '保留旧版本',
  pull: '拉取中',
  'hook-before': '运行钩子',
  create: '创建中',
  'copy-volumes': '复制卷',
  'restart-policy-off': '停止中',
  stop: '停止中',
  rename: '改名中',
  start: '启动中',
  prove: '验证中',
  'hook-after': '运行钩子',
  dependants: '重启中',
  retire: '移除旧容器',
  tag: '设置标签',
  'clean-up': '清理中',
  restore: '恢复卷',
  'roll-out': '替换任务中',
};

export const updatesScreen: typeof english = {
  updates: {
    of: (container, sentence) => `${container}：${sentence}`,
    looking: '正在查看运行的内容。',
    waiting: '正在向 Docker 查询有哪些容器和服务。',
    none: '没有容器或服务。',
    empty: '启动一个容器或服务，它的更新就会列在这里。',
    title: (n, underWay) => {
      if (underWay === 0) return `${count(n)} 个更新。`;
      if (underWay === n)
        return n === 1 ? '1 个更新，正在进行。' : `${count(n)} 个更新，都在进行。`;
      return `${count(n)} 个更新，其中 ${count(underWay)} 个正在进行。`;
    },
    busy: { update: '更新即将结束。', rollback: '正在回滚。', release: '正在放弃保留的版本。' },
    checkingFirst: '正在查询镜像仓库。',
    never: '还没有检查过。',
    nothing: '全部已是最新版本。',
    nothingLeft: (n) => `没有要更新的；${count(n)} 个新版本已搁置。`,
    nothingKnown: (failed) => `没有已知的更新；有 ${count(failed)} 个无法查询。`,
    checking: '正在查询镜像仓库。',
    checked: (when, next) => (next === null ? `${when}检查过。` : `${when}检查过；下次：${next}。`),
    queued: (n) => `另有 ${count(n)} 项操作在等待。`,
    kept: (versions, span) =>
      versions === 0
        ? '被替换的版本保留到新版本通过验证为止。'
        : versions === 1
          ? `被替换的版本保留 ${span}，随时可以回滚。`
          : `最近 ${count(versions)} 个版本保留 ${span}，随时可以回滚。`,
    check: '立即检查',
    checkingNow: '检查中…',
    updateAll: (n, waiting) =>
      n < waiting ? `更新 ${count(n)} 个容器` : n === 1 ? '更新' : `更新全部 ${count(n)} 个`,
    updateOther: (n, waiting) =>
      n < waiting ? `再更新 ${count(n)} 个容器` : `更新另外 ${count(n)} 个`,
    cancelRun: (kind, containers) => {
      const what = { update: '取消更新', rollback: '取消回滚', release: '停止放弃' }[kind];
      if (containers.length > 1) return `${what}：${count(containers.length)} 个`;
      return containers.length === 1 ? `${what}：${list(containers)}` : what;
    },
    limited: (registry, when, remaining, limit) =>
      [
        when === null
          ? `${registry} 暂时不再接受查询。`
          : `${registry} 在 ${when} 之前不再接受查询。`,
        ...(remaining === null || limit === null
          ? []
          : [`还剩 ${count(remaining)} / ${count(limit)} 次。`]),
      ].join(''),
    search: '按名称或镜像查找',
    found: (n) => `找到 ${count(n)} 个`,
    noMatch: '没有符合的。',
    moreAll: '更多',
    seeHistory: '更新历史',
    seeSettings: '更新设置',
    table: '容器和服务及其更新',
    column: {
      details: '详情',
      container: '名称',
      image: '镜像',
      now: '当前 → 新版本',
      out: '发布',
      mode: '方式',
      act: '更新或状态',
    },
    detailsOf: (container) => `${container} 的详情`,
    versions: (now, to) => [now, to].filter((digest) => digest !== null).join(' →\n'),
    becomes: ' 更新为 ',
    rolledBack: (version) => `${version} 已回滚`,
    notAsked: '不检查',
    dot: {
      running: '运行中',
      unhealthy: '不健康',
      starting: '运行中，尚未健康',
      paused: '已暂停',
      restarting: '反复重启',
      off: '未运行',
      unknown: '状态未知',
    },
    modeOf: (container, mode) => `${container} 的更新方式：${mode}`,
    raises: (tool) => `由你决定；${tool} 不会识别新建的容器`,
    aboveOwner: (tool) => `不适用于 ${tool} 创建的容器`,
    waits: (age) => `还需 ${age}`,
    asks: (bytes) => `需确认：${bytes}`,
    major: '大版本',
    neverStarts: '没有空闲节点',
    turn: '等待中',
    doing,
    since: (name, seconds) => `${name} ${seconds}`,
    snoozed: (age) => `已推迟 ${age}`,
    skipped: '已跳过',
    unproven: '尚未验证',
    unprovenTip: '在这个版本正常启动之前，之前运行的版本一直保留。',
    elsewhere: '被其他程序改动',
    current: '已是最新',
    unchecked: '还没有检查',
    notChecked: {
      pinned: '固定到摘要',
      'local-build': '本机构建',
      ignored: '已忽略',
      'owner-pulls': '由其工具拉取',
      'no-reference': '没有标签',
    },
    leftTo: (tool) => `由 ${tool} 更新`,
    newer: '有新版本',
    failed: '无法查询',
    gone: '标签已不存在',
    whyOf: (container, why) => `${why}：${container}`,
    update: '更新',
    updateOf: (container) => `更新 ${container}`,
    more: (container) => `${container} 的更多操作`,
    anyway: (version) => `仍然更新到 ${version}…`,
    toTag: (tag) => `更新到 ${tag}…`,
    skip: (version) => `跳过 ${version}`,
    unskip: '重新提示这个版本',
    unsnooze: '结束推迟',
    snooze: { day: '推迟一天', week: '推迟一周', until: '推迟到…' },
    checkThis: '立即检查它',
    release: '放弃保留的版本…',
    copyName: '复制名称',
    diff: {
      label: '配置中会改变的内容',
      madeUp: '旧容器自动生成的',
      more: (n) => `另有 ${count(n)} 项`,
      reveal: (name) => `显示 ${name} 的值`,
      none: '除镜像之外没有改变。',
    },
    what: '会改变什么',
    writable: {
      unknown: '无法读取可写层',
      none: '可写层里没有数据',
      some: '可写层里的数据会丢失',
      bytes: (bytes) => `可写层里的 ${bytes} 会丢失`,
      lost: (paths) => `以下内容不在任何卷里，会随旧容器丢失：${list(paths, 4)}。`,
    },
    again: '重试',
    previewing: '正在向镜像仓库查询新版本的内容。',
    busyPreview: '正在替换它。',
    bySwarm:
      '由 Swarm 替换它的任务。它的设置中改动的是镜像，以及镜像适用的平台；Swarm 如何更新它，只在这里另有说明时才改动。',
    unread: '新镜像会改变什么，拉取之后才能知道。',
    dependants: {
      recreate: (names) => spaced(`${list(names)} 会随它重新创建。`),
      restart: (names) => spaced(`${list(names)} 也会重启。`),
      none: (names) => spaced(`${list(names)} 会自行重连，不会重启。`),
    },
    anonymous: (at) => spaced(`挂载在 ${list(at)} 的匿名卷会一并带上。`),
    composeRecreates: '下次 docker compose up 会再重新创建它一次。',
    changelog: (host) => `更新内容（${host}）`,
    hook: {
      'pre-update': '更新之前会在容器中运行：',
      'post-update': '更新之后会在容器中运行：',
    },
    copyFirst: (volumes, bytes) =>
      `先复制 ${list(volumes)}${bytes === null ? '' : `（${bytes}）`}，回滚时可以恢复数据`,
    steps: '步骤',
    prove: { health: '验证：健康检查', settle: '验证：保持运行' },
    ofCount: (done, total) => `${count(done)} / ${count(total)}`,
    stepState: {
      waiting: '待办',
      working: '进行中',
      done: '完成',
      skipped: '已跳过',
      failed: '失败',
      undone: '已撤回',
    },
    logOf: (container) => `${container} 最后的日志`,
    copyLog: '复制日志',
    last: { update: '上次更新', rollback: '上次回滚', release: '上次放弃' },
    ifFails: '如果失败：自动换回原来的版本。',
    ifRollbackFails: '如果失败：现在运行的会留下。',
    inHistory: '在历史中查看',
    versionsTitle: '版本',
    comes: '正在换用',
    leftAlone: '已回滚，不再自动更新到它',
    newVersion: '新版本',
    outFor: (age) => `已发布 ${age}`,
    runsNow: '正在运行',
    nowFrom: (date) => `正在运行，创建于 ${date}`,
    provingSince: (time) => `正在验证，${time} 起`,
    steppedBack: '保留到新版本通过验证',
    unprovenFor: (age) => `正在验证，已 ${age}`,
    keptUntil: (date) => `保留到 ${date}`,
    neverProven: '从未通过验证',
    withCopies: (volumes) => spaced(`附有 ${list(volumes)} 的副本`),
    rollback: '回滚',
    rollbackOf: (container, version) => `回滚：${container} 到 ${version}`,
    takeAgain: (version) => `再次更新到 ${version}`,
    takeAgainOf: (container, version) => `再次更新到 ${version}：${container}`,
    releaseNow: '放弃保留的版本',
    releaseBytes: (bytes) => `放弃保留的版本，至少释放 ${bytes}`,
    nothingKept: '没有保留更早的版本。',
    tags: '较新的标签',
    stands: '现在的情况',
    byOwner: (tool) => `由 ${tool} 更新`,
    checkAgain: '重新检查',
    fact: {
      owner: '归属',
      proof: '依据',
      checked: '检查于',
      seen: '首次发现新版本',
    },
    ...updateQuestions,
  },
};
