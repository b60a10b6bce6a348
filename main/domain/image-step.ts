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

/** A step as a person reads it: the Dockerfile's instruction, and what follows it. */
export interface StepText {
  instruction: string | null;
  text: string;
}

/**
 * A history step without what builders put around it: the classic builder's shell and `#(nop)`,
 * BuildKit's shell, build arguments and `# buildkit`; whole digests of files are cut.
 *
 * @param createdBy as the engine tells it
 * @param comment taken where nothing else was recorded
 */
export function stepText(createdBy: string, comment: string): StepText {
  const plain = createdBy
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
