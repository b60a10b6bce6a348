import { objectOf, textsOf } from '../update/labels.js';
import { isNothing, textOf } from './json.js';
import type { Json, JsonObject } from './types.js';

/** A setting as a preview names it: after docker's own options. */
export interface Shown {
  area: string;
  name: string | null;
  text: string;
}

const shown = (area: string, text: string, name: string | null = null): Shown => ({
  area,
  name,
  text,
});

/** Settings that an engine writes where a person said nothing. */
const usual: Record<string, Json[]> = {
  CgroupnsMode: ['private', 'host'],
  ConsoleSize: [[0, 0]],
  IpcMode: ['private', 'shareable'],
  Isolation: ['default'],
  NetworkMode: ['default', 'bridge'],
  Runtime: ['runc', 'io.containerd.runc.v2'],
  ShmSize: [64 * 1024 * 1024],
};

/** Shown by others below, or made up by the engine from what is shown. */
const elsewhere = new Set([
  'Binds',
  'MaskedPaths',
  'MemorySwap',
  'Mounts',
  'NetworkMode',
  'PortBindings',
  'ReadonlyPaths',
  'RestartPolicy',
  'Tmpfs',
  'ContainerIDFile',
]);

/** Docker's options where they are not called as the engine's field. */
const options: Record<string, string> = {
  AutoRemove: 'rm',
  Devices: 'device',
  DeviceRequests: 'gpus',
  ExtraHosts: 'add-host',
  LogConfig: 'log-driver',
  NanoCpus: 'cpus',
  OpenStdin: 'interactive',
  ReadonlyRootfs: 'read-only',
  SecurityOpt: 'security-opt',
  Sysctls: 'sysctl',
  UTSMode: 'uts',
  Ulimits: 'ulimit',
  WorkingDir: 'workdir',
};

/** Everything that was set in a host config, what a person looks for first at the front. */
export function shownHost(host: JsonObject): Shown[] {
  const restart = objectOf(host['RestartPolicy']);
  const policy = textOf(restart['Name']);
  const most = restart['MaximumRetryCount'];
  return [
    ...portsOf(host),
    ...volumesOf(host),
    ...(policy === '' || policy === 'no'
      ? []
      : [shown('restart', typeof most === 'number' && most > 0 ? `${policy}:${most}` : policy)]),
    ...Object.entries(host)
      .filter(([key, value]) => !elsewhere.has(key) && isSet(key, value))
      .flatMap(([key, value]) => shownSetting(key, value)),
  ];
}

function isSet(key: string, value: Json): boolean {
  if (key === 'LogConfig') {
    const log = objectOf(value);
    return textOf(log['Type']) !== 'json-file' || !isNothing(log['Config']);
  }
  const same = (one: Json) => JSON.stringify(one) === JSON.stringify(value);
  return !isNothing(value) && !(usual[key] ?? []).some(same);
}

/** One setting of a host config or of a config: its parts, where it has any. */
export function shownSetting(key: string, value: Json): Shown[] {
  const area = optionOf(key);
  if (key === 'LogConfig') {
    const { Type: type, Config: config } = objectOf(value);
    return [
      shown(area, textOf(type)),
      ...Object.entries(objectOf(config)).map(([name, text]) =>
        shown('log-opt', plain(text), name),
      ),
    ];
  }
  if (key === 'NanoCpus' && typeof value === 'number') return [shown(area, String(value / 1e9))];
  if (Array.isArray(value)) return value.map((one) => shown(area, plain(one)));
  if (value !== null && typeof value === 'object')
    return Object.entries(value).map(([name, one]) => shown(area, plain(one), name));
  return [shown(area, plain(value))];
}

/** `ReadonlyRootfs` → `read-only`, `CapAdd` → `cap-add`. */
export function optionOf(key: string): string {
  return options[key] ?? key.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

/** Any JSON in one line: texts as they are, objects by their values. */
export function plain(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(quoted).join(' ');
  if (typeof value === 'object')
    return Object.entries(value)
      .filter(([, one]) => !isNothing(one))
      .map(([key, one]) => `${key}=${plain(one)}`)
      .join(' ');
  return String(value);
}

/** A word of a command, quoted where it would read as several. */
function quoted(word: Json): string {
  const text = plain(word);
  return typeof word === 'string' && /[\s"']|^$/.test(text) ? JSON.stringify(text) : text;
}

function portsOf(host: JsonObject): Shown[] {
  return Object.entries(objectOf(host['PortBindings'])).flatMap(([port, bindings]) =>
    (Array.isArray(bindings) ? bindings : []).map((binding) => {
      const { HostIp: ip, HostPort: from } = objectOf(binding);
      const at = [textOf(ip), textOf(from)].filter((part) => part !== '').join(':');
      return shown('ports', `${at} → ${port.replace(/\/tcp$/, '')}`.trim());
    }),
  );
}

function volumesOf(host: JsonObject): Shown[] {
  const binds = textsOf(host['Binds']).map((bind) => {
    const [source = '', target, mode] = bind.split(':');
    return shown(
      'volume',
      [target === undefined ? source : `${source} → ${target}`, mode].join(' ').trim(),
    );
  });
  const mounts = (Array.isArray(host['Mounts']) ? host['Mounts'] : []).map((mount) => {
    const { Type: type, Source: source, Target: target, ReadOnly: readOnly } = objectOf(mount);
    const from = textOf(source) === '' ? '' : `${textOf(source)} → `;
    const area = type === 'tmpfs' ? 'tmpfs' : 'volume';
    return shown(area, `${from}${textOf(target)}${readOnly === true ? ' ro' : ''}`);
  });
  const tmpfs = Object.entries(objectOf(host['Tmpfs'])).map(([path, mode]) =>
    shown('tmpfs', `${path} ${textOf(mode)}`.trim()),
  );
  return [...binds, ...mounts, ...tmpfs];
}
