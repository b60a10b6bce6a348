import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { enginePath } from '../../scripts/lib/engines.mjs';
import { must } from '../../scripts/lib/process.mjs';
import type { TestEngine } from './engine.js';
import type { Outage } from './kill-engine.js';
import { startLink, type Link } from './link.js';
import { testRun, uniqueName } from './namespace.js';

/**
 * Users of the other side: `ada` reaches the engine, `bob` may not open its socket, `cyd` has no
 * docker, `dan`'s docker looks where no engine is, `eve` is greeted before, and `fay`'s key is unknown.
 */
const users = ['ada', 'bob', 'cyd', 'dan', 'eve', 'fay'] as const;
export type SshUser = (typeof users)[number];

/** Below those that the system gives out by itself: one of them could be taken until sshd has it. */
let nextPort = 8130;

export interface SshdOptions {
  /** Whose docker program the other side has; default the engine's own. */
  docker?: '20.10' | '26.1';
  /** The client finds out as late as Careen has it find out that a link is silent; default: in seconds. */
  patient?: boolean;
}

/**
 * A real ssh server in front of an engine, with users, keys and configuration of its own: in a mount
 * namespace of its own it sees other users than this machine has. Until it is disposed of, `ssh` in
 * this process's PATH is the system's with a configuration that leads here, over a link that can be cut.
 */
export class TestSshd {
  readonly #pathBefore = process.env['PATH'];

  private constructor(
    readonly folder: string,
    private readonly child: ChildProcess,
    readonly link: Link,
  ) {
    process.env['PATH'] = `${this.#client}:${this.#pathBefore}`;
  }

