import { goBool } from '../labels/values.js';

/** How a container was started: what its command line and its environment say. */
export interface Started {
  args: readonly string[];
  env: Readonly<Record<string, string>>;
}

/** Watchtower's options as they hold. */
export interface WatchtowerOptions {
  labelEnable: boolean;
  monitorOnly: boolean;
  labelPrecedence: boolean;
  hooks: boolean;
  /** Seconds between two checks; null: not said. */
  interval: number | null;
  /** A cron expression with seconds. */
  schedule: string | null;
  scope: string | null;
  /** Names of the only containers that it takes; none: all. */
  only: string[];
  except: string[];
  /** Whether it takes only some by a sign that has no counterpart here. */
  isFiltered: boolean;
  /** How an option was written; its own name where it was not. */
  written: (option: string) => string;
  /** As they were written, without their values: those may be secrets. */
  left: string[];
}

/** Letters that stand for an option (containrrr/watchtower:internal/flags, nicholas-fedor's too). */
const short: Readonly<Record<string, string>> = {
  H: 'host',
  v: 'tlsverify',
  a: 'api-version',
  i: 'interval',
  s: 'schedule',
  t: 'stop-timeout',
  c: 'cleanup',
  e: 'label-enable',
  d: 'debug',
  m: 'monitor-only',
  R: 'run-once',
  S: 'include-stopped',
  x: 'disable-containers',
  n: 'notifications',
  l: 'log-format',
  P: 'porcelain',
};

/** Options that a value follows; any other is a switch. */
const valued =
  /^(?:host|api-version|cert-path|interval|schedule|stop-timeout|scope|disable-containers(?:-by-label)?|enable-containers-by-label|(?:monitor|skip)-image-names|cooldown-delay|lifecycle-[ug]id|disk-space-(?:max|warn)|log-(?:level|format)|porcelain|warn-on-head-failure|registry-tls-min-version|cpu-copy-mode|http-api-(?:token|events-token|host|port|endpoints|rate-limit|tls-cert|tls-key|trusted-proxies|proxy-header|cors-origins|check-timeout|update-timeout)|notifications|notifications-(?:level|delay|hostname)|notification-(?:url|template|template-file|title-tag|gotify-(?:url|token)|email-(?:from|to|delay|server|server-port|server-user|server-password|subjecttag)|slack-(?:hook-url|identifier|channel|icon-emoji|icon-url)|msteams-hook))$/;

/** Environment variables that are not named as their option is. */
const ofVariable: Readonly<Record<string, string>> = {
  WATCHTOWER_POLL_INTERVAL: 'interval',
  WATCHTOWER_LIFECYCLE_HOOKS: 'enable-lifecycle-hooks',
  WATCHTOWER_TIMEOUT: 'stop-timeout',
  WATCHTOWER_NOTIFICATION_MSTEAMS_HOOK_URL: 'notification-msteams-hook',
};

/** What concerns only itself, or is done by Careen in any case. */
const noMatter =
  /^(?:host|tlsverify|api-version|cert-path|cleanup|debug|trace|no-color|log-level|log-format|porcelain|no-startup-message|use-compose-depends-on|health-check|update-on-start|ephemeral-self-update|warn-on-head-failure)$/;

const filters = /^(?:(?:enable|disable)-containers-by-label|(?:monitor|skip)-image-names)$/;

const understood = [
  'label-enable',
  'monitor-only',
  'label-take-precedence',
  'enable-lifecycle-hooks',
  'interval',
  'scope',
  'disable-containers',
];

/** Reads how Watchtower was started. The command line stands above the environment. */
export function watchtowerOptions({ args, env }: Started): WatchtowerOptions {
  const line = readLine(args);
  const given = new Map([...readVariables(env), ...line.options]);
  const value = (name: string) => given.get(name)?.value ?? null;
  const isOn = (name: string) => goBool(value(name) ?? undefined) === true;
  const seconds = value('interval') ?? '';
  // Then it updates when another program asks for it, and never by itself.
  const isAsked =
    (isOn('http-api-update') || /\bupdate\b/.test(value('http-api-endpoints') ?? '')) &&
    !isOn('http-api-periodic-polls');
  const isOff = (name: string, { value: said }: Given) =>
    !valued.test(name) && goBool(said) === false;
  return {
    labelEnable: isOn('label-enable'),
    monitorOnly: isOn('monitor-only') || isOn('no-restart') || isAsked,
    labelPrecedence: isOn('label-take-precedence'),
    hooks: isOn('enable-lifecycle-hooks'),
    interval: /^[1-9]\d{0,8}$/.test(seconds) ? Number(seconds) : null,
    schedule: value('schedule') || null,
    scope: value('scope') || null,
    only: line.names,
    except: namesIn(value('disable-containers') ?? ''),
    isFiltered: [...given.keys()].some((name) => filters.test(name)),
    written: (option) => given.get(option)?.written ?? `--${option}`,
    left: [...given]
      .filter(
        ([name, one]) => !understood.includes(name) && !noMatter.test(name) && !isOff(name, one),
      )
      .map(([, { written }]) => written),
  };
}

interface Given {
  written: string;
  value: string;
}

/** The syntax of pflag: `--name=value`, `--name value`, `-i30`, `-cS`. */
function readLine(args: readonly string[]): { options: Map<string, Given>; names: string[] } {
  const options = new Map<string, Given>();
  const names: string[] = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') names.push(...rest.splice(0));
    else if (arg.startsWith('--')) {
      const [, name = '', value] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
      const said = value ?? (valued.test(name) ? rest.shift() : undefined);
      options.set(name, { written: `--${name}`, value: said ?? 'true' });
    } else if (/^-./.test(arg)) readLetters(arg.slice(1), rest, options);
    else names.push(...namesIn(arg));
  }
  return { options, names };
}

/** Switches may stand together; the letter of an option with a value takes what follows it. */
function readLetters(letters: string, rest: string[], options: Map<string, Given>): void {
  for (const [i, letter] of [...letters].entries()) {
    const name = short[letter] ?? letter;
    const written = `-${letter}`;
    const after = letters.slice(i + 1);
    if (valued.test(name)) {
      options.set(name, {
        written,
        value: after === '' ? (rest.shift() ?? '') : after.replace(/^=/, ''),
      });
      return;
    }
    options.set(name, { written, value: after.startsWith('=') ? after.slice(1) : 'true' });
    if (after.startsWith('=')) return;
  }
}

function readVariables(env: Started['env']): [string, Given][] {
  return Object.entries(env)
    .filter(([key, value]) => key.startsWith('WATCHTOWER_') && value !== '')
    .map(([key, value]) => {
      const named = key.slice('WATCHTOWER_'.length).toLowerCase().replaceAll('_', '-');
      return [ofVariable[key] ?? named, { written: key, value }];
    });
}

const namesIn = (text: string) =>
  text
    .split(/[\s,]+/)
    .map((name) => name.replace(/^\//, ''))
    .filter((name) => name !== '');
