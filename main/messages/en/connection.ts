import type { ErrorDetails } from '../../domain/errors.js';
import { type SshWords, sshWords } from '../ssh-words.js';

type Ssh = ErrorDetails['ssh-failed'];
type Tls = ErrorDetails['tls-failed'];

/** What was said, to stand in brackets; nothing where nothing was. */
const inBrackets = (said: string) => (said === '' ? '' : ` (${said})`);

const ssh: Record<Ssh['why'], (at: SshWords, said: string) => string> = {
  'no-ssh': () =>
    'The program ssh was not found on this computer. Install OpenSSH’s client, so that "ssh" works in a terminal.',
  'unknown-key': ({ host, login }) =>
    `${host} is not known to ssh yet, so it was not trusted. Run "ssh ${login}" once in a terminal, compare its key, and accept it there.`,
  'changed-key': ({ host, known, oldKey }) =>
    `${host} shows another host key than before: it was set up anew, or somebody is in between. Nothing was sent; ask whoever runs it, then ${oldKey === null ? `'ssh-keygen -R ${known}' takes the old key away` : `take the old keys of that host away: line ${oldKey.line} of ${oldKey.file}, and others of it there`}.`,
  'login-refused': ({ host, login }, said) =>
    `${host} did not let you log in${inBrackets(said)}. Make "ssh ${login}" work without a question: load your key into the ssh agent, or give the address its user.`,
  unresolved: ({ host }) =>
    `No machine is found by the name ${host}. Check the name, and whether the network or VPN that knows it is connected.`,
  refused: ({ host }) =>
    `${host} takes no ssh connections. Check the port, and that its ssh server runs.`,
  'no-route': ({ host }) =>
    `There is no way to ${host} from this network. Check the network or VPN; Careen tries again.`,
  'timed-out': ({ host }) =>
    `${host} did not answer to ssh in time. Check that it is switched on and reachable; Careen tries again.`,
  silent: ({ host }) =>
    `The link to ${host} fell silent and was given up. Check the network; Careen tries again.`,
  noise: ({ host }, said) =>
    `The login on ${host} writes a text of its own before Docker answers${inBrackets(said)}. Let its shell write that only in a terminal: Docker’s answers come the same way.`,
  'no-docker': ({ host }) =>
    `There is no docker program for that user on ${host}. Install Docker’s command line there, or put it into the PATH of shells without a terminal.`,
  'old-docker': ({ host }) =>
    `The docker program on ${host} is too old to be reached by ssh. Update it there to 18.09 or newer.`,
  'no-permission': ({ host }) =>
    `That user may not open the Docker socket on ${host}. Add the user to its group there (usually "docker"), and log in again.`,
  'no-engine': ({ host }) =>
    `Docker does not run on ${host}, or its socket is elsewhere. Start it there, or give the socket’s path in the address.`,
  ended: ({ host, login }, said) =>
    `The connection by ssh to ${host} ended${inBrackets(said)}. Try "ssh ${login} docker version" in a terminal; Careen tries again.`,
};

const tls: Record<Tls['why'], (endpoint: string, said: string) => string> = {
  'unknown-ca': (endpoint) =>
    `The certificate of ${endpoint} is from no CA that its context trusts. Put the right ca.pem into the context.`,
  'other-name': (endpoint) =>
    `The certificate of ${endpoint} is for another name. Use the name that it is for, or have one made for this name.`,
  expired: (endpoint) => `The certificate of ${endpoint} has expired. Renew it on that machine.`,
  'not-yet': (endpoint) =>
    `The certificate of ${endpoint} is not valid yet. Check the clocks of both machines.`,
  'client-unknown': (endpoint) =>
    `${endpoint} does not know the CA of your certificate. Put a cert.pem and key.pem of its own CA into the context.`,
  'client-expired': (endpoint) =>
    `Your certificate for ${endpoint} has expired. Renew cert.pem and key.pem in the context.`,
  'client-missing': (endpoint) =>
    `${endpoint} wants a certificate of yours, and the context has none. Put cert.pem and key.pem into it.`,
  'client-refused': (endpoint, said) =>
    `${endpoint} refused your certificate${inBrackets(said)}. Renew cert.pem and key.pem in the context.`,
  pair: (endpoint) =>
    `cert.pem and key.pem for ${endpoint} do not belong together. Put a matching pair into the context.`,
  files: (endpoint, file) =>
    `${file}, which ${endpoint} needs, cannot be read. Put it there, or make the context anew.`,
  unreadable: (endpoint, said) =>
    `The certificates for ${endpoint} are no certificates${inBrackets(said)}. Put ca.pem, cert.pem and key.pem in PEM form into the context.`,
  passphrase: (endpoint, file) =>
    `${file}, which ${endpoint} needs, has a passphrase, which Careen does not ask for. Put a key without one into the context, or use ssh.`,
  'plain-there': (endpoint) =>
    `${endpoint} does not speak TLS, though the context has certificates. Nothing was sent without it; switch TLS on there, or use ssh.`,
  'tls-there': (endpoint) =>
    `${endpoint} wants TLS, and no context has certificates for it. Make one with "docker context create" and its ca, cert and key.`,
  'skips-verify': (endpoint) =>
    `The context for ${endpoint} takes any certificate, so whoever is in between could answer. Careen does not connect like that; give the context a ca.pem and take "skip-tls-verify" out.`,
  other: (endpoint, said) =>
    `No secure connection to ${endpoint} came about${inBrackets(said)}. Check its certificates and TLS settings.`,
};

export const sshFailed = ({ why, said, ...at }: Ssh) => ssh[why](sshWords(at), said);

export const tlsFailed = ({ endpoint, why, said }: Tls) => tls[why](endpoint, said);
