import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { app } from 'electron';

const JS_FLAGS = 'js-flags';

/**
 * V8 marks what is alive on three threads beside the one that works: with no more cores than that a
 * window waits for them. Main marks alone (to be imported before all else: the flag is not to change
 * while memory is being marked), a page on one thread more.
 */
if (availableParallelism() <= 4) {
  setFlagsFromString('--no-concurrent-marking');
  const asked = app.commandLine.getSwitchValue(JS_FLAGS);
  app.commandLine.appendSwitch(JS_FLAGS, `--concurrent-marking-max-worker-num=1 ${asked}`.trim());
}
