import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { ping } from './engine-api.mjs';

/** @typedef {{ socket: string, from: string }} Candidate */

const TIMEOUT = 2000;

/**
 * Looks for a Docker engine of this machine where the docker CLI would, then at the usual places. Only
 * to say what there is: the app looks for itself, and further.
 * @returns {Promise<{ found: Candidate | null, looked: string[] }>}
 */
export async function findEngine() {
  const candidates = [...(await named()), ...usual()];
  const answers = await Promise.all(candidates.map(({ socket }) => ping(socket, TIMEOUT)));
  const found = candidates.find((_, at) => answers[at]) ?? null;
  return { found, looked: [...new Set(candidates.map(({ socket }) => socket))] };
}

/** @param {string | undefined} host @param {string} from @returns {Candidate[]} empty for a remote one */
function local(host, from) {
  if (host?.startsWith('unix://')) return [{ socket: host.slice('unix://'.length), from }];
  if (host?.startsWith('npipe://')) return [{ socket: host.slice('npipe://'.length), from }];
  return [];
}

/** @returns {Promise<Candidate[]>} what the environment or the docker CLI's configuration names */
async function named() {
  if (process.env.DOCKER_HOST) return local(process.env.DOCKER_HOST, 'DOCKER_HOST');
  const folder = process.env.DOCKER_CONFIG || path.join(homedir(), '.docker');
  const config = await json(path.join(folder, 'config.json'));
  const name = process.env.DOCKER_CONTEXT || config?.currentContext;
  if (typeof name !== 'string' || name === 'default') return [];
  const id = createHash('sha256').update(name).digest('hex');
  const meta = await json(path.join(folder, 'contexts', 'meta', id, 'meta.json'));
  return local(meta?.Endpoints?.docker?.Host, `docker context ${name}`);
}

/** @returns {Candidate[]} */
function usual() {
  const home = homedir();
  const run = process.env.XDG_RUNTIME_DIR;
  const places =
    process.platform === 'win32'
      ? ['//./pipe/docker_engine', '//./pipe/dockerDesktopLinuxEngine']
      : [
          '/var/run/docker.sock',
          ...(run ? [`${run}/docker.sock`, `${run}/podman/podman.sock`] : []),
          '/run/podman/podman.sock',
          ...['.docker/run', '.docker/desktop', '.colima/default', '.orbstack/run', '.rd'].map(
            (folder) => `${home}/${folder}/docker.sock`,
          ),
        ];
  return places.map((socket) => ({ socket, from: 'its usual place' }));
}

/** @param {string} file @returns {Promise<any>} null when it is not there or no JSON */
async function json(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}
