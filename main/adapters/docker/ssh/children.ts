import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

const living = new Set<ChildProcessWithoutNullStreams>();

/** Milliseconds that ssh has to end by itself: a dead link may hold it up. */
const patience = 2_000;

/** One on a dead link would outlive this process (FLEET); nothing of it is worth keeping. */
function endAll(): void {
  for (const child of living) child.kill('SIGKILL');
}

/** Starts the system's ssh, which ends with this process at the latest. */
export function startSsh(args: readonly string[]): ChildProcessWithoutNullStreams {
  const child = spawn('ssh', args, { stdio: 'pipe', windowsHide: true });
  if (living.size === 0) process.on('exit', endAll);
  living.add(child);
  const gone = () => {
    living.delete(child);
    if (living.size === 0) process.off('exit', endAll);
  };
  child.once('exit', gone);
  child.once('error', gone);
  return child;
}

/** Ends it: what it started for its way there ends with it, so it is asked first. */
export function endSsh(child: ChildProcessWithoutNullStreams): void {
  if (!living.has(child)) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  timer.unref();
  child.once('exit', () => clearTimeout(timer));
}
