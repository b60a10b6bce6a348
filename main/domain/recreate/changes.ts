import { objectOf, textsOf } from '../update/labels.js';
import { clean } from '../unsafe-text.js';
import { merged, nameOfVariable } from './given.js';
import { isNothing, textOf } from './json.js';
import { shortId } from './networks.js';
import { looksSecret } from './secret.js';
import { optionOf, plain, shownHost, shownSetting, type Shown } from './shown.js';
import type {
  Change,
  ContainerSpec,
  CreatePayload,
  ImageDefaults,
  Json,
  JsonObject,
} from './types.js';

/** What an image gives, each part on its own. */
const parts: Record<string, (value: Json | undefined) => Shown[]> = {
  Env: (value) =>
    textsOf(value).map((entry) => {
      const name = nameOfVariable(entry);
      return { area: 'env', name, text: entry.slice(name.length + 1) };
    }),
  Entrypoint: (value) => whole('entrypoint', value),
  Cmd: (value) => whole('cmd', value),
  Healthcheck: (value) =>
    Object.entries(objectOf(value)).map(([key, one]) => ({
      area: 'healthcheck',
      name: key === 'Test' ? null : optionOf(key),
      text: key !== 'Retries' && typeof one === 'number' ? `${one / 1e9}s` : plain(one),
    })),
  User: (value) => whole('user', value),
  WorkingDir: (value) => whole('workdir', value),
  StopSignal: (value) => whole('stop-signal', value),
  ExposedPorts: (value) => keysOf('expose', value),
  Volumes: (value) => keysOf('volume', value),
  Labels: (value) =>
    Object.entries(objectOf(value)).map(([name, one]) => ({
      area: 'label',
      name,
      text: plain(one),
    })),
};

/** Parts of a config that are not settings, or that are shown by others. */
const elsewhere = new Set([
  'AttachStderr',
  'AttachStdin',
  'AttachStdout',
  'HostConfig',
  'Image',
  'NetworkingConfig',
  'StdinOnce',
]);

const whole = (area: string, value: Json | undefined): Shown[] =>
  isNothing(value) ? [] : [{ area, name: null, text: plain(value) }];

const keysOf = (area: string, value: Json | undefined): Shown[] =>
  Object.keys(objectOf(value)).map((text) => ({ area, name: null, text }));

/**
 * What a recreation changes and what it keeps, as a preview shows it: what the new image gives where
 * the old one gave something else, what the old container had made up, and what was set. Its texts
 * are safe to be shown.
 */
export function changesOf(
  container: ContainerSpec,
  { body, joins, offline }: CreatePayload,
  newImage: ImageDefaults,
): Change[] {
  const after = merged(body, newImage);
  const changed = Object.keys(parts).flatMap((key) =>
    inherited(key, container.Config[key], after[key]),
  );
  const isChanged = (one: Change) =>
    changed.some(({ area, name }) => name !== null && area === one.area && name === one.name);
  const changes = [
    ...changed,
    ...dropped(container, body),
    ...kept(body, joins, offline).filter((one) => !isChanged(one)),
  ];
  return changes.map((change) => ({
    ...change,
    name: change.name === null ? null : clean(change.name),
    before: change.before === null ? null : clean(change.before),
    after: change.after === null ? null : clean(change.after),
  }));
}

/** Whatever of one part is another than before: what was set is the same. */
function inherited(key: string, before: Json | undefined, after: Json | undefined): Change[] {
  const of = (value: Json | undefined) =>
    new Map((parts[key]?.(value) ?? []).map((one) => [placeOf(key, one), one]));
  const [old, next] = [of(before), of(after)];
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((place): Change[] => {
    const [from, to] = [old.get(place), next.get(place)];
    const { area, name } = from ?? to ?? { area: key, name: null };
    const texts = [from?.text ?? null, to?.text ?? null] as const;
    if (texts[0] === texts[1]) return [];
    const secret = texts.some((text) => text !== null && looksSecret(name, text));
    return [{ kind: 'inherited', area, name, before: texts[0], after: texts[1], secret }];
  });
}

/** What tells two of one part apart: sets have no names. */
function placeOf(key: string, { name, text }: Shown): string {
  return key === 'ExposedPorts' || key === 'Volumes' ? text : (name ?? '');
}

/** What the old container had made up for itself, or held of another one. */
function dropped(
  { Id: id, Config: config, NetworkSettings: net }: ContainerSpec,
  body: JsonObject,
): Change[] {
  const line = (area: string, name: string | null, before: string): Change => ({
    kind: 'dropped',
    area,
    name,
    before,
    after: null,
    secret: false,
  });
  const hostname = textOf(config['Hostname']);
  return [
    ...(hostname !== '' && body['Hostname'] === undefined
      ? [line('hostname', null, hostname)]
      : []),
    ...Object.entries(objectOf(net['Networks']))
      .filter(([, endpoint]) => textsOf(objectOf(endpoint)['Aliases']).includes(shortId(id)))
      .map(([network]) => line('network', network, shortId(id))),
  ];
}

function kept(body: JsonObject, joins: CreatePayload['joins'], offline: boolean): Change[] {
  const host = objectOf(body['HostConfig']);
  const settings = shownHost(host);
  const at = settings.findIndex(({ area }) => area !== 'ports' && area !== 'volume');
  const first = settings.slice(0, at < 0 ? settings.length : at);
  const env = parts['Env']?.(body['Env']) ?? [];
  const labels = parts['Labels']?.(body['Labels']) ?? [];
  const config = Object.entries(body)
    .filter(
      ([key, value]) =>
        !elsewhere.has(key) && key !== 'Env' && key !== 'Labels' && !isNothing(value),
    )
    .flatMap(([key, value]) => parts[key]?.(value) ?? shownSetting(key, value));
  return [
    ...first,
    ...(offline ? [] : networksOf(body, host, joins)),
    ...env,
    ...settings.slice(first.length),
    ...config,
    ...labels,
  ].map(({ area, name, text }) => ({
    kind: 'kept',
    area,
    name,
    before: text,
    after: text,
    // What a person put into a container's environment is more often a secret than not.
    secret: area === 'env' || looksSecret(name, text),
  }));
}

function networksOf(body: JsonObject, host: JsonObject, joins: CreatePayload['joins']): Shown[] {
  const given = Object.entries(objectOf(objectOf(body['NetworkingConfig'])['EndpointsConfig'])).map(
    ([network, endpoint]) => ({ network, endpoint: objectOf(endpoint) }),
  );
  const all = [...given, ...joins];
  const mode = textOf(host['NetworkMode']);
  const alone = all.length === 0 && !['', 'default', 'bridge'].includes(mode);
  return [
    ...(alone ? [{ area: 'network', name: null, text: mode }] : []),
    ...all.map(({ network, endpoint }) => ({
      area: 'network',
      name: network,
      text: Object.values(endpoint)
        .flatMap((value) =>
          typeof value === 'object' ? Object.values(value ?? {}).map(plain) : [plain(value)],
        )
        .join(', '),
    })),
  ];
}
