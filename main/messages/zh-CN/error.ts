import type { WireError } from '../../contract/wire.js';
import type { CareenError, ErrorDetails, LookedAt } from '../../domain/errors.js';
import type { error as english } from '../en/error.js';
import { bytesText } from '../bytes.js';
import { engineActs } from '../engine-acts.js';
import { type Place, sentenceOf, type ErrorSentences } from '../known.js';
import { shortId } from '../short.js';
import { sshFailed, tlsFailed } from './connection.js';
import { inWindow } from './error-window.js';
import { list } from './format.js';
import { policyLines, policyLint, policyProblem } from './policy.js';
import { referenceProblem } from './reference.js';
import { spaced } from './spacing.js';
import { acts, terms } from './terms.js';

const outcome: Record<LookedAt['outcome'], string> = {
  answers: '有应答',
  'not-set': '没有设置',
  'no-socket': '不存在',
  refused: '拒绝连接',
  'no-permission': '没有权限打开',
  silent: '没有应答',
  'not-an-engine': '不是 Docker 引擎',
  remote: '在另一台机器上，只有你选择时才会使用',
  missing: '不存在',
};

/** A full-width bracket has its own room: no space after it. */
const lookedAt = (l: LookedAt) =>
  `${l.name}${l.endpoint === '' || l.endpoint === l.name ? ' ' : `（${l.endpoint}）`}${outcome[l.outcome]}`;

const imageName = ({ id, refs }: { id: string; refs: readonly string[] }) => refs[0] ?? shortId(id);

const term = (key: string) => (Object.hasOwn(terms, key) && terms[key]) || key;

const notBack: Record<ErrorDetails['service-not-back']['why'], string> = {
  'no-digest': '原来的镜像没有摘要',
  'asked-before': '已经请求过 Swarm 一次',
  'no-image': '镜像仓库和节点现在都没有该镜像',
  refused: 'Swarm 拒绝了这个请求',
  'not-running': 'Swarm 没有让它运行起来',
};

const copyFailed: Record<
  ErrorDetails['copy-failed']['why'],
  (volume: string, copy: string, by: readonly string[]) => string
> = {
  'in-use': (volume, _, by) =>
    spaced(
      `卷 ${volume} 正被 ${list(by)} 使用，这时的副本不可靠，因此没有开始复制。请先停止使用它的容器。`,
    ),
  differs: (volume) =>
    `卷 ${volume} 的副本与原来不一致，因此没有采用。卷保持原样；请手动复制，或不复制直接更新。`,
  'not-put-back': (volume, copy, by) =>
    `${by.length === 0 ? '' : spaced(`卷正被 ${list(by)} 使用，`)}无法把副本 ${copy} 的内容放回卷 ${volume}。这个副本和卷此前内容的副本都保留着，可用 "docker volume ls --filter label=careen.copy-of" 列出。`,
  gone: (volume, copy) => `卷 ${volume} 的副本 ${copy} 已经不在了。卷保持原样。`,
};

const denied: Record<
  ErrorDetails['registry-auth']['why'],
  (registry: string, repository: string) => string
> = {
  'not-signed-in': (registry, repository) =>
    `不登录的话，镜像仓库 ${registry} 不会透露 ${repository} 的情况。如果它确实存在，请用 "docker login${registry === 'docker.io' ? '' : ` ${registry}`}" 登录。`,
  refused: (registry, repository) =>
    `镜像仓库 ${registry} 不允许你查看 ${repository}，也可能它并不存在。请用有权限的账号登录。`,
  unsafe: (registry, repository) =>
    `镜像仓库 ${registry} 要求为 ${repository} 提供凭据，但连接可能被他人读取，因此没有发送。请为它启用 TLS。`,
};

const invalid: Record<ErrorDetails['registry-invalid']['why'], (registry: string) => string> = {
  digest: (registry) =>
    `镜像仓库 ${registry} 返回的内容与其摘要不符，因此未予采用。请检查中间的代理是否改动了内容，或告知该镜像仓库的管理者。`,
  'cut-off': (registry) =>
    `镜像仓库 ${registry} 的应答中途断开。请检查网络；Careen 稍后会再次查询。`,
  'too-large': (registry) =>
    `镜像仓库 ${registry} 的应答过大，不像是正常内容，因此没有读取。请检查镜像的名称。`,
  unreadable: (registry) =>
    `镜像仓库 ${registry} 的应答无法读取。请检查镜像的名称，或告知该镜像仓库的管理者。`,
  redirect: (registry) =>
    `镜像仓库 ${registry} 的重定向形成循环，或指向不安全的地址，没有向那里发送任何内容。请告知该镜像仓库的管理者。`,
};

