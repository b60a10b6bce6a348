import { describe, expect, it } from 'vitest';
import { recreate } from '../../../../main/domain/recreate/index.js';
import { looksSecret } from '../../../../main/domain/recreate/secret.js';
import type { Change, JsonObject } from '../../../../main/domain/recreate/types.js';
import { idOf, input, made, request } from './engine.js';

const short = idOf(1).slice(0, 12);

/**
 * One line: `kind area name: before → after`, of what is kept the value once, and a star where it is
 * secret.
 */
function line({ kind, area, name, before, after, secret }: Change): string {
  if (kind === 'kept') expect(before).toBe(after);
  const value = kind === 'kept' ? after : `${before ?? '–'} → ${after ?? '–'}`;
  return `${kind} ${area}${name === null ? '' : ` ${name}`}: ${value}${secret ? ' *' : ''}`;
}

function changesOf(
  asked: JsonObject,
  old: JsonObject = {},
  next: JsonObject = {},
  more: { composeImage?: string } = {},
): string[] {
  const container = made(asked, old);
  return recreate(input(container, { oldImage: old, newImage: next, ...more })).changes.map(line);
}

const of = (kind: string, lines: string[]) =>
  lines.filter((one) => one.startsWith(`${kind} `)).map((one) => one.slice(kind.length + 1));

describe('a preview', () => {
  it('shows what the new image gives instead', () => {
    const image = (n: number): JsonObject => ({
      Env: [`V=${n}`, 'SAME=1', `ONLY${n}=`, `TOKEN=${n}`],
      Cmd: ['serve', `--v ${n}`],
      Entrypoint: n === 1 ? ['/entry'] : null,
      Healthcheck: { Test: ['CMD', `up${n}`], Interval: n * 1e9, Retries: n },
      User: n === 1 ? '' : 'app',
      WorkingDir: `/v${n}`,
      StopSignal: `SIG${n}`,
      ExposedPorts: { [`8${n}/tcp`]: {}, '53/udp': {} },
      Volumes: { [`/v${n}`]: {} },
      Labels: { v: String(n), own: 'image' },
    });
    const lines = changesOf(request({ Labels: { own: 'mine' } }), image(1), image(2));
    expect(of('inherited', lines)).toEqual([
      'env V: 1 → 2',
      'env ONLY1:  → –',
      'env TOKEN: 1 → 2 *',
      'env ONLY2: – → ',
      'entrypoint: /entry → –',
      'cmd: serve "--v 1" → serve "--v 2"',
      'healthcheck: CMD up1 → CMD up2',
      'healthcheck interval: 1s → 2s',
      'healthcheck retries: 1 → 2',
      'user: – → app',
      'workdir: /v1 → /v2',
      'stop-signal: SIG1 → SIG2',
      'expose: 81/tcp → –',
      'expose: – → 82/tcp',
      'volume: /v1 → –',
      'volume: – → /v2',
      'label v: 1 → 2',
    ]);
    expect(of('kept', lines)).toContain('label own: mine');
  });

  it('shows what the old container had made up', () => {
    const host = { NetworkMode: 'one' };
    const lines = changesOf(request({}, host, { one: { Aliases: [short, 'db'] } }));
    expect(of('dropped', lines)).toEqual([`hostname: ${short} → –`, `network one: ${short} → –`]);
  });

  it('shows what was set, what one looks for first at the front', () => {
    const lines = changesOf(
      request(
        {
          Env: ['POSTGRES_PASSWORD=hush', 'TZ=UTC'],
          Cmd: ['serve', '--password=hush'],
          Hostname: 'own',
          Tty: true,
          AttachStdin: true,
          Labels: { 'traefik.users': 'a:$apr1$x', plain: 'b' },
          StopTimeout: 3,
        },
        {
          NetworkMode: 'shop',
          Memory: 64,
          MemorySwap: 128,
          ShmSize: 67108864,
          CapAdd: ['NET_ADMIN'],
          ReadonlyRootfs: true,
          RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
          Binds: ['/srv:/bound:ro', 'named:/named'],
          Mounts: [
            { Type: 'volume', Source: 'data', Target: '/data', ReadOnly: true },
            { Type: 'tmpfs', Target: '/scratch' },
          ],
          Tmpfs: { '/t': 'size=1' },
          PortBindings: {
            '5432/tcp': [
              { HostIp: '127.0.0.1', HostPort: '5432' },
              { HostIp: '', HostPort: '' },
            ],
            '53/udp': [{ HostPort: '53' }],
          },
          LogConfig: { Type: 'json-file', Config: { 'max-size': '1m' } },
          Ulimits: [{ Name: 'nofile', Soft: 1, Hard: 2 }],
          NanoCpus: 5e8,
          Sysctls: { 'net.core.somaxconn': '1' },
          Unknown: { A: [1] },
        },
        { shop: { Aliases: ['db', 'pg'], IPAMConfig: { IPv4Address: '10.0.0.9' } } },
      ),
    );
    expect(of('kept', lines)).toEqual([
      'ports: 127.0.0.1:5432 → 5432',
      'ports: → 5432',
      'ports: 53 → 53/udp',
      'volume: /srv → /bound ro',
      'volume: named → /named',
      'volume: data → /data ro',
      'network shop: db, pg, 10.0.0.9',
      'env POSTGRES_PASSWORD: hush *',
      'env TZ: UTC *',
      'tmpfs: /scratch',
      'tmpfs: /t size=1',
      'restart: on-failure:3',
      'memory: 64',
      'cap-add: NET_ADMIN',
      'read-only: true',
      'log-driver: json-file',
      'log-opt max-size: 1m',
      'ulimit: Name=nofile Soft=1 Hard=2',
      'cpus: 0.5',
      'sysctl net.core.somaxconn: 1',
      'unknown A: 1',
      'hostname: own',
      'tty: true',
      'stop-timeout: 3',
      'cmd: serve --password=hush *',
      'label traefik.users: a:$apr1$x *',
      'label plain: b',
    ]);
  });

  it('shows whose network it is that a container shares', () => {
    const lines = changesOf(request({}, { NetworkMode: 'container:vpn', UTSMode: 'host' }));
    expect(of('kept', lines)).toEqual(['network: container:vpn', 'uts: host']);
  });

  it('shows everything made safe', () => {
    const lines = changesOf(request({ Labels: { 'a\u202eb': 'x\u001b[31m' } }));
    expect(of('kept', lines)).toEqual(['label a\ufffdb: x\ufffd[31m']);
  });

  it('shows Compose’s image once', () => {
    const label = 'com.docker.compose.image';
    const lines = changesOf(request({ Labels: { [label]: 'a' } }), {}, {}, { composeImage: 'b' });
    expect(lines.filter((one) => one.includes(label))).toEqual([`inherited label ${label}: a → b`]);
  });
});

