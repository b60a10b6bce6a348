import type { SshEndpoint } from '../parse-endpoint.js';

/**
 * What ssh is asked for (FLEET, ssh://). It never asks a person anything, and finds out by itself that
 * a link is dead. It may go through a connection that the person's own configuration keeps open, and
 * never becomes one that others go through: it ends with this engine's. Forwardings and commands that
 * are configured for that host are not for this.
 */
const options = [
  'BatchMode=yes',
  'ConnectTimeout=30',
  'ServerAliveInterval=15',
  'ServerAliveCountMax=3',
  'ControlMaster=no',
  'ClearAllForwardings=yes',
  'ForwardAgent=no',
  'ForwardX11=no',
  'RemoteCommand=none',
].flatMap((option) => ['-o', option]);

/** The arguments of the system's ssh for one connection to an engine, as the docker CLI has them. */
export function sshArguments({ host, user, port, path }: SshEndpoint): string[] {
  return [
    ...options,
    '-T',
    ...(user === null ? [] : ['-l', user]),
    ...(port === null ? [] : ['-p', String(port)]),
    '--',
    host,
    'docker',
    ...(path === null ? [] : [`--host=${quoted(`unix://${path}`)}`]),
    'system',
    'dial-stdio',
  ];
}

/** For the shell on the other side, which reads what ssh hands over. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
