import { availableParallelism, homedir } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { app, powerMonitor } from 'electron';
import { systemClock } from './adapters/clock.js';
import { assemble } from './assemble.js';
import { loginItemOf } from './shell/login-item.js';
import { start } from './shell/start.js';

// V8 collects on three threads beside main's: with no more cores than that a window waits for them.
if (availableParallelism() <= 4)
  for (const flag of ['--no-concurrent-marking', '--no-parallel-scavenge'])
    setFlagsFromString(flag);

const { platform, env, execPath } = process;
const loginItem = loginItemOf({ app, platform, env, user: homedir(), execPath });

start((parts) => {
  loginItem?.mend().catch(parts.report);
  return assemble({
    ...parts,
    version: app.getVersion(),
    by: 'app',
    engine: null,
    clock: systemClock(),
    systemProxy: (url) => app.resolveProxy(url),
    loginItem,
    // On Linux Electron always says no (HOSTS §6); there the system's own files tell.
    ...(platform === 'linux' ? {} : { power: () => powerMonitor.isOnBatteryPower() }),
  });
});
