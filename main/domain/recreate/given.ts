import { objectOf, textsOf } from '../update/labels.js';
import { isNothing, same, textOf } from './json.js';
import type { ImageDefaults, Json, JsonObject } from './types.js';

/** What an engine merges by key. */
const keyed = ['ExposedPorts', 'Volumes', 'Labels'] as const;
const texts = ['User', 'WorkingDir', 'StopSignal'] as const;

/** Its labels say whose a container is, so they are its own though a built image carries some (OWNERS §1.3). */
const compose = 'com.docker.compose.';

/**
 * A container's config without what its image gave it: what a person, or a tool, set. Made from the
 * same image again it is the same container; made from another one that one's defaults apply.
 *
 * What was set to just what the image says cannot be told from what the image gave, and counts as
 * given. The inverse of `merged` below.
 *
 * @param image null: not known, and then nothing is taken away
 */
export function ownConfig(config: JsonObject, image: ImageDefaults | null): JsonObject {
  if (image === null) return { ...config };
  const own = { ...config };
  const set = (key: string, value: Json | undefined): void => {
    if (value === undefined) delete own[key];
    else own[key] = value;
  };
  const env = new Set(textsOf(image['Env']));
  set(
    'Env',
    leftOf(
      config['Env'],
      textsOf(config['Env']).filter((entry) => !env.has(entry)),
    ),
  );
  const project = objectOf(config['Labels'])[`${compose}config-hash`] !== undefined;
  for (const key of keyed) {
    const given = objectOf(image[key]);
    const left = Object.entries(objectOf(config[key])).filter(
      ([name, value]) =>
        !same(value, given[name]) || (key === 'Labels' && project && name.startsWith(compose)),
    );
    set(key, leftOf(config[key], Object.fromEntries(left)));
  }
  for (const key of texts) if (sameText(key, config[key], image[key])) set(key, undefined);
  set('Healthcheck', ownHealthcheck(config['Healthcheck'], image['Healthcheck']));
  return withoutGivenCommand(own, image);
}

/** What is left of a list or an object; nothing where all of it was given. */
function leftOf(was: Json | undefined, left: Json): Json | undefined {
  if (was === undefined || was === null) return was;
  return isNothing(left) && !isNothing(was) ? undefined : left;
}

/** 20.10 writes a folder without what does not matter in it. */
function sameText(key: (typeof texts)[number], a: Json | undefined, b: Json | undefined): boolean {
  const of = (json: Json | undefined) =>
    key === 'WorkingDir' ? cleanPath(textOf(json)) : textOf(json);
  return of(a) === of(b);
}

/** A path as Go's `filepath.Clean` writes it, save for `..`; empty stays empty. */
export function cleanPath(path: string): string {
  if (path === '') return '';
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return (path.startsWith('/') ? '/' : '') + parts.join('/');
}

/** An engine fills each part of a health check that is left out. */
function ownHealthcheck(own: Json | undefined, given: Json | undefined): Json | undefined {
  if (own === undefined || own === null) return own;
  const defaults = objectOf(given);
  const left = Object.entries(objectOf(own)).filter(([key, value]) => !same(value, defaults[key]));
  return leftOf(own, Object.fromEntries(left));
}

/**
 * An engine takes the image's Cmd only where the Entrypoint is the image's too, and an Entrypoint of
 * one empty text as none at all, which it then shows as null.
 */
function withoutGivenCommand(own: JsonObject, image: ImageDefaults): JsonObject {
  const { Entrypoint: entrypoint = null, Cmd: command = null, ...rest } = own;
  const given = { entrypoint: image['Entrypoint'] ?? null, command: image['Cmd'] ?? null };
  if (entrypoint === null && !isNothing(given.entrypoint))
    return { ...rest, Entrypoint: [''], Cmd: command };
  const inherits =
    same(entrypoint, given.entrypoint) && !(isNothing(command) && !isNothing(given.command));
  // An empty list, as the API takes it, keeps the image's Entrypoint out and lets its Cmd in.
  const ownCommand = isNothing(entrypoint) && same(command, given.command) ? {} : { Cmd: command };
  if (!inherits) return { ...rest, Entrypoint: entrypoint, ...ownCommand };
  if (!same(command, given.command)) return { ...rest, Cmd: command };
  delete rest['ArgsEscaped'];
  return rest;
}

/**
 * What an engine makes of a config and of what an image says (moby, `daemon/commit.go`, `merge`).
 */
export function merged(own: JsonObject, image: ImageDefaults): JsonObject {
  const config = { ...own };
  for (const key of texts) if (isNothing(own[key])) config[key] = image[key] ?? '';
  for (const key of keyed) {
    const given = objectOf(image[key]);
    if (!isNothing(given)) config[key] = { ...given, ...objectOf(own[key]) };
  }
  const env = textsOf(own['Env']);
  const names = new Set(env.map(nameOfVariable));
  config['Env'] = [
    ...env,
    ...textsOf(image['Env']).filter((entry) => !names.has(nameOfVariable(entry))),
  ];
  const health = objectOf(own['Healthcheck']);
  const check = { ...objectOf(image['Healthcheck']) };
  for (const [key, value] of Object.entries(health)) if (!isNothing(value)) check[key] = value;
  config['Healthcheck'] = isNothing(check) ? (own['Healthcheck'] ?? null) : check;
  return withCommand(config, image);
}

function withCommand(config: JsonObject, image: ImageDefaults): JsonObject {
  const { Entrypoint: entrypoint = null, Cmd: command = null } = config;
  if (same(entrypoint, [''])) return { ...config, Entrypoint: null, Cmd: command };
  if (!isNothing(entrypoint)) return { ...config, Entrypoint: entrypoint, Cmd: command };
  return {
    ...config,
    Entrypoint: entrypoint ?? image['Entrypoint'] ?? null,
    Cmd: isNothing(command) ? (image['Cmd'] ?? null) : command,
  };
}

/** `PATH` of `PATH=/bin`, and of a `PATH` that takes one away. */
export function nameOfVariable(entry: string): string {
  const at = entry.indexOf('=');
  return at < 0 ? entry : entry.slice(0, at);
}
