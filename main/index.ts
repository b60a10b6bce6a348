import './shell/few-cores.js';
import { homedir } from 'node:os';
import { app, powerMonitor } from 'electron';
import { systemClock } from './adapters/clock.js';
import { assemble } from './assemble.js';
import { loginItemOf } from './shell/login-item.js';
import { start } from './shell/start.js';

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