  static async start(engine: TestEngine, options: SshdOptions = {}): Promise<TestSshd> {
    const folder = path.join((await testRun()).folder, uniqueName('ssh'));
    await mkdir(path.join(folder, 'bin'), { recursive: true, mode: 0o711 });
    await mkdir(path.join(folder, 'keys'));
    await writeFile(path.join(folder, 'bin', 'docker'), '');
    for (const key of ['host', 'other', 'user', 'stranger'])
      await must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, key)]);
    const key = await readFile(path.join(folder, 'user.pub'), 'utf8');
    for (const user of users)
      if (user !== 'fay') await writeFile(path.join(folder, 'keys', user), key);
    const port = nextPort++;
    const child = await serve(folder, port, engine, options.docker ?? '26.1');
    const link = await startLink(port);
    const test = new TestSshd(folder, child, link);
    await test.#writeClient(options.patient ?? false);
    await test.know('host');
    await test.#untilUp();
    return test;
  }

  /** `ssh://ada@build/…`: no machine is called so, but the client's configuration knows it. */
  url(user: SshUser = 'ada', socket = ''): string {
    return `ssh://${user}@build${socket}`;
  }

  get #client(): string {
    return path.join(this.folder, 'client');
  }

  /**
   * How the link goes away and comes back: `cut`, and nothing gets through until it is back; `silent`,
   * until ssh has found that out by itself.
   */
  outage(how: 'cut' | 'silent'): Outage {
    const { link } = this;
    return {
      endpoint: this.url(),
      begin: () => {
        if (how === 'silent') link.silence(true);
        else {
          link.open = false;
          link.cut();
        }
        return Promise.resolve();
      },
      end: async () => {
        await sleep(how === 'cut' ? 500 : 3_500);
        link.open = true;
        link.silence(false);
      },
    };
  }

  /** Writes which host key the client knows; null: none. */
  async know(key: 'host' | 'other' | null): Promise<void> {
    const known = key && (await readFile(path.join(this.folder, `${key}.pub`), 'utf8'));
    await writeFile(path.join(this.folder, 'known_hosts'), known ? `careen-build ${known}` : '');
  }

  /** How many ssh clients of this configuration there are. */
  async clients(): Promise<number> {
    const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const commands = processes.map((pid) =>
      readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
    );
    return (await Promise.all(commands)).filter((one) => one.includes(`${this.folder}/config`))
      .length;
  }

  async dispose(): Promise<void> {
    process.env['PATH'] = this.#pathBefore;
    await this.link.close();
    const ended = once(this.child, 'exit');
    if (this.child.exitCode === null && this.child.kill('SIGTERM')) await ended;
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Seconds and count stand before those that Careen gives, and ssh takes the first. */
  async #writeClient(patient: boolean): Promise<void> {
    const config = path.join(this.folder, 'config');
    await writeFile(
      config,
      [
        'Host build',
        '  HostName 127.0.0.1',
        `  Port ${this.link.port}`,
        'Host *',
        '  HostKeyAlias careen-build',
        `  IdentityFile ${this.folder}/user`,
        '  IdentitiesOnly yes',
        '  IdentityAgent none',
        `  UserKnownHostsFile ${this.folder}/known_hosts`,
        '  GlobalKnownHostsFile /dev/null',
        '',
      ].join('\n'),
    );
    const client = path.join(this.#client, 'ssh');
    await mkdir(this.#client);
    const sooner = patient
      ? ''
      : '-o ServerAliveInterval=1 -o ServerAliveCountMax=2 -o ConnectTimeout=3';
    await writeFile(client, `#!/bin/sh\nexec /usr/bin/ssh -F ${config} ${sooner} "$@"\n`);
    await chmod(client, 0o755);
  }

  async #untilUp(): Promise<void> {
    const ask = ['-o', 'BatchMode=yes', '-l', 'ada', 'build', 'true'];
    for (let tries = 0; ; tries++) {
      try {
        await must(path.join(this.#client, 'ssh'), ask);
        return;
      } catch (e) {
        if (tries === 50 || this.child.exitCode !== null) throw e;
      }
      await sleep(50);
    }
  }
}

async function serve(
  folder: string,
  port: number,
  engine: TestEngine,
  docker: '20.10' | '26.1',
): Promise<ChildProcess> {
  const file = (name: string) => path.join(folder, name);
  const line = (user: string, n: number) =>
    `${user}:*:${4710 + n}:${user === 'bob' ? 4701 : 0}::/:/bin/sh`;
  await writeFile(
    file('passwd'),
    ['root:*:0:0::/:/bin/sh', 'sshd:*:4700:4700::/:/bin/false', ...users.map(line), ''].join('\n'),
  );
  // The engine's socket is of the group 0, as long as no group is called docker.
  await writeFile(file('group'), 'root:*:0:\nsshd:*:4700:\nothers:*:4701:\n');
  const there = (socket: string, bin = `${folder}/bin:`) =>
    `SetEnv DOCKER_HOST=${socket} PATH=${bin}/usr/bin:/bin`;
  await writeFile(
    file('sshd_config'),
    [
      `ListenAddress 127.0.0.1:${port}`,
      `HostKey ${file('host')}`,
      `AuthorizedKeysFile ${file('keys')}/%u`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PidFile none',
      'PrintMotd no',
      'LogLevel ERROR',
      'Match User cyd',
      `  ${there(engine.url, '')}`,
      'Match User dan',
      `  ${there(`unix://${folder}/none.sock`)}`,
      'Match User eve',
      `  ${there(engine.url)}`,
      `  ForceCommand echo Welcome to this machine; exec $SSH_ORIGINAL_COMMAND`,
      'Match All',
      `  ${there(engine.url)}`,
      '',
    ].join('\n'),
  );
  const sshd = enginePath('sshd', 'usr/sbin/sshd');
  const script = [
    'set -e',
    `mount --bind ${file('passwd')} /etc/passwd`,
    `mount --bind ${file('group')} /etc/group`,
    // The programs that were fetched for tests lie where only this user may look.
    `mount --bind ${enginePath(docker, 'usr/bin/docker')} ${file('bin/docker')}`,
    'mkdir -p /run/sshd',
    `exec ${sshd} -D -e -f ${file('sshd_config')}`,
  ].join('\n');
  const { namespace } = await testRun();
  const inside = process.env['CAREEN_NETNS'] ? [] : ['nsenter', `--net=/run/netns/${namespace}`];
  const [command = '', ...args] = [...inside, 'unshare', '--mount', 'sh', '-c', script];
  return spawn(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, LD_LIBRARY_PATH: libraries(sshd) },
  });
}

/** Where the sshd that was fetched has the libraries that came with it. */
function libraries(sshd: string): string {
  const root = sshd.replace(/usr\/sbin\/sshd$/, '');
  const machine = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  return ['usr/lib', 'lib'].map((folder) => `${root}${folder}/${machine}`).join(':');
}
