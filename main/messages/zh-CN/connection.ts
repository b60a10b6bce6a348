import type { ErrorDetails } from '../../domain/errors.js';
import { type SshWords, sshWords } from '../ssh-words.js';

type Ssh = ErrorDetails['ssh-failed'];
type Tls = ErrorDetails['tls-failed'];

const inBrackets = (said: string) => (said === '' ? '' : `（${said}）`);

const ssh: Record<Ssh['why'], (at: SshWords, said: string) => string> = {
  'no-ssh': () => '这台电脑上找不到 ssh 程序。请安装 OpenSSH 客户端，使终端中可以运行 "ssh"。',
  'unknown-key': ({ host, login }) =>
    `ssh 还不认识 ${host}，因此没有信任它。请在终端中运行一次 "ssh ${login}"，核对并接受它的密钥。`,
  'changed-key': ({ host, known, oldKey }) =>
    `${host} 的主机密钥与以前不同：它可能重新安装过，也可能有人在中间。没有发送任何内容；请先向管理者核实，再${oldKey === null ? `用 'ssh-keygen -R ${known}' 删除旧密钥` : `删除该主机的旧密钥：${oldKey.file} 第 ${oldKey.line} 行，以及其中同一主机的其他行`}。`,
  'login-refused': ({ host, login }, said) =>
    `${host} 不允许你登录${inBrackets(said)}。请让 "ssh ${login}" 无需提问即可登录：把密钥载入 ssh agent，或在地址中写明用户。`,
  unresolved: ({ host }) =>
    `找不到名为 ${host} 的机器。请检查名称，以及认识它的网络或 VPN 是否已连接。`,
  refused: ({ host }) => `${host} 不接受 ssh 连接。请检查端口，并确认那里的 ssh 服务正在运行。`,
  'no-route': ({ host }) => `从当前网络无法到达 ${host}。请检查网络或 VPN；Careen 会再试。`,
  'timed-out': ({ host }) => `${host} 没有及时响应 ssh。请确认它已开机且可以到达；Careen 会再试。`,
  silent: ({ host }) => `到 ${host} 的连接没有响应，已断开。请检查网络；Careen 会再试。`,
  noise: ({ host }, said) =>
    `在 ${host} 上登录时，Docker 应答之前先输出了别的文字${inBrackets(said)}。请让那里的 shell 只在终端中输出它：Docker 的应答走的是同一条路。`,
  'no-docker': ({ host }) =>
    `该用户在 ${host} 上没有 docker 程序。请在那里安装 Docker 命令行，或把它加入非终端 shell 的 PATH。`,
  'old-docker': ({ host }) =>
    `${host} 上的 docker 程序太旧，无法通过 ssh 使用。请在那里更新到 18.09 或更新版本。`,
  'no-permission': ({ host }) =>
    `该用户无权打开 ${host} 上的 Docker 套接字。请在那里把用户加入它的用户组（通常是 "docker"），然后重新登录。`,
  'no-engine': ({ host }) =>
    `${host} 上的 Docker 没有运行，或套接字在别处。请在那里启动它，或在地址中写明套接字的路径。`,
  ended: ({ host, login }, said) =>
    `到 ${host} 的 ssh 连接结束了${inBrackets(said)}。请在终端中试试 "ssh ${login} docker version"；Careen 会再试。`,
};

const tls: Record<Tls['why'], (endpoint: string, said: string) => string> = {
  'unknown-ca': (endpoint) =>
    `${endpoint} 的证书不是由其上下文信任的 CA 签发的。请把正确的 ca.pem 放入该上下文。`,
  'other-name': (endpoint) =>
    `${endpoint} 的证书属于另一个名称。请使用证书上的名称，或为此名称另行签发。`,
  expired: (endpoint) => `${endpoint} 的证书已过期。请在那台机器上更新它。`,
  'not-yet': (endpoint) => `${endpoint} 的证书尚未生效。请检查两台机器的时钟。`,
  'client-unknown': (endpoint) =>
    `${endpoint} 不认识签发你的证书的 CA。请把它自己的 CA 签发的 cert.pem 和 key.pem 放入上下文。`,
  'client-expired': (endpoint) =>
    `你用于 ${endpoint} 的证书已过期。请更新上下文中的 cert.pem 和 key.pem。`,
  'client-missing': (endpoint) =>
    `${endpoint} 要求你的证书，而上下文中没有。请放入 cert.pem 和 key.pem。`,
  'client-refused': (endpoint, said) =>
    `${endpoint} 拒绝了你的证书${inBrackets(said)}。请更新上下文中的 cert.pem 和 key.pem。`,
  pair: (endpoint) => `用于 ${endpoint} 的 cert.pem 和 key.pem 不匹配。请把匹配的一对放入上下文。`,
  files: (endpoint, file) => `无法读取 ${endpoint} 所需的 ${file}。请放好它，或重新创建上下文。`,
  unreadable: (endpoint, said) =>
    `用于 ${endpoint} 的证书文件不是证书${inBrackets(said)}。请把 PEM 格式的 ca.pem、cert.pem 和 key.pem 放入上下文。`,
  passphrase: (endpoint, file) =>
    `${endpoint} 需要的 ${file} 设有密码，而 Careen 不会询问密码。请在上下文中放入没有密码的密钥，或使用 ssh。`,
  'plain-there': (endpoint) =>
    `${endpoint} 不使用 TLS，而上下文中有证书。没有在不加密的情况下发送任何内容；请在那里启用 TLS，或改用 ssh。`,
  'tls-there': (endpoint) =>
    `${endpoint} 要求 TLS，而没有任何上下文带有它的证书。请用 "docker context create" 并带上 ca、cert 和 key 创建一个。`,
  'skips-verify': (endpoint) =>
    `${endpoint} 的上下文接受任何证书，中间的任何人都可以冒充应答。Careen 不会这样连接；请为该上下文提供 ca.pem，并去掉 "skip-tls-verify"。`,
  other: (endpoint, said) =>
    `无法与 ${endpoint} 建立安全连接${inBrackets(said)}。请检查它的证书和 TLS 设置。`,
};

export const sshFailed = ({ why, said, ...at }: Ssh) => ssh[why](sshWords(at), said);

export const tlsFailed = ({ endpoint, why, said }: Tls) => tls[why](endpoint, said);
