import { joinOn, type HostView } from './host-view.js';
import type { Candidate } from './types.js';

/** Where the products put their sockets and pipes, platform by platform (HOSTS §1). */
export async function productSockets(host: HostView): Promise<Candidate[]> {
  if (host.platform === 'win32')
    return [
      pipe('Docker Desktop', 'dockerDesktopLinuxEngine'),
      pipe('Podman', 'podman-machine-default'),
    ];
  const at = (name: string, ...parts: string[]): Candidate =>
    socket(name, joinOn(host, host.home, ...parts));
  const colima = await colimaSockets(host);
  const lima = await limaSockets(host);
  const orbstack = at('OrbStack', '.orbstack', 'run', 'docker.sock');
  const rancher = at('Rancher Desktop', '.rd', 'docker.sock');
  if (host.platform === 'darwin')
    return [
      at('Docker Desktop', '.docker', 'run', 'docker.sock'),
      ...colima,
      ...lima,
      orbstack,
      rancher,
      ...(await podmanMachines(host)),
    ];
  const runtime = host.env['XDG_RUNTIME_DIR'] || `/run/user/${host.uid ?? 0}`;
  return [
    at('Docker Desktop', '.docker', 'desktop', 'docker.sock'),
    socket('Docker (rootless)', joinOn(host, runtime, 'docker.sock')),
    at('Docker (rootless)', '.docker', 'run', 'docker.sock'),
    ...colima,
    ...lima,
    rancher,
    socket('Podman (rootless)', joinOn(host, runtime, 'podman', 'podman.sock')),
    socket('Podman', '/run/podman/podman.sock'),
  ];
}

function socket(name: string, path: string): Candidate {
  return { name, kind: 'socket', endpoint: `unix://${path}` };
}

function pipe(name: string, of: string): Candidate {
  return { name, kind: 'socket', endpoint: `npipe:////./pipe/${of}` };
}

async function colimaSockets(host: HostView): Promise<Candidate[]> {
  const { COLIMA_HOME: own, XDG_CONFIG_HOME: config } = host.env;
  const homes = own
    ? [own]
    : [
        joinOn(host, host.home, '.colima'),
        joinOn(host, config || joinOn(host, host.home, '.config'), 'colima'),
      ];
  const found: Candidate[] = [];
  for (const home of homes) {
    const names = await host.readdir(home);
    if (names.includes('docker.sock'))
      found.push(socket('Colima', joinOn(host, home, 'docker.sock')));
    for (const profile of profilesIn(names)) {
      const name = profile === 'default' ? 'Colima' : `Colima (${profile})`;
      found.push(socket(name, joinOn(host, home, profile, 'docker.sock')));
    }
  }
  return found;
}

async function limaSockets(host: HostView): Promise<Candidate[]> {
  const home = host.env['LIMA_HOME'] || joinOn(host, host.home, '.lima');
  return profilesIn(await host.readdir(home)).map((name) =>
    socket(`Lima (${name})`, joinOn(host, home, name, 'sock', 'docker.sock')),
  );
}

/** Folders beside the instances begin with an underscore or a dot. */
function profilesIn(names: string[]): string[] {
  return names.filter((name) => /^[^_.][^.]*$/.test(name) && name !== 'ssh_config').sort();
}

async function podmanMachines(host: HostView): Promise<Candidate[]> {
  const machine = ['.local', 'share', 'containers', 'podman', 'machine'];
  const temporary = joinOn(host, host.env['TMPDIR'] || '/tmp', 'podman');
  const sockets = (await host.readdir(temporary)).filter((name) => name.endsWith('-api.sock'));
  return [
    socket('Podman', joinOn(host, host.home, ...machine, 'podman.sock')),
    ...sockets.sort().map((name) => socket('Podman', joinOn(host, temporary, name))),
  ];
}
