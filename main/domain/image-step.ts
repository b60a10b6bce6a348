import { looksSecret } from './recreate/secret.js';

const instructions =
  /^(ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)\b *(.*)$/;

/** What the classic builder writes before a step that runs nothing. */
const nothingRun = /^\/bin\/sh -c #\(nop\) */;
/** The shells that RUN goes through, with the options that images give them. */
const shell =
  /^(?:(?:\/\S*\/)?(?:ba|da|a|z)?sh(?: -\w+| pipefail)* -\w*c|cmd \/S \/C|powershell(?:\.exe)? (?:-\S+ )*-?[Cc]ommand) +/;
/** Build arguments stand before the shell by number: `|2 A=1 B=2 /bin/sh -c …`. */
const buildArguments = /^\|\d+ /;
const digestOf = /\b((?:file|dir|multi):)([0-9a-f]{64})\b/g;

/** `NAME=value` as builders write it: in ENV, ARG and LABEL, before a shell, and in a command. */
const assignment = /(?<![\w.-])([A-Za-z_][\w.-]*)=("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"']+)/g;
/** The old form, `ENV NAME value`, whose value is the rest. */
const oldEnv = /^((?:\/bin\/sh -c #\(nop\) +)?ENV ([A-Za-z_][\w.-]*) )(.+)$/s;
/** Build arguments are listed unquoted, so that what follows a value is still part of it. */
const listedArguments = /^((?:RUN )?\|\d+ )(.*?)( (?:\/\S*\/)?(?:ba|da|a|z)?sh -.*)$/s;
const masked = '***';

/** A step as a person reads it: the Dockerfile's instruction, and what follows it. */
export interface StepText {
  instruction: string | null;
  text: string;
}

/**
 * A history step without the values of what may be a secret by its name or its look: build
 * arguments, variables, and what a command is given as one.
 *
 * @param createdBy as the engine tells it
 */
export function withoutSecrets(createdBy: string): string {
  const listed = listedArguments.exec(createdBy);
  if (listed) {
    const [, number = '', values = '', command = ''] = listed;
    return number + maskListed(values) + maskAssigned(command);
  }
  const old = oldEnv.exec(createdBy);
  const [, before = '', name = '', value = ''] = old ?? [];
  if (old && looksSecret(name, value)) return before + masked;
  return maskAssigned(createdBy);
}

const maskAssigned = (text: string) =>
  text.replaceAll(assignment, (whole, name: string, value: string) =>
    looksSecret(name, value) ? `${name}=${masked}` : whole,
  );

function maskListed(values: string): string {
  return values
    .split(/ (?=[A-Za-z_]\w*=)/)
    .map((one) => {
      const at = one.indexOf('=');
      return looksSecret(one.slice(0, at), one.slice(at + 1))
        ? `${one.slice(0, at)}=${masked}`
        : one;
    })
    .join(' ');
}

/**
 * A history step without what builders put around it: the classic builder's shell and `#(nop)`,
 * BuildKit's shell, build arguments and `# buildkit`, and without secrets; whole digests of files
 * are cut.
 *
 * @param createdBy as the engine tells it
 * @param comment taken where nothing else was recorded
 */
export function stepText(createdBy: string, comment: string): StepText {
  const plain = withoutSecrets(createdBy)
    .replace(/ *# buildkit *$/, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(digestOf, (_, kind: string, digest: string) => kind + digest.slice(0, 12));
  if (plain === '') return { instruction: null, text: comment.trim() };
  if (nothingRun.test(plain)) return partsOf(plain.replace(nothingRun, ''));
  const parts = partsOf(plain);
  if (parts.instruction === 'RUN') return { ...parts, text: withoutShell(parts.text) };
  if (parts.instruction !== null) return parts;
  const run = withoutShell(plain);
  return run === plain ? parts : { instruction: 'RUN', text: run };
}

function partsOf(text: string): StepText {
  const [, instruction = null, rest = text] = instructions.exec(text) ?? [];
  return { instruction, text: rest.trim() };
}

function withoutShell(text: string): string {
  const from = buildArguments.test(text) ? text.search(/ (?:\/\S*\/)?(?:ba|da|a|z)?sh -/) + 1 : 0;
  const command = text.slice(from);
  return command.replace(shell, '').trim();
}