describe('a secret', () => {
  it.each([
    ['POSTGRES_PASSWORD', 'x'],
    ['DB_PASS', 'x'],
    ['API_KEY', 'x'],
    ['apikey', 'x'],
    ['JWT_SECRET', 'x'],
    ['KEY', 'x'],
    ['GITHUB_TOKEN', 'x'],
    ['basicauth', 'x'],
    ['SENTRY_DSN', 'x'],
    ['URL', 'postgres://u:hush@db/app'],
    ['X', 'admin:$2y$05$abc'],
    ['X', 'eyJhbGciOiJIUzI1NiJ9.e30.x'],
    ['X', 'ghp_0123456789abcdef'],
    ['X', 'Authorization: Bearer abcdef012345'],
    ['X', 'serve --db-password hush'],
    ['X', 'redis-server --requirepass hush'],
    ['X', '-----BEGIN RSA PRIVATE KEY-----'],
  ])('is known by its name or its look: %s=%s', (name, value) => {
    expect(looksSecret(name, value)).toBe(true);
  });

  it.each([
    ['PG_VERSION', '16.6-1'],
    ['PATH', '/usr/local/bin:/usr/bin'],
    ['org.opencontainers.image.authors', 'A. Person'],
    ['com.docker.compose.project', 'shop'],
    ['monkey', 'x'],
    ['URL', 'http://web:8080/health'],
    [null, '127.0.0.1:5432 → 5432'],
    [null, 'unless-stopped'],
  ])('is not seen in everything: %s=%s', (name, value) => {
    expect(looksSecret(name, value)).toBe(false);
  });
});
