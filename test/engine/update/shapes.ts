import type Docker from 'dockerode';
import { pairwise, type Conflict, type Row } from '../../support/pairwise.js';
import type { ImageSpec } from '../../support/images.js';

/** What `POST /containers/create` takes, as far as it is written here. */
export type Request = Docker.ContainerCreateOptions & {
  HostConfig: Docker.HostConfig & Record<string, unknown>;
};

/** Two versions of an image of which the second gives a container something else in every respect. */
export const versions: ImageSpec[] = [1, 2].map((n) => ({
  refs: [`shapes/app:${n}`],
  layers: ['busybox', { key: `shapes${n}`, kB: 5 }],
  cmd: [`100000${n}`],
  env: [`VERSION=${n}`, `OVERRIDDEN=image${n}`, `EMPTIED=image${n}`, `ONLY_${n}=yes`, 'SAME=same'],
  labels: {
    'org.opencontainers.image.version': String(n),
    overridden: `image${n}`,
    [`only-${n}`]: 'yes',
    same: 'same',
  },
  config: {
    Entrypoint: n === 1 ? ['/bin/sleep'] : ['/bin/busybox', 'sleep'],
    Healthcheck: {
      Test: ['CMD', 'test', '-e', `/www/${n}`],
      Interval: (300 + n) * 1e9,
      Timeout: (20 + n) * 1e9,
      StartPeriod: (30 + n) * 1e9,
      StartInterval: (100 + n) * 1e9,
      Retries: 3 + n,
    },
    ExposedPorts: { [`80${n}/tcp`]: {}, '53/udp': {} },
    Volumes: { [`/image${n}`]: {}, '/shared/': {} },
    WorkingDir: n === 1 ? '/www/' : '/data',
    StopSignal: n === 1 ? 'SIGINT' : 'SIGQUIT',
    User: n === 1 ? '0:0' : '0',
    Shell: ['/bin/sh', '-ec', `${n}`],
    OnBuild: [`RUN echo ${n}`],
  },
}));

/** Where one row's container is: addresses and ports of its own, so that rows run side by side. */
export interface Place {
  name: string;
  /** 2 to 99. */
  number: number;
  /** A folder of the host. */
  folder: string;
  /** What stands in `com.docker.compose.image` of the first version. */
  imageId: string;
}

type Make = (request: Request, place: Place) => void;

const endpoint = (request: Request, network: string, settings: object): void => {
  request.NetworkingConfig = {
    EndpointsConfig: { ...request.NetworkingConfig?.EndpointsConfig, [network]: settings },
  };
};
const host = (settings: Record<string, unknown>): Make => {
  return (request) => void Object.assign(request.HostConfig, settings);
};
const config = (settings: Record<string, unknown>): Make => {
  return (request) => void Object.assign(request, settings);
};
const nothing: Make = () => undefined;