const lacking: Record<
  ErrorDetails['registry-lacks']['what'],
  (reference: string, platform: string | null) => string
> = {
  manifest: (reference) => `镜像仓库中已经没有 ${reference}。请选择其他标签。`,
  platform: (reference, platform) =>
    `${reference} 没有适用于 ${platform ?? '此平台'} 的镜像。请选择其他标签，或请发布者提供。`,
  image: (reference) => `${reference} 不是容器镜像。请检查名称：镜像仓库中也会存放其他内容。`,
};

const helperFailed: Record<ErrorDetails['helper-failed']['why'], (helper: string) => string> = {
  silent: (helper) => `凭据助手 ${helper} 没有及时应答。它可能在等你解锁密钥环；请解锁后再试。`,
  failed: (helper) => `凭据助手 ${helper} 执行失败。请运行 "docker login" 查看原因，然后再试。`,
  unreadable: (helper) => `凭据助手 ${helper} 的应答无法读取。请更新它再试。`,
  'bad-name': (helper) =>
    `Docker 的 config.json 中写的凭据助手 "${helper}" 不是有效的名称，因此没有启动。请修改 config.json。`,
};

const sentences: ErrorSentences = {
  'engine-not-found': ({ looked }) =>
    looked.length === 0
      ? '没有找到 Docker 引擎。请启动一个，或用 --engine 指明它的套接字。'
      : `没有找到 Docker 引擎：${looked.map(lookedAt).join('；')}。请启动一个，或用 --engine 指明它的套接字。`,
  'engine-permission': ({ endpoint }) =>
    `你没有权限打开 Docker 套接字 ${endpoint}。请加入它所属的组（Linux 上通常是 "docker"），然后重新登录。`,
  'engine-silent': ({ endpoint, seconds }) =>
    `${endpoint} 上的 Docker 已 ${seconds} 秒没有应答。请检查它是否在运行，或重新启动它。`,
  'engine-refused': ({ endpoint }) => `${endpoint} 上的 Docker 拒绝连接。请启动它再试。`,
  'engine-lost': ({ endpoint }) =>
    `与 ${endpoint} 上的 Docker 的连接中断了。请检查它是否在运行；一有应答，Careen 就会继续。`,
  'engine-unsupported': ({ endpoint, found }) =>
    `${endpoint} 上的引擎无法使用：它报告 ${found}。Careen 需要 20.10 及以上、运行 Linux 容器的 Docker 引擎。`,
  'engine-error': ({ status, message }) =>
    `Docker 返回错误（${status}）：${message}。没有再作改动；请查看后再试。`,
  'engine-changed': ({ endpoint }) =>
    `${endpoint} 上应答的已不是原来的引擎。没有作任何改动；请重新制定计划。`,
  'engine-other': ({ wanted, current }) =>
    `Careen 正在管理 ${current}，而不是 ${wanted}。没有作任何改动；请在窗口中选择该引擎，或先退出应用。`,
  'engine-unknown': ({ engine }) =>
    `Careen 的列表中没有引擎 "${engine}"。"careen engines" 会列出现有的引擎。`,
  'engine-several': ({ engine, among }) =>
    `Careen 的列表中有多个引擎可能是 "${engine}"。未做任何操作；请用键或地址指明其中一个：${list(
      among.map(({ key, endpoint }) => (endpoint === null ? key : `${key}（${endpoint}）`)),
      12,
    )}。`,
  'engine-first': () => 'Careen 自行找到的引擎始终保留在列表中。如需换用另一个，请在设置中选择。',
  'engine-unfinished': ({ name, act }) =>
    act === 'remove'
      ? `${name} 上有一次操作中途中断，将在 ${name} 应答后完成。没有作任何改动。请等它完成，也可以在引擎列表中或用 --leave-unfinished 仍然移除它：未完成的部分会保持原样，直到再次添加该引擎。`
      : `${name} 原来的引擎上有一次操作中途中断，将在它重新应答后完成。没有作任何改动。请让它在那里应答，也可以在引擎列表中或用 --leave-unfinished 仍然说明这是另一个引擎：未完成的部分会保持原样。`,
  'engine-twice': ({ endpoint, name }) =>
    `${endpoint} 上的引擎已在列表中，名为 ${name}。请在列表中选择它。`,
  'twin-unfinished': ({ name, silent }) =>
    `${name} 可能是同一个引擎，在那里中断的操作须先完成，但${silent ? ` ${name} 没有应答。没有作任何改动。请等它应答后再试` : '目前还未能完成。没有作任何改动。请在引擎列表中查看它的问题后再试'}，或将它从列表中移除：未完成的部分将保持原样。`,
  'engines-differ': ({ name, other }) =>
    `${name} 和 ${other} 没有给出相同的 ID，无法表明它们是同一个引擎。没有作任何改动；"careen engines" 会列出可能是同一个的引擎。`,
  'engine-replaced': ({ endpoint, name, engine }) =>
    `${name} 的地址 ${endpoint} 上应答的已不是原来的引擎，因此不会对它作任何操作。请在引擎列表中说明它是升级或重建后的同一个引擎（"${engineActs(engine, endpoint)} same ${engine}"），还是另一个引擎（"${engineActs(engine, endpoint)} another ${engine}"）。`,
  'context-missing': ({ name }) =>
    `没有名为 "${name}" 的 Docker 上下文。"docker context ls" 会列出现有的。`,
  'context-unreadable': ({ file }) =>
    `无法读取 Docker 上下文文件 ${file}。请修复它，或用 --engine 选择别的引擎。`,
  'endpoint-remote': ({ endpoint }) =>
    `${endpoint} 在另一台机器上，只有你选择时 Careen 才会使用。请用 --engine 指定它，或在窗口中选择。`,
  'endpoint-plain': ({ endpoint }) =>
    `${endpoint} 在另一台机器上，既未加密也未经验证，因此没有发送任何内容。请使用 ssh://，或为引擎及其上下文配置 TLS 证书。`,
  'ssh-failed': sshFailed,
  'tls-failed': tlsFailed,
  'endpoint-invalid': ({ endpoint }) =>
    `"${endpoint}" 不是引擎的地址。应为上下文的名称、套接字（如 unix:///var/run/docker.sock）或 ssh://user@host。`,
  'image-in-use': ({ id, message }) =>
    `镜像 ${shortId(id)} 正在使用，Docker 没有移除：${message}。它会留下。`,
  'image-gone': ({ id }) => `镜像 ${shortId(id)} 已经不在了，无需再做什么。`,
  'image-unknown': ({ reference }) =>
    `这里没有名为 "${reference}" 的镜像。"docker image ls" 会列出现有的。`,
  'protected-by-rule': ({ id, file }) =>
    `镜像 ${shortId(id)} 是由规则保护的，不是单独保护的。请修改 ${file} 中 "protect" 下的规则。`,
  'reference-invalid': ({ text, problem }) =>
    `"${text}" 不是有效的镜像引用（${referenceProblem(problem)}）。应为 myorg/api:1.4 这样的名称。`,
  'registry-unreachable': ({ registry, why }) =>
    `无法连接镜像仓库 ${registry}（${why}）。请检查网络；Careen 稍后会再次查询。`,
  'registry-silent': ({ registry, seconds }) =>
    `镜像仓库 ${registry} 已 ${seconds} 秒没有应答。请检查网络；Careen 稍后会再次查询。`,
  'registry-tls': ({ registry, why }) =>
    `镜像仓库 ${registry} 无法证明自己的身份（${why}）。请把它的 CA 证书放进 Docker 的 certs.d/${registry} 文件夹，或修复它的证书。`,
  'registry-auth': ({ registry, repository, why }) => denied[why](registry, repository),
  'registry-limited': ({ registry, retryAfter }) =>
    `镜像仓库 ${registry} 暂时不再接受查询${retryAfter === null ? '' : `，它要求等待 ${retryAfter} 秒`}。Careen 稍后会再次查询。`,
  'registry-error': ({ registry, status, message }) =>
    `镜像仓库 ${registry} 返回错误（${status}）${message === '' ? '' : `：${message}`}。Careen 稍后会再次查询。`,
  'registry-unsupported': ({ registry, found }) =>
    `${registry} 上应答的不是镜像仓库：它返回 ${found}。请检查镜像的名称。`,
  'registry-invalid': ({ registry, why }) => invalid[why](registry),
  'registry-lacks': ({ reference, what, platform }) => lacking[what](reference, platform),
  'helper-missing': ({ helper, looked }) =>
    `没有找到 Docker 的 config.json 中指定的凭据助手 ${helper}，已查找 ${list(looked)}。请安装它，或从 config.json 中去掉。`,
  'helper-failed': ({ helper, why }) => helperFailed[why](helper),
  'credentials-unreadable': ({ file, why }) =>
    `无法读取 Docker 的 ${file}（${why}），因此没有可用的凭据。请修复后再试。`,
  'policy-invalid': ({ file, problems }) =>
    problems.length === 0
      ? `策略 ${file} 无效。"careen policy check" 会指出问题所在。`
      : policyLines(file, problems),
  'policy-exists': ({ file }) => `${file} 已经存在，未作改动。请换一个文件名，或先把它移走。`,
  'policy-changed': ({ file }) => `${file} 在此期间已被改动，因此保持原样。请重新载入，再作修改。`,
  'policy-unreadable': ({ file, why }) =>
    `无法读取策略 ${file}（${why}）。没有作任何改动；请修正权限后再试。`,
  'file-unwritable': ({ file, why }) =>
    `无法写入 ${file}（${why}）。没有作任何改动；请换一个位置。`,
  'folder-unopened': ({ folder, why }) =>
    `无法打开文件夹 ${folder}（${why}）。请在文件管理器中打开它。`,
  'notifications-missing': () => '这个桌面不显示通知。Careen 要说的都在窗口和托盘里。',
  'login-item-refused': ({ why }) =>
    ({
      'not-allowed': '系统不允许 Careen 在登录时启动。请在系统的登录项或启动应用设置里允许。',
      'not-kept': '系统没有保留 Careen 的登录项。请把 Careen 移到安装程序的位置，再重新打开此项。',
      'not-here': '这里无法让 Careen 在登录时启动。请在桌面自己的启动程序设置里添加。',
    })[why],
  'file-missing': ({ file }) => `没有文件 ${file}。请检查文件名。`,
  'file-invalid': ({ file, where, expected }) =>
    `${file} 不能使用（${where === '' ? term(expected) : `${where} 不符合要求`}）。请重新生成，或换一个文件。`,
  'plan-unknown': ({ planId }) => `这里没有计划 "${planId}"。"careen plan" 会制定计划并给出 ID。`,
  'plan-expired': ({ planId }) =>
    `计划 ${planId} 已超过一小时。没有作任何改动；请用 "careen plan" 重新制定。`,
  'plan-other-engine': ({ planId }) =>
    `计划 ${planId} 是为另一个引擎制定的。没有作任何改动；请用 "careen plan" 为这个引擎制定。`,
  'run-cancelled': () => '已取消。之前移除的都在历史记录中。',
  'run-under-way': () => '这个引擎上正在清理或更新。没有作任何改动；请等它结束，或先取消。',
  'update-unwell': ({ containers }) =>
    spaced(
      `${list(containers)} 由 Careen 更新，仍在观察中，现在不健康。没有移除任何内容，回滚所需的都还在。请先处理它，或回滚，之后再清理。`,
    ),
  'suggestion-unknown': ({ key }) => `现在没有建议 "${key}"。"careen suggest" 会列出现有的建议。`,
  'run-unknown': ({ runId }) => `历史记录里没有清理 "${runId}"。"careen history" 会列出已有的。`,
  'pull-failed': ({ reference, message }) =>
    `无法拉取 ${reference}：${message}。请检查网络，并确认镜像仓库里还有它。`,
  'pulled-other': ({ reference }) =>
    `${reference} 现在已不是当初移除的那个镜像，因此没有给它加上名称。请手动拉取需要的镜像。`,
  'container-unknown': ({ container }) =>
    `这里没有名为 "${container}" 的容器或服务。"docker ps -a" 会列出现有的容器；在 swarm 的管理节点上，"docker service ls" 会列出服务。`,
  'container-owned': ({ container, tool, command }) =>
    `容器 ${container} 由 ${tool} 创建和更新，它不会识别新建的容器。没有作任何改动；请用 ${command === null ? tool : `"${command}"`} 更新它。`,
  'nothing-kept': ({ container }) => `没有为 ${container} 保留可以回滚的版本。没有作任何改动。`,
  'version-unknown': ({ container, wanted }) =>
    `"${wanted}" 不是 ${container} 可以换用的版本。"careen check ${container}" 会列出新版本，"careen preview ${container}" 会列出变化。`,
  'taken-over': ({ container }) =>
    `Careen 处理容器 ${container} 时，别人重新创建、改名或移除了它。Careen 已停下，保留了对方的结果；请查看该容器，然后重新检查。`,
  'swarm-silent': ({ endpoint }) =>
    `${endpoint} 上没有 Swarm 管理节点应答，现在无法查看或改动其服务。服务会继续运行；半数以上的管理节点在线后，"docker node ls" 会有应答。`,
  'swarm-left': ({ service, endpoint }) =>
    `${endpoint} 的引擎中途退出了 Swarm，或已不再是它的管理节点，这里无法得知 Swarm 如何处理服务 ${service}。如果该 Swarm 还在，可在其管理节点上用 "docker service ps ${service}" 查看它的任务。`,
  'service-changed': ({ service }) =>
    `别人同时改动了服务 ${service}。Careen 没有动它；请重新检查。`,
  'service-inexact': ({ service, at }) =>
    `服务 ${service} 中有 Careen 无法原样写回的数字（${at.join('、')}），因此没有改动它。请用 "docker service update --image" 更新。`,
  'service-not-back': ({ service, why, message }) =>
    `服务 ${service} 没有回到原来的版本：${notBack[why]}${message === '' ? '' : `（${message.replace(/[.。\s]+$/, '')}）`}。"docker service ps ${service}" 会显示它的任务。`,
  'no-room': ({ needed, available }) =>
    `引擎的磁盘还剩 ${bytesText(available)}，而需要 ${bytesText(needed)}。没有作任何改动；可用 "careen clean --free ${bytesText(needed).replace(' ', '')}" 腾出空间。`,
  'hook-failed': ({ command, exitCode, message }) =>
    `更新前的钩子 "${command}" ${exitCode === null ? '没有正常结束' : `失败，退出码 ${exitCode}`}${message === '' ? '' : `：${message.replace(/[.。\s]+$/, '')}`}。更新没有开始；请修好钩子，或在策略中关闭钩子。`,
  'copy-failed': ({ volume, copy, why, by }) => copyFailed[why](volume, copy, by),
  'home-foreign': ({ home }) =>
    `数据文件夹 ${home} 属于另一个用户。没有作任何改动；请以那个用户运行，或用 --home 指定别的文件夹。`,
  'home-unwritable': ({ home, why }) =>
    `无法写入数据文件夹 ${home}（${why}）。没有作任何改动；请修正权限或腾出空间。`,
  'home-lost': ({ home }) =>
    `正在使用数据文件夹 ${home} 的 Careen 没有应答就退出了。不知道命令是否已执行；"careen history" 会列出移除了什么。`,
  'owner-ended': ({ home }) =>
    `正在使用数据文件夹 ${home} 的 Careen 在开始执行这条命令之前就退出了。命令没有作任何改动；请重新运行。`,
  'log-unwritable': ({ file }) =>
    `无法写入日志 ${file}，因此没有作任何改动。请在它所在的磁盘上腾出空间后再试。`,
  'log-cut-off': ({ file, removed }) =>
    `日志 ${file} 无法继续写入，清理因此提前结束。${removed.length === 0 ? '没有移除任何镜像' : `在此之前已移除：${list(removed.map(imageName))}`}。请在它所在的磁盘上腾出空间，然后用 "careen clean" 继续。`,
  'log-damaged': ({ file, lines, bytes }) =>
    lines > 0
      ? `日志 ${file} 中有 ${lines} 行无法读取，已跳过；其余各行有效。磁盘可能有故障，请检查。`
      : `日志 ${file} 的最后一行不完整，可能是崩溃所致。这半行（${bytes} 字节）已截去；没有丢失别的内容，无需处理。`,
  'not-confirmed': ({ act }) =>
    `没有作任何改动：${acts[act] ?? act}需要你的同意。加上 --yes 表示同意。`,
  'input-invalid': ({ what, found, expected }) =>
    spaced(
      `${found === '' ? `缺少 ${term(what)}` : `${term(what)} "${found}" 不能使用`}。应为 ${term(expected)}。`,
    ),
  'owner-other-version': ({ found, own }) =>
    `正在使用这个数据文件夹的 Careen 是 ${found} 版，这一个是 ${own} 版。请退出它，或使用相同的版本。`,
  internal: ({ message }) => `Careen 自身出了差错：${message}。请反馈此问题，并说明当时的操作。`,
};

const unknown = (code: string) =>
  `Careen 不认识错误 "${code}"。运行中的版本可能不同；请更新后再试。`;

const sentencesAt: Record<Place, ErrorSentences> = {
  terminal: sentences,
  window: { ...sentences, ...inWindow },
};

export const error: typeof english = (place) => ({
  error: (e: WireError | CareenError) => sentenceOf(sentencesAt[place], unknown, e),
  policyProblem,
  policyLint,
  lookedAt: (l: LookedAt) => lookedAt(l),
  outcome,
  list,
});
