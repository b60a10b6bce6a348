import { availableParallelism, homedir } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { app, powerMonitor } from 'electron';
import { systemClock } from './adapters/clock.js';
import { assemble } from './assemble.js';
import { loginItemOf } from './shell/login-item.js';
import { start } from './shell/start.js';

// V8 marks what is alive on three threads beside main: with no more cores than that a window waits for them.
if (availableParallelism() <= 4) setFlagsFromString('--no-concurrent-marking');

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