/** Every dimension with its values; the first goes with everything. */
const dimensions: Record<string, Record<string, Make>> = {
  network: {
    bridge: nothing,
    'bridge-ports': (request, { number }) => {
      request.ExposedPorts = { '9000/tcp': {} };
      request.HostConfig.PortBindings = {
        '9000/tcp': [{ HostIp: '127.0.0.1', HostPort: String(20000 + number) }],
        '801/tcp': [{ HostPort: '' }],
      };
    },
    'bridge-link-mac': (request, { number }) => {
      request.HostConfig.Links = ['shapes-peer:db'];
      (request as unknown as Record<string, unknown>)['MacAddress'] = mac(number);
    },
    user: (request) => {
      request.HostConfig.NetworkMode = 'shapes-1';
      request.HostConfig.PublishAllPorts = true;
      endpoint(request, 'shapes-1', { Aliases: ['web', 'www'] });
    },
    'user-static-mac': (request, { number }) => {
      request.HostConfig.NetworkMode = 'shapes-1';
      (request as unknown as Record<string, unknown>)['MacAddress'] = mac(number);
      endpoint(request, 'shapes-1', {
        IPAMConfig: { IPv4Address: `10.99.1.${number}` },
        Links: ['shapes-peer:db'],
      });
    },
    'user-two': (request, { number }) => {
      request.HostConfig.NetworkMode = 'shapes-2';
      endpoint(request, 'shapes-2', {
        Aliases: ['web'],
        IPAMConfig: { IPv4Address: `10.99.2.${number}` },
      });
      endpoint(request, 'shapes-1', {
        Aliases: ['back'],
        IPAMConfig: { IPv4Address: `10.99.1.${100 + number}` },
        DriverOpts: { 'com.example.option': 'a' },
      });
    },
    host: host({ NetworkMode: 'host' }),
    none: host({ NetworkMode: 'none' }),
    container: host({ NetworkMode: 'container:shapes-peer' }),
  },
  storage: {
    none: nothing,
    'bind-tmpfs': (request, { folder }) => {
      request.HostConfig.Binds = [`${folder}:/bound:ro`];
      request.HostConfig.Tmpfs = { '/scratch': 'size=1000000,mode=1770' };
    },
    'named-binds': (request, { name }) => {
      request.HostConfig.Binds = [`${name}-named:/named`, `${name}-ro:/named-ro:ro`];
    },
    'named-mounts': (request, { name, folder }) => {
      request.HostConfig.Mounts = [
        {
          Type: 'volume',
          Source: `${name}-mount`,
          Target: '/mounted',
          VolumeOptions: { NoCopy: true, Labels: { a: 'b' } },
        },
        {
          Type: 'bind',
          Source: folder,
          Target: '/bound',
          ReadOnly: true,
          BindOptions: { Propagation: 'private' },
        },
        { Type: 'tmpfs', Target: '/scratch', TmpfsOptions: { SizeBytes: 1000000, Mode: 0o1770 } },
      ] as Docker.MountConfig;
    },
    anonymous: (request) => {
      request.Volumes = { '/own': {}, '/shared/': {} };
      request.HostConfig.Binds = ['/single'];
      request.HostConfig.Mounts = [{ Type: 'volume', Target: '/entry' }] as Docker.MountConfig;
    },
    /** One that is of the same image: what it declares it has of that one too. */
    'volumes-from': host({ VolumesFrom: ['shapes-peer:ro'] }),
  },
  command: {
    image: nothing,
    cmd: config({ Cmd: ['1000003'] }),
    entrypoint: config({ Entrypoint: ['/bin/busybox'], Cmd: ['sleep', '1000004'] }),
    'entrypoint-alone': config({ Entrypoint: ['/bin/sh', '-c', 'sleep 1000005'] }),
    reset: config({ Entrypoint: [''], Cmd: ['sleep', '1000006'] }),
  },
  environment: {
    image: nothing,
    own: config({ Env: ['OWN=1', 'OVERRIDDEN=mine', 'EMPTIED='] }),
    taken: config({ Env: ['OVERRIDDEN', 'PATH=/bin:/own', 'OWN=a=b'] }),
  },
  health: {
    image: nothing,
    none: config({ Healthcheck: { Test: ['NONE'] } }),
    interval: config({ Healthcheck: { Interval: 400e9, Retries: 9 } }),
    own: config({ Healthcheck: { Test: ['CMD-SHELL', 'true'], StartPeriod: 90e9 } }),
  },
  identity: {
    image: nothing,
    set: config({ User: '0:1', WorkingDir: '/tmp', Hostname: 'own', Domainname: 'example.test' }),
    streams: config({ Tty: true, OpenStdin: true, StdinOnce: true, AttachStdin: true }),
    uts: host({ UTSMode: 'host' }),
  },
  labels: {
    none: nothing,
    own: config({ Labels: { own: 'a', overridden: 'mine' } }),
    compose: (request, { imageId }) => {
      request.Labels = {
        'com.docker.compose.project': 'shapes',
        'com.docker.compose.service': 'web',
        'com.docker.compose.config-hash': 'f'.repeat(64),
        'com.docker.compose.image': imageId,
      };
    },
  },
  restart: {
    no: nothing,
    always: host({ RestartPolicy: { Name: 'always' } }),
    'unless-stopped': host({ RestartPolicy: { Name: 'unless-stopped' } }),
    'on-failure': host({ RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } }),
    rm: host({ AutoRemove: true }),
  },
  security: {
    none: nothing,
    caps: host({ CapAdd: ['NET_ADMIN'], CapDrop: ['MKNOD', 'CHOWN'] }),
    options: host({
      SecurityOpt: ['no-new-privileges:true', 'seccomp=unconfined'],
      ReadonlyRootfs: true,
    }),
    privileged: host({ Privileged: true }),
    namespaces: host({ IpcMode: 'container:shapes-peer', PidMode: 'container:shapes-peer' }),
  },
  limits: {
    none: nothing,
    resources: host({
      Memory: 64e6,
      MemoryReservation: 32e6,
      NanoCpus: 5e8,
      CpuShares: 512,
      CpusetCpus: '0',
      PidsLimit: 100,
    }),
    kernel: host({
      Ulimits: [{ Name: 'nofile', Soft: 1024, Hard: 2048 }],
      ShmSize: 32 * 1024 * 1024,
      OomScoreAdj: 100,
      PidsLimit: -1,
      GroupAdd: ['7'],
      Devices: [{ PathOnHost: '/dev/null', PathInContainer: '/dev/own', CgroupPermissions: 'rw' }],
      DeviceCgroupRules: ['c 1:3 r'],
    }),
    sysctls: host({ Sysctls: { 'net.ipv4.ip_unprivileged_port_start': '80' } }),
    gpu: host({ DeviceRequests: [{ Driver: '', Count: -1, Capabilities: [['gpu']] }] }),
  },
  names: {
    none: nothing,
    dns: host({
      Dns: ['192.0.2.53'],
      DnsSearch: ['example.test'],
      DnsOptions: ['ndots:2'],
      ExtraHosts: ['one:192.0.2.1', 'two:host-gateway'],
    }),
  },
  ending: {
    image: nothing,
    own: config({ StopSignal: 'SIGUSR1', StopTimeout: 7 }),
    init: host({ Init: true }),
  },
  logging: {
    usual: nothing,
    options: host({ LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', tag: 'a' } } }),
    local: host({ LogConfig: { Type: 'local', Config: {} } }),
    none: host({ LogConfig: { Type: 'none', Config: {} } }),
  },
  /** A container that runs is told of otherwise than one that never did. */
  state: { running: nothing, created: nothing },
};

/** What the engine refuses, and what a machine for tests may not be able to run. */
const conflicts: Conflict[] = [
  ['network=container', 'identity=set'],
  ['network=container', 'names=dns'],
  ['network=container', 'limits=sysctls'],
  ['network=host', 'limits=sysctls'],
  ['limits=gpu', 'state=running'],
  ['security=privileged', 'state=running'],
];

const mac = (number: number) => `02:11:22:33:44:${number.toString(16).padStart(2, '0')}`;

export const values = Object.fromEntries(
  Object.entries(dimensions).map(([name, makes]) => [name, Object.keys(makes)]),
);
export { conflicts };

/** The table. */
export const rows = pairwise(values, conflicts);

/** A row as a person would have asked for it, of the first version. */
export function requestOf(row: Row, place: Place): Request {
  const request: Request = { name: place.name, Image: 'shapes/app:1', HostConfig: {} };
  for (const [dimension, value] of Object.entries(row))
    dimensions[dimension]?.[value]?.(request, place);
  return request;
}

/** In short: what is not the first value. */
export function titleOf(row: Row): string {
  const told = Object.entries(row).filter(([name, value]) => values[name]?.[0] !== value);
  return told.map(([name, value]) => `${name} ${value}`).join(', ');
}
