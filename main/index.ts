import { app, powerMonitor } from 'electron';
import { systemClock } from './adapters/clock.js';
import { assemble } from './assemble.js';
import { start } from './shell/start.js';

start((parts) =>
  assemble({
    ...parts,
    version: app.getVersion(),
    by: 'app',
    engine: null,
    clock: systemClock(),
    systemProxy: (url) => app.resolveProxy(url),
    power: () => powerMonitor.isOnBatteryPower(),
  }),
);
