import { capture } from './process.mjs';

/** Whether windows can be shown as things are. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * A command as it has to be run with a display and a session bus of its own. This order: what the bus
 * activates then inherits the display.
 * @param {string[]} command
 * @returns {string[]}
 */
export function onVirtualDisplay(command) {
  const screen = ['-s', '-screen 0 1400x1000x24'];
  return ['xvfb-run', '-a', ...screen, 'dbus-run-session', '--', ...command];
}

/** @returns {Promise<boolean>} whether a virtual display can be had */
export async function hasVirtualDisplay() {
  const tools = [
    ['xvfb-run', '--help'],
    ['dbus-run-session', '--version'],
  ];
  const found = await Promise.all(tools.map(([tool = '', flag = '']) => capture(tool, [flag])));
  return found.every(({ code }) => code !== 127);
}
