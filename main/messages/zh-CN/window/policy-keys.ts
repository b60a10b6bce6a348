/** What holds for the rules of every list, and for every container. */
const ruleKeys: Record<string, string> = {
  id: '规则的名字；不写时以位置为名，例如 keep[0]。',
  match:
    '选中的引用：一个模式、一个镜像 ID，或它们的列表。不写标签就是任何标签或摘要；"**" 是所有引用。',
  labels: '镜像必须具有的全部 Label。',
  platform: '平台，写作 os/arch 或 os/arch/variant。',
  origin: '镜像是怎样来的：拉取、构建还是载入。',
  largerThan: '只选大于此值的镜像。',
  untagged: '只选没有标签的镜像（true），或只选有标签的（false）。',
  project: '用过此镜像的 Compose 或开发容器项目是否仍在本机。',
  until: '保护到何时：到某一天（UTC）结束，或带时区的某个时刻。',
  note: '写给以后看的人：为什么。',
  last: '在选中的镜像里，每个仓库最新的这么多个版本。',
  per: 'last 按仓库计，还是按标签系列计；系列是标签里版本号之后的部分。',
  usedWithin: '只在这段时间内用过、首次出现或打过标签时。',
  unusedFor: '只在这么久没有用过、拉取或打标签之后。',
  mode: '这条规则所清理的，采用比整份策略更严的模式。',
};
const updateKeys: Record<string, string> = {
  mode: '有更新时怎么办：auto 自动采用，notify 提示，tell 给出管理者自己的命令，ignore 不查看。Label 只能把它调低。',
  tags: '更新可以换到哪些标签：同一个，下一个补丁、次或主版本，或由模式选出的。',
  'tags.include': '只选这个正则表达式匹配的标签。',
  'tags.exclude': '不选这个正则表达式匹配的标签。',
  'tags.transform': '排序之前把标签读作什么：“正则 => 替换”，$1 是第一个分组。',
  minAge: '一个版本要出现多久，才会不经询问就采用。',
  settle: '没有健康检查的容器要多久不重启，才算通过验证。',
  proveWithin: '更新必须在这段时间内通过验证，否则回滚。',
  stuckAfter: 'Swarm 服务的任务多久找不到节点，就算更新卡住。',
  hooks: '容器 Label 里的生命周期钩子是否运行，以容器的用户身份。',
  askAbove: '自动拉取超过此大小时会先询问。',
  copyUpTo: '不超过此大小的命名卷可以在更新前复制。',
  probe: '更新要通过验证，必须有什么应答。',
  'probe.http': '必须应答的地址，从本机访问。',
  'probe.status': '它必须返回的状态码。',
  'probe.tcp': '必须接受连接的主机和端口。',
  match: '容器的名字：一个通配模式，或它们的列表。',
  image: '创建这些容器的引用：与上面规则相同的模式，或它们的列表。',
};
const ownKeys: Record<string, string> = {
  version: '策略语言的版本。',
  mode: '自动清理可以做到哪一步：suggest 只显示，confirm 先询问，auto 直接清理。手动开始的总会先给出计划并询问。',
  protect: '从不清理的。',
  keep: '即使被清理规则选中也保留的：各条规则的并集。',
  remove: '可以清理的；没有规则选中的都保留。',
  grace: '新镜像保留多久，从首次出现或最后一次打标签算起。',
  rollback: '更新之后留下什么供回滚。',
  'rollback.versions': '每个容器保留多少个被替换的镜像。',
  'rollback.for': '保留多久。',
  containers: '已经停止的容器。它们的卷会留下。',
  'containers.enabled': '计划是否包括已经停止的容器。',
  'containers.exitedFor': '只在停止这么久之后。',
  networks: '没有容器连接的网络。',
  'networks.enabled': '计划是否包括没有用到的网络。',
  'networks.unusedFor': '只在这么久没有用到之后。',
  buildCache: '这个引擎上的构建缓存。',
  'buildCache.enabled': '计划是否包括构建缓存。',
  'buildCache.unusedFor': '只清理这么久没有用过的记录。',
  'buildCache.keep': '无论如何都保留的大小。',
  triggers: '什么会自动开始清理；一个都没有时，只有人能开始。',
  'triggers.schedule': '何时查看：五个字段的 cron 表达式，按本地时间。',
  'triggers.afterUpdate': '更新通过验证后，是否查看它的仓库。',
  'triggers.pressure': '引擎磁盘快满时：按百分比（high、low）或按剩余空间（free、to）。',
  'triggers.pressure.high': '磁盘用到这么多时开始释放。',
  'triggers.pressure.low': '释放到只用这么多为止。',
  'triggers.pressure.cooldown': '一次之后，隔多久才有下一次。',
  'triggers.pressure.free': '剩余少于此值时开始释放。',
  'triggers.pressure.to': '释放到剩余这么多为止。',
  'triggers.hostNotice': '本机磁盘用到多少时提醒；不会因此清理。',
  'triggers.images': '镜像占用过多时。',
  'triggers.images.max': '镜像占用超过此值时开始释放。',
  'triggers.images.to': '释放到占用这么多为止。',
  limits: '每次清理的限度。',
  'limits.pause': '每次清理中，两次移除之间等待多久。',
  'limits.maxItems': '超过这么多项时，自动清理会先询问。',
  'limits.maxBytes': '超过这么多字节时，自动清理会先询问。',
  update: '怎样让容器保持最新。',
  'update.check': '何时查找更新。',
  'update.check.every': '多久查询一次镜像仓库。',
  'update.default': '没有单独条目时，每个容器的规则。',
  'update.containers':
    '单个容器的规则。写着确切名字的条目优先，其次是第一个匹配的；没有写的取自 default。',
};

/** What a key of the policy is for; null for one that is not known. */
export function aboutKey(path: string): string | null {
  const own = ownKeys[path];
  if (own !== undefined) return own;
  const [, rule] = /^(?:protect|keep|remove)\.(.+)$/.exec(path) ?? [];
  if (rule !== undefined) return ruleKeys[rule] ?? null;
  const [, update] = /^update\.(?:default|containers)\.(.+)$/.exec(path) ?? [];
  return update === undefined ? null : (updateKeys[update] ?? null);
}
