import { readdir, readFile, readlink } from 'node:fs/promises';

/** Of the kernel's interface, not of its own timer: 100 wherever Electron runs (proc(5), USER_HZ). */
const ticksPerSecond = 100;

/**
 * Seconds of CPU time that a process and all that descend from it have taken so far, those that have
 * ended included (proc(5): utime, stime, cutime, cstime). Two readings tell what was taken between.
 */
export async function cpuSeconds(root: number): Promise<number> {
  return (
    [...(await descendants(root)).values()].reduce((sum, { ticks }) => sum + ticks, 0) /
    ticksPerSecond
  );
}

/** The process of an app's one page; `root` is the app's own. */
export async function rendererOf(root: number): Promise<number> {
  for (const pid of (await descendants(root)).keys())
    if ((await read(pid, 'cmdline'))?.includes('--type=renderer')) return pid;
  throw new Error(`No process below ${root} shows a page.`);
}

/** A process and all that descend from it. */
async function descendants(root: number): Promise<Map<number, Stat>> {
  const all = new Map<number, Stat>();
  for (const name of await readdir('/proc')) {
    const stat = /^\d+$/.test(name) ? await statOf(Number(name)) : null;
    if (stat) all.set(Number(name), stat);
  }
  const descends = (pid: number): boolean => {
    if (pid === root) return true;
    const parent = all.get(pid)?.parent ?? 0;
    return parent > 0 && descends(parent);
  };
  return new Map([...all].filter(([pid]) => descends(pid)));
}

/**
 * Bytes that a process holds: its share of what it has in memory, where the kernel tells it (PSS),
 * else all of that, shared or not (RSS).
 */
export async function memoryOf(pid: number): Promise<{ kind: 'PSS' | 'RSS'; bytes: number }> {
  const rollup = await read(pid, 'smaps_rollup');
  const share = kBOf(rollup, 'Pss');
  if (share !== null) return { kind: 'PSS', bytes: share * 1024 };
  const whole = kBOf(await read(pid, 'status'), 'VmRSS');
  if (whole === null) throw new Error(`The kernel tells nothing of the memory of ${pid}.`);
  return { kind: 'RSS', bytes: whole * 1024 };
}

/** How many sockets a process holds open: those that are forgotten would add up. */
export async function openSockets(pid: number): Promise<number> {
  const folder = `/proc/${pid}/fd`;
  const open = (await readdir(folder)).map((fd) =>
    // What was closed meanwhile is none.
    readlink(`${folder}/${fd}`).catch(() => ''),
  );
  return (await Promise.all(open)).filter((one) => one.startsWith('socket:')).length;
}

interface Stat {
  parent: number;
  ticks: number;
}

async function statOf(pid: number): Promise<Stat | null> {
  const stat = await read(pid, 'stat');
  if (stat === null) return null;
  // The second field is the program's name in brackets, which may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, one) => sum + Number(one), 0);
  return { parent: Number(fields[1]), ticks };
}

function kBOf(text: string | null, key: string): number | null {
  const [, kB] = new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(text ?? '') ?? [];
  return kB === undefined ? null : Number(kB);
}

/** Null where the process has ended, or the kernel does not tell this of it. */
async function read(pid: number, file: string): Promise<string | null> {
  try {
    return await readFile(`/proc/${pid}/${file}`, 'utf8');
  } catch (e) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes((e as NodeJS.ErrnoException).code ?? ''))
      return null;
    throw e;
  }
}
