import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';

/**
 * V8 collects on three threads beside main's: with no more cores than that a window waits for them. To
 * be imported before all else: these flags are not to change while memory is being collected.
 */
if (availableParallelism() <= 4)
  for (const flag of ['--no-concurrent-marking', '--no-parallel-scavenge'])
    setFlagsFromString(flag);
