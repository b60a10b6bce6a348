/** Words of names under which secrets stand; `author` and `monkey` hold none. */
const secretName =
  /pass(w(or)?d|phrase)?s?\b|pass(w(or)?d|phrase)|pwd|secret|token|credential|api[-_.]?key|private|auth(?!or(?!i[sz]))|cookie|signing|dsn|(^|[-_.])(key|pw|pin|salt|license)s?$/i;

/** What secrets look like, whatever they are called. */
const secretValue = [
  // A name and a password in an address.
  /:\/\/[^/\s:@]*:[^/\s@]+@/,
  // A hashed password.
  /\$(apr1|2[abxy]?|5|6|y|argon2\w*)\$/,
  /-----BEGIN /,
  /\beyJ[\w-]{8,}\.[\w-]+/,
  /\b(gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|AKIA|ASIA|sk-|dckr_pat_)\w{6,}/,
  /\b(Bearer|Basic)\s+[\w+/=.-]{8,}/i,
  // An option or a variable within a command.
  /(pass(w(or)?d)?|pwd|secret|token|credentials?|api[-_]?key|requirepass)["']?[ =:]\s*\S/i,
];

/** Whether a value may be a secret, by its name or by its look: shown only when asked for. */
export function looksSecret(name: string | null, value: string): boolean {
  return (name !== null && secretName.test(name)) || secretValue.some((look) => look.test(value));
}
