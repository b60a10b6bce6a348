import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { app } from 'electron';

const JS_FLAGS = 'js-flags';

const areFew = availableParallelism() <= 4;

/**
 * V8 marks what is alive on three threads beside the one that works: with no more cores than that a
 * window waits for them. Main marks alone (to be imported before all else: the flag is not to change
 * while memory is being marked), a page on one thread more.
 */
if (areFew) {
  setFlagsFromString('--no-concurrent-marking');
  const asked = app.commandLine.getSwitchValue(JS_FLAGS);
  app.commandLine.appendSwitch(JS_FLAGS, `--concurrent-marking-max-worker-num=1 ${asked}`.trim());
}

/**
 * Some time after V8 has collected main's memory it collects twice more, to give back what it can: 80 ms
 * of main at a stretch, and three threads beside it. While the window is open it does that once, as at
 * any other time; what it keeps by that goes back when main has grown again.
 */
export function keepMemory(kept: boolean): void {
  if (!areFew) return;
  setFlagsFromString(`--${kept ? 'no-' : ''}memory-reducer-favors-memory`);
  setFlagsFromString(`--memory-reducer-gc-count=${kept ? 1 : 2}`);
}
